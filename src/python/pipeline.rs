//! `Pipeline` and `QuoteDetector`: the same core, for everything or for the quotes alone.

use std::{path::PathBuf, sync::Arc};

use pyo3::{
    intern,
    prelude::*,
    types::{PyBytes, PyType},
};

use super::{
    archives::{self, archived},
    batch::{self, Documents, batched},
    errors::wrong_type,
    explained::{self, Explanation},
    input::{Source, strings},
    matcher::EntityMatcher,
    table::Table,
    values::{Document, Quote},
    views::{Entities, Views},
};
use crate::{
    archive,
    error::Error,
    named::Named,
    pipeline::{self, Options},
    quote::QuoteKind,
    sections::Shared,
    sentence::{self, Newlines, Quotes},
    table::{Reader, TableKind},
};

/// Reads texts: sentences, mentions, entities and quotes in one pass.
///
/// A pipeline never changes, may be used by many threads at once, and can be pickled.
///
/// Args:
///     language: the language's code, one of `SentenceSplitter`'s. Names, roles, pronouns, cues and speakers are found
///         in English; in other languages there are sentences, the matcher's mentions and what stands in quotation
///         marks, with `speaker` None.
///     matcher: the `EntityMatcher` of the entities to know, so that mentions and speakers get ids.
///     abbreviations: further abbreviations, with or without their full stop.
///     newlines: what a line break means: "paragraph", "break" or "space"; see `SentenceSplitter`.
///     quotes: whether a sentence may end inside quotation marks: "inside" or "whole"; see `SentenceSplitter`.
///     gaps: whether a sentence may end where no stop and no line break stands.
///     verbs: further verbs of saying, in every form in which they occur.
///     kinds: the kinds of quotes to give.
///     sentence_model: the path of a model of sentence ends; see `SentenceSplitter`.
///     quote_model: the path of a model of quotes; see `QuoteDetector`.
///
/// Raises:
///     PullquoteError: the language or an option's value is unknown, or a file holds no model of its kind, whole and
///         unchanged.
///     OSError: a model cannot be read.
///
/// >>> import pullquote as pq
/// >>> read = pq.Pipeline()
/// >>> read("It rained. The bridge held.").sentences[1]
/// Sentence('The bridge held.', 11, 27)
#[pyclass(frozen, module = "pullquote")]
pub(super) struct Pipeline(Arc<pipeline::Pipeline>);

archived!(Pipeline);

