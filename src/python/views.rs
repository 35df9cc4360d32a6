//! What the core found, as value objects: bytes become code points, indexes become objects.

use std::sync::Arc;

use pyo3::{
    IntoPyObjectExt, PyTypeInfo, intern,
    prelude::*,
    sync::PyOnceLock,
    types::{PyList, PySlice, PyString, PyTuple},
};

use super::{
    explained::{self, Article},
    input::Source,
    value::{TupleOf, Word},
    values::{Candidates, Document, Entity, Mention, Quote, Sentence, Span, Speaker},
};
use crate::{
    document::{self, rounded},
    entity,
    pipeline::Pipeline,
    quote,
    text::{self, Offsets, Text, offsets::Unit},
};

/// Releasing the interpreter costs more than a text shorter than this many bytes takes to read.
const WORTH_DETACHING: usize = 10_000;

/// Entities as Python objects, each made when it is first asked for and then shared.
pub(super) struct Entities {
    origin: Origin,
    objects: Vec<PyOnceLock<Py<Entity>>>,
}

/// Where entities are made from.
enum Origin {
    Document(entity::Roster),
    Matcher(Arc<entity::EntityMatcher>),
}

impl Entities {
    /// The objects of a roster; none is made yet.
    pub(super) fn new(roster: entity::Roster) -> Self {
        let objects = roster.iter().map(|_| PyOnceLock::new()).collect();
        Self { origin: Origin::Document(roster), objects }
    }

    /// The objects of a matcher's entities; none is made yet.
    pub(super) fn of_matcher(matcher: Arc<entity::EntityMatcher>) -> Self {
        let objects = (0..matcher.len()).map(|_| PyOnceLock::new()).collect();
        Self { origin: Origin::Matcher(matcher), objects }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.objects.len()
    }

    /// The entity at an index of the roster.
    pub(super) fn get(&self, py: Python<'_>, index: usize) -> PyResult<Py<Entity>> {
        let object = self.objects[index].get_or_try_init(py, || match &self.origin {
            Origin::Document(roster) => entity_object(py, &roster[index]),
            Origin::Matcher(matcher) => entity_object(py, &matcher.entity(index)),
        })?;
        Ok(object.clone_ref(py))
    }

    /// The first `count` entities.
    pub(super) fn first(&self, py: Python<'_>, count: usize) -> PyResult<TupleOf<Entity>> {
        tuple(py, 0..count, |index| self.get(py, index))
    }
}

fn entity_object(py: Python<'_>, entity: &entity::Entity) -> PyResult<Py<Entity>> {
    let string = |words: &str| PyString::new(py, words).unbind();
    let aliases = entity.aliases.iter().map(|alias| string(alias)).collect();
    Py::new(
        py,
        Entity {
            id: string(&entity.id),
            name: string(&entity.name),
            r#type: PyString::intern(py, &entity.kind).unbind(),
            aliases: TupleOf::new(py, aliases)?,
        },
    )
}

/// One text, ready to give out what was found in it.
pub(super) struct Views<'a, 'py> {
    py: Python<'py>,
    source: &'a Source<'py>,
    utf8: &'a str,
    offsets: Offsets<'a>,
}

impl<'a, 'py> Views<'a, 'py> {
    /// Runs the core's `work` on a text and gives the result with the views to show it.
    pub(super) fn read<T: Send>(
        source: &'a Source<'py>,
        work: impl FnOnce(&Text<'_>) -> T + Send,
    ) -> PyResult<(Self, T)> {
        let utf8 = source.as_str()?;
        let py = source.string().py();
        let found = found(py, utf8, work);
        Ok((Self { py, source, utf8, offsets: Offsets::new(utf8, Unit::CodePoint) }, found))
    }

    /// The interpreter.
    pub(super) fn py(&self) -> Python<'py> {
        self.py
    }

    /// The views of a text that has been read before.
    pub(super) fn new(source: &'a Source<'py>) -> PyResult<Self> {
        Ok(Self::read(source, |_| ())?.0)
    }

