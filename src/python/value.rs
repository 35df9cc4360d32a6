//! What all value objects do alike.
//!
//! A value object says what its fields are ([`Value`]); equality, hash, order, pickling, matching and `to_dict` are
//! written once, on the fields as a tuple.

use pyo3::{
    IntoPyObjectExt, PyClass, intern,
    prelude::*,
    pyclass::{CompareOp, boolean_struct::True},
    types::{PyDict, PyInt, PyList, PySlice, PyString, PyTuple},
};

use super::errors::wrong_type;
use crate::named::Named;

/// A `repr` shows at most so many characters of a text.
const SHOWN: usize = 60;

/// An immutable Python object that is nothing but its fields.
pub(super) trait Value: PyClass<Frozen = True> + Sync {
    /// The fields' public names, in the order of the constructor.
    const FIELDS: &'static [&'static str];

    /// The fields, in the order of the constructor.
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>>;

    /// The fields by which values are ordered.
    fn key<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>>;
}

/// A number that can be counted backwards.
pub(super) trait Turned {
    /// A number that is the smaller, the larger this one is.
    fn turned<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl Turned for usize {
    fn turned<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        (!self).into_bound_py_any(py)
    }
}

impl Turned for Py<PyInt> {
    fn turned<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.bind(py).neg()
    }
}

/// Makes a class a [`Value`] and gives it the methods that values have: `value!(Class(fields) by(key))`;
/// a field behind a minus counts backwards.
macro_rules! value {
    ($class:ident($($field:ident),*) by($($key:ident $(- $turned:ident)?),*)) => {
        impl $crate::python::value::Value for $class {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
                PyTuple::new(py, [$((&self.$field).into_bound_py_any(py)?),*])
            }

            fn key<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
                PyTuple::new(
                    py,
                    [$((&self.$key).into_bound_py_any(py)? $(, $crate::python::value::Turned::turned(&self.$turned, py)?)?),*],
                )
            }
        }

        #[pymethods]
        impl $class {
            #[classattr]
            fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
                $crate::python::value::names::<Self>(py)
            }

            fn __richcmp__<'py>(
                this: &Bound<'py, Self>,
                other: &Bound<'py, PyAny>,
                op: CompareOp,
            ) -> PyResult<Bound<'py, PyAny>> {
                $crate::python::value::compare(this, other, op)
            }

            fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
                $crate::python::value::Value::fields(self, py)?.hash()
            }

            fn __reduce__<'py>(
                this: &Bound<'py, Self>,
            ) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
                Ok((this.get_type(), $crate::python::value::Value::fields(this.get(), this.py())?))
            }

            /// The fields as plain dicts, lists, strings and numbers.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
                $crate::python::value::to_dict(self, py)
            }
        }
    };
}
pub(super) use value;

/// The names of a class's fields as Python has them.
pub(super) fn names<V: Value>(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, V::FIELDS.iter().map(|name| public(name)))
}

/// `r#type` is `type` to everybody but Rust.
fn public(field: &str) -> &str {
    field.trim_start_matches("r#")
}

/// Equal by all fields, ordered by the key; values of other classes are neither.
pub(super) fn compare<'py, V: Value>(
    this: &Bound<'py, V>,
    other: &Bound<'py, PyAny>,
    op: CompareOp,
) -> PyResult<Bound<'py, PyAny>> {
    let py = this.py();
    let Ok(other) = other.cast::<V>() else { return py.NotImplemented().into_bound_py_any(py) };
    match op {
        CompareOp::Eq | CompareOp::Ne => this.get().fields(py)?.rich_compare(other.get().fields(py)?, op),
        _ => this.get().key(py)?.rich_compare(other.get().key(py)?, op),
    }
}

/// A value's fields as a dict of plain objects.
pub(super) fn to_dict<'py, V: Value>(value: &V, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, field) in V::FIELDS.iter().zip(value.fields(py)?) {
        dict.set_item(PyString::intern(py, public(name)), plain(field)?)?;
    }
    Ok(dict)
}

