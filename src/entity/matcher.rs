//! The caller's entities, compiled.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    Entity, Mention,
    compile::{Compiled, compile},
    layers::Layers,
    overlap,
    packed::Records,
    patterns::Patterns,
    store::EntityRef,
    strict::Strict,
};
use crate::{
    archive::{self, Kind},
    error::Error,
    lang::{Language, Lexicon},
    named::Named,
    sections::{Sections, Shared},
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

#[cfg(test)]
impl Record {
    /// Records whose ids are their names.
    pub(super) fn named(names: &[&str]) -> Vec<Self> {
        let entity = |name: &str| Entity {
            id: name.to_owned(),
            name: name.to_owned(),
            kind: "X".to_owned(),
            aliases: Vec::new(),
        };
        names.iter().map(|name| Self { entity: entity(name), regex: None }).collect()
    }
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
    /// Of those that share words, that of the entity given first, then the longest.
    Priority,
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
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Longest, "longest"), (Self::All, "all"), (Self::Priority, "priority")];
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
    /// Whether forms are derived from names: surnames, acronyms, companies without their legal form, and short forms
    /// that a text explains in brackets.
    pub derive: bool,
    /// The differences that are not folded.
    pub strict: Strict,
}

impl Options {
    pub(super) fn folding(self) -> Folding {
        Folding { case: self.case != Case::Exact, accents: self.accents == Accents::Fold }
    }
}

/// Finds the caller's entities in texts.
#[derive(Debug, Clone)]
pub struct EntityMatcher {
    layers: Layers,
    options: Options,
    patterns: Patterns,
    lexicon: &'static Lexicon,
}

impl EntityMatcher {
    /// Compiles a matcher. Records with one id are merged: the names of the later ones become aliases.
    ///
    /// # Errors
    /// A record cannot be used: a name is empty, has no letter or too many words, an id has two types, a regular
    /// expression is wrong; the error names its row, or its line if it is from a file. Or `fuzzy` is more than 2.
    pub fn new(records: impl Into<Records>, options: Options) -> Result<Self, Error> {
        if options.fuzzy > 2 {
            return Err(Error::unknown_option("fuzzy", &options.fuzzy.to_string(), "0, 1, 2"));
        }
        let lexicon = &Language::get("en")?.lexicon;
        let mut records = records.into();
        let lines = std::mem::take(&mut records.lines);
        let compiled = compile(records, options, lexicon).map_err(|error| error.in_lines(&lines))?;
        Self::of(Layers::new(compiled), options)
    }

    fn of(layers: Layers, options: Options) -> Result<Self, Error> {
        let mut patterns = Patterns::default();
        for (entity, regex) in layers.regexes() {
            patterns.add(entity, regex).map_err(|problem| archive::damaged(Kind::EntityMatcher, problem))?;
        }
        Ok(Self { layers, options, patterns, lexicon: &Language::get("en")?.lexicon })
    }

    /// A matcher with more entities; this one stays as it is. Records with an id that is there are merged with its
    /// entity. Only what is added is compiled, unless it is much.
    ///
    /// # Errors
    /// As for [`Self::new`]; the error names the row among the records added.
    pub fn add(&self, records: impl Into<Records>) -> Result<Self, Error> {
        Self::of(self.layers.with(&records.into(), self.options, self.lexicon)?, self.options)
    }

    /// A matcher without the entities of some ids; this one stays as it is.
    ///
    /// # Errors
    /// There is no entity of an id; the error names its row among the ids.
    pub fn remove(&self, ids: &[String]) -> Result<Self, Error> {
        let mut wanted: FxHashMap<&str, bool> = ids.iter().map(|id| (&**id, false)).collect();
        let mut removed = Vec::new();
        for index in 0..self.len() {
            if let Some(found) = wanted.get_mut(self.view(index).id) {
                *found = true;
                removed.push(index);
            }
        }
        if let Some((row, id)) = ids.iter().enumerate().find(|(_, id)| !wanted[&***id]) {
            return Err(Error::entity(row, format!("no entity has the id {id:?}")));
        }
        Self::of(self.layers.without(&removed), self.options)
    }

    /// How many entities there are.
    pub fn len(&self) -> usize {
        self.layers.len()
    }

    /// Whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entity to which an index in a mention points.
    pub fn entity(&self, index: usize) -> Arc<Entity> {
        Arc::new(self.layers.entity(index))
    }

    /// The id, name and type of the entity to which an index in a mention points.
    pub fn view(&self, index: usize) -> EntityRef<'_> {
        self.layers.view(index)
    }

    /// The mentions of a text, in order.
    pub fn find(&self, text: &Text) -> Vec<Mention> {
        let alone = self.patterns.is_empty();
        let (mut hits, longer) = self.layers.find(self.options, self.lexicon, text.source(), alone);
        self.patterns.find(text, &mut hits);
        overlap::resolve(hits, &longer, self.options.overlap)
    }

    /// How texts are compared with names.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The matcher as bytes for [`Self::from_bytes`].
    ///
    /// # Panics
    /// Never: what was compiled once can be compiled again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let sections = self.layers.sections(self.options, self.lexicon).expect("it was compiled before");
        archive::seal_bytes(Kind::EntityMatcher, sections.bytes())
    }

    /// The matcher that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are not a saved matcher.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_shared(Arc::new(bytes.to_vec()))
    }

    /// The matcher in bytes that somebody holds, a mapped file for instance. They are used where they are and must
    /// not change.
    ///
    /// # Errors
    /// The bytes are not a saved matcher.
    pub fn from_shared(bytes: Shared) -> Result<Self, Error> {
        let damaged = |problem: String| archive::damaged(Kind::EntityMatcher, problem);
        let place = archive::payload(Kind::EntityMatcher, (*bytes).as_ref())?;
        let sections =
            Sections::read(bytes, place).ok_or_else(|| damaged("its parts do not fit".to_owned()))?;
        let compiled = Compiled::read(sections).map_err(damaged)?;
        let options = compiled.extras.options;
        Self::of(Layers::new(compiled), options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The checksum finds damage; but should a file be made so that it fits, nothing may break either.
    #[test]
    fn wrong_bytes_with_a_fitting_checksum_break_nothing() {
        let record = |id: &str, name: &str, regex: Option<&str>| Record {
            entity: Entity {
                id: id.to_owned(),
                name: name.to_owned(),
                kind: "X".to_owned(),
                aliases: vec!["Quay Trust, Inc.".to_owned()],
            },
            regex: regex.map(str::to_owned),
        };
        let records = vec![record("a", "Mara Quist", None), record("b", "Toma-Rell", Some("[Cc]ase"))];
        let matcher = EntityMatcher::new(records, Options { fuzzy: 2, ..Options::default() }).unwrap();
        let text =
            Text::new("Mara Quist, Mara Qiust and TomaRell of Quay Trust Inc. in the case of Quay-\nTrust");
        let sections = matcher.layers.sections(matcher.options, matcher.lexicon).unwrap();
        let payload = sections.bytes();
        // The filter is long and all alike.
        let places = (0..payload.len()).filter(|at| *at < 1500 || payload[*at] != 0);
        for at in places {
            for change in [0x01, 0x80, 0xff] {
                let mut changed = payload.to_vec();
                changed[at] ^= change;
                let sealed = archive::seal_bytes(Kind::EntityMatcher, &changed);
                let Ok(changed) = EntityMatcher::from_bytes(&sealed) else { continue };
                for mention in changed.find(&text) {
                    mention.candidates().for_each(|entity| drop(changed.entity(entity)));
                }
            }
        }
    }
}