    /// Where a span begins and ends, in code points.
    pub(super) fn position(&self, span: text::Span) -> (usize, usize) {
        self.offsets.both(span.start(), span.end())
    }

    /// The words at a span, as the caller's own string has them, and where they stand.
    pub(super) fn slice(&self, span: text::Span) -> PyResult<(Py<PyString>, usize, usize)> {
        let (start, end) = self.position(span);
        if self.source.is_whole() {
            return Ok((PyString::new(self.py, span.of(self.utf8)).unbind(), start, end));
        }
        let slice = PySlice::new(self.py, start.cast_signed(), end.cast_signed(), 1);
        let words = self.source.string().as_any().get_item(slice)?.cast_into::<PyString>()?;
        Ok((words.unbind(), start, end))
    }

    pub(super) fn sentence(&self, span: text::Span) -> PyResult<Py<Sentence>> {
        let (text, start, end) = self.slice(span)?;
        Py::new(self.py, Sentence { text, start, end })
    }

    /// Mentions of some entities.
    pub(super) fn mentions(
        &self,
        mentions: &[entity::Mention],
        entities: &Entities,
    ) -> PyResult<Vec<Py<Mention>>> {
        // Those of a long list lie far apart: the processor waits for many at once if nothing is done between.
        let entity =
            |mention: &entity::Mention| mention.entity.map(|index| entities.get(self.py, index)).transpose();
        let found: Vec<_> = mentions.iter().map(entity).collect::<PyResult<_>>()?;
        mentions.iter().zip(found).map(|(mention, entity)| self.mention(mention, entity, entities)).collect()
    }

    fn mention(
        &self,
        mention: &entity::Mention,
        entity: Option<Py<Entity>>,
        entities: &Entities,
    ) -> PyResult<Py<Mention>> {
        let (text, start, end) = self.slice(mention.span)?;
        let candidates = match &entity {
            Some(entity) if mention.others.is_empty() => Candidates::One(entity.clone_ref(self.py)),
            _ => {
                let all: Vec<usize> = mention.candidates().collect();
                Candidates::All(tuple(self.py, &all, |&index| entities.get(self.py, index))?)
            }
        };
        let mention = Mention {
            text,
            start: start.into_pyobject(self.py)?.unbind(),
            end: end.into_pyobject(self.py)?.unbind(),
            kind: Word(mention.kind),
            entity: entity.into_py_any(self.py)?,
            candidates,
            score: rounded(mention.score),
        };
        Py::new(self.py, mention)
    }

    /// The quotes of a text, which know that and what found them.
    pub(super) fn quotes(
        &self,
        quotes: &[quote::Quote],
        entities: &Entities,
        pipeline: &Arc<Pipeline>,
    ) -> PyResult<Vec<Py<Quote>>> {
        let article = Article::new(self.source.string(), pipeline);
        let quotes = quotes.iter().zip(0..);
        quotes.map(|(quote, index)| self.quote(quote, entities, (Arc::clone(&article), index))).collect()
    }

    fn quote(
        &self,
        quote: &quote::Quote,
        entities: &Entities,
        origin: explained::Origin,
    ) -> PyResult<Py<Quote>> {
        let pieces: Vec<Py<Span>> =
            quote.pieces.iter().map(|&piece| self.span(piece)).collect::<PyResult<_>>()?;
        // Most quotes are one piece, in marks: what is the same becomes one object.
        let same = |span: text::Span| {
            let place = quote.pieces.iter().position(|&piece| piece == span)?;
            Some(pieces[place].clone_ref(self.py))
        };
        let quoted = tuple(self.py, &quote.quoted, |&span| same(span).map_or_else(|| self.span(span), Ok))?;
        let (text, start, end) = match same(quote.span) {
            Some(piece) => (piece.get().text.clone_ref(self.py), piece.get().start, piece.get().end),
            None => self.slice(quote.span)?,
        };
        let quote = Quote {
            text,
            start,
            end,
            content: self.content(&pieces)?,
            pieces: TupleOf::new(self.py, pieces)?,
            quoted,
            kind: Word(quote.kind),
            manner: Word(quote.manner),
            speaker: quote.speaker.as_ref().map(|speaker| self.speaker(speaker, entities)).transpose()?,
            cue: quote.cue.map(|cue| self.span(cue)).transpose()?,
            confidence: rounded(quote.confidence),
            closed: quote.closed,
            parent: quote.parent,
            origin: Some(origin),
        };
        Py::new(self.py, quote)
    }

