//! Gazetteers upon each other: what was compiled first, and what was added later.
//!
//! Adding and removing leave the large first layer as it is. What is added is compiled by itself, and a list says where
//! each entity is; a removed one is nowhere. Once much was added, all becomes one layer again.

use std::sync::Arc;

use super::{
    Entity, Record,
    compile::{Compiled, Extras, compile},
    gazetteer::Gazetteer,
    matcher::Options,
    overlap::Hit,
    packed::Records,
    store::EntityRef,
    told, walk,
};
use crate::{error::Error, lang::Lexicon, sections::Sections, text::Span};

/// The number of an entity that was removed.
const REMOVED: u32 = u32::MAX;

/// So many entities may always be added before all becomes one layer.
const FEW: usize = 1000;

/// One compiled list of entities.
#[derive(Debug, Clone)]
struct Layer {
    /// The extras, and the gazetteer.
    sections: Sections,
    extras: Arc<Extras>,
    /// The number of each of its entities; none is changed if there is no list.
    numbers: Option<Arc<[u32]>>,
}

/// Where an entity is: the layer, and the index in it.
type Place = (u8, u32);

/// All layers; a later one has what was added to those before it.
#[derive(Debug, Clone)]
pub(super) struct Layers {
    list: Vec<Layer>,
    /// Where each entity is; all are in the first layer if there is no list.
    places: Option<Arc<[Place]>>,
}

impl Layer {
    fn new(compiled: Compiled) -> Self {
        Self { sections: compiled.sections, extras: Arc::new(compiled.extras), numbers: None }
    }

    fn gazetteer(&self) -> Gazetteer<'_> {
        Gazetteer::new(&self.sections, 1, self.numbers.as_deref())
    }

    /// The records from which an entity can be compiled again.
    fn records(&self, index: u32) -> Vec<Record> {
        let entity = self.gazetteer().store.entity(index as usize);
        let mut regexes = self.extras.regexes.iter().filter(|regex| regex.0 == index).map(|regex| &regex.1);
        let is_nameless = self.extras.nameless.binary_search(&index).is_ok();
        let first = if is_nameless { regexes.next().cloned() } else { None };
        let plain = Entity { aliases: Vec::new(), ..entity.clone() };
        let rest = regexes.map(|regex| Record { entity: plain.clone(), regex: Some(regex.clone()) });
        std::iter::once(Record { entity, regex: first }).chain(rest).collect()
    }
}

impl Layers {
    pub(super) fn new(compiled: Compiled) -> Self {
        Self { list: vec![Layer::new(compiled)], places: None }
    }

    /// How many entities there are.
    pub(super) fn len(&self) -> usize {
        self.places.as_ref().map_or_else(|| self.list[0].gazetteer().store.len(), |places| places.len())
    }

    fn place(&self, index: usize) -> (&Layer, u32) {
        let first = (0, u32::try_from(index).unwrap_or(REMOVED));
        let (layer, inner) = self.places.as_ref().map_or(first, |places| places[index]);
        (&self.list[usize::from(layer)], inner)
    }

    pub(super) fn entity(&self, index: usize) -> Entity {
        let (layer, inner) = self.place(index);
        layer.gazetteer().store.entity(inner as usize)
    }

