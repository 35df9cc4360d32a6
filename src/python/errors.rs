//! What goes wrong, as Python sees it: one conversion from the core's error, and the errors of the boundary itself.

use std::{io, path::Path};

use pyo3::{exceptions::PyOSError, prelude::*};

use crate::error::Error;

pyo3::import_exception!(pullquote._errors, InputTypeError);
pyo3::import_exception!(pullquote._errors, InvalidValueError);

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        InvalidValueError::new_err(error.to_string())
    }
}

/// A value has the wrong type: "`what` must be `wanted`, not int".
pub(super) fn wrong_type(what: impl std::fmt::Display, wanted: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let given = value.get_type().qualname().map_or_else(|_| "this".to_owned(), |name| name.to_string());
    InputTypeError::new_err(format!("{what} must be {wanted}, not {given}"))
}

/// The core's error about the content of the file at `path`.
pub(super) fn in_file(path: &Path, problem: impl std::fmt::Display) -> PyErr {
    InvalidValueError::new_err(format!("{}: {problem}", path.display()))
}

/// The operating system's error with the file's name, so that Python raises `FileNotFoundError` and its kin.
pub(super) fn os_error(path: &Path, error: &io::Error) -> PyErr {
    let Some(code) = error.raw_os_error() else { return in_file(path, error) };
    let message = error.to_string();
    let message = message.split(" (os error").next().unwrap_or_default().to_owned();
    // As Python's own errors have it: the path as a string.
    PyOSError::new_err((code, message, path.as_os_str().to_os_string()))
}
