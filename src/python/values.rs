//! The value objects: what was found in a text, as Python has it. Positions are code points.

use pyo3::{
    IntoPyObjectExt, intern,
    prelude::*,
    pyclass::CompareOp,
    types::{PyDict, PyInt, PyString, PyTuple, PyType},
};

use super::{
    explained::{self, Explanation, Origin},
    value::{TupleOf, Word, shortened, value},
};
use crate::{
    entity::{self, MentionKind},
    named::Named,
    quote::{Manner, QuoteKind},
};

/// The type of an entity that none is given for.
pub(super) const DEFAULT_TYPE: &str = "PERSON";

/// Somebody or something with an id.
///
/// >>> import pullquote as pq
/// >>> pq.Entity("Q1", "Mara Quist", aliases=["Quist"])
/// Entity('Q1', 'Mara Quist', 'PERSON')
#[pyclass(frozen, get_all, module = "pullquote")]
pub(super) struct Entity {
    /// The caller's id, or one made for a name that no gazetteer has.
    pub(super) id: Py<PyString>,
    /// The preferred name.
    pub(super) name: Py<PyString>,
    /// The type: "PERSON" unless the caller says otherwise.
    pub(super) r#type: Py<PyString>,
    /// Other forms of the name.
    pub(super) aliases: TupleOf<PyString>,
}

value!(Entity(id, name, r#type, aliases) by(id, name));

#[pymethods]
impl Entity {
    #[new]
    #[pyo3(signature = (id, name, r#type = None, aliases = None))]
    #[pyo3(text_signature = "(id, name, type='PERSON', aliases=())")]
    fn new(
        py: Python<'_>,
        id: Py<PyString>,
        name: Py<PyString>,
        r#type: Option<Py<PyString>>,
        aliases: Option<TupleOf<PyString>>,
    ) -> Self {
        let r#type = r#type.unwrap_or_else(|| PyString::intern(py, DEFAULT_TYPE).unbind());
        let aliases = aliases.unwrap_or_else(|| PyTuple::empty(py).unbind().into());
        Self { id, name, r#type, aliases }
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let [id, name, kind] = [&self.id, &self.name, &self.r#type].map(|field| shortened(field.bind(py)));
        Ok(format!("Entity({}, {}, {})", id?, name?, kind?))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.name.clone_ref(py)
    }
}

/// A sentence, without the white space around it.
///
/// >>> import pullquote as pq
/// >>> [sentence] = pq.sentences("  It leaks.  ")
/// >>> sentence
/// Sentence('It leaks.', 2, 11)
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Sentence {
    /// The words: `text[start:end]` of the text it stands in.
    pub(super) text: Py<PyString>,
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last.
    pub(super) end: usize,
}

value!(Sentence(text, start, end) by(start - end));

#[pymethods]
impl Sentence {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Sentence({}, {}, {})", shortened(self.text.bind(py))?, self.start, self.end))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }
}

/// Some words of a text and where they stand.
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Span {
    /// The words: `text[start:end]` of the text they stand in.
    pub(super) text: Py<PyString>,
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last.
    pub(super) end: usize,
}

value!(Span(text, start, end) by(start - end));

#[pymethods]
impl Span {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Span({}, {}, {})", shortened(self.text.bind(py))?, self.start, self.end))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }
}

/// A place where a text mentions somebody or something.
#[pyclass(frozen, get_all, module = "pullquote")]
pub(super) struct Mention {
    // Mentions are many, and what is a Python object the interpreter reads from its place without calling anybody.
    /// The words: `text[start:end]` of the text they stand in.
    pub(super) text: Py<PyString>,
    /// The first code point.
    pub(super) start: Py<PyInt>,
    /// The code point after the last.
    pub(super) end: Py<PyInt>,
    /// How it was found: "gazetteer", "name", "role", "pronoun" or "pattern".
    pub(super) kind: Word<MentionKind>,
    /// Whom it means, or None.
    pub(super) entity: Py<PyAny>,
    /// All whom it may mean, best first.
    pub(super) candidates: Candidates,
    /// How close the words are to the entity's form: 1.0 is exact.
    pub(super) score: f64,
}

/// The entities that a mention may mean. Nearly always there is one, and no tuple is made of it before it is asked for.
pub(super) enum Candidates {
    One(Py<Entity>),
    All(TupleOf<Entity>),
}

impl FromPyObject<'_, '_> for Candidates {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        value.extract().map(Self::All)
    }
}

impl<'py> IntoPyObject<'py> for &Candidates {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        match self {
            Candidates::One(one) => PyTuple::new(py, [one]),
            Candidates::All(all) => Ok(all.bind(py).clone()),
        }
    }
}

value!(Mention(text, start, end, kind, entity, candidates, score) by(start - end));

impl Mention {
    /// Whom it means.
    fn entity<'py>(&self, py: Python<'py>) -> Option<&Bound<'py, Entity>> {
        self.entity.bind(py).cast().ok()
    }
}

