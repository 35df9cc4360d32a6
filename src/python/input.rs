//! What callers pass: their `str`, read without leaving anything behind in it.

use std::fmt::Display;

use pyo3::{
    exceptions::PyUnicodeError,
    intern,
    prelude::*,
    types::{PyBytes, PyString},
};

use super::errors::wrong_type;

/// A caller's text: the string itself, to slice from, and its UTF-8, to read.
///
/// Python's stable interface shows a string's characters only through a UTF-8 copy that then stays in the string
/// for its whole life. An ASCII string is its own UTF-8 and costs nothing; any other is encoded into a temporary
/// object, so that a column of texts does not grow by being read.
pub(super) struct Source<'py> {
    string: Bound<'py, PyString>,
    utf8: Utf8<'py>,
}

enum Utf8<'py> {
    /// The string's own buffer.
    Own,
    Encoded(Bound<'py, PyBytes>),
    /// Encoded, with U+FFFD for every lone surrogate.
    Mended(Vec<u8>),
}

impl<'py> Source<'py> {
    /// Takes a text.
    ///
    /// # Errors
    /// `value` is no `str`; the error calls it `what`.
    pub(super) fn new(what: &str, value: &Bound<'py, PyAny>) -> PyResult<Self> {
        Self::of(value.cast::<PyString>().map_err(|_| wrong_type(what, "str", value))?)
    }

    /// Takes a string.
    pub(super) fn of(string: &Bound<'py, PyString>) -> PyResult<Self> {
        let string = exact(string)?;
        let utf8 = if string.call_method0(intern!(string.py(), "isascii"))?.is_truthy()? {
            Utf8::Own
        } else {
            encode(&string)?
        };
        Ok(Self { string, utf8 })
    }

    /// The string from which spans are sliced.
    pub(super) fn string(&self) -> &Bound<'py, PyString> {
        &self.string
    }

    /// Whether the UTF-8 has every character of the string: it has no lone surrogate.
    pub(super) fn is_whole(&self) -> bool {
        !matches!(self.utf8, Utf8::Mended(_))
    }

    /// The text as UTF-8, in which every code point of the string is one code point.
    pub(super) fn as_str(&self) -> PyResult<&str> {
        match &self.utf8 {
            Utf8::Own => self.string.to_str(),
            Utf8::Encoded(bytes) => utf8(bytes.as_bytes()),
            Utf8::Mended(bytes) => utf8(bytes),
        }
    }
}

/// The characters of a string, lone surrogates read as U+FFFD, for what is kept: names, options.
pub(super) struct Characters<'py>(Short<'py>);

enum Short<'py> {
    Encoded(Bound<'py, PyBytes>),
    Mended(String),
}

impl<'py> Characters<'py> {
    /// Takes a string.
    ///
    /// # Errors
    /// `value` is no `str`; the error calls it `what`.
    pub(super) fn new(what: impl Display, value: &Bound<'py, PyAny>) -> PyResult<Self> {
        let string = value.cast::<PyString>().map_err(|_| wrong_type(what, "str", value))?;
        // For a short string, encoding it is cheaper than asking whether it is ASCII.
        Ok(Self(match string.encode_utf8() {
            Ok(bytes) if string.is_exact_instance_of::<PyString>() => Short::Encoded(bytes),
            _ => Short::Mended(Source::of(string)?.as_str()?.to_owned()),
        }))
    }

    pub(super) fn as_str(&self) -> PyResult<&str> {
        match &self.0 {
            Short::Encoded(bytes) => utf8(bytes.as_bytes()),
            Short::Mended(string) => Ok(string),
        }
    }
}

/// The strings of an iterable that is not itself a string; none where nothing is given.
pub(super) fn strings(what: impl Display + Copy, value: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<String>> {
    let mut strings = Vec::new();
    if let Some(value) = value {
        each_string(what, value, |string| strings.push(string.to_owned()))?;
    }
    Ok(strings)
}

/// Calls `each` with the strings of an iterable that is not itself a string.
pub(super) fn each_string(
    what: impl Display + Copy,
    value: &Bound<'_, PyAny>,
    mut each: impl FnMut(&str),
) -> PyResult<()> {
    let wrong = || wrong_type(what, "an iterable of str", value);
    if value.is_instance_of::<PyString>() {
        return Err(wrong());
    }
    for item in value.try_iter().map_err(|_| wrong())? {
        each(Characters::new(format_args!("each of {what}"), &item?)?.as_str()?);
    }
    Ok(())
}

/// A plain `str` with the same characters: a subclass may slice and compare in its own way.
fn exact<'py>(string: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
    if string.is_exact_instance_of::<PyString>() {
        return Ok(string.clone());
    }
    let py = string.py();
    Ok(py.get_type::<PyString>().call_method1(intern!(py, "__str__"), (string,))?.cast_into()?)
}

fn encode<'py>(string: &Bound<'py, PyString>) -> PyResult<Utf8<'py>> {
    if let Ok(bytes) = string.encode_utf8() {
        return Ok(Utf8::Encoded(bytes));
    }
    let bytes = string.call_method1(intern!(string.py(), "encode"), ("utf-8", "surrogatepass"))?;
    let mut bytes = bytes.cast::<PyBytes>()?.as_bytes().to_vec();
    mend_surrogates(&mut bytes);
    Ok(Utf8::Mended(bytes))
}

/// Python's own encoder wrote the bytes, so they are UTF-8.
fn utf8(bytes: &[u8]) -> PyResult<&str> {
    std::str::from_utf8(bytes).map_err(|error| PyUnicodeError::new_err(error.to_string()))
}

/// Puts U+FFFD where a surrogate was encoded. Both take three bytes, so every offset stays what it was.
fn mend_surrogates(bytes: &mut [u8]) {
    for at in 2..bytes.len() {
        if bytes[at - 2] == 0xED && bytes[at - 1] >= 0xA0 {
            bytes[at - 2..=at].copy_from_slice("\u{FFFD}".as_bytes());
        }
    }
}
