//! The caller's entities, compiled.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    Entity, Mention,
    gazetteer::{Builder, Gazetteer},
    overlap,
    patterns::Patterns,
    walk,
};
use crate::{
    archive,
    error::Error,
    lang::{Language, Lexicon},
    named::Named,
    text::{Text, fold::Folding},
};

/// An entity as the caller gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The entity.
    pub entity: Entity,
    /// A regular expression whose matches are mentions too. An id that doubles as the name is then no form.
    pub regex: Option<String>,
}

/// How upper and lower case are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Case {
    /// Case is folded where that is safe. A short all-capital name ("WHO") is found in capitals only; a name of
    /// one word, or of ordinary words alone ("Turkey", "First Light"), only with a capital letter.
    #[default]
    Smart,
    /// Case tells nothing.
    Fold,
    /// Case is as in the name.
    Exact,
}

/// How letters with diacritics are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Accents {
    /// As the plain letters.
    #[default]
    Fold,
    /// As in the name.
    Exact,
}

/// Which of the hits that share words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Overlap {
    /// From left to right, the longest.
    #[default]
    Longest,
    /// All.
    All,
}

impl Named for Case {
    const WHAT: &'static str = "case";
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Smart, "smart"), (Self::Fold, "fold"), (Self::Exact, "exact")];
}

impl Named for Accents {
    const WHAT: &'static str = "accents";
    const NAMES: &'static [(Self, &'static str)] = &[(Self::Fold, "fold"), (Self::Exact, "exact")];
}

impl Named for Overlap {
    const WHAT: &'static str = "overlap";
    const NAMES: &'static [(Self, &'static str)] = &[(Self::Longest, "longest"), (Self::All, "all")];
}

/// How texts are compared with names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Options {
    /// Upper and lower case.
    pub case: Case,
    /// Diacritics.
    pub accents: Accents,
    /// How many letters may differ at most: 0, 1 or 2. A name of up to four letters allows none, one of up to
    /// eight letters one.
    pub fuzzy: u8,
    /// Hits that share words.
    pub overlap: Overlap,
}

impl Options {
    pub(super) fn folding(self) -> Folding {
        Folding { case: self.case != Case::Exact, accents: self.accents == Accents::Fold }
    }
}

/// Finds the caller's entities in texts.
#[derive(Debug, Clone)]
pub struct EntityMatcher {
    records: Vec<Record>,
    options: Options,
    entities: Vec<Arc<Entity>>,
    gazetteer: Gazetteer,
    patterns: Patterns,
    lexicon: &'static Lexicon,
}

impl EntityMatcher {
    /// Compiles a matcher. Records with one id are merged: the names of the later ones become aliases.
    ///
    /// # Errors
    /// A record cannot be used: a name is empty, has no letter or too many words, an id has two types, a regular
    /// expression is wrong; the error names its row. Or `fuzzy` is more than 2.
    pub fn new(records: Vec<Record>, options: Options) -> Result<Self, Error> {
        if options.fuzzy > 2 {
            return Err(Error::unknown_option("fuzzy", &options.fuzzy.to_string(), "0, 1, 2"));
        }
        let lexicon = &Language::get("en")?.lexicon;
        let mut entities: Vec<Entity> = Vec::with_capacity(records.len());
        let mut by_id: FxHashMap<&str, usize> = FxHashMap::default();
        let mut builder = Builder::new(options, lexicon);
        let mut patterns = Patterns::default();
        for (row, record) in records.iter().enumerate() {
            let index = *by_id.entry(&record.entity.id).or_insert(entities.len());
            merge(&mut entities, index, &record.entity).map_err(|problem| Error::entity(row, problem))?;
            let number = u32::try_from(index).map_err(|_| Error::entity(row, "too many entities"))?;
            forms(record)
                .try_for_each(|name| builder.add(number, name))
                .and_then(|()| record.regex.iter().try_for_each(|regex| patterns.add(number, regex)))
                .map_err(|problem| Error::entity(row, problem))?;
        }
        let gazetteer = builder.finish();
        let entities = entities.into_iter().map(Arc::new).collect();
        Ok(Self { records, options, entities, gazetteer, patterns, lexicon })
    }

    /// The entities, to which the indexes in mentions point.
    pub fn entities(&self) -> &[Arc<Entity>] {
        &self.entities
    }

    /// The mentions of a text, in order.
    pub fn find(&self, text: &Text) -> Vec<Mention> {
        let mut hits = walk::find(&self.gazetteer, self.options, self.lexicon, text);
        self.patterns.find(text, &mut hits);
        overlap::resolve(hits, self.options.overlap)
    }

    /// How texts are compared with names.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The matcher as bytes for [`Self::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        archive::seal(archive::Kind::EntityMatcher, &(&self.records, self.options))
    }

    /// The matcher that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are not a saved matcher.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (records, options) = archive::open(archive::Kind::EntityMatcher, bytes)?;
        Self::new(records, options)
    }
}

/// The names to look for.
fn forms(record: &Record) -> impl Iterator<Item = &str> {
    let Entity { id, name, aliases, .. } = &record.entity;
    let name = (record.regex.is_none() || name != id).then_some(name);
    name.into_iter().chain(aliases).map(String::as_str)
}

/// Adds an entity at `index`, or what is new in it to the one that is there.
fn merge(entities: &mut Vec<Entity>, index: usize, new: &Entity) -> Result<(), String> {
    let Some(old) = entities.get_mut(index) else {
        entities.push(new.clone());
        return Ok(());
    };
    if old.kind != new.kind {
        return Err(format!("the id {:?} is of type {:?} and of type {:?}", new.id, old.kind, new.kind));
    }
    for name in std::iter::once(&new.name).chain(&new.aliases) {
        if *name != old.name && !old.aliases.contains(name) {
            old.aliases.push(name.clone());
        }
    }
    Ok(())
}
