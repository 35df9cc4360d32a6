//! A column of texts, whatever holds it.
//!
//! What speaks Arrow is read in place. Of everything else the items are read one by one, as much at a time as a chunk
//! holds, so that a generator need not end.

use arrow_array::{LargeBinaryArray, builder::NullBufferBuilder};
use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use pyo3::{
    intern,
    prelude::*,
    types::{PyByteArray, PyBytes, PyDict, PyFloat, PyFrozenSet, PyIterator, PySet, PyString},
};

use super::{
    arrow::{self, Arrays, only_column, unreadable},
    errors::{InputTypeError, wrong_type},
    input::Source,
    value::short_repr,
};
use crate::table::Texts;

/// What a column may be, for messages.
const WANTED: &str = "a column of texts (a list, a Series, an Arrow array)";

/// A column that is being read.
pub(super) enum Column {
    Arrow(Arrays),
    Items { items: Py<PyIterator>, row: usize },
}

/// The next rows of a column.
pub(super) struct Rows {
    pub(super) texts: Texts,
    /// The strings themselves, where the column has strings.
    pub(super) strings: Vec<Option<Py<PyString>>>,
}

impl Column {
    /// Takes a column.
    ///
    /// # Errors
    /// `column` is none: a single text, a table of several columns, or nothing that can be iterated.
    pub(super) fn new(column: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = column.py();
        if is_single_text(column) {
            let message = "texts must be a column of texts, not one text; for one, pass a list: [text]";
            return Err(InputTypeError::new_err(message));
        }
        if is_of_a_frame(column)? {
            let column = py.import("pullquote._columns")?.call_method1("readable", (column,))?;
            return Self::open(&column);
        }
        Self::open(column)
    }

    fn open(column: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(arrays) = arrow::import(column)? {
            return Ok(Self::Arrow(arrays));
        }
        let wrong = || wrong_type("texts", WANTED, column);
        // A mapping's keys are no column, and a set has no rows.
        if column.is_instance_of::<PyDict>()
            || column.is_instance_of::<PySet>()
            || column.is_instance_of::<PyFrozenSet>()
        {
            return Err(wrong());
        }
        Ok(Self::Items { items: column.try_iter().map_err(|_| wrong())?.unbind(), row: 0 })
    }

    /// The next rows: about `limit` bytes of them where the column has no arrays of its own.
    ///
    /// # Errors
    /// A row is neither a text nor null, or what gives the rows fails.
    pub(super) fn next(&mut self, py: Python<'_>, limit: usize) -> PyResult<Option<Rows>> {
        match self {
            // Who gives the arrays may need the interpreter in threads of its own.
            Self::Arrow(arrays) => {
                py.detach(|| arrays.next()).map(|array| of_array(array.map_err(unreadable)?)).transpose()
            }
            Self::Items { items, row } => {
                let mut items = items.bind(py).clone();
                let mut gathered = Gathered::default();
                while gathered.weight() < limit {
                    let Some(item) = items.next() else { break };
                    gathered.push(*row, &item?)?;
                    *row += 1;
                }
                Ok((gathered.weight() > 0).then(|| gathered.finish()))
            }
        }
    }
}

fn of_array(array: arrow_array::ArrayRef) -> PyResult<Rows> {
    let column = only_column(array).map_err(|names| {
        let names = names.join(", ");
        InputTypeError::new_err(format!("texts must be one column, not a table of several: {names}"))
    })?;
    let texts = Texts::new(column).map_err(|array| {
        InputTypeError::new_err(format!("texts must be a column of texts, not of {}", array.data_type()))
    })?;
    Ok(Rows { texts, strings: Vec::new() })
}

/// Items on their way to an array.
struct Gathered {
    bytes: Vec<u8>,
    ends: Vec<i64>,
    there: NullBufferBuilder,
    strings: Vec<Option<Py<PyString>>>,
}

impl Default for Gathered {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0], there: NullBufferBuilder::new(0), strings: Vec::new() }
    }
}

impl Gathered {
    fn push(&mut self, row: usize, item: &Bound<'_, PyAny>) -> PyResult<()> {
        let string = match item.cast::<PyString>() {
            Ok(string) => Some(string),
            Err(_) if is_null(item)? => None,
            Err(_) => return Err(wrong_row(row, item)),
        };
        if let Some(string) = string {
            let source = Source::of(string)?;
            self.bytes.extend_from_slice(source.as_str()?.as_bytes());
        }
        self.ends.push(self.bytes.len().cast_signed() as i64);
        self.there.append(string.is_some());
        self.strings.push(string.map(|string| string.clone().unbind()));
        Ok(())
    }

    /// What has been gathered, in bytes, rows counted too.
    fn weight(&self) -> usize {
        self.bytes.len() + size_of::<i64>() * (self.ends.len() - 1)
    }

    fn finish(mut self) -> Rows {
        let ends = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        let texts = LargeBinaryArray::new(ends, Buffer::from_vec(self.bytes), self.there.finish());
        Rows { texts: Texts::Large(texts), strings: self.strings }
    }
}

/// Whether an item stands for a text that is not there: None, NaN of any kind, `pandas.NA`, `pandas.NaT`.
fn is_null(item: &Bound<'_, PyAny>) -> PyResult<bool> {
    if item.is_none() {
        return Ok(true);
    }
    if let Ok(number) = item.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let class = item.get_type().qualname()?;
    if class == "NAType" || class == "NaTType" {
        return Ok(true);
    }
    // Only NaN differs from itself. Arrays and their like cannot say whether they do.
    Ok(item.ne(item).unwrap_or(false))
}

fn wrong_row(row: usize, item: &Bound<'_, PyAny>) -> PyErr {
    let shown = short_repr(item).unwrap_or_else(|_| "?".to_owned());
    let message = format!("{shown} in row {row} of texts");
    wrong_type(&message, "a str or null", item)
}

fn is_single_text(column: &Bound<'_, PyAny>) -> bool {
    column.is_instance_of::<PyString>()
        || column.is_instance_of::<PyBytes>()
        || column.is_instance_of::<PyByteArray>()
}

/// Whether a class of pandas or polars made the column: these know best how their columns are read.
fn is_of_a_frame(column: &Bound<'_, PyAny>) -> PyResult<bool> {
    let module = column.get_type().getattr(intern!(column.py(), "__module__"))?;
    let Ok(module) = module.cast::<PyString>() else { return Ok(false) };
    let module = module.to_string_lossy();
    let library = module.split('.').next().unwrap_or_default();
    Ok(library == "pandas" || library == "polars")
}
