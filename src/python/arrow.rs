//! The bridge to Arrow: arrays come and go as capsules of the Arrow C data interface, none is copied.
//!
//! One of the two files that may be unsafe: a capsule holds a pointer, and its name alone says to what.
#![allow(unsafe_code)]

use arrow_array::{
    ArrayRef, RecordBatch, RecordBatchIterator,
    cast::AsArray,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi},
    ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream},
    make_array,
};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::{
    exceptions::PyRuntimeError,
    intern,
    prelude::*,
    types::{PyCapsule, PyCapsuleMethods, PyTuple},
};

use super::errors::InvalidValueError;

const STREAM: &std::ffi::CStr = c"arrow_array_stream";
const SCHEMA: &std::ffi::CStr = c"arrow_schema";
const ARRAY: &std::ffi::CStr = c"arrow_array";

/// Arrays of one type, one after the other.
pub(super) enum Arrays {
    Stream(ArrayStreamReader),
    One(Option<ArrayRef>),
}

impl Iterator for Arrays {
    type Item = Result<ArrayRef, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Stream(stream) => stream.next(),
            Self::One(array) => array.take().map(Ok),
        }
    }
}

/// The arrays of an object with one of the capsule methods; None where it has neither.
pub(super) fn import(object: &Bound<'_, PyAny>) -> PyResult<Option<Arrays>> {
    let py = object.py();
    if let Some(method) = object.getattr_opt(intern!(py, "__arrow_c_stream__"))? {
        // The capsule owns the stream until it has been taken.
        let capsule = method.call0()?;
        let pointer = pointer(&capsule, STREAM)?;
        // SAFETY: a capsule of this name points to a stream, and to take what it points to is how it is read.
        let stream = unsafe { ArrayStreamReader::from_raw(pointer.cast()) };
        return Ok(Some(Arrays::Stream(stream.map_err(unreadable)?)));
    }
    if let Some(method) = object.getattr_opt(intern!(py, "__arrow_c_array__"))? {
        let pair = method.call0()?.cast_into::<PyTuple>()?;
        let (schema, array) = (pair.get_item(0)?, pair.get_item(1)?);
        let schema: *mut FFI_ArrowSchema = pointer(&schema, SCHEMA)?.cast();
        let array: *mut FFI_ArrowArray = pointer(&array, ARRAY)?.cast();
        // SAFETY: capsules of these names point to a schema and to an array of that schema.
        let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array), &FFI_ArrowSchema::from_raw(schema)) };
        return Ok(Some(Arrays::One(Some(make_array(data.map_err(unreadable)?)))));
    }
    Ok(None)
}

fn pointer(capsule: &Bound<'_, PyAny>, name: &std::ffi::CStr) -> PyResult<*mut std::ffi::c_void> {
    Ok(capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))?.as_ptr())
}

/// What a producer of arrays complains of.
pub(super) fn unreadable(error: ArrowError) -> PyErr {
    InvalidValueError::new_err(format!("texts cannot be read: {error}"))
}

/// The one column of a table that came as an array of structs; other arrays are what they are.
///
/// # Errors
/// The table has no column or several; the error is their names.
pub(super) fn only_column(array: ArrayRef) -> Result<ArrayRef, Vec<String>> {
    let Some(table) = array.as_struct_opt() else { return Ok(array) };
    match table.columns() {
        [column] => Ok(column.clone()),
        _ => Err(table.column_names().into_iter().map(str::to_owned).collect()),
    }
}

/// Batches as a stream for whoever reads Arrow.
pub(super) fn export(
    py: Python<'_>,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
) -> PyResult<Bound<'_, PyCapsule>> {
    let batches = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
}

/// A schema for whoever reads Arrow.
pub(super) fn export_schema<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref());
    let schema = schema.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
