//! Compiled objects as bytes, files and pickles.

use std::{fs, path::Path};

use pyo3::PyResult;

use super::errors::{in_file, os_error};
use crate::error::Error;

/// Gives a class the methods that compiled objects share. The class has `bytes(&self) -> Vec<u8>` and
/// `open(&[u8]) -> Result<Self, Error>`.
macro_rules! archived {
    ($class:ident) => {
        #[pymethods]
        impl $class {
            /// The object as bytes for `from_bytes`: versioned and checksummed.
            fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                PyBytes::new(py, &py.detach(|| self.bytes()))
            }

            /// The object that `to_bytes` wrote. Loading never runs code from the data.
            ///
            /// Raises `PullquoteError` where the bytes are not such an object, whole and unchanged.
            #[classmethod]
            fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyBytes>) -> PyResult<Self> {
                let bytes = data.as_bytes();
                Ok(data.py().detach(|| Self::open(bytes))?)
            }

            /// Writes the object to a file for `load`.
            ///
            /// Raises `OSError` where the file cannot be written.
            fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
                py.detach(|| $crate::python::archives::write(&path, &self.bytes()))
            }

            /// The object that `save` wrote. Loading never runs code from the file.
            ///
            /// Raises `OSError` where the file cannot be read, and `PullquoteError`, with the file's name and the
            /// reason, where it is not such an object, whole and unchanged.
            #[classmethod]
            fn load(class: &Bound<'_, PyType>, path: PathBuf) -> PyResult<Self> {
                class.py().detach(|| $crate::python::archives::read(&path, Self::open))
            }

            fn __reduce__<'py>(
                this: &Bound<'py, Self>,
            ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
                let py = this.py();
                Ok((this.get_type().getattr(intern!(py, "from_bytes"))?, (this.get().to_bytes(py),)))
            }

            fn __copy__(this: Bound<'_, Self>) -> Bound<'_, Self> {
                this
            }

            fn __deepcopy__<'py>(this: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
                this
            }
        }
    };
}
pub(super) use archived;

pub(super) fn write(path: &Path, bytes: &[u8]) -> PyResult<()> {
    fs::write(path, bytes).map_err(|error| os_error(path, &error))
}

pub(super) fn read<T>(path: &Path, open: impl FnOnce(&[u8]) -> Result<T, Error>) -> PyResult<T> {
    let bytes = fs::read(path).map_err(|error| os_error(path, &error))?;
    open(&bytes).map_err(|error| in_file(path, error))
}
