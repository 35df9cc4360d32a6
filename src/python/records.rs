//! Entities as callers give them: objects, dicts, names.

use std::fmt::Arguments;

use pyo3::{
    intern,
    prelude::*,
    types::{PyByteArray, PyBytes, PyDict, PyString},
};

use super::{
    errors::{InputTypeError, InvalidValueError, wrong_type},
    input::{characters, strings},
    values::{DEFAULT_TYPE, Entity},
};
use crate::entity::{self, Record};

const KEYS: [&str; 5] = ["id", "name", "type", "aliases", "regex"];

/// Reads an iterable of entities.
///
/// # Errors
/// It is no iterable, or one entity itself, or a row of it cannot be read; the error names the row.
pub(super) fn records(entities: &Bound<'_, PyAny>) -> PyResult<Vec<Record>> {
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
    let rows =
        entities.try_iter().map_err(|_| wrong_type("entities", "an iterable of entities", entities))?;
    rows.enumerate().map(|(row, value)| record(format_args!("entity {row}"), &value?)).collect()
}

fn is_one<T: pyo3::PyTypeInfo>(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<T>()
}

/// Reads one entity; errors begin with `row`.
fn record(row: Arguments<'_>, value: &Bound<'_, PyAny>) -> PyResult<Record> {
    if let Ok(entity) = value.cast::<Entity>() {
        return from_entity(entity);
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return from_dict(row, dict);
    }
    if value.is_instance_of::<PyString>() {
        let name = characters(row, value)?;
        return Ok(Record { entity: plain(name.clone(), name), regex: None });
    }
    Err(wrong_type(row, "an Entity, a dict or a str", value))
}

fn from_entity(entity: &Bound<'_, Entity>) -> PyResult<Record> {
    let (py, entity) = (entity.py(), entity.get());
    let entity = entity::Entity {
        id: characters("id", entity.id.bind(py))?,
        name: characters("name", entity.name.bind(py))?,
        kind: characters("type", entity.r#type.bind(py))?,
        aliases: strings("aliases", Some(entity.aliases.bind(py)))?,
    };
    Ok(Record { entity, regex: None })
}

fn from_dict(row: Arguments<'_>, dict: &Bound<'_, PyDict>) -> PyResult<Record> {
    let py = dict.py();
    check_keys(row, dict)?;
    let field = |key: &Bound<'_, PyString>| -> PyResult<Option<String>> {
        let value = dict.get_item(key)?.filter(|value| !value.is_none());
        value.map(|value| characters(format_args!("{row}: \"{key}\""), &value)).transpose()
    };
    let (name, regex) = (field(intern!(py, "name"))?, field(intern!(py, "regex"))?);
    let Some(id) = field(intern!(py, "id"))?.or_else(|| name.clone()) else {
        return Err(InvalidValueError::new_err(format!("{row}: neither \"id\" nor \"name\"")));
    };
    let mut entity = plain(id.clone(), name.unwrap_or(id));
    if let Some(kind) = field(intern!(py, "type"))? {
        entity.kind = kind;
    }
    let aliases = dict.get_item(intern!(py, "aliases"))?.filter(|value| !value.is_none());
    entity.aliases = strings(format_args!("{row}: \"aliases\""), aliases.as_ref())?;
    Ok(Record { entity, regex })
}

fn check_keys(row: Arguments<'_>, dict: &Bound<'_, PyDict>) -> PyResult<()> {
    let py = dict.py();
    let [id, name, kind] = [intern!(py, "id"), intern!(py, "name"), intern!(py, "type")];
    let known = [id, name, kind, intern!(py, "aliases"), intern!(py, "regex")];
    let count: usize = known.iter().map(|key| dict.contains(key).map(usize::from)).sum::<PyResult<_>>()?;
    if count == dict.len() {
        return Ok(());
    }
    for (key, _) in dict {
        let is_known = key.cast::<PyString>().is_ok_and(|key| KEYS.iter().any(|known| key == known));
        if !is_known {
            let (key, known) = (key.repr()?, KEYS.join(", "));
            return Err(InvalidValueError::new_err(format!("{row}: unknown key {key}; known: {known}")));
        }
    }
    Ok(())
}

fn plain(id: String, name: String) -> entity::Entity {
    entity::Entity { id, name, kind: DEFAULT_TYPE.to_owned(), aliases: Vec::new() }
}
