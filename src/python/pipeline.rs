//! `Pipeline` and `QuoteDetector`: the same core, for everything or for the quotes alone.

use std::path::PathBuf;

use pyo3::{
    intern,
    prelude::*,
    types::{PyBytes, PyType},
};

use super::{
    archives::archived,
    errors::wrong_type,
    input::{Source, strings},
    matcher::EntityMatcher,
    values::{Document, Quote},
    views::{Entities, Views},
};
use crate::{
    archive,
    error::Error,
    named::Named,
    pipeline::{self, Options},
    quote::QuoteKind,
    sentence::Newlines,
};

/// Reads texts: sentences, mentions, entities and quotes in one pass.
///
/// A pipeline never changes, may be used by many threads at once, and can be pickled.
///
/// Args:
///     language: the language's code.
///     matcher: the `EntityMatcher` of the entities to know, so that mentions and speakers get ids.
///     abbreviations: further abbreviations, with or without their full stop.
///     newlines: what a line break means: "paragraph", "break" or "space"; see `SentenceSplitter`.
///     verbs: further verbs of saying, in every form in which they occur.
///     kinds: the kinds of quotes to give.
///
/// Raises:
///     PullquoteError: the language or an option's value is unknown.
///
/// >>> import pullquote as pq
/// >>> read = pq.Pipeline()
/// >>> read("It rained. The bridge held.").sentences[1]
/// Sentence('The bridge held.', 11, 27)
#[pyclass(frozen, module = "pullquote")]
pub(super) struct Pipeline(pipeline::Pipeline);

archived!(Pipeline);

impl Pipeline {
    fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes(archive::Kind::Pipeline)
    }

    fn open(bytes: &[u8]) -> Result<Self, Error> {
        pipeline::Pipeline::from_bytes(archive::Kind::Pipeline, bytes).map(Self)
    }
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (
        language = "en", *, matcher = None, abbreviations = None, newlines = "paragraph", verbs = None, kinds = None
    ))]
    #[pyo3(
        text_signature = "(language='en', *, matcher=None, abbreviations=(), newlines='paragraph', verbs=(), kinds=('direct', 'mixed', 'indirect', 'scare'))"
    )]
    fn new(
        language: &str,
        matcher: Option<&Bound<'_, PyAny>>,
        abbreviations: Option<&Bound<'_, PyAny>>,
        newlines: &str,
        verbs: Option<&Bound<'_, PyAny>>,
        kinds: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let options = Options {
            language: language.to_owned(),
            abbreviations: strings("abbreviations", abbreviations)?,
            newlines: Newlines::parse(newlines)?,
            verbs: strings("verbs", verbs)?,
            kinds: quote_kinds(kinds)?,
        };
        compile(options, matcher).map(Self)
    }

    /// Reads one text.
    fn __call__(&self, text: &Bound<'_, PyAny>) -> PyResult<Py<Document>> {
        let source = Source::new("text", text)?;
        let (views, document) = Views::read(&source, |text| self.0.analyze(text))?;
        views.document(document)
    }

    fn __repr__(&self) -> String {
        format!("Pipeline({})", summary(&self.0))
    }
}

/// Finds quotes: who said what.
///
/// A detector never changes, may be used by many threads at once, and can be pickled.
///
/// Args:
///     language: the language's code.
///     matcher: the `EntityMatcher` of the entities to know, so that speakers get ids.
///     verbs: further verbs of saying, in every form in which they occur.
///     kinds: the kinds of quotes to give.
///
/// Raises:
///     PullquoteError: the language or a kind is unknown.
///
/// >>> import pullquote as pq
/// >>> detector = pq.QuoteDetector(verbs=["ribbits", "ribbitted"], kinds=["direct"])
/// >>> detector.find("“It leaks,” ribbitted Mara Quist.")
/// [Quote('It leaks,', 1, 10, 'direct', speaker='Mara Quist')]
#[pyclass(frozen, module = "pullquote")]
pub(super) struct QuoteDetector(pipeline::Pipeline);

archived!(QuoteDetector);

impl QuoteDetector {
    fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes(archive::Kind::QuoteDetector)
    }

    fn open(bytes: &[u8]) -> Result<Self, Error> {
        pipeline::Pipeline::from_bytes(archive::Kind::QuoteDetector, bytes).map(Self)
    }
}

#[pymethods]
impl QuoteDetector {
    #[new]
    #[pyo3(signature = (language = "en", *, matcher = None, verbs = None, kinds = None))]
    #[pyo3(
        text_signature = "(language='en', *, matcher=None, verbs=(), kinds=('direct', 'mixed', 'indirect', 'scare'))"
    )]
    fn new(
        language: &str,
        matcher: Option<&Bound<'_, PyAny>>,
        verbs: Option<&Bound<'_, PyAny>>,
        kinds: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let options = Options {
            language: language.to_owned(),
            abbreviations: Vec::new(),
            newlines: Newlines::default(),
            verbs: strings("verbs", verbs)?,
            kinds: quote_kinds(kinds)?,
        };
        compile(options, matcher).map(Self)
    }

    /// The quotes of a text, in order.
    fn find(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Quote>>> {
        let source = Source::new("text", text)?;
        let (views, document) = Views::read(&source, |text| self.0.analyze(text))?;
        let entities = Entities::new(document.entities.roster);
        document.quotes.iter().map(|quote| views.quote(quote, &entities)).collect()
    }

    fn __repr__(&self) -> String {
        format!("QuoteDetector({})", summary(&self.0))
    }
}

fn compile(options: Options, matcher: Option<&Bound<'_, PyAny>>) -> PyResult<pipeline::Pipeline> {
    let matcher = match matcher {
        Some(given) => {
            let matcher = given.cast::<EntityMatcher>();
            Some(matcher.map_err(|_| wrong_type("matcher", "an EntityMatcher or None", given))?.get().core())
        }
        None => None,
    };
    Ok(pipeline::Pipeline::new(options, matcher)?)
}

fn quote_kinds(kinds: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<QuoteKind>> {
    match kinds {
        Some(_) => strings("kinds", kinds)?.iter().map(|kind| Ok(QuoteKind::parse(kind)?)).collect(),
        None => Ok(QuoteKind::ALL.to_vec()),
    }
}

/// What a `repr` tells of a pipeline.
fn summary(pipeline: &pipeline::Pipeline) -> String {
    let language = &pipeline.options().language;
    match pipeline.matcher() {
        Some(matcher) => format!("'{language}', matcher of {} entities", matcher.entities().len()),
        None => format!("'{language}'"),
    }
}
