//! `Table`: what `batch` gives.

use std::path::PathBuf;

use arrow_array::{
    Array, RecordBatch,
    cast::AsArray,
    types::{Float64Type, Int64Type},
};
use arrow_schema::{DataType, SchemaRef};
use pyo3::{
    IntoPyObjectExt, intern,
    prelude::*,
    types::{PyBytes, PyCapsule, PyDict, PyList, PyTuple, PyType},
};

use super::{archives::archived, arrow};
use crate::{
    error::Error,
    named::Named,
    sections::Shared,
    table::{self, TableKind, schema},
};

/// What was found in a column of texts: one row for each hit, or one for each text if it is nested.
///
/// A table is a stream of Arrow to whatever reads Arrow: `polars.DataFrame(hits)`, `pyarrow.table(hits)`,
/// `duckdb.sql("select * from hits")`. Its columns are the same whatever the texts hold. It pickles.
///
/// >>> import pullquote as pq
/// >>> table = pq.QuoteDetector().batch(["“It leaks,” said Mara Quist.", "It rained."])
/// >>> table
/// Table('quotes', 1 row)
/// >>> [(row["row"], row["speaker_text"], row["content"]) for row in table.to_pylist()]
/// [(0, 'Mara Quist', 'It leaks,')]
#[pyclass(frozen, module = "pullquote")]
pub(super) struct Table {
    kind: TableKind,
    nested: bool,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

archived!(Table);

impl Table {
    /// The table of these batches, all of one schema.
    pub(super) fn new(kind: TableKind, nested: bool, batches: Vec<RecordBatch>) -> Self {
        Self { kind, nested, schema: schema(kind, nested), batches }
    }

    fn bytes(&self) -> Vec<u8> {
        table::to_bytes(self.kind, self.nested, &self.batches)
    }

    fn open(bytes: &Shared) -> Result<Self, Error> {
        let (kind, nested, batches) = table::from_bytes((**bytes).as_ref())?;
        Ok(Self::new(kind, nested, batches))
    }

    fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

#[pymethods]
impl Table {
    /// A table without rows, for its columns.
    ///
    /// Raises `PullquoteError` where the kind is unknown.
    #[staticmethod]
    #[pyo3(signature = (kind = "quotes", *, nested = false))]
    fn empty(kind: &str, nested: bool) -> PyResult<Self> {
        Ok(Self::new(TableKind::parse(kind)?, nested, Vec::new()))
    }

    /// What the rows are: "sentences", "mentions" or "quotes".
    #[getter]
    fn kind(&self) -> &'static str {
        self.kind.as_str()
    }

    /// Whether there is one row for each text, with its hits in a list.
    #[getter]
    fn nested(&self) -> bool {
        self.nested
    }

    /// The columns' names.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.schema.fields().iter().map(|field| field.name()))
    }

    /// The columns' types, by Arrow's names: "int64", "double", "bool", "string" or "list".
    #[getter]
    fn types<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.schema.fields().iter().map(|field| type_name(field.data_type())))
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    /// The table as a stream of the Arrow C interface. It has one schema, whichever is requested.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        arrow::export(py, self.schema.clone(), self.batches.clone())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::export_schema(py, &self.schema)
    }

    /// The table as a `pyarrow.Table`; nothing is copied. Needs `pullquote[arrow]`.
    fn to_arrow<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        convert(this, "to_arrow")
    }

    /// The table as a `pandas.DataFrame`. Needs `pullquote[pandas]`.
    ///
    /// With pyarrow the columns are Arrow's own (`pandas.ArrowDtype`), and nothing is copied; without, they have
    /// pandas's dtypes for nullable values, and lists are objects.
    fn to_pandas<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        convert(this, "to_pandas")
    }

    /// The table as a `polars.DataFrame`. Needs `pullquote[polars]`.
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        convert(this, "to_polars")
    }

    /// The rows as dicts. Needs nothing but time: every value becomes a Python object.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.head(py, self.rows())
    }

    /// The first rows as dicts.
    fn head<'py>(&self, py: Python<'py>, rows: usize) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let indexes =
            self.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        for (batch, row) in indexes.take(rows) {
            let dict = PyDict::new(py);
            for (field, column) in self.schema.fields().iter().zip(batch.columns()) {
                dict.set_item(field.name(), object(py, column, row)?)?;
            }
            list.append(dict)?;
        }
        Ok(list)
    }

    fn _repr_html_<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        convert(this, "to_html")
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let py = other.py();
        match other.cast::<Self>() {
            Ok(other) => same(self, other.get()).into_py_any(py),
            Err(_) => Ok(py.NotImplemented()),
        }
    }

    fn __repr__(&self) -> String {
        let (rows, nested) = (self.rows(), if self.nested { ", nested" } else { "" });
        format!("Table('{}', {rows} row{}{nested})", self.kind.as_str(), if rows == 1 { "" } else { "s" })
    }
}

/// Arrow's name of one of the types that tables have.
fn type_name(of: &DataType) -> &'static str {
    match of {
        DataType::Int64 => "int64",
        DataType::Float64 => "double",
        DataType::Boolean => "bool",
        DataType::List(_) => "list",
        _ => "string",
    }
}

fn convert<'py>(table: &Bound<'py, Table>, to: &str) -> PyResult<Bound<'py, PyAny>> {
    table.py().import("pullquote._tables")?.call_method1(to, (table,))
}

/// Whether two tables have the same rows, however these are cut into batches.
fn same(one: &Table, other: &Table) -> bool {
    if one.schema != other.schema || one.rows() != other.rows() {
        return false;
    }
    let (mut left, mut right) = (one.batches.iter().cloned(), other.batches.iter().cloned());
    let (mut a, mut b) = (left.next(), right.next());
    loop {
        match (a.take(), b.take()) {
            (Some(x), y) if x.num_rows() == 0 => (a, b) = (left.next(), y),
            (x, Some(y)) if y.num_rows() == 0 => (a, b) = (x, right.next()),
            (Some(x), Some(y)) => {
                let rows = x.num_rows().min(y.num_rows());
                if x.slice(0, rows) != y.slice(0, rows) {
                    return false;
                }
                a = Some(x.slice(rows, x.num_rows() - rows));
                b = Some(y.slice(rows, y.num_rows() - rows));
            }
            (x, y) => return x.is_none() && y.is_none(),
        }
    }
}

/// The value at a row of an array of one of the types that tables have.
fn object<'py>(py: Python<'py>, array: &dyn Array, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match array.data_type() {
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into_bound_py_any(py),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into_bound_py_any(py),
        DataType::Boolean => array.as_boolean().value(row).into_bound_py_any(py),
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let items: Vec<_> =
                (0..items.len()).map(|item| object(py, &items, item)).collect::<PyResult<_>>()?;
            PyList::new(py, items)?.into_bound_py_any(py)
        }
        DataType::Struct(fields) => {
            let dict = PyDict::new(py);
            for (field, column) in fields.iter().zip(array.as_struct().columns()) {
                dict.set_item(field.name(), object(py, column, row)?)?;
            }
            dict.into_bound_py_any(py)
        }
        _ => array.as_string::<i32>().value(row).into_bound_py_any(py),
    }
}
