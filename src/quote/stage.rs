//! Who takes which turn of a conversation, and who is there to take the next.
//!
//! Those who were mentioned or spoke last are on the stage. The walk goes from unit to unit and remembers for each
//! character when it was last mentioned, addressed and heard.

use std::ops::Range;

use super::{
    cast::Cast,
    scene::{Scene, Unit},
};
use crate::lang::Class;

/// How many characters are on the stage at the most.
const MOST: usize = 12;
/// How many tokens a title before a name has at the most, its stops among them.
const LONGEST_TITLE: usize = 4;
/// How many turns are remembered.
const TURNS: usize = 6;

/// What was said in one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) block: usize,
    pub(super) unit: usize,
    /// Who took it, if that is known.
    pub(super) character: Option<usize>,
}

/// How a unit speaks of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Named {
    #[default]
    Not,
    /// It speaks of the character.
    Inside,
    /// It speaks to the character: a vocative.
    Addressed,
}

/// The characters on the stage, and the turns so far.
#[derive(Debug)]
pub(super) struct Stage<'b, 'a, 't, 's> {
    scene: &'b Scene<'a, 't, 's>,
    cast: &'b Cast,
    /// Those seen or heard last, the last first.
    recent: Vec<usize>,
    /// The first mention that was not looked at yet.
    next: usize,
    /// The last turns, the last first.
    pub(super) turns: Vec<Turn>,
    /// For each character, the last mention outside all marks.
    pub(super) last_mention: Vec<Option<usize>>,
    /// For each character, how many turns it took.
    pub(super) taken: Vec<usize>,
    /// How many turns were taken.
    pub(super) all_taken: usize,
}

impl<'b, 'a, 't, 's> Stage<'b, 'a, 't, 's> {
    pub(super) fn new(scene: &'b Scene<'a, 't, 's>, cast: &'b Cast) -> Self {
        let count = cast.characters.len();
        Self {
            scene,
            cast,
            recent: Vec::new(),
            next: 0,
            turns: Vec::new(),
            last_mention: vec![None; count],
            taken: vec![0; count],
            all_taken: 0,
        }
    }

    /// Goes on to the end of the paragraph that a unit stands in.
    pub(super) fn advance(&mut self, unit: &Unit) {
        let end = self.scene.block_end(unit.tokens.start).max(unit.tokens.end);
        while self.next < self.scene.entities.mentions.len() {
            let mention = self.next;
            let start = self.scene.mention_tokens(mention).start;
            if start >= end {
                break;
            }
            self.next += 1;
            let Some(character) = self.cast.of(mention) else { continue };
            if self.scene.is_outside(start) {
                self.last_mention[character] = Some(mention);
                self.see(character);
            } else if is_vocative(self.scene, mention) {
                self.last_mention[character].get_or_insert(mention);
                self.see(character);
            }
        }
    }

    /// Who may take the turn of a unit: those on the stage, the last first.
    pub(super) fn characters(&self) -> &[usize] {
        &self.recent
    }

    /// Notes who said a unit.
    pub(super) fn take(&mut self, unit: usize, character: Option<usize>) {
        let block = self.scene.segments[self.scene.units[unit].segment].block;
        if let Some(character) = character {
            self.see(character);
            self.taken[character] += 1;
            self.all_taken += 1;
        }
        match self.turns.first_mut() {
            Some(turn)
                if turn.block == block && (turn.character == character || turn.character.is_none()) =>
            {
                *turn = Turn { block, unit, character };
            }
            _ => {
                self.turns.insert(0, Turn { block, unit, character });
                self.turns.truncate(TURNS);
            }
        }
    }

    fn see(&mut self, character: usize) {
        self.recent.retain(|&seen| seen != character);
        self.recent.insert(0, character);
        self.recent.truncate(MOST);
    }

    /// How a unit speaks of the characters on the stage, in their order.
    pub(super) fn named_in(&self, unit: usize) -> Vec<Named> {
        let mut named = vec![Named::Not; self.recent.len()];
        for mention in mentions_inside(self.scene, &self.scene.units[unit].tokens) {
            let Some(character) = self.cast.of(mention) else { continue };
            let Some(place) = self.recent.iter().position(|&seen| seen == character) else { continue };
            if is_vocative(self.scene, mention) {
                named[place] = Named::Addressed;
            } else if named[place] == Named::Not {
                named[place] = Named::Inside;
            }
        }
        named
    }
}

/// The mentions that begin within some tokens, those inside marks too.
fn mentions_inside(scene: &Scene, tokens: &Range<usize>) -> Range<usize> {
    let before = |end: usize| scene.mentions_before(end);
    before(tokens.start)..before(tokens.end)
}

/// Whether a name is set off by marks of its own, as whoever is spoken to is: “No, Mara, it leaks.”
pub(super) fn is_vocative(scene: &Scene, mention: usize) -> bool {
    let text = scene.text;
    let tokens = scene.mention_tokens(mention);
    // A title before the name is not part of the mention: "Mrs. Quist".
    let is_title = |&token: &usize| text.is(token, ".") || text.has(token, Class::Honorific);
    let title = (0..tokens.start).rev().take(LONGEST_TITLE).take_while(is_title).count();
    let start = tokens.start - title;
    let sets_off =
        |token: Option<usize>| token.is_none_or(|token| !text.is_word(token) && !text.is_clitic(token));
    sets_off(start.checked_sub(1)) && sets_off(Some(tokens.end))
}
