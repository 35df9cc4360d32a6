//! `EntityMatcher`.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use pyo3::{
    intern,
    prelude::*,
    types::{PyBytes, PyDict, PyTuple, PyType},
};

use super::{
    archives::archived,
    batch::batched,
    errors::{InvalidValueError, in_file, os_error},
    input::{Source, strings},
    records::records,
    values::Mention,
    views::{Entities, Views},
};
use crate::{
    entity::{self, Accents, Case, Options, Overlap, Record, Records, Strict},
    error::Error,
    named::Named,
    sections::Shared,
    table::Reader,
};

/// Finds the caller's entities in texts: as whole words, the longest name first.
///
/// A matcher never changes, may be used by many threads at once, and can be pickled.
///
/// Args:
///     entities: an iterable of `Entity` objects, of dicts with "id", "name", "type", "aliases" and "regex", or of
///         names. A missing id is the name, a missing name the id. Records with one id are merged.
///     case: "smart": case matters for short names in capitals ("US" is not "us"); "fold": never; "exact": always.
///     accents: "fold": "Lodz" is "Łódź"; "exact": it is not.
///     fuzzy: how many letters of a word may differ: False, 1, 2, or True for 2.
///     overlap: of matches that overlap, "longest" gives the first and longest, "all" gives all, "priority" gives that
///         of the entity that comes first in `entities`. With "longest" a name is none where a longer one of the list
///         begins with it whose next word has one slip: "New York" in "New York Tmes", if there is a "New York Times".
///     derive: whether to find forms that follow from the names. A company without its legal form and a person without
///         middle names are found anywhere; a surname, an acronym, and a short form that the text explains in brackets,
///         only once the text has named the entity in full. Of several entities with one form the one named last is
///         the best.
///     strict: which differences are not folded: "apostrophes" ("O’Brien" is not "O'Brien"), "hyphens" ("Jean-Luc" is not
///         "Jean Luc"), "spaces" (one space is not two, nor a line break), "invisible" (soft hyphens, zero-width
///         characters), "width" ("ＮＡＴＯ" is not "NATO"), "composition" (a letter and its accent are not one
///         character), "dots" ("U.S." is not "US"), "ampersand" ("&" is not "and"), "vowels" (the points of Arabic and
///         Hebrew), "words" ("St." is not "Saint", "Centre" not "Center"). Without one, all are.
///     patterns: what to find without a list, of "money", "percent", "date", "time", "handle", "email" and "url". Each
///         is an entity with the id "pattern:" and the name, and its mentions are of the kind "pattern".
///
/// Raises:
///     PullquoteError: an entity cannot be used (the error names its row) or an option's value is unknown.
///     TypeError: an entity is of another type, or one string was given in place of an iterable.
///
/// >>> import pullquote as pq
/// >>> pq.EntityMatcher(["Mara Quist", "Quay Trust"])
/// EntityMatcher(2 entities, case='smart', accents='fold', fuzzy=0, overlap='longest')
#[pyclass(frozen, module = "pullquote")]
pub(super) struct EntityMatcher {
    core: Arc<entity::EntityMatcher>,
    entities: Entities,
}

archived!(EntityMatcher);
batched!(EntityMatcher);

impl EntityMatcher {
    fn compile(records: Records, options: Options) -> Result<Self, Error> {
        entity::EntityMatcher::new(records, options).map(Self::from)
    }

    fn bytes(&self) -> Vec<u8> {
        self.core.to_bytes()
    }

    fn open(bytes: &Shared) -> Result<Self, Error> {
        entity::EntityMatcher::from_shared(Arc::clone(bytes)).map(Self::from)
    }

    fn reader(&self) -> Reader {
        Reader::Matcher(self.core())
    }

    /// The core's matcher, to share.
    pub(super) fn core(&self) -> Arc<entity::EntityMatcher> {
        Arc::clone(&self.core)
    }
}

impl From<entity::EntityMatcher> for EntityMatcher {
    fn from(core: entity::EntityMatcher) -> Self {
        let core = Arc::new(core);
        Self { entities: Entities::of_matcher(Arc::clone(&core)), core }
    }
}

