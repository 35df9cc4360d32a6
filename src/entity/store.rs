//! The caller's entities, packed: their strings one after the other, made into an [`Entity`] when asked for.

use super::Entity;
use crate::sections::{Numbers, Strings, StringsBuilder};

/// How many sections a store takes.
pub(super) const SECTIONS: usize = 9;

/// What is asked of an entity most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityRef<'a> {
    /// The caller's id.
    pub id: &'a str,
    /// The preferred name.
    pub name: &'a str,
    /// The type.
    pub kind: &'a str,
}

impl Entity {
    /// The entity without its aliases.
    pub fn view(&self) -> EntityRef<'_> {
        EntityRef { id: &self.id, name: &self.name, kind: &self.kind }
    }
}

/// Entities by index, their names by number: those of an entity follow each other, the preferred one first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Store<'a> {
    ids: Strings<'a>,
    names: Strings<'a>,
    kinds: Strings<'a>,
    kind_of: Numbers<'a>,
    /// The number of each entity's first name.
    first_name: Numbers<'a>,
    /// The entity of each name.
    owner: Numbers<'a>,
}

impl<'a> Store<'a> {
    pub(super) fn new(section: impl Fn(usize) -> &'a [u8]) -> Self {
        Self {
            ids: Strings::new(section(0), section(1)),
            names: Strings::new(section(2), section(3)),
            kinds: Strings::new(section(4), section(5)),
            kind_of: Numbers::new(section(6)),
            first_name: Numbers::new(section(7)),
            owner: Numbers::new(section(8)),
        }
    }

    /// How many entities there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The name of that number, also one that was derived from an entity's own.
    pub(super) fn name(&self, name: usize) -> &'a str {
        self.names.get(name)
    }

    /// The index of the entity that has the name; `None` only in a damaged file.
    pub(super) fn owner(&self, name: usize) -> Option<u32> {
        Some(self.owner.get(name)).filter(|&entity| (entity as usize) < self.len())
    }

    pub(super) fn view(&self, entity: usize) -> EntityRef<'a> {
        let name = self.names.get(self.first_name.get(entity) as usize);
        EntityRef { id: self.ids.get(entity), name, kind: self.kinds.get(self.kind_of.get(entity) as usize) }
    }

    /// The names of an entity, the preferred one first.
    pub(super) fn names_of(&self, entity: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let (store, numbers) = (*self, self.first_name.range(entity));
        (numbers.start..numbers.end.min(store.names.len())).map(move |name| store.name(name))
    }

    /// Whether the name is the preferred one of its entity.
    pub(super) fn is_preferred(&self, name: usize) -> bool {
        self.first_name.get(self.owner.get(name) as usize) as usize == name
    }

    pub(super) fn entity(&self, entity: usize) -> Entity {
        let EntityRef { id, name, kind } = self.view(entity);
        let aliases = self.names_of(entity).skip(1).map(str::to_owned).collect();
        Entity { id: id.to_owned(), name: name.to_owned(), kind: kind.to_owned(), aliases }
    }
}

/// Collects a [`Store`].
#[derive(Debug)]
pub(super) struct StoreBuilder {
    ids: StringsBuilder,
    names: StringsBuilder,
    kinds: StringsBuilder,
    kind_of: Vec<u8>,
    first_name: Vec<u8>,
    owner: Vec<u8>,
}

impl StoreBuilder {
    pub(super) fn new() -> Self {
        Self {
            ids: StringsBuilder::new(),
            names: StringsBuilder::new(),
            kinds: StringsBuilder::new(),
            kind_of: Vec::new(),
            first_name: Vec::new(),
            owner: Vec::new(),
        }
    }

    /// Begins an entity and says its index.
    pub(super) fn begin(&mut self, id: &str, kind: &str) -> Result<u32, String> {
        let index = number(self.ids.strings().len(), "entities")?;
        let kinds = self.kinds.strings();
        let known = (0..kinds.len()).rev().find(|&known| kinds.get(known) == kind);
        let kind_number = known.unwrap_or(kinds.len());
        if known.is_none() {
            self.kinds.push(kind)?;
        }
        self.ids.push(id)?;
        self.kind_of.extend(number(kind_number, "types")?.to_le_bytes());
        self.first_name.extend(self.next_name()?.to_le_bytes());
        Ok(index)
    }

    /// Adds a name of an entity, the last one begun, and says the name's number.
    pub(super) fn name(&mut self, owner: u32, name: &str) -> Result<u32, String> {
        let number = self.next_name()?;
        self.names.push(name)?;
        self.owner.extend(owner.to_le_bytes());
        Ok(number)
    }

    /// Says that all entities have their own names; those added later are derived.
    pub(super) fn end(&mut self) -> Result<(), String> {
        self.first_name.extend(self.next_name()?.to_le_bytes());
        Ok(())
    }

    fn next_name(&self) -> Result<u32, String> {
        number(self.names.strings().len(), "names")
    }

    /// What was collected so far.
    pub(super) fn store(&self) -> Store<'_> {
        Store {
            ids: self.ids.strings(),
            names: self.names.strings(),
            kinds: self.kinds.strings(),
            kind_of: Numbers::new(&self.kind_of),
            first_name: Numbers::new(&self.first_name),
            owner: Numbers::new(&self.owner),
        }
    }

    pub(super) fn finish(self) -> [Vec<u8>; SECTIONS] {
        let ([ids, id_ends], [names, name_ends], [kinds, kind_ends]) =
            (self.ids.finish(), self.names.finish(), self.kinds.finish());
        [ids, id_ends, names, name_ends, kinds, kind_ends, self.kind_of, self.first_name, self.owner]
    }
}

fn number(count: usize, what: &str) -> Result<u32, String> {
    u32::try_from(count).map_err(|_| format!("too many {what}"))
}