impl Pipeline {
    fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes(archive::Kind::Pipeline)
    }

    fn open(bytes: &Shared) -> Result<Self, Error> {
        pipeline::Pipeline::from_bytes(archive::Kind::Pipeline, (**bytes).as_ref()).map(Arc::new).map(Self)
    }
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (
        language = "en", *, matcher = None, abbreviations = None, newlines = "paragraph", quotes = "inside",
        gaps = true, verbs = None, kinds = None, sentence_model = None, quote_model = None
    ))]
    #[pyo3(
        text_signature = "(language='en', *, matcher=None, abbreviations=(), newlines='paragraph', quotes='inside', gaps=True, verbs=(), kinds=('direct', 'mixed', 'indirect', 'scare'), sentence_model=None, quote_model=None)"
    )]
    fn new(
        language: &str,
        matcher: Option<&Bound<'_, PyAny>>,
        abbreviations: Option<&Bound<'_, PyAny>>,
        newlines: &str,
        quotes: &str,
        gaps: bool,
        verbs: Option<&Bound<'_, PyAny>>,
        kinds: Option<&Bound<'_, PyAny>>,
        sentence_model: Option<PathBuf>,
        quote_model: Option<PathBuf>,
    ) -> PyResult<Self> {
        let options = Options {
            sentences: sentence::Options {
                language: language.to_owned(),
                abbreviations: strings("abbreviations", abbreviations)?,
                newlines: Newlines::parse(newlines)?,
                quotes: Quotes::parse(quotes)?,
                gaps,
                model: sentence_model.map(|path| archives::sentence_model(&path)).transpose()?,
            },
            verbs: strings("verbs", verbs)?,
            kinds: quote_kinds(kinds)?,
            quote_model: quote_model.map(|path| archives::quote_model(&path)).transpose()?,
        };
        compile(options, matcher).map(Arc::new).map(Self)
    }

    /// Reads one text.
    fn __call__(&self, text: &Bound<'_, PyAny>) -> PyResult<Py<Document>> {
        let source = Source::new("text", text)?;
        let (views, document) = Views::read(&source, |text| self.0.analyze(text))?;
        views.document(document, &self.0)
    }

    /// Why the quotes of a text are what they are: an explanation for each, in order.
    fn explain(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Explanation>>> {
        explained::explain_all(text, &self.0)
    }

    /// Reads a column of texts, one document after the other, in order and while the column is still read.
    ///
    /// Args:
    ///     texts: what `batch` takes. For a null the document is None.
    ///     threads: how many threads to use; by default as many as the environment variable PULLQUOTE_NUM_THREADS
    ///         says, or as there are cores.
    ///
    /// Raises:
    ///     TypeError: `texts` is no column, or one of its rows is no text; the error names the row.
    ///
    /// >>> import pullquote as pq
    /// >>> [len(document.sentences) for document in pq.Pipeline().pipe(["It rained. It leaks.", ""])]
    /// [2, 0]
    #[pyo3(signature = (texts, *, threads = None))]
    fn pipe(&self, texts: &Bound<'_, PyAny>, threads: Option<&Bound<'_, PyAny>>) -> PyResult<Documents> {
        batch::pipe(Arc::clone(&self.0), texts, threads)
    }

    /// Reads a column of texts and gives a `Table` with one row for each hit.
    ///
    /// Args:
    ///     texts: a list or any other iterable of `str` and nulls (None, NaN, `pandas.NA`), a Series of pandas or
    ///         polars, an Arrow array or anything else with the Arrow capsule methods, a table of one column. A null
    ///         gives no rows, and neither does "".
    ///     kind: what the rows are: "sentences", "mentions" or "quotes".
    ///     nested: one row for each text instead, its hits in a list; the list of a null is null.
    ///     offsets: what positions are counted in: "codepoint", as Python does, "byte" of UTF-8, or "utf16".
    ///     threads: how many threads to use; by default as many as the environment variable PULLQUOTE_NUM_THREADS
    ///         says, or as there are cores. Any number gives the same table.
    ///     progress: whether to show a bar, with tqdm.
    ///
    /// Ctrl-C stops the reading at once; only a slow producer of Arrow arrays is waited for until its next array.
    ///
    /// Raises:
    ///     TypeError: `texts` is no column, or one of its rows is no text; the error names the row.
    ///     PullquoteError: an option's value is unknown, or a text has 2 GiB or more; the error names its row.
    ///     ImportError: `progress` without tqdm.
    ///
    /// >>> import pullquote as pq
    /// >>> table = pq.Pipeline().batch(["It rained. It leaks.", None, "Dry."], "sentences")
    /// >>> [(hit["row"], hit["text"]) for hit in table.to_pylist()]
    /// [(0, 'It rained.'), (0, 'It leaks.'), (2, 'Dry.')]
    #[pyo3(signature = (
        texts, kind = "quotes", *, nested = false, offsets = "codepoint", threads = None, progress = false
    ))]
    fn batch(
        &self,
        texts: &Bound<'_, PyAny>,
        kind: &str,
        nested: bool,
        offsets: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: bool,
    ) -> PyResult<Table> {
        let reader = Reader::Pipeline(Arc::clone(&self.0), TableKind::parse(kind)?);
        batch::batch(reader, texts, batch::Options { nested, offsets, threads, progress })
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
///     language: the language's code; see `Pipeline`.
///     matcher: the `EntityMatcher` of the entities to know, so that speakers get ids.
///     verbs: further verbs of saying, in every form in which they occur.
///     kinds: the kinds of quotes to give.
///     model: the path of a model of quotes, trained by `training/`; the language's own, if `None`.
///
/// Raises:
///     PullquoteError: the language or a kind is unknown, or the file holds no model of quotes, whole and unchanged.
///     OSError: the model cannot be read.
///
/// >>> import pullquote as pq
/// >>> detector = pq.QuoteDetector(verbs=["ribbits", "ribbitted"], kinds=["direct"])
/// >>> detector.find("“It leaks,” ribbitted Mara Quist.")
/// [Quote('It leaks,', 1, 10, 'direct', speaker='Mara Quist')]
#[pyclass(frozen, module = "pullquote")]
pub(super) struct QuoteDetector(Arc<pipeline::Pipeline>);

archived!(QuoteDetector);
batched!(QuoteDetector);

impl QuoteDetector {
    fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes(archive::Kind::QuoteDetector)
    }

    fn open(bytes: &Shared) -> Result<Self, Error> {
        pipeline::Pipeline::from_bytes(archive::Kind::QuoteDetector, (**bytes).as_ref())
            .map(Arc::new)
            .map(Self)
    }

    fn reader(&self) -> Reader {
        Reader::Pipeline(Arc::clone(&self.0), TableKind::Quotes)
    }
}

#[pymethods]
impl QuoteDetector {
    #[new]
    #[pyo3(signature = (language = "en", *, matcher = None, verbs = None, kinds = None, model = None))]
    #[pyo3(
        text_signature = "(language='en', *, matcher=None, verbs=(), kinds=('direct', 'mixed', 'indirect', 'scare'), model=None)"
    )]
    fn new(
        language: &str,
        matcher: Option<&Bound<'_, PyAny>>,
        verbs: Option<&Bound<'_, PyAny>>,
        kinds: Option<&Bound<'_, PyAny>>,
        model: Option<PathBuf>,
    ) -> PyResult<Self> {
        let options = Options {
            sentences: sentence::Options { language: language.to_owned(), ..sentence::Options::default() },
            verbs: strings("verbs", verbs)?,
            kinds: quote_kinds(kinds)?,
            quote_model: model.map(|path| archives::quote_model(&path)).transpose()?,
        };
        compile(options, matcher).map(Arc::new).map(Self)
    }

    /// The quotes of a text, in order.
    fn find(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Quote>>> {
        let source = Source::new("text", text)?;
        let (views, document) = Views::read(&source, |text| self.0.analyze(text))?;
        let entities = Entities::new(document.entities.roster);
        views.quotes(&document.quotes, &entities, &self.0)
    }

    /// Why the quotes of a text are what they are: an explanation for each, in order.
    ///
    /// >>> import pullquote as pq
    /// >>> [explanation] = pq.QuoteDetector().explain("“It leaks,” said Mara Quist.")
    /// >>> str(explanation.rulings[0])
    /// 'its attribution stands right behind the marks (cue “said”, source “Mara Quist”)'
    fn explain(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Explanation>>> {
        explained::explain_all(text, &self.0)
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
    let language = &pipeline.options().sentences.language;
    match pipeline.matcher() {
        Some(matcher) => format!("'{language}', matcher of {} entities", matcher.len()),
        None => format!("'{language}'"),
    }
}
