//! From the caller's records to a compiled matcher.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{
    derive::{Derived, derive},
    gazetteer::{Builder, Gazetteer},
    matcher::Options,
    packed::Records,
    patterns::Patterns,
    store::{EntityRef, Store, StoreBuilder},
};
use crate::{error::Error, lang::Lexicon, sections::Sections};

/// The format of a compiled matcher; another one is not read.
const FORMAT: u8 = 7;

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
pub(super) fn compile(records: Records, options: Options, lexicon: &Lexicon) -> Result<Compiled, Error> {
    let mut merged = merge(records)?;
    let mut builder = Builder::new(options, lexicon, merged.store.store().names());
    merged.add_forms(&mut builder)?;
    let of_all = |problem| Error::entity(0, problem);
    if options.derive {
        derive_all(&mut merged.store, &mut builder, lexicon).map_err(of_all)?;
    }
    let nameless = merged.nameless();
    let regexes = merged.regexes.into_iter().map(|(entity, _, regex)| (entity, regex)).collect();
    let extras = Extras { format: FORMAT, options, regexes, nameless };
    let first = postcard::to_stdvec(&extras).map_err(|error| of_all(error.to_string()))?;
    let sections = std::iter::once(first).chain(builder.finish(merged.store)).collect();
    Ok(Compiled { sections: Sections::join(sections), extras })
}

/// Entities, each once.
struct Merged {
    store: StoreBuilder,
    /// The record that gave each name, if there are more records than entities.
    rows: Option<Vec<u32>>,
    /// The names that are no forms: each is an id that stands for a regular expression. Sorted.
    formless: Vec<u32>,
    /// Regular expressions, each with its entity and its record.
    regexes: Vec<(u32, u32, String)>,
}

impl Merged {
    /// Adds the forms of all names.
    fn add_forms(&self, builder: &mut Builder) -> Result<(), Error> {
        let store = self.store.store();
        for (name, written) in (0..).zip(store.all_names()) {
            if self.formless.binary_search(&name).is_err() {
                let added = builder.add(name, written, false);
                let what = if store.is_preferred(name as usize) { "the name" } else { "the alias" };
                let of_alias = |problem: String| problem.replacen("the name", what, 1);
                added.map_err(|problem| Error::entity(self.row(name), of_alias(problem)))?;
            }
        }
        for (entity, row, regex) in &self.regexes {
            let added = Patterns::default().add(*entity, regex);
            added.map_err(|problem| Error::entity(*row as usize, problem))?;
        }
        Ok(())
    }

    /// The record that gave a name.
    fn row(&self, name: u32) -> usize {
        let owner = || self.store.store().owner(name as usize).unwrap_or_default();
        self.rows.as_ref().map_or_else(owner, |rows| rows[name as usize]) as usize
    }

    /// The entities that have a name that is no form; sorted.
    fn nameless(&self) -> Vec<u32> {
        let owners = self.formless.iter().filter_map(|&name| self.store.store().owner(name as usize));
        let mut owners: Vec<u32> = owners.collect();
        owners.dedup();
        owners
    }
}

/// Makes one entity of the records of each id. One that another record of it has given is not given again.
fn merge(records: Records) -> Result<Merged, Error> {
    if let Some((row, problem)) = records.left_out {
        return Err(Error::entity(row, problem));
    }
    if let Some(rows) = by_entity(&records.store()) {
        return merge_rows(&records, &rows);
    }
    let store = records.store();
    let is_formless = |row: &u32| is_formless(&records, *row as usize);
    let formless = records.regexes.iter().map(|regex| regex.0).filter(is_formless);
    let first_name = |row| u32::try_from(store.numbers_of(row as usize).start).unwrap_or(u32::MAX);
    let formless = formless.map(first_name).collect();
    let regexes = records.regexes.into_iter().map(|(row, regex)| (row, row, regex)).collect();
    Ok(Merged { store: records.rows, rows: None, formless, regexes })
}

