//! What a text has told so far: whom it has named in full, and which short forms it explains in brackets.
//!
//! ```text
//! the Norrland Rivers Agency (NRA) … the NRA …        "NRA" is the agency from here on, listed or not
//! NRA (Norrland Rivers Agency) …                      the same
//! ```

use rustc_hash::FxHashMap;

use super::{
    overlap::Hit,
    pieces::{Gap, Piece, Shape},
};
use crate::text::Span;

/// The most letters of a short form in brackets.
const LONGEST: usize = 10;

/// Who was named in full.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// For each entity, how many had been named before it, the last time, and where that ended.
    full: FxHashMap<u32, (u32, usize)>,
    count: u32,
}

impl Told {
    /// Takes note that an entity is named in full, up to `end`.
    pub(super) fn name(&mut self, entity: u32, end: usize) {
        self.count += 1;
        self.full.insert(entity, (self.count, end));
    }

    /// Whether an entity was named in full before `start`.
    pub(super) fn has_named(&self, entity: u32, start: usize) -> bool {
        self.full.get(&entity).is_some_and(|&(_, end)| end <= start)
    }

    /// The order in which entities of one form come: who was named last comes first, who was not comes last.
    pub(super) fn rank(&self, entity: u32) -> u32 {
        self.full.get(&entity).map_or(u32::MAX, |&(order, _)| u32::MAX - order)
    }
}

/// The hits of short forms that stand in brackets behind a name in full, or before it if that is in brackets.
pub(super) fn explained(source: &str, words: &[Piece], full: &[(Span, u32)]) -> Vec<Hit> {
    let mut short: FxHashMap<u64, (u32, usize)> = FxHashMap::default();
    for &(span, entity) in full {
        let next = words.partition_point(|word| word.start < span.end());
        let first = words.partition_point(|word| word.start < span.start());
        let behind = words.get(next).filter(|word| is_in_brackets(source, span.end(), word.start, word.end));
        let before = first.checked_sub(1).map(|index| &words[index]);
        let before = before.filter(|word| is_in_brackets(source, word.end, span.start(), span.end()));
        for word in [behind, before].into_iter().flatten().filter(|word| is_short_form(word)) {
            short.entry(word.hash).or_insert((entity, word.start));
        }
    }
    let hit = |word: &Piece| {
        let &(entity, from) = short.get(&word.hash).filter(|_| is_short_form(word))?;
        (word.start >= from).then(|| Hit::name(Span::new(word.start, word.end), entity, 1.0))
    };
    if short.is_empty() { Vec::new() } else { words.iter().filter_map(hit).collect() }
}

/// Whether what stands from `start` to `end` is alone in brackets that open behind `before`.
fn is_in_brackets(source: &str, before: usize, start: usize, end: usize) -> bool {
    source.get(before..start).is_some_and(|between| between.trim() == "(") && source[end..].starts_with(')')
}

/// Whether a word is written like an acronym.
fn is_short_form(word: &Piece) -> bool {
    word.shape.has(Shape::UPPER)
        && !word.shape.has(Shape::LOWER)
        && !word.shape.has(Shape::INITIAL)
        && word.gap != Gap::HYPHEN
        && word.end - word.start <= LONGEST
}
