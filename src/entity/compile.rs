//! From the caller's records to a compiled matcher.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{
    Record,
    derive::{Derived, derive},
    gazetteer::{Builder, Gazetteer},
    matcher::Options,
    patterns::Patterns,
};
use crate::{error::Error, lang::Lexicon, sections::Sections};

/// The format of a compiled matcher; another one is not read.
const FORMAT: u8 = 3;

/// What there is besides a gazetteer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Extras {
    /// The format of the sections.
    format: u8,
    pub(super) options: Options,
    /// Regular expressions, each with the index of its entity.
    pub(super) regexes: Vec<(u32, String)>,
    /// Entities whose preferred name is no form, since it stands for a regular expression; sorted.
    pub(super) nameless: Vec<u32>,
}

/// Compiled records.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    /// The extras, and the gazetteer.
    pub(super) sections: Sections,
    pub(super) extras: Extras,
}

impl Compiled {
    /// What the sections hold; says what is wrong with them.
    pub(super) fn read(sections: Sections) -> Result<Self, String> {
        let extras: Extras = postcard::from_bytes(sections.get(0)).map_err(|error| error.to_string())?;
        if extras.format != FORMAT {
            return Err(format!("matchers of format {}, this build reads format {FORMAT}", extras.format));
        }
        let entities = Gazetteer::new(&sections, 1, None).store.len();
        let is_whole = extras.regexes.iter().all(|regex| (regex.0 as usize) < entities);
        if is_whole { Ok(Self { sections, extras }) } else { Err("a regex is nobody's".to_owned()) }
    }
}

/// Compiles records.
///
/// # Errors
/// A record cannot be used; the error names its row.
pub(super) fn compile(records: Vec<Record>, options: Options, lexicon: &Lexicon) -> Result<Compiled, Error> {
    let mut compiler = Compiler {
        builder: Builder::new(options, lexicon),
        extras: Extras { format: FORMAT, options, ..Extras::default() },
        entity: 0,
        names: FxHashSet::default(),
    };
    for rows in by_entity(&records).chunk_by(|left, right| left.0 == right.0) {
        let first = &records[rows[0].1];
        for &(_, row) in rows {
            let record = &records[row];
            let added = if row == rows[0].1 { compiler.begin(record) } else { check_type(first, record) };
            added
                .and_then(|()| compiler.add(record, rows.len() > 1))
                .map_err(|problem| Error::entity(row, problem))?;
        }
    }
    // The names are packed by now, and the rest needs the room.
    drop(records);
    compiler.finish(lexicon)
}

struct Compiler<'a> {
    builder: Builder<'a>,
    extras: Extras,
    /// The entity to which names are added.
    entity: u32,
    /// Its names so far, if it has several records.
    names: FxHashSet<String>,
}

impl Compiler<'_> {
    fn begin(&mut self, record: &Record) -> Result<(), String> {
        self.names.clear();
        self.entity = self.builder.store.begin(&record.entity.id, &record.entity.kind)?;
        Ok(())
    }

    /// Adds the names of a record to its entity; one that another record has given is not given again.
    fn add(&mut self, record: &Record, is_merged: bool) -> Result<(), String> {
        let is_form = record.regex.is_none() || record.entity.name != record.entity.id;
        for (index, name) in std::iter::once(&record.entity.name).chain(&record.entity.aliases).enumerate() {
            if is_merged && !self.names.insert(name.clone()) {
                continue;
            }
            let number = self.builder.store.name(self.entity, name)?;
            if is_form || index > 0 {
                self.builder.add(number, name, false)?;
            } else if self.extras.nameless.last() != Some(&self.entity) {
                self.extras.nameless.push(self.entity);
            }
        }
        if let Some(regex) = &record.regex {
            Patterns::default().add(self.entity, regex)?;
            self.extras.regexes.push((self.entity, regex.clone()));
        }
        Ok(())
    }

    /// Adds what can be derived from the names of all entities.
    fn derive(&mut self, lexicon: &Lexicon) -> Result<(), String> {
        let mut derived = Vec::new();
        let store = self.builder.store.store();
        for (entity, index) in (0..).zip(0..store.len()) {
            let names: Vec<&str> = store.names_of(index).collect();
            let forms = derive(lexicon, store.view(index).kind, &names);
            derived.extend(forms.into_iter().map(|form| (entity, form)));
        }
        for (entity, Derived { form, needs_full }) in derived {
            let number = self.builder.store.name(entity, &form)?;
            self.builder.add(number, &form, needs_full)?;
        }
        Ok(())
    }

    fn finish(mut self, lexicon: &Lexicon) -> Result<Compiled, Error> {
        let done = self.builder.store.end();
        done.and_then(|()| if self.extras.options.derive { self.derive(lexicon) } else { Ok(()) })
            .map_err(|problem| Error::entity(0, problem))?;
        let extras =
            postcard::to_stdvec(&self.extras).map_err(|error| Error::entity(0, error.to_string()))?;
        let sections = std::iter::once(extras).chain(self.builder.finish());
        Ok(Compiled { sections: Sections::join(sections.collect()), extras: self.extras })
    }
}

/// The rows with their entities' indexes: those of an entity follow each other, in the order in which ids first come.
fn by_entity(records: &[Record]) -> Vec<(usize, usize)> {
    let mut by_id: FxHashMap<&str, usize> = FxHashMap::default();
    by_id.reserve(records.len());
    let mut rows: Vec<(usize, usize)> = Vec::with_capacity(records.len());
    for (row, record) in records.iter().enumerate() {
        let next = by_id.len();
        rows.push((*by_id.entry(&record.entity.id).or_insert(next), row));
    }
    if by_id.len() < records.len() {
        rows.sort_unstable();
    }
    rows
}

fn check_type(first: &Record, record: &Record) -> Result<(), String> {
    let (old, new) = (&first.entity, &record.entity);
    if old.kind == new.kind {
        return Ok(());
    }
    Err(format!("the id {:?} is of type {:?} and of type {:?}", new.id, old.kind, new.kind))
}