#[pymethods]
impl Mention {
    #[new]
    fn new(
        py: Python<'_>,
        text: Py<PyString>,
        start: usize,
        end: usize,
        kind: Word<MentionKind>,
        entity: Option<Py<Entity>>,
        candidates: Candidates,
        score: f64,
    ) -> PyResult<Self> {
        let (start, end) = (start.into_pyobject(py)?.unbind(), end.into_pyobject(py)?.unbind());
        let entity = entity.into_py_any(py)?;
        Ok(Self { text, start, end, kind, entity, candidates, score })
    }

    /// What a match of a built-in pattern says, in one form, or None where that is not plain: an amount as "USD 2500000"
    /// or, of percent, "3.5"; a date as "2016-03-05", "2016-03" or "--03-05"; a time as "19:30"; a handle without "@".
    #[getter]
    fn value(&self, py: Python<'_>) -> Option<String> {
        let entity = self.entity(py).filter(|_| self.kind.0 == MentionKind::Pattern)?;
        let id = entity.get().id.bind(py).to_string_lossy().into_owned();
        entity::value(&id, &self.text.bind(py).to_string_lossy())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (text, kind) = (shortened(self.text.bind(py))?, self.kind.0.as_str());
        let entity = match self.entity(py) {
            Some(entity) => format!(", entity={}", shortened(entity.get().id.bind(py))?),
            None => String::new(),
        };
        Ok(format!("Mention({text}, {}, {}, '{kind}'{entity})", self.start, self.end))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }
}

/// Who said it. `str()` gives the name or, where the text has none, its words.
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Speaker {
    /// The words in the article: "he".
    pub(super) text: Py<PyString>,
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last.
    pub(super) end: usize,
    /// The fullest form in the document of whom the words stand for, or None.
    pub(super) name: Option<Py<PyString>>,
    /// The entity, or None.
    pub(super) entity: Option<Py<Entity>>,
    /// Whether the article keeps the name back.
    pub(super) anonymous: bool,
}

value!(Speaker(text, start, end, name, entity, anonymous) by(start - end));

#[pymethods]
impl Speaker {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let name = match &self.name {
            Some(name) => format!(", name={}", shortened(name.bind(py))?),
            None => String::new(),
        };
        Ok(format!("Speaker({}, {}, {}{name})", shortened(self.text.bind(py))?, self.start, self.end))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.name.as_ref().unwrap_or(&self.text).clone_ref(py)
    }
}

/// A quotation or reported statement. `str()` gives its content.
#[pyclass(frozen, module = "pullquote")]
pub(super) struct Quote {
    /// `text[start:end]` of the text it stands in: from the first piece to the last.
    #[pyo3(get)]
    pub(super) text: Py<PyString>,
    /// The first code point, after the opening mark.
    #[pyo3(get)]
    pub(super) start: usize,
    /// The code point after the last, before the closing mark.
    #[pyo3(get)]
    pub(super) end: usize,
    /// What was said: inside the marks, or the whole reported clause.
    #[pyo3(get)]
    pub(super) pieces: TupleOf<Span>,
    /// What stands inside marks.
    #[pyo3(get)]
    pub(super) quoted: TupleOf<Span>,
    /// The pieces, joined by a space.
    #[pyo3(get)]
    pub(super) content: Py<PyString>,
    /// How it is reported: "direct", "mixed", "indirect" or "scare".
    #[pyo3(get)]
    pub(super) kind: Word<QuoteKind>,
    /// "speech" or "thought".
    #[pyo3(get)]
    pub(super) manner: Word<Manner>,
    /// Who said it, or None.
    #[pyo3(get)]
    pub(super) speaker: Option<Py<Speaker>>,
    /// The words that tell that it was said, or None: "said", "according to".
    #[pyo3(get)]
    pub(super) cue: Option<Py<Span>>,
    /// How sure the speaker is, from 0.0 to 1.0.
    #[pyo3(get)]
    pub(super) confidence: f64,
    /// Whether every opening mark has its closing one.
    #[pyo3(get)]
    pub(super) closed: bool,
    /// The index of the quote that this one is nested in, or None.
    #[pyo3(get)]
    pub(super) parent: Option<usize>,
    /// What it was found in, and by what; no part of its value.
    pub(super) origin: Option<Origin>,
}

