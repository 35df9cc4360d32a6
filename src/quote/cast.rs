//! The cast of a text that tells a conversation: those who may take a turn in it.
//!
//! Fiction names few of its speakers beside what they say, so that who speaks is found among everybody who is there (the
//! document's characters, as in Elson and `McKeown` 2010 and Muzny et al. 2017). A character is an entity that a name
//! means, somebody known by a role alone ("the stranger"), or whoever tells the story ("I").

use rustc_hash::{FxHashMap, FxHashSet};

use super::{scene::Scene, stage};
use crate::{
    entity::{Gender, MentionKind},
    lang::Class,
    model::combine,
};

/// A role with more words than this is no name for anybody.
const LONGEST_ROLE: usize = 5;

/// What a character is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// A name: an index into the roster.
    Name(usize),
    /// A description: the mention that has it first.
    Role(usize),
    /// The first person.
    Narrator,
}

/// Somebody who may speak.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Character {
    pub(super) known: Known,
    pub(super) gender: Option<Gender>,
    /// How often the text mentions the character by what it is known by.
    pub(super) mentions: usize,
    /// How many characters are mentioned more often.
    pub(super) rank: usize,
}

/// All who may speak; nobody, where no conversation is told.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Cast {
    pub(super) characters: Vec<Character>,
    /// For each mention, the character that it means.
    of_mention: Vec<Option<usize>>,
    by_key: FxHashMap<Key, usize>,
}

impl Cast {
    pub(super) fn new(scene: &Scene) -> Self {
        if !scene.is_dialogue {
            return Self::default();
        }
        let named = named(scene);
        let mut casting = Casting { scene, named, by_key: FxHashMap::default(), characters: Vec::new() };
        let mut of_mention: Vec<Option<usize>> =
            (0..scene.entities.mentions.len()).map(|mention| casting.character(mention)).collect();
        casting.name_narrator(&mut of_mention);
        let mut characters = casting.characters;
        let mut order: Vec<usize> = (0..characters.len()).collect();
        order.sort_by_key(|&character| std::cmp::Reverse(characters[character].mentions));
        for (rank, character) in order.into_iter().enumerate() {
            characters[character].rank = rank;
        }
        Self { characters, of_mention, by_key: casting.by_key }
    }

    /// The character that a mention means.
    pub(super) fn of(&self, mention: usize) -> Option<usize> {
        self.of_mention.get(mention).copied().flatten()
    }

    /// The character that an entity of the roster is.
    pub(super) fn named(&self, entity: usize) -> Option<usize> {
        self.by_key.get(&Key::Entity(entity)).copied()
    }
}

/// A key that mentions of one character share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Entity(usize),
    Role(u64),
    Narrator,
}

/// For each entity, whether it is more than an exclamation: its name stands inside a sentence of the narration, or the text
/// never writes it in small letters, as it does "ah" and "madame".
fn named(scene: &Scene) -> Vec<bool> {
    let text = scene.text;
    let small: FxHashSet<u64> =
        (0..text.len()).filter(|&token| !text.is_capital(token)).map(|token| scene.hash(token)).collect();
    let mut named = vec![false; scene.entities.roster.len()];
    for (mention, entity) in scene.entities.mentions.iter().enumerate() {
        let Some(entity) = entity.entity else { continue };
        let tokens = scene.mention_tokens(mention);
        let segment = &scene.segments[scene.segment_of(tokens.start).min(scene.segments.len() - 1)];
        let inside = scene.is_outside(tokens.start) && tokens.start > segment.tokens.start;
        named[entity] |= inside || tokens.clone().any(|token| !small.contains(&scene.hash(token)));
    }
    named
}

struct Casting<'b, 'a, 't, 's> {
    scene: &'b Scene<'a, 't, 's>,
    /// For each entity, whether its name is one.
    named: Vec<bool>,
    by_key: FxHashMap<Key, usize>,
    characters: Vec<Character>,
}

impl Casting<'_, '_, '_, '_> {
    fn character(&mut self, mention: usize) -> Option<usize> {
        let (key, known, gender) = self.known(mention)?;
        let character = *self.by_key.entry(key).or_insert_with(|| {
            self.characters.push(Character { known, gender, mentions: 0, rank: 0 });
            self.characters.len() - 1
        });
        self.characters[character].mentions += 1;
        Some(character)
    }

    /// Finds out who tells the story: whoever is spoken to and hardly ever spoken of.
    fn name_narrator(&self, of_mention: &mut [Option<usize>]) {
        /// So often a name must be called.
        const CALLED: usize = 5;
        let Some(&narrator) = self.by_key.get(&Key::Narrator) else { return };
        let mut called = vec![0_usize; self.characters.len()];
        let mut told = vec![0_usize; self.characters.len()];
        for (mention, character) in of_mention.iter().enumerate() {
            let Some(character) = *character else { continue };
            if self.scene.is_outside(self.scene.mention_tokens(mention).start) {
                told[character] += 1;
            } else if stage::is_vocative(self.scene, mention) {
                called[character] += 1;
            }
        }
        let named = |&character: &usize| matches!(self.characters[character].known, Known::Name(_));
        let is_spoken_to =
            |&character: &usize| called[character] >= CALLED && told[character] * 2 < called[character];
        let found = (0..called.len())
            .filter(|&character| called[character] < told[narrator])
            .filter(named)
            .filter(is_spoken_to)
            .max_by_key(|&character| called[character]);
        for character in of_mention.iter_mut().flatten() {
            if *character == narrator {
                *character = found.unwrap_or(narrator);
            }
        }
    }

    fn known(&self, mention: usize) -> Option<(Key, Known, Option<Gender>)> {
        let Scene { text, entities, .. } = self.scene;
        let tokens = self.scene.mention_tokens(mention);
        match entities.mentions[mention].kind {
            MentionKind::Name | MentionKind::Gazetteer => {
                let entity = entities.mentions[mention].entity?;
                let known = Known::Name(entity);
                (entities.roster[entity].kind != "PLACE" && self.named[entity])
                    .then(|| (Key::Entity(entity), known, entities.genders.get(entity).copied().flatten()))
            }
            MentionKind::Role => {
                let definite =
                    text.has(tokens.start, Class::Article) && !text.has(tokens.start, Class::Indefinite);
                let words = tokens.start + 1..tokens.end;
                let key = words.clone().fold(0, |sum, token| combine(sum, self.scene.hash(token)));
                let gender = tokens.end.checked_sub(1).and_then(|noun| Gender::of(text.classes(noun)));
                (definite && (1..=LONGEST_ROLE).contains(&words.len())).then_some((
                    Key::Role(key),
                    Known::Role(mention),
                    gender,
                ))
            }
            MentionKind::Pronoun if self.scene.is_first_person(tokens.start) => {
                self.scene.is_outside(tokens.start).then_some((Key::Narrator, Known::Narrator, None))
            }
            MentionKind::Pronoun | MentionKind::Pattern => None,
        }
    }
}
