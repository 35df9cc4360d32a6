//! Why quotes are what they are, as value objects; and how a quote gets at it.

use std::sync::{Arc, OnceLock};

use pyo3::{
    IntoPyObjectExt, intern,
    prelude::*,
    pyclass::CompareOp,
    types::{PyDict, PyString, PyTuple, PyType},
};

use super::{
    errors::InvalidValueError,
    input::Source,
    value::{TupleOf, Word, shortened, value},
    values::{Quote, Span},
    views::{Entities, Views, tuple},
};
use crate::{
    document::rounded,
    model::Question,
    named::Named,
    pipeline::Pipeline,
    quote,
    text::{self, Text},
};

/// What speaks for a candidate, or against it. `str()` gives the words.
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Reason {
    /// What there is to see: "“said” follows it at once".
    pub(super) words: Py<PyString>,
    /// By how much it raises the candidate's log-odds; below 0.0 it speaks against it.
    pub(super) weight: f64,
}

value!(Reason(words, weight) by(words, weight));

#[pymethods]
impl Reason {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Reason({}, {:+.2})", shortened(self.words.bind(py))?, self.weight))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.words.clone_ref(py)
    }
}

/// An answer that was weighed: a mention that may be the speaker, a word that may be a cue, a place where a clause may
/// start or end.
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Candidate {
    /// The words: `text[start:end]` of the text they stand in.
    pub(super) text: Py<PyString>,
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last.
    pub(super) end: usize,
    /// Its log-odds against none of the candidates: the sum of its reasons' weights.
    pub(super) score: f64,
    /// How likely it is to be right, from 0.0 to 1.0.
    pub(super) probability: f64,
    /// What speaks for it and against it, the weightiest first.
    pub(super) reasons: TupleOf<Reason>,
}

value!(Candidate(text, start, end, score, probability, reasons) by(start - end));

#[pymethods]
impl Candidate {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let text = shortened(self.text.bind(py))?;
        Ok(format!("Candidate({text}, {}, {}, probability={:.2})", self.start, self.end, self.probability))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }
}

/// What the rules say of a piece of a quote, or of its cue. `str()` gives the words.
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Ruling {
    /// What they say it about: the words in the marks, or the cue of a reported clause.
    pub(super) about: Py<Span>,
    /// What they have seen.
    pub(super) words: Py<PyString>,
    /// Whether that is sure, so that nothing was weighed.
    pub(super) sure: bool,
}

value!(Ruling(about, words, sure) by(about, words, sure));

#[pymethods]
impl Ruling {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let sure = if self.sure { ", sure" } else { "" };
        Ok(format!("Ruling({}{sure})", shortened(self.words.bind(py))?))
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.words.clone_ref(py)
    }
}

/// A question that was put to the model, with all that was weighed.
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Decision {
    /// What was asked. Of words in marks: "said", whether somebody said them, and "speaker", who did. Of a word that may
    /// be a cue: "cue", whether it is one, "start" and "end", where its clause does, and "source", who says it.
    pub(super) question: Word<Question>,
    /// What it was asked about: the words in the marks, or the cue.
    pub(super) about: Py<Span>,
    /// What was weighed, the likeliest first.
    pub(super) candidates: TupleOf<Candidate>,
    /// The candidate that was chosen; None, if none of them was.
    pub(super) chosen: Option<Py<Candidate>>,
    /// How likely the answer is to be right, from 0.0 to 1.0.
    pub(super) probability: f64,
}

value!(Decision(question, about, candidates, chosen, probability) by(about));

#[pymethods]
impl Decision {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let chosen = match &self.chosen {
            Some(chosen) => shortened(chosen.get().text.bind(py))?,
            None => "None".to_owned(),
        };
        Ok(format!(
            "Decision('{}', {} candidates, chosen={chosen}, probability={:.2})",
            self.question.0.as_str(),
            self.candidates.bind(py).len(),
            self.probability
        ))
    }
}

/// Why a quote is what it is: what the rules say, and what was weighed. `str()` tells it in plain words.
///
/// >>> import pullquote as pq
/// >>> [quote] = pq.quotes("Tobias Fenn came late. “It leaks,” said Mara Quist.")
/// >>> [(candidate.text, candidate.probability > 0.5) for candidate in quote.explain().candidates]
/// [('Mara Quist', True), ('Tobias Fenn', False)]
#[pyclass(frozen, get_all, new = "from_fields", module = "pullquote")]
pub(super) struct Explanation {
    /// The quote.
    pub(super) quote: Py<Quote>,
    /// What the rules say of the cue of a reported clause, and of each piece in marks.
    pub(super) rulings: TupleOf<Ruling>,
    /// What was asked where they are not sure, in order.
    pub(super) decisions: TupleOf<Decision>,
}

value!(Explanation(quote, rulings, decisions) by(quote));

#[pymethods]
impl Explanation {
    /// The mentions that were weighed as the speaker, the likeliest first; none, where a rule is sure.
    #[getter]
    fn candidates<'py>(&self, py: Python<'py>) -> Bound<'py, PyTuple> {
        let speaker = |decision: &Bound<'_, Decision>| {
            matches!(decision.get().question.0, Question::Speaker | Question::Source)
        };
        let decision = self.decisions.iter(py).find(speaker);
        decision.map_or_else(|| PyTuple::empty(py), |decision| decision.get().candidates.bind(py).clone())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let quote = self.quote.bind(py).repr()?;
        let decisions = self.decisions.bind(py).len();
        Ok(format!("Explanation({quote}, {} rulings, {decisions} decisions)", self.rulings.bind(py).len()))
    }

    fn __str__<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        told(this.py())?.call_method1(intern!(this.py(), "plain"), (this,))
    }

    /// What a notebook shows.
    fn _repr_html_<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        told(this.py())?.call_method1(intern!(this.py(), "html"), (this,))
    }
}

