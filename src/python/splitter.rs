//! `SentenceSplitter`.

use std::{path::PathBuf, sync::Arc};

use pyo3::{
    intern,
    prelude::*,
    types::{PyBytes, PyList, PyType},
};

use super::{
    archives::{self, archived},
    batch::batched,
    input::{Source, strings},
    stream::SentenceStream,
    values::Sentence,
    views::{self, Views},
};
use crate::{
    error::Error,
    named::Named,
    sections::Shared,
    sentence::{self, Newlines, Quotes},
    table::Reader,
};

/// Splits texts into sentences.
///
/// A text's sentences come in order, do not overlap and hold every character that is no white space.
/// A splitter never changes, may be used by many threads at once, and can be pickled.
///
/// Args:
///     language: the language's code: "en", "de", "fr", "es", "it", "pt", "nl", "ru", "pl", "zh", "ja", "ar", "hi",
///         "da" or "el"; "und" for any other language, by the default bounds of Unicode (UAX #29).
///     abbreviations: further abbreviations, with or without their full stop.
///     newlines: what a line break means. "paragraph": a blank line ends a sentence, a single break does where
///         the text is not hard-wrapped; "break": every break ends one; "space": none does.
///     quotes: whether a sentence may end inside quotation marks. "inside": it may, “It leaks. Badly.” are two
///         sentences; "whole": a quotation that is closed in its paragraph stays in one sentence.
///     gaps: whether a sentence may end where no stop and no line break stands, as those of glued headlines do.
///         `False` is faster.
///     model: the path of a model of sentence ends, trained by `training/`; the language's own, if `None`.
///
/// Raises:
///     PullquoteError: the language or an option's value is unknown, or the file holds no model, whole and unchanged.
///     OSError: the model cannot be read.
///
/// >>> import pullquote as pq
/// >>> splitter = pq.SentenceSplitter()
/// >>> splitter.split("It rained. The bridge held.")
/// ['It rained.', 'The bridge held.']
#[pyclass(frozen, module = "pullquote")]
pub(super) struct SentenceSplitter(Arc<sentence::SentenceSplitter>);

archived!(SentenceSplitter);
batched!(SentenceSplitter);

impl SentenceSplitter {
    fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    fn open(bytes: &Shared) -> Result<Self, Error> {
        Ok(Self(Arc::new(sentence::SentenceSplitter::from_bytes((**bytes).as_ref())?)))
    }

    fn reader(&self) -> Reader {
        Reader::Splitter(Arc::clone(&self.0))
    }
}

#[pymethods]
impl SentenceSplitter {
    #[new]
    #[pyo3(signature = (
        language = "en", *, abbreviations = None, newlines = "paragraph", quotes = "inside", gaps = true, model = None
    ))]
    #[pyo3(
        text_signature = "(language='en', *, abbreviations=(), newlines='paragraph', quotes='inside', gaps=True, model=None)"
    )]
    fn new(
        language: &str,
        abbreviations: Option<&Bound<'_, PyAny>>,
        newlines: &str,
        quotes: &str,
        gaps: bool,
        model: Option<PathBuf>,
    ) -> PyResult<Self> {
        let options = sentence::Options {
            language: language.to_owned(),
            abbreviations: strings("abbreviations", abbreviations)?,
            newlines: Newlines::parse(newlines)?,
            quotes: Quotes::parse(quotes)?,
            gaps,
            model: model.map(|path| archives::sentence_model(&path)).transpose()?,
        };
        Ok(Self(Arc::new(sentence::SentenceSplitter::new(options)?)))
    }

    /// The sentences of a text as strings.
    fn split<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let source = Source::new("text", text)?;
        views::strings(&source, |text| self.0.spans(text))
    }

    /// Where the sentences of a text begin and end, in code points.
    fn spans(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<(usize, usize)>> {
        let source = Source::new("text", text)?;
        let (views, spans) = Views::read(&source, |text| self.0.spans(text))?;
        Ok(spans.into_iter().map(|span| views.position(span)).collect())
    }

    /// The sentences of a text.
    fn find(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Sentence>>> {
        let source = Source::new("text", text)?;
        let (views, spans) = Views::read(&source, |text| self.0.spans(text))?;
        spans.into_iter().map(|span| views.sentence(span)).collect()
    }

    /// A stream for a text that comes in pieces; it gives the same sentences.
    fn stream(&self) -> SentenceStream {
        SentenceStream::new(&self.0)
    }

    fn __repr__(&self) -> String {
        let options = self.0.options();
        format!(
            "SentenceSplitter('{}', {} abbreviations, newlines='{}', quotes='{}', gaps={})",
            options.language,
            options.abbreviations.len(),
            options.newlines.as_str(),
            options.quotes.as_str(),
            if options.gaps { "True" } else { "False" },
        )
    }
}