#[pymethods]
impl EntityMatcher {
    #[new]
    #[pyo3(signature = (entities, *, case = "smart", accents = "fold", fuzzy = Fuzzy(0), overlap = "longest", derive = false, strict = None, patterns = None))]
    #[pyo3(
        text_signature = "(entities, *, case='smart', accents='fold', fuzzy=False, overlap='longest', derive=False, strict=(), patterns=())"
    )]
    fn new(
        entities: &Bound<'_, PyAny>,
        case: &str,
        accents: &str,
        fuzzy: Fuzzy,
        overlap: &str,
        derive: bool,
        strict: Option<&Bound<'_, PyAny>>,
        patterns: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let options = options(case, accents, fuzzy, overlap, derive, strict)?;
        let mut records = records(entities)?;
        records.extend(builtins(patterns)?);
        Ok(entities.py().detach(|| Self::compile(records, options))?)
    }

    /// A matcher from a file with one JSON object a line, with the keys of the constructor's dicts, or with spaCy's
    /// `EntityRuler` patterns: strings, or lists of tokens of which each has LOWER, TEXT, ORTH or NORM, as a string or
    /// as {"IN": [strings]}, and at most the OP "?".
    ///
    /// Raises `OSError` where the file cannot be read, and `PullquoteError`, with file and line, where its content
    /// cannot be used.
    #[classmethod]
    #[pyo3(signature = (path, *, case = "smart", accents = "fold", fuzzy = Fuzzy(0), overlap = "longest", derive = false, strict = None, patterns = None))]
    #[pyo3(
        text_signature = "(path, *, case='smart', accents='fold', fuzzy=False, overlap='longest', derive=False, strict=(), patterns=())"
    )]
    fn from_jsonl(
        class: &Bound<'_, PyType>,
        path: PathBuf,
        case: &str,
        accents: &str,
        fuzzy: Fuzzy,
        overlap: &str,
        derive: bool,
        strict: Option<&Bound<'_, PyAny>>,
        patterns: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let options = options(case, accents, fuzzy, overlap, derive, strict)?;
        let patterns = builtins(patterns)?;
        class.py().detach(|| from_file(&path, entity::records::from_jsonl, options, patterns))
    }

    /// A matcher from a CSV file whose first line names its columns: "id", "name", "type", "aliases", "regex".
    ///
    /// Raises `OSError` where the file cannot be read, and `PullquoteError`, with file and line, where its content
    /// cannot be used.
    #[classmethod]
    #[pyo3(signature = (path, *, case = "smart", accents = "fold", fuzzy = Fuzzy(0), overlap = "longest", derive = false, strict = None, patterns = None))]
    #[pyo3(
        text_signature = "(path, *, case='smart', accents='fold', fuzzy=False, overlap='longest', derive=False, strict=(), patterns=())"
    )]
    fn from_csv(
        class: &Bound<'_, PyType>,
        path: PathBuf,
        case: &str,
        accents: &str,
        fuzzy: Fuzzy,
        overlap: &str,
        derive: bool,
        strict: Option<&Bound<'_, PyAny>>,
        patterns: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let options = options(case, accents, fuzzy, overlap, derive, strict)?;
        let patterns = builtins(patterns)?;
        class.py().detach(|| from_file(&path, entity::records::from_csv, options, patterns))
    }

    /// A matcher from a table with the columns that `from_csv` reads: "id" or "name", "type", "aliases", "regex".
    ///
    /// A `DataFrame` of pandas or polars needs nothing else; any other Arrow table (pyarrow's, a DuckDB relation)
    /// needs `pullquote[arrow]`. Aliases are lists of strings, or one string with "|" between them. A number is as
    /// good an id as a string, and null is the same as nothing. Other columns are not read.
    ///
    /// >>> import pandas as pd
    /// >>> import pullquote as pq
    /// >>> people = pd.DataFrame({"id": [7, 8], "name": ["Mara Quist", "Tobias Fenn"], "aliases": ["Quist|Mara", None]})
    /// >>> pq.EntityMatcher.from_frame(people).find("Quist left.")[0].entity
    /// Entity('7', 'Mara Quist', 'PERSON')
    ///
    /// Raises `PullquoteError` where a column is missing or a row, which is named by its number, cannot be used, and
    /// `TypeError` where this is no table.
    #[classmethod]
    #[pyo3(signature = (frame, **options))]
    #[pyo3(
        text_signature = "(frame, *, case='smart', accents='fold', fuzzy=False, overlap='longest', derive=False, strict=(), patterns=())"
    )]
    fn from_frame<'py>(
        class: &Bound<'py, PyType>,
        frame: &Bound<'py, PyAny>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let records = class.py().import("pullquote._frames")?.call_method1("records", (frame,))?;
        class.call((records,), options)
    }

    /// A matcher with more entities, given as to the constructor; this one stays as it is.
    ///
    /// Records with an id that is there are merged with its entity. The entities that are there are not compiled again,
    /// unless more than half as many have been added.
    ///
    /// Raises `PullquoteError` where one cannot be used, with its row, and `TypeError` as the constructor does.
    fn add(&self, entities: &Bound<'_, PyAny>) -> PyResult<Self> {
        let records = records(entities)?;
        Ok(entities.py().detach(|| self.core.add(records)).map(Self::from)?)
    }

    /// A matcher without the entities of some ids; this one stays as it is.
    ///
    /// Raises `PullquoteError` where no entity has an id, and `TypeError` where `ids` is no iterable of strings.
    fn remove(&self, ids: &Bound<'_, PyAny>) -> PyResult<Self> {
        let ids = strings("ids", Some(ids))?;
        Ok(self.core.remove(&ids).map(Self::from)?)
    }

    /// The entities, records with one id merged.
    #[getter]
    fn entities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        Ok(self.entities.first(py, self.entities.len())?.bind(py).clone())
    }

    /// The mentions of a text, in order; each `entity` is one of `entities`.
    fn find(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Mention>>> {
        let source = Source::new("text", text)?;
        let (views, mentions) = Views::read(&source, |text| self.core.find(text))?;
        views.mentions(&mentions, &self.entities)
    }

    /// Where the mentions of a text begin and end, in code points.
    fn spans(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<(usize, usize)>> {
        let source = Source::new("text", text)?;
        let (views, mentions) = Views::read(&source, |text| self.core.find(text))?;
        Ok(mentions.iter().map(|mention| views.position(mention.span)).collect())
    }

    fn __len__(&self) -> usize {
        self.entities.len()
    }

    fn __repr__(&self) -> String {
        let Options { case, accents, fuzzy, overlap, derive, strict } = self.core.options();
        let derive = if derive { ", derive=True" } else { "" };
        let strict: Vec<&str> = strict.names().collect();
        let strict = if strict.is_empty() { String::new() } else { format!(", strict={strict:?}") };
        format!(
            "EntityMatcher({} entities, case='{}', accents='{}', fuzzy={fuzzy}, overlap='{}'{derive}{})",
            self.entities.len(),
            case.as_str(),
            accents.as_str(),
            overlap.as_str(),
            strict.replace('"', "'"),
        )
    }
}

/// How many letters may differ, as callers say it: a `bool` or a number.
struct Fuzzy(u8);

impl FromPyObject<'_, '_> for Fuzzy {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(on) = value.extract::<bool>() {
            return Ok(Self(if on { 2 } else { 0 }));
        }
        match value.extract::<u8>() {
            Ok(letters @ 0..=2) => Ok(Self(letters)),
            _ => Err(InvalidValueError::new_err(format!(
                "fuzzy={} is not one of False, True, 1, 2",
                value.repr()?.to_string_lossy()
            ))),
        }
    }
}

fn options(
    case: &str,
    accents: &str,
    fuzzy: Fuzzy,
    overlap: &str,
    derive: bool,
    strict: Option<&Bound<'_, PyAny>>,
) -> PyResult<Options> {
    Ok(Options {
        case: Case::parse(case)?,
        accents: Accents::parse(accents)?,
        fuzzy: fuzzy.0,
        overlap: Overlap::parse(overlap)?,
        derive,
        strict: Strict::parse(&strings("strict", strict)?)?,
    })
}

/// The records of what can be found without a list.
fn builtins(names: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Record>> {
    Ok(entity::builtins(&strings("patterns", names)?)?)
}

fn from_file(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<Records, Error>,
    options: Options,
    patterns: Vec<Record>,
) -> PyResult<EntityMatcher> {
    let bytes = fs::read(path).map_err(|error| os_error(path, &error))?;
    let content = std::str::from_utf8(&bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n').count();
        in_file(path, format!("line {line}: not UTF-8"))
    })?;
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    parse(content)
        .and_then(|mut records| {
            records.extend(patterns);
            EntityMatcher::compile(records, options)
        })
        .map_err(|error| in_file(path, error))
}
