//! `SentenceStream`.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::{prelude::*, types::PyString};

use super::{errors::InvalidValueError, input::Source, values::Sentence};
use crate::{
    sentence::{self, SentenceSplitter, Streamed},
    text::offsets::Unit,
};

/// Splits a text that comes in pieces: speech, chat, the tokens of a model.
///
/// All sentences together are those that the splitter finds in the whole text, however it was cut. A sentence is given
/// once nothing that may follow could change it: after a blank line, or some 160 bytes behind its end. What has been given is
/// forgotten; with `quotes="whole"` and in the language "und" a paragraph is kept until it is over, and with
/// `newlines="space"` as well the whole text.
///
/// `SentenceSplitter.stream` makes one.
///
/// >>> import pullquote as pq
/// >>> stream = pq.SentenceSplitter().stream()
/// >>> [sentence for piece in ("It rai", "ned.\n", "\nThe bri") for sentence in stream.feed(piece)]
/// [Sentence('It rained.', 0, 10)]
/// >>> stream.finish()
/// [Sentence('The bri', 12, 19)]
#[pyclass(frozen, module = "pullquote")]
pub(super) struct SentenceStream(Mutex<Option<sentence::Stream>>);

impl SentenceStream {
    pub(super) fn new(splitter: &Arc<SentenceSplitter>) -> Self {
        Self(Mutex::new(Some(sentence::Stream::new(Arc::clone(splitter), Unit::CodePoint))))
    }

    /// Does something with the stream while no other thread has it.
    fn with(
        &self,
        py: Python<'_>,
        read: impl Send + FnOnce(&mut Option<sentence::Stream>) -> Option<Vec<Streamed>>,
    ) -> PyResult<Vec<Py<Sentence>>> {
        let sentences = py.detach(|| read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)));
        let sentences = sentences
            .ok_or_else(|| InvalidValueError::new_err("the stream is finished; begin another one"))?;
        let sentence = |Streamed { text, start, end }| {
            Py::new(py, Sentence { text: PyString::new(py, &text).unbind(), start, end })
        };
        sentences.into_iter().map(sentence).collect()
    }
}

#[pymethods]
impl SentenceStream {
    /// The sentences that are certain now that `text` has come; a lone surrogate is read as U+FFFD.
    ///
    /// Raises `PullquoteError` where the text is no `str` or the stream is finished.
    fn feed(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Sentence>>> {
        let source = Source::new("text", text)?;
        let piece = source.as_str()?;
        self.with(text.py(), |stream| Some(stream.as_mut()?.feed(piece)))
    }

    /// The rest of the sentences: the text is over, and so is the stream.
    ///
    /// Raises `PullquoteError` where it was finished before.
    fn finish(&self, py: Python<'_>) -> PyResult<Vec<Py<Sentence>>> {
        self.with(py, |stream| Some(stream.take()?.finish()))
    }
}