    pub(super) fn view(&self, index: usize) -> EntityRef<'_> {
        let (layer, inner) = self.place(index);
        layer.gazetteer().store.view(inner as usize)
    }

    /// The regular expressions with the numbers of their entities.
    pub(super) fn regexes(&self) -> impl Iterator<Item = (u32, &str)> {
        self.list.iter().flat_map(|layer| {
            let number = |index: u32| layer.numbers.as_ref().map_or(index, |numbers| numbers[index as usize]);
            let all = layer.extras.regexes.iter().map(move |(index, regex)| (number(*index), regex.as_str()));
            all.filter(|regex| regex.0 != REMOVED)
        })
    }

    /// The hits of all layers, in no order, and the longer names, misspelt, of which some are the beginning. Where `alone`,
    /// those that a longer one before them covers may be left out.
    pub(super) fn find(
        &self,
        options: Options,
        lexicon: &Lexicon,
        source: &str,
        alone: bool,
    ) -> (Vec<Hit>, Vec<Span>) {
        let gazetteers: Vec<Gazetteer> = self.list.iter().map(Layer::gazetteer).collect();
        let alone = alone && gazetteers.len() == 1;
        let find = |index: usize| walk::find(&gazetteers, index, options, lexicon, source, alone);
        let mut found = find(0);
        for layer in 1..gazetteers.len() {
            let more = find(layer);
            found.hits.extend(more.hits);
            found.longer.extend(more.longer);
            found.words = if found.words.is_empty() { more.words } else { found.words };
        }
        if options.derive {
            found.hits = told::settle(source, &found.words, found.hits, options.overlap);
        }
        (found.hits, found.longer)
    }

    /// All as one layer, if it is more.
    pub(super) fn sections(&self, options: Options, lexicon: &Lexicon) -> Result<Sections, Error> {
        match (&self.list[..], &self.places) {
            ([only], None) => Ok(only.sections.clone()),
            _ => Ok(self.compile_all(options, lexicon)?.sections),
        }
    }

    fn compile_all(&self, options: Options, lexicon: &Lexicon) -> Result<Compiled, Error> {
        compile(self.records(0..self.len()), options, lexicon)
    }

    fn records(&self, indexes: impl Iterator<Item = usize>) -> Records {
        let places = indexes.map(|index| self.place(index));
        places.flat_map(|(layer, inner)| layer.records(inner)).collect()
    }

    fn places(&self) -> Vec<Place> {
        let first = || (0..).zip(0..self.len()).map(|(index, _)| (0, index)).collect();
        self.places.as_ref().map_or_else(first, |places| places.to_vec())
    }

    /// The layers with more records. Those with an id that is there are merged with its entity.
    ///
    /// # Errors
    /// A record cannot be used; the error names its row.
    pub(super) fn with(&self, records: &Records, options: Options, lexicon: &Lexicon) -> Result<Self, Error> {
        // They are looked at by themselves first, so that an error names a row of theirs.
        compile(records.clone(), options, lexicon)?;
        let store = records.store();
        let mut ids: Vec<&str> = (0..store.len()).map(|row| store.view(row).id).collect();
        ids.sort_unstable();
        let mut places = self.places();
        // What was added before is compiled again with what is added now, as are the entities that change.
        let is_moved = |index: usize| places[index].0 > 0 || ids.binary_search(&self.view(index).id).is_ok();
        let moved: Vec<usize> = (0..places.len()).filter(|&index| is_moved(index)).collect();
        let mut all = self.records(moved.iter().copied());
        let rows = all.len();
        all.extend(records.iter());
        let merged = compile(all, options, lexicon).map_err(|error| error.behind(rows))?;
        let added = Layer::new(merged);
        let count = added.gazetteer().store.len();
        places.resize(places.len() + count - moved.len(), (1, 0));
        let rest = self.len()..places.len();
        for (inner, place) in (0..).zip(moved.into_iter().chain(rest)) {
            places[place] = (1, inner);
        }
        let layers = Self { list: vec![self.list[0].clone(), added], places: None }.numbered(places);
        layers.settled(options, lexicon)
    }

    /// The layers without the entities at some indexes, which are sorted.
    pub(super) fn without(&self, removed: &[usize]) -> Self {
        let places = self.places().into_iter().enumerate();
        let places =
            places.filter(|(index, _)| removed.binary_search(index).is_err()).map(|(_, place)| place);
        let places = places.collect();
        self.clone().numbered(places)
    }

    /// Gives the entities their numbers by where they are.
    fn numbered(mut self, places: Vec<Place>) -> Self {
        for (number, layer) in (0_u8..).zip(&mut self.list) {
            let mut numbers = vec![REMOVED; layer.gazetteer().store.len()];
            for (index, place) in (0_u32..).zip(&places).filter(|(_, place)| place.0 == number) {
                numbers[place.1 as usize] = index;
            }
            layer.numbers = Some(numbers.into());
        }
        self.places = Some(places.into());
        self
    }

    /// One layer, if much was added.
    fn settled(self, options: Options, lexicon: &Lexicon) -> Result<Self, Error> {
        let [first, added] = &self.list[..] else { return Ok(self) };
        let added = added.gazetteer().store.len();
        if added > FEW && added > first.gazetteer().store.len() / 2 {
            return Ok(Self::new(self.compile_all(options, lexicon)?));
        }
        Ok(self)
    }
}
