//! Entities as callers give them: objects, dicts, names.

use std::fmt::Arguments;

use pyo3::{
    intern,
    prelude::*,
    types::{PyByteArray, PyBytes, PyDict, PyString},
};

use super::{
    errors::{InputTypeError, InvalidValueError, wrong_type},
    input::{Characters, each_string},
    values::{DEFAULT_TYPE, Entity},
};
use crate::entity::{EntityRef, Records};

const KEYS: [&str; 5] = ["id", "name", "type", "aliases", "regex"];

/// Reads an iterable of entities.
///
/// # Errors
/// It is no iterable, or one entity itself, or a row of it cannot be read; the error names the row.
pub(super) fn records(entities: &Bound<'_, PyAny>) -> PyResult<Records> {
    let one = is_one::<PyString>(entities)
        || is_one::<PyBytes>(entities)
        || is_one::<PyByteArray>(entities)
        || is_one::<PyDict>(entities)
        || is_one::<Entity>(entities);
    if one {
        let given = entities.get_type().qualname()?;
        let hint = format!("entities must be an iterable of entities, not one {given}: put it in a list");
        return Err(InputTypeError::new_err(hint));
    }
    // The items of a table are its columns.
    if entities.hasattr(intern!(entities.py(), "columns"))? {
        let given = entities.get_type().qualname()?;
        let hint = format!(
            "entities must be an iterable of entities, not a table ({given}): use EntityMatcher.from_frame"
        );
        return Err(InputTypeError::new_err(hint));
    }
    let rows =
        entities.try_iter().map_err(|_| wrong_type("entities", "an iterable of entities", entities))?;
    let mut records = Records::default();
    for (row, value) in rows.enumerate() {
        record(format_args!("entity {row}"), &value?, &mut records)?;
    }
    Ok(records)
}

fn is_one<T: pyo3::PyTypeInfo>(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<T>()
}

/// Reads one entity; errors begin with `row`.
fn record(row: Arguments<'_>, value: &Bound<'_, PyAny>, records: &mut Records) -> PyResult<()> {
    if let Ok(dict) = value.cast::<PyDict>() {
        return from_dict(row, dict, records);
    }
    if let Ok(entity) = value.cast::<Entity>() {
        return from_entity(entity, records);
    }
    if value.is_instance_of::<PyString>() {
        let name = Characters::new(row, value)?;
        let name = name.as_str()?;
        records.begin(EntityRef { id: name, name, kind: DEFAULT_TYPE }, None);
        return Ok(());
    }
    Err(wrong_type(row, "an Entity, a dict or a str", value))
}

fn from_entity(entity: &Bound<'_, Entity>, records: &mut Records) -> PyResult<()> {
    let (py, entity) = (entity.py(), entity.get());
    let id = Characters::new("id", entity.id.bind(py))?;
    let name = Characters::new("name", entity.name.bind(py))?;
    let kind = Characters::new("type", entity.r#type.bind(py))?;
    records.begin(EntityRef { id: id.as_str()?, name: name.as_str()?, kind: kind.as_str()? }, None);
    each_string("aliases", entity.aliases.bind(py), |alias| records.alias(alias))
}

fn from_dict<'py>(row: Arguments<'_>, dict: &Bound<'py, PyDict>, records: &mut Records) -> PyResult<()> {
    let fields = fields(dict)?;
    if fields.iter().flatten().count() != dict.len() {
        check_keys(row, dict)?;
    }
    let [id, name, kind, aliases, regex] = fields.map(|field| field.filter(|value| !value.is_none()));
    let string = |key: usize, value: Option<Bound<'py, PyAny>>| {
        let what = format_args!("{row}: \"{}\"", KEYS[key]);
        value.map(|value| Characters::new(what, &value)).transpose()
    };
    let (id, name, kind, regex) = (string(0, id)?, string(1, name)?, string(2, kind)?, string(4, regex)?);
    let [id, name, kind, regex] =
        [&id, &name, &kind, &regex].map(|field| field.as_ref().map(Characters::as_str).transpose());
    let (id, name) = (id?, name?);
    let Some((id, name)) = id.or(name).zip(name.or(id)) else {
        return Err(InvalidValueError::new_err(format!("{row}: neither \"id\" nor \"name\"")));
    };
    records.begin(EntityRef { id, name, kind: kind?.unwrap_or(DEFAULT_TYPE) }, regex?);
    let what = format_args!("{row}: \"aliases\"");
    aliases.map_or(Ok(()), |aliases| each_string(what, &aliases, |alias| records.alias(alias)))
}

/// The values of [`KEYS`].
fn fields<'py>(dict: &Bound<'py, PyDict>) -> PyResult<[Option<Bound<'py, PyAny>>; KEYS.len()]> {
    let py = dict.py();
    let [id, name, kind] = [intern!(py, "id"), intern!(py, "name"), intern!(py, "type")];
    let keys = [id, name, kind, intern!(py, "aliases"), intern!(py, "regex")];
    let mut fields = [const { None }; KEYS.len()];
    for (field, key) in fields.iter_mut().zip(keys) {
        *field = dict.get_item(key)?;
    }
    Ok(fields)
}

/// Complains of a key that is not known.
fn check_keys(row: Arguments<'_>, dict: &Bound<'_, PyDict>) -> PyResult<()> {
    for (key, _) in dict {
        let is_known = key.cast::<PyString>().is_ok_and(|key| KEYS.iter().any(|known| key == known));
        if !is_known {
            let (key, known) = (key.repr()?, KEYS.join(", "));
            return Err(InvalidValueError::new_err(format!("{row}: unknown key {key}; known: {known}")));
        }
    }
    Ok(())
}
