//! What the features of units and of speakers share: how words, ways and units are turned into numbers.
//!
//! The features follow those of quotation attribution by supervised ranking (Elson and `McKeown` 2010, O'Keefe et al.
//! 2012): the words beside the marks and beside the mention, the distance and what stands between, the mention's kind,
//! who spoke before. What the rules say is one more: the models learn how far to trust each.

use super::{
    scene::{Scene, Unit},
    source::Source,
};
use crate::{
    lang::{Class, Tagged, ending},
    model::{combine, hash},
};

/// From this number on, what the rules say that a unit is is nothing that anybody said.
pub(super) const TERM: u64 = 7;

/// What the rules and the decisions so far tell of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hints<'h> {
    /// What the rules say that the unit is, as a number.
    pub(super) rule: u64,
    /// How sure they are, in tenths.
    pub(super) sure: u64,
    /// Who they say is the speaker.
    pub(super) source: Option<&'h Source>,
    /// Who said the unit before, and who the one before that with another speaker.
    pub(super) last: [Option<usize>; 2],
    /// Whether the unit before was said by somebody; nothing if there is none.
    pub(super) said_before: Option<bool>,
}

impl Hints<'_> {
    /// Whether the rules say that nobody said it.
    pub(super) fn is_term(&self) -> bool {
        self.rule >= TERM
    }
}

/// From this number on all have one size.
const LARGE: usize = 81;

/// The sizes of the numbers up to that.
const SIZES: [u8; LARGE + 1] = {
    let (mut sizes, mut count) = ([0; LARGE + 1], 0);
    while count <= LARGE {
        sizes[count] = match count {
            0 => 0,
            1 => 1,
            2 => 2,
            3 => 3,
            4 => 4,
            5..=6 => 5,
            7..=9 => 6,
            10..=15 => 7,
            16..=30 => 8,
            31..=80 => 9,
            _ => 10,
        };
        count += 1;
    }
    sizes
};

/// A number's size: exact while small, then in ever wider steps.
pub(super) fn size(count: usize) -> u64 {
    SIZES[count.min(LARGE)].into()
}

/// What can be said of a unit without regard to who said it.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// How many words.
    pub(super) words: u64,
    pub(super) first: u64,
    pub(super) last: u64,
    /// The token before, and the one behind.
    pub(super) before: u64,
    pub(super) behind: u64,
    /// Whether it opens and closes its segment.
    pub(super) edges: u64,
    /// How it ends, what comes behind it, and how it begins: the shape of its attribution.
    pub(super) frame: u64,
}

/// How a character looks.
fn look(c: Option<char>) -> u64 {
    match c {
        None => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_lowercase() => 2,
        Some(c) if c.is_numeric() => 3,
        Some(c @ (',' | '.' | '?' | '!' | '—' | '…' | '(' | ':' | ';' | '-')) => u64::from(u32::from(c)),
        Some(_) => 4,
    }
}

pub(super) fn word(scene: &Scene, token: Option<usize>) -> u64 {
    token.map_or(0, |token| scene.hash(token))
}

/// A token by what kind of word it is: the word itself where it is a small word of the language.
pub(super) fn kind_of(text: &Tagged, token: usize) -> u64 {
    const VERBS: [Class; 4] = [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb, Class::ReportNoun];
    const SMALL: [Class; 8] = [
        Class::Pronoun,
        Class::Determiner,
        Class::Preposition,
        Class::Conjunction,
        Class::Auxiliary,
        Class::That,
        Class::According,
        Class::Adverb,
    ];
    let classes = text.classes(token);
    if !text.is_word(token) | classes.any(&SMALL) {
        return if text.is_dash(token) { hash("—") } else { text.hash(token) };
    }
    let is_verb = classes.any(&VERBS);
    let verb = VERBS.iter().zip(1..).find(|(class, _)| is_verb && classes.has(**class));
    let verb = verb.map_or(0, |(_, number)| number);
    let ending = ending(text.bytes(token), text.language.grammar.endings);
    verb * 8 + ending * 2 + u64::from(text.is_capital(token)) + 100
}

impl Shape {
    pub(super) fn new(scene: &Scene, unit: &Unit) -> Self {
        let text = scene.text;
        let inner = unit.inner.of(text.text.source());
        let words = unit.tokens.clone().filter(|&token| text.is_word(token)).take(40).count();
        let segment = &scene.segments[unit.segment].tokens;
        let before = word(scene, unit.tokens.start.checked_sub(1));
        let behind = word(scene, Some(unit.tokens.end));
        let (first, last) = (look(inner.chars().next()), look(inner.chars().next_back()));
        let stop = text.is_stop(unit.tokens.end);
        let edges = u64::from(segment.start == unit.tokens.start)
            + 2 * u64::from(segment.end <= unit.tokens.end + usize::from(stop));
        let frame = combine(combine(first, last), edges);
        Self { words: size(words), first, last, before, behind, edges, frame }
    }
}

/// Some tokens, each by its kind.
pub(super) fn path(scene: &Scene, tokens: impl Iterator<Item = usize>) -> u64 {
    tokens.fold(7, |sum, token| combine(sum, scene.step(token)))
}

/// The kind of a token that is kept with the scene.
pub(super) fn kind(scene: &Scene, token: usize) -> u64 {
    scene.kind(token)
}