fn merge_rows(records: &Records, rows: &[(u32, u32)]) -> Result<Merged, Error> {
    let mut merged = Merged {
        store: StoreBuilder::new(),
        rows: Some(Vec::new()),
        formless: Vec::new(),
        regexes: Vec::new(),
    };
    for rows in rows.chunk_by(|left, right| left.0 == right.0) {
        let first = rows[0].1;
        let mut given = (rows.len() > 1).then(FxHashSet::default);
        for &(entity, row) in rows {
            check_type(&records.store(), first, row)
                .and_then(|()| merged.take(entity, row, records, given.as_mut()))
                .map_err(|problem| Error::entity(row as usize, problem))?;
        }
    }
    Ok(merged)
}

impl Merged {
    /// Adds the names of a record to its entity, but for those that its other records have `given`.
    fn take<'r>(
        &mut self,
        entity: u32,
        row: u32,
        records: &'r Records,
        mut given: Option<&mut FxHashSet<&'r str>>,
    ) -> Result<(), String> {
        let (store, index) = (records.store(), row as usize);
        let numbers = store.numbers_of(index);
        let rows = self.rows.get_or_insert_default();
        for number in numbers.clone() {
            let name = store.name(number);
            if given.as_mut().is_some_and(|given| !given.insert(name)) {
                continue;
            }
            if self.store.store().len() == entity as usize {
                self.store.begin(store.view(index))?;
            } else {
                self.store.name(entity, name)?;
            }
            if number == numbers.start && is_formless(records, index) {
                self.formless.push(u32::try_from(rows.len()).unwrap_or(u32::MAX));
            }
            rows.push(row);
        }
        self.regexes.extend(records.regex(index).map(|regex| (entity, row, regex.to_owned())));
        Ok(())
    }
}

/// Whether the name of a record is an id that stands for a regular expression.
fn is_formless(records: &Records, row: usize) -> bool {
    let is_id = |EntityRef { id, name, .. }| id == name;
    records.regex(row).is_some() && is_id(records.store().view(row))
}

/// Adds what can be derived from the names of all entities.
fn derive_all(store: &mut StoreBuilder, builder: &mut Builder, lexicon: &Lexicon) -> Result<(), String> {
    let mut derived = Vec::new();
    let own = store.store();
    for (entity, index) in (0..).zip(0..own.len()) {
        let names: Vec<&str> = own.names_of(index).collect();
        let forms = derive(lexicon, own.view(index).kind, &names);
        derived.extend(forms.into_iter().map(|form| (entity, form)));
    }
    for (entity, Derived { form, needs_full }) in derived {
        let number = store.derived(entity, &form)?;
        builder.add(number, &form, needs_full)?;
    }
    Ok(())
}

/// The records with their entities before them, if any have the same: those of an entity follow each other, in the order
/// in which ids first come.
fn by_entity(records: &Store) -> Option<Vec<(u32, u32)>> {
    let mut by_id: FxHashMap<&[u8], u32> = FxHashMap::default();
    by_id.reserve(records.len());
    let mut rows = Vec::new();
    let mut next = 0;
    for row in (0..).take(records.len()) {
        let entity = *by_id.entry(records.id(row as usize)).or_insert(next);
        if entity < next && rows.is_empty() {
            rows.extend((0..row).map(|row| (row, row)));
        }
        next += u32::from(entity == next);
        if next <= row {
            rows.push((entity, row));
        }
    }
    rows.sort_unstable();
    Some(rows).filter(|rows| !rows.is_empty())
}

/// Two records of one entity have one type.
fn check_type(records: &Store, first: u32, row: u32) -> Result<(), String> {
    let [old, new] = [first, row].map(|row| row as usize);
    if records.kind_number(old) == records.kind_number(new) {
        return Ok(());
    }
    let [old, new] = [old, new].map(|row| records.view(row));
    Err(format!("the id {:?} is of type {:?} and of type {:?}", new.id, old.kind, new.kind))
}