/// The module that puts an explanation into words, imported when one is first shown.
fn told(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import(intern!(py, "pullquote._explained"))
}

/// A text that quotes were found in, and what found them: enough to explain each of them.
pub(super) struct Article {
    text: Py<PyString>,
    pipeline: Arc<Pipeline>,
    /// Made when first asked for.
    explanations: OnceLock<Vec<quote::Explanation>>,
}

/// Where a quote is from: its article, and its index there.
pub(super) type Origin = (Arc<Article>, usize);

impl Article {
    pub(super) fn new(text: &Bound<'_, PyString>, pipeline: &Arc<Pipeline>) -> Arc<Self> {
        let (text, pipeline) = (text.clone().unbind(), Arc::clone(pipeline));
        Arc::new(Self { text, pipeline, explanations: OnceLock::new() })
    }
}

/// Why a quote is what it is.
pub(super) fn explain(quote: &Bound<'_, Quote>) -> PyResult<Py<Explanation>> {
    const UNKNOWN: &str = "the quote does not know its text: it was made by hand or comes from a pickle; \
        QuoteDetector.explain(text) and Pipeline.explain(text) explain all quotes of a text";
    let Some((article, index)) = &quote.get().origin else { return Err(InvalidValueError::new_err(UNKNOWN)) };
    let source = Source::of(article.text.bind(quote.py()))?;
    let views = Views::new(&source)?;
    let utf8 = source.as_str()?;
    let explanations = quote
        .py()
        .detach(|| article.explanations.get_or_init(|| article.pipeline.explain(&Text::new(utf8)).0));
    let explanation = explanations.get(*index).ok_or_else(|| InvalidValueError::new_err(UNKNOWN))?;
    explanation_object(&views, quote.clone().unbind(), explanation)
}

/// Why the quotes of a text are what they are.
pub(super) fn explain_all(
    text: &Bound<'_, PyAny>,
    pipeline: &Arc<Pipeline>,
) -> PyResult<Vec<Py<Explanation>>> {
    let source = Source::new("text", text)?;
    let (views, (explanations, entities)) = Views::read(&source, |text| pipeline.explain(text))?;
    let entities = Entities::new(entities.roster);
    let quotes: Vec<_> = explanations.iter().map(|explanation| explanation.quote.clone()).collect();
    let quotes = views.quotes(&quotes, &entities, pipeline)?;
    quotes.into_iter().zip(&explanations).map(|(quote, one)| explanation_object(&views, quote, one)).collect()
}

fn explanation_object(
    views: &Views,
    quote: Py<Quote>,
    explanation: &quote::Explanation,
) -> PyResult<Py<Explanation>> {
    let rulings = tuple(views.py(), &explanation.rulings, |ruling| ruling_object(views, ruling))?;
    let decisions = tuple(views.py(), &explanation.decisions, |decision| decision_object(views, decision))?;
    Py::new(views.py(), Explanation { quote, rulings, decisions })
}

fn ruling_object(views: &Views, ruling: &quote::Ruling) -> PyResult<Py<Ruling>> {
    let words = |span: text::Span| Ok::<_, PyErr>(views.slice(span)?.0);
    let [cue, source] = [ruling.cue, ruling.source].map(|span| span.map(words).transpose());
    let named = [("cue", cue?), ("source", source?)];
    let named = named.into_iter().filter_map(|(what, words)| Some(format!("{what} “{}”", words?)));
    let named = named.collect::<Vec<_>>().join(", ");
    let words = if named.is_empty() {
        ruling.rule.words().to_owned()
    } else {
        format!("{} ({named})", ruling.rule.words())
    };
    let words = PyString::new(views.py(), &words).unbind();
    Py::new(views.py(), Ruling { about: views.span(ruling.about)?, words, sure: ruling.sure })
}

fn decision_object(views: &Views, decision: &quote::Decision) -> PyResult<Py<Decision>> {
    let candidates: TupleOf<Candidate> =
        tuple(views.py(), &decision.candidates, |candidate| candidate_object(views, candidate))?;
    let chosen = candidates.iter(views.py()).next().filter(|_| decision.chosen).map(Bound::unbind);
    let decision = Decision {
        question: Word(decision.question),
        about: views.span(decision.about)?,
        candidates,
        chosen,
        probability: rounded(decision.probability),
    };
    Py::new(views.py(), decision)
}

fn candidate_object(views: &Views, candidate: &quote::Weighed) -> PyResult<Py<Candidate>> {
    let (text, start, end) = views.slice(candidate.span)?;
    let reasons = tuple(views.py(), &candidate.reasons, |reason| {
        let words = PyString::new(views.py(), &reason.words).unbind();
        Py::new(views.py(), Reason { words, weight: rounded(reason.weight) })
    })?;
    let (score, probability) = (rounded(candidate.score), rounded(candidate.probability));
    Py::new(views.py(), Candidate { text, start, end, score, probability, reasons })
}
