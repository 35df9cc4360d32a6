//! What a text has told so far: whom it has named in full, and which short forms it explains in brackets.
//!
//! ```text
//! the Norrland Rivers Agency (NRA) … the NRA …        "NRA" is the agency from here on, listed or not
//! NRA (Norrland Rivers Agency) …                      the same
//! ```

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{
    matcher::Overlap,
    overlap::{Hit, Tells, keep_longest},
    pieces::{Gap, Piece, Shape},
};
use crate::text::Span;

/// The most letters of a short form in brackets.
const LONGEST: usize = 10;

/// Of the hits of all names in a text, those that count by what it has told before them, with the ranks that this gives
/// them; and the short forms that it explains.
pub(super) fn settle(source: &str, words: &[Piece], mut hits: Vec<Hit>, overlap: Overlap) -> Vec<Hit> {
    // In the order of telling: of names that begin together the longest comes first.
    hits.sort_by_key(|hit| (hit.span.start(), Reverse(hit.span.end()), hit.entity));
    let mut told = Told::default();
    let mut full: Vec<(Span, u32)> = Vec::new();
    let mut settled: Vec<Hit> = Vec::with_capacity(hits.len());
    for group in hits.chunk_by(|left, right| left.span.start() == right.span.start()) {
        let first = settled.len();
        let counts =
            |hit: &&Hit| hit.tells != Tells::ShortForm || told.has_named(hit.entity, hit.span.start());
        settled.extend(group.iter().filter(counts).map(|hit| hit.clone().ranked(told.rank(hit.entity))));
        if overlap == Overlap::Longest {
            keep_longest(&mut settled, first);
        }
        for hit in group.iter().filter(|hit| hit.tells == Tells::InFull) {
            told.name(hit.entity, hit.span.end());
            full.push((hit.span, hit.entity));
        }
    }
    settled.extend(explained(source, words, &full));
    settled
}

/// Who was named in full.
#[derive(Debug, Default)]
struct Told {
    /// For each entity, how many had been named before it, the last time, and where that ended.
    full: FxHashMap<u32, (u32, usize)>,
    count: u32,
}

impl Told {
    /// Takes note that an entity is named in full, up to `end`.
    fn name(&mut self, entity: u32, end: usize) {
        self.count += 1;
        self.full.insert(entity, (self.count, end));
    }

    /// Whether an entity was named in full before `start`.
    fn has_named(&self, entity: u32, start: usize) -> bool {
        self.full.get(&entity).is_some_and(|&(_, end)| end <= start)
    }

    /// The order in which entities of one form come: who was named last comes first, who was not comes last.
    fn rank(&self, entity: u32) -> u32 {
        self.full.get(&entity).map_or(u32::MAX, |&(order, _)| u32::MAX - order)
    }
}

/// The hits of short forms that stand in brackets behind a name in full, or before it if that is in brackets.
fn explained(source: &str, words: &[Piece], full: &[(Span, u32)]) -> Vec<Hit> {
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