/// Tuples become lists, values become dicts; strings, numbers and None stay.
fn plain(field: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    let py = field.py();
    if let Ok(items) = field.cast::<PyTuple>() {
        let items: Vec<_> = items.iter().map(plain).collect::<PyResult<_>>()?;
        return PyList::new(py, items)?.into_bound_py_any(py);
    }
    match field.getattr_opt(intern!(py, "to_dict"))? {
        Some(to_dict) => to_dict.call0(),
        None => Ok(field),
    }
}

/// Python's own `repr` of a string, cut with `…` where it is long.
pub(super) fn shortened(string: &Bound<'_, PyString>) -> PyResult<String> {
    let quoted = |value: &Bound<'_, PyAny>| Ok::<_, PyErr>(value.repr()?.to_string_lossy().into_owned());
    if string.len()? <= SHOWN {
        return quoted(string);
    }
    let mut shown = quoted(&string.get_item(PySlice::new(string.py(), 0, SHOWN.cast_signed(), 1))?)?;
    shown.insert(shown.len() - 1, '…');
    Ok(shown)
}

/// Python's `repr` of anything, cut with `…` where it is long.
pub(super) fn short_repr(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let mut shown = value.repr()?.to_string_lossy().into_owned();
    if let Some((end, _)) = shown.char_indices().nth(SHOWN) {
        shown.truncate(end);
        shown.push('…');
    }
    Ok(shown)
}

/// A tuple of which every item is a `T`. Callers may give any iterable but a string.
pub(super) struct TupleOf<T> {
    items: Py<PyTuple>,
    of: std::marker::PhantomData<fn() -> T>,
}

impl<T: pyo3::PyTypeInfo> TupleOf<T> {
    /// The tuple of these items.
    pub(super) fn new(py: Python<'_>, items: Vec<Py<T>>) -> PyResult<Self> {
        Ok(PyTuple::new(py, items)?.unbind().into())
    }

    /// The items, in order.
    pub(super) fn iter<'py>(&self, py: Python<'py>) -> impl Iterator<Item = Bound<'py, T>> {
        self.items.bind(py).iter().filter_map(|item| item.cast_into().ok())
    }

    /// The tuple.
    pub(super) fn bind<'py>(&self, py: Python<'py>) -> &Bound<'py, PyTuple> {
        self.items.bind(py)
    }
}

impl<T> From<Py<PyTuple>> for TupleOf<T> {
    fn from(items: Py<PyTuple>) -> Self {
        Self { items, of: std::marker::PhantomData }
    }
}

impl<T: pyo3::PyTypeInfo> FromPyObject<'_, '_> for TupleOf<T> {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let name = T::type_object(value.py()).name()?.to_string();
        let wanted = format!("a sequence of {name}");
        if value.is_instance_of::<PyString>() {
            return Err(wrong_type("this", &wanted, &value));
        }
        let items: Vec<_> = value
            .try_iter()
            .map_err(|_| wrong_type("this", &wanted, &value))?
            .map(|item| {
                let item = item?;
                item.cast::<T>().cloned().map_err(|_| wrong_type("each item", &name, &item))
            })
            .collect::<PyResult<_>>()?;
        Ok(PyTuple::new(value.py(), items)?.unbind().into())
    }
}

impl<'py, T> IntoPyObject<'py> for &TupleOf<T> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = std::convert::Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.items.bind(py).clone())
    }
}

/// One of the words that name the variants of a core enumeration.
#[derive(Clone, Copy)]
pub(super) struct Word<T>(pub(super) T);

impl<T: Named> FromPyObject<'_, '_> for Word<T> {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Ok(Self(T::parse(&value.cast::<PyString>()?.to_string_lossy())?))
    }
}

impl<'py, T: Named> IntoPyObject<'py> for &Word<T> {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = std::convert::Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(PyString::intern(py, self.0.as_str()))
    }
}