    pub(super) fn document(
        &self,
        document: document::Document,
        pipeline: &Arc<Pipeline>,
    ) -> PyResult<Py<Document>> {
        let document::Document { sentences, entities: found, quotes } = document;
        let entities = Entities::new(found.roster);
        let document = Document {
            text: self.source.string().clone().unbind(),
            sentences: tuple(self.py, &sentences, |&span| self.sentence(span))?,
            mentions: TupleOf::new(self.py, self.mentions(&found.mentions, &entities)?)?,
            entities: entities.first(self.py, found.mentioned)?,
            quotes: TupleOf::new(self.py, self.quotes(&quotes, &entities, pipeline)?)?,
        };
        Py::new(self.py, document)
    }

    pub(super) fn span(&self, span: text::Span) -> PyResult<Py<Span>> {
        let (text, start, end) = self.slice(span)?;
        Py::new(self.py, Span { text, start, end })
    }

    fn speaker(&self, speaker: &quote::Speaker, entities: &Entities) -> PyResult<Py<Speaker>> {
        let (text, start, end) = self.slice(speaker.span)?;
        let speaker = Speaker {
            text,
            start,
            end,
            name: speaker.name.as_ref().map(|name| PyString::new(self.py, name).unbind()),
            entity: speaker.entity.map(|index| entities.get(self.py, index)).transpose()?,
            anonymous: speaker.anonymous,
        };
        Py::new(self.py, speaker)
    }

    /// The words of the pieces, joined by a space.
    fn content(&self, pieces: &[Py<Span>]) -> PyResult<Py<PyString>> {
        let texts: Vec<_> = pieces.iter().map(|piece| piece.get().text.clone_ref(self.py)).collect();
        if let [one] = &texts[..] {
            return Ok(one.clone_ref(self.py));
        }
        let joined =
            intern!(self.py, " ").call_method1(intern!(self.py, "join"), (PyTuple::new(self.py, texts)?,))?;
        Ok(joined.cast_into()?.unbind())
    }
}

/// What the core's `work` finds in a text.
fn found<T: Send>(py: Python<'_>, utf8: &str, work: impl FnOnce(&Text<'_>) -> T + Send) -> T {
    if utf8.len() < WORTH_DETACHING { work(&Text::new(utf8)) } else { py.detach(|| work(&Text::new(utf8))) }
}

/// The words at the spans that the core's `work` finds, and nothing more. They are made from the text's UTF-8, which
/// asks for no positions, unless characters of the caller's have none.
pub(super) fn strings<'py>(
    source: &Source<'py>,
    work: impl FnOnce(&Text<'_>) -> Vec<text::Span> + Send,
) -> PyResult<Bound<'py, PyList>> {
    let py = source.string().py();
    if !source.is_whole() {
        let (views, spans) = Views::read(source, work)?;
        let words = spans.into_iter().map(|span| Ok(views.slice(span)?.0)).collect::<PyResult<Vec<_>>>()?;
        return PyList::new(py, words);
    }
    let utf8 = source.as_str()?;
    let spans = found(py, utf8, work);
    PyList::new(py, spans.into_iter().map(|span| PyString::new(py, span.of(utf8))))
}

/// A tuple of the objects made from what the core found.
pub(super) fn tuple<T: PyTypeInfo, I>(
    py: Python<'_>,
    found: impl IntoIterator<Item = I>,
    object: impl FnMut(I) -> PyResult<Py<T>>,
) -> PyResult<TupleOf<T>> {
    TupleOf::new(py, found.into_iter().map(object).collect::<PyResult<_>>()?)
}
