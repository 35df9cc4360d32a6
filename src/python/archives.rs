//! Compiled objects as bytes, files and pickles.

use std::{ffi::OsStr, fs, io, path::Path, sync::Arc};

use pyo3::PyResult;

use super::{
    errors::{in_file, os_error},
    map,
};
use crate::{
    error::Error,
    model::{Cascade, QuoteModel},
    sections::Shared,
};

/// Gives a class the methods that compiled objects share. The class has `bytes(&self) -> Vec<u8>` and
/// `open(&Shared) -> Result<Self, Error>`.
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
                Ok(data.py().detach(|| $crate::python::archives::open(bytes, Self::open))?)
            }

            /// Writes the object to a file for `load`. A file of that name is replaced at once, as a whole.
            ///
            /// Raises `OSError` where the file cannot be written.
            fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
                py.detach(|| $crate::python::archives::write(&path, &self.bytes()))
            }

            /// The object that `save` wrote. Loading never runs code from the file. An `EntityMatcher` is used where it
            /// lies in the file, which processes share and which must not be changed in place.
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

/// Opens a copy of the caller's bytes.
pub(super) fn open<T>(bytes: &[u8], open: impl FnOnce(&Shared) -> Result<T, Error>) -> Result<T, Error> {
    let shared: Shared = Arc::new(bytes.to_vec());
    open(&shared)
}

/// Writes beside the file and then takes its place, so that whoever has mapped the old one keeps it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> PyResult<()> {
    let written = match fs::metadata(path) {
        Ok(old) if !old.is_file() => fs::write(path, bytes),
        _ => replace(path, bytes),
    };
    written.map_err(|error| os_error(path, &error))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays one: what it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name().map(OsStr::to_owned).unwrap_or_default();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // Nothing to do if that fails too: the first error tells more.
        let _ = fs::remove_file(&beside);
    }
    written
}

pub(super) fn read<T>(path: &Path, open: impl FnOnce(&Shared) -> Result<T, Error>) -> PyResult<T> {
    let bytes = map::file(path).map_err(|error| os_error(path, &error))?;
    open(&bytes).map_err(|error| in_file(path, error))
}

/// The model of sentence ends that was written to a file.
pub(super) fn sentence_model(path: &Path) -> PyResult<Cascade> {
    read(path, |bytes| Cascade::from_bytes((**bytes).as_ref()))
}

/// The models of quotes that were written to a file.
pub(super) fn quote_model(path: &Path) -> PyResult<Arc<QuoteModel>> {
    read(path, |bytes| QuoteModel::from_bytes((**bytes).as_ref())).map(Arc::new)
}
