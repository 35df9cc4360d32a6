//! The caller's entities, packed: their strings one after the other, made into an [`Entity`] when asked for.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Entity;
use crate::sections::{Numbers, Strings, StringsBuilder};

/// How many sections a store takes.
pub(super) const SECTIONS: usize = 8;

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
    names: &'a [u8],
    /// Of each name where it begins, and its entity.
    places: &'a [[u8; 8]],
    kinds: Strings<'a>,
    kind_of: Numbers<'a>,
    /// The number of each entity's first name, and of the name behind the last one.
    first_name: Numbers<'a>,
}

impl<'a> Store<'a> {
    pub(super) fn new(section: impl Fn(usize) -> &'a [u8]) -> Self {
        Self {
            ids: Strings::new(section(0), section(1)),
            names: section(2),
            places: section(3).as_chunks().0,
            kinds: Strings::new(section(4), section(5)),
            kind_of: Numbers::new(section(6)),
            first_name: Numbers::new(section(7)),
        }
    }

    /// How many entities there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// How many names there are.
    pub(super) fn names(&self) -> usize {
        self.places.len()
    }

    /// The name of that number, also one that was derived from an entity's own.
    pub(super) fn name(&self, name: usize) -> &'a str {
        let start = |name| self.places.get(name).map_or(self.names.len(), |&place| split(place).0 as usize);
        let bytes = self.names.get(start(name)..start(name + 1)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// All names in order, quicker than one by one.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let names = std::str::from_utf8(self.names).unwrap_or_default();
        let starts = self.places.iter().map(|&place| split(place).0 as usize);
        let ends = starts.clone().skip(1).chain([names.len()]);
        starts.zip(ends).map(|(start, end)| names.get(start..end).unwrap_or_default())
    }

    /// The index of the entity that has the name; `None` only in a damaged file.
    pub(super) fn owner(&self, name: usize) -> Option<u32> {
        let (_, entity) = split(*self.places.get(name)?);
        Some(entity).filter(|&entity| (entity as usize) < self.len())
    }

    /// The id of an entity.
    pub(super) fn id(&self, entity: usize) -> &'a [u8] {
        self.ids.bytes(entity)
    }

    /// The number of an entity's type; entities of one type have one.
    pub(super) fn kind_number(&self, entity: usize) -> u32 {
        self.kind_of.get(entity)
    }

    pub(super) fn view(&self, entity: usize) -> EntityRef<'a> {
        let name = self.name(self.first_name.get(entity) as usize);
        EntityRef { id: self.ids.get(entity), name, kind: self.kinds.get(self.kind_of.get(entity) as usize) }
    }

    /// The numbers of an entity's own names, the preferred one first.
    pub(super) fn numbers_of(&self, entity: usize) -> Range<usize> {
        let numbers = self.first_name.range(entity);
        numbers.start..numbers.end.min(self.places.len())
    }

    /// The names of an entity, the preferred one first.
    pub(super) fn names_of(&self, entity: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let store = *self;
        self.numbers_of(entity).map(move |name| store.name(name))
    }

    /// Whether the name is the preferred one of its entity.
    pub(super) fn is_preferred(&self, name: usize) -> bool {
        self.owner(name).is_some_and(|entity| self.first_name.get(entity as usize) as usize == name)
    }

    pub(super) fn entity(&self, entity: usize) -> Entity {
        let EntityRef { id, name, kind } = self.view(entity);
        let aliases = self.names_of(entity).skip(1).map(str::to_owned).collect();
        Entity { id: id.to_owned(), name: name.to_owned(), kind: kind.to_owned(), aliases }
    }
}

/// Where a name begins, and its entity.
fn split(place: [u8; 8]) -> (u32, u32) {
    let all = u64::from_le_bytes(place);
    ((all & 0xffff_ffff) as u32, (all >> 32) as u32)
}

/// Collects a [`Store`].
#[derive(Debug, Clone)]
pub(super) struct StoreBuilder {
    ids: StringsBuilder,
    names: Vec<u8>,
    places: Vec<u8>,
    kinds: StringsBuilder,
    /// The number of each kind.
    numbers: FxHashMap<Box<str>, u32>,
    kind_of: Vec<u8>,
    first_name: Vec<u8>,
}

impl StoreBuilder {
    pub(super) fn new() -> Self {
        Self {
            ids: StringsBuilder::new(),
            names: Vec::new(),
            places: Vec::new(),
            kinds: StringsBuilder::new(),
            numbers: FxHashMap::default(),
            kind_of: Vec::new(),
            first_name: 0_u32.to_le_bytes().to_vec(),
        }
    }

    /// Begins an entity with its preferred name and says its index.
    pub(super) fn begin(&mut self, entity: EntityRef) -> Result<u32, String> {
        let index = number(self.ids.strings().len(), "entities")?;
        let kind = self.kind(entity.kind)?;
        self.ids.push(entity.id)?;
        self.kind_of.extend(kind.to_le_bytes());
        self.first_name.extend_from_within(self.first_name.len() - size_of::<u32>()..);
        self.name(index, entity.name)?;
        Ok(index)
    }

    fn kind(&mut self, kind: &str) -> Result<u32, String> {
        if let Some(&known) = self.numbers.get(kind) {
            return Ok(known);
        }
        let next = number(self.numbers.len(), "types")?;
        self.kinds.push(kind)?;
        self.numbers.insert(kind.into(), next);
        Ok(next)
    }

    /// Adds a name of the entity that was begun last.
    pub(super) fn name(&mut self, owner: u32, name: &str) -> Result<(), String> {
        let next = self.derived(owner, name)? + 1;
        let end = self.first_name.len() - size_of::<u32>();
        self.first_name[end..].copy_from_slice(&next.to_le_bytes());
        Ok(())
    }

    /// Adds a name that was derived from an entity's own, when all of these are there, and says its number.
    pub(super) fn derived(&mut self, owner: u32, name: &str) -> Result<u32, String> {
        let start = u32::try_from(self.names.len()).map_err(|_| "more than 4 GiB of names")?;
        let next = number(self.places.len() / size_of::<[u32; 2]>(), "names")?;
        self.names.extend(name.as_bytes());
        self.places.extend(start.to_le_bytes());
        self.places.extend(owner.to_le_bytes());
        Ok(next)
    }

    /// What was collected so far.
    pub(super) fn store(&self) -> Store<'_> {
        Store {
            ids: self.ids.strings(),
            names: &self.names,
            places: self.places.as_chunks().0,
            kinds: self.kinds.strings(),
            kind_of: Numbers::new(&self.kind_of),
            first_name: Numbers::new(&self.first_name),
        }
    }

    pub(super) fn finish(self) -> [Vec<u8>; SECTIONS] {
        let ([ids, id_ends], [kinds, kind_ends]) = (self.ids.finish(), self.kinds.finish());
        [ids, id_ends, self.names, self.places, kinds, kind_ends, self.kind_of, self.first_name]
    }
}

fn number(count: usize, what: &str) -> Result<u32, String> {
    u32::try_from(count).map_err(|_| format!("too many {what}"))
}