value!(
    Quote(
        text, start, end, pieces, quoted, content, kind, manner, speaker, cue, confidence, closed, parent
    ) by(start - end)
);

#[pymethods]
impl Quote {
    #[new]
    fn new(
        text: Py<PyString>,
        start: usize,
        end: usize,
        pieces: TupleOf<Span>,
        quoted: TupleOf<Span>,
        content: Py<PyString>,
        kind: Word<QuoteKind>,
        manner: Word<Manner>,
        speaker: Option<Py<Speaker>>,
        cue: Option<Py<Span>>,
        confidence: f64,
        closed: bool,
        parent: Option<usize>,
    ) -> Self {
        let origin = None;
        Self {
            text,
            start,
            end,
            pieces,
            quoted,
            content,
            kind,
            manner,
            speaker,
            cue,
            confidence,
            closed,
            parent,
            origin,
        }
    }

    /// Why the quote is what it is: what the rules say, the candidates that were weighed, and what weighed most.
    ///
    /// The text is read once more for the first of its quotes that is explained. So a quote keeps its text, and what found
    /// it, as long as it lives. A copy does too; a pickle does not.
    ///
    /// Raises:
    ///     PullquoteError: the quote does not know its text, since it was made by hand or comes from a pickle.
    fn explain(this: &Bound<'_, Self>) -> PyResult<Py<Explanation>> {
        explained::explain(this)
    }

    fn __copy__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    fn __deepcopy__<'py>(this: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        this
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (text, kind) = (shortened(self.text.bind(py))?, self.kind.0.as_str());
        let speaker = match &self.speaker {
            Some(speaker) => format!(", speaker={}", shortened(speaker.get().__str__(py).bind(py))?),
            None => String::new(),
        };
        Ok(format!("Quote({text}, {}, {}, '{kind}'{speaker})", self.start, self.end))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.content.clone_ref(py)
    }
}

/// All that was found in one text. `str()` gives the text.
///
/// >>> import pullquote as pq
/// >>> document = pq.analyze("It rained. The bridge held.")
/// >>> [sentence.text for sentence in document.sentences]
/// ['It rained.', 'The bridge held.']
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Document {
    /// The text itself.
    pub(super) text: Py<PyString>,
    /// The sentences, in order.
    pub(super) sentences: TupleOf<Sentence>,
    /// The mentions, in order: the caller's entities, other names, roles and pronouns.
    pub(super) mentions: TupleOf<Mention>,
    /// The entities that the text mentions, each once.
    pub(super) entities: TupleOf<Entity>,
    /// The quotes, in order.
    pub(super) quotes: TupleOf<Quote>,
}

value!(Document(text, sentences, mentions, entities, quotes) by(text));

#[pymethods]
impl Document {
    /// `to_dict()` as one line of JSON; letters outside ASCII stay as they are.
    fn to_json<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(py);
        options.set_item(intern!(py, "ensure_ascii"), false)?;
        let json = py.import(intern!(py, "json"))?;
        json.call_method(intern!(py, "dumps"), (self.to_dict(py)?,), Some(&options))
    }

    /// A web page of its own: the article with its mentions and quotes marked, and who said what.
    ///
    /// The page needs no script and loads nothing. It follows the reader's light or dark scheme.
    ///
    /// Args:
    ///     title: the page's title, shown above the article; without one, the browser shows the article's first
    ///         line.
    #[pyo3(signature = (title = None))]
    fn to_html<'py>(this: &Bound<'py, Self>, title: Option<Py<PyString>>) -> PyResult<Bound<'py, PyAny>> {
        html(this.py())?.call_method1(intern!(this.py(), "page"), (this, title))
    }

    /// What a notebook shows.
    fn _repr_html_<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        html(this.py())?.call_method1(intern!(this.py(), "document"), (this,))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!(
            "Document({}, sentences={}, mentions={}, entities={}, quotes={})",
            shortened(self.text.bind(py))?,
            self.sentences.bind(py).len(),
            self.mentions.bind(py).len(),
            self.entities.bind(py).len(),
            self.quotes.bind(py).len(),
        ))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }
}

/// The module that writes HTML, imported when something is first shown.
fn html(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import(intern!(py, "pullquote.html"))
}
