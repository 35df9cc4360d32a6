//! The two words beside a gap, read eight bytes at a time: enough to see that most gaps are inside a sentence, and that
//! many a full stop ends one.

use super::{
    chunk::{Kinds, Run},
    features::View,
};
use crate::model::hash_step;

/// How many features a peek has.
const PEEK: usize = 13;

/// Marks further from a gap are not read.
const MARKS: usize = 3;

/// What is seen of the words beside a gap and the marks between.
#[derive(Debug)]
pub(super) struct Beside<'a> {
    view: &'a View<'a>,
    left: Word,
    right: Word,
    /// The classes of both.
    classes: [u64; 2],
    /// The marks before the gap, and what the rules say.
    stop: u64,
    /// The same with how the word behind the gap is written.
    side: u64,
    /// The same with the marks before that word.
    marked: u64,
}

impl<'a> Beside<'a> {
    /// Reads both words.
    #[inline]
    pub(super) fn read(view: &'a View<'a>) -> Self {
        let candidate = &view.candidate;
        let bytes = view.source.as_bytes();
        let (left_marks, end) = marks_before(bytes, candidate.end);
        let (right_marks, start) = marks_after(bytes, candidate.next);
        let (left, right) = (Word::before(bytes, end), Word::after(bytes, start));
        let classes = [&left, &right].map(|word| view.words.classes_of_run(word.hash).bits());
        let stop = left_marks ^ view.rule ^ view.gap << 40;
        let side = hash_step(stop, right.shape << 1 | u64::from(right_marks != 0));
        let marked = hash_step(side, right_marks);
        Self { view, left, right, classes, stop, side, marked }
    }

    /// The features of a peek.
    #[inline]
    pub(super) fn peek(&self) -> [u64; PEEK] {
        let Self { left, right, classes, stop, side, marked, .. } = self;
        let (size, dense, previous) = (size(self.view), density(self.view), self.view.previous);
        [
            join([1, left.hash, *stop]),
            join([2, left.hash, *side]),
            join([3, right.hash, *side]),
            join([4, right.beyond, *marked]),
            join([5, left.shape | left.beyond << 8, *marked]),
            join([6, classes[0], *side]),
            join([7, classes[1], *side]),
            join([8, classes[0], classes[1], *stop]),
            join([9, size, previous, *side]),
            join([10, size | dense << 8, *side]),
            join([11, previous, left.shape | left.beyond << 8, *marked]),
            join([12, dense | left.shape << 8, previous, *side]),
            join([13, dense | right.beyond << 8, left.shape, *side]),
        ]
    }
}

/// How long the sentence is, more coarsely the longer.
#[inline]
pub(super) fn size(view: &View<'_>) -> u64 {
    /// Longer sentences are long.
    const LONG: usize = 255;
    let size = (view.candidate.end - view.sentence).min(LONG) + 2;
    let log = size.ilog2();
    u64::from(log) << 1 | (size >> (log - 1) & 1) as u64
}

/// How dense the gaps before capitals stand in the sentence: in a title most do.
#[inline]
pub(super) fn density(view: &View<'_>) -> u64 {
    /// A word and its gap have some six letters; a third of that makes eight steps of it.
    const STEP: usize = 16;
    let size = view.candidate.end - view.sentence;
    (view.passed * STEP / (size + STEP)).min(7) as u64
}

/// One number of several.
#[inline]
pub(super) fn join<const N: usize>(values: [u64; N]) -> u64 {
    values.into_iter().reduce(hash_step).unwrap_or_default()
}

/// The marks that end at `end`, as a number, and where they begin.
#[inline]
fn marks_before(bytes: &[u8], mut end: usize) -> (u64, usize) {
    let mut marks = 0;
    for _ in 0..MARKS {
        let (mark, length) = match bytes[..end] {
            [.., 0xE2, 0x80, last] if is_mark(last) => (u64::from(last), 3),
            [.., last] if last.is_ascii_punctuation() => (u64::from(last), 1),
            _ => break,
        };
        marks = marks << 8 | mark;
        end -= length;
    }
    (marks, end)
}

/// The marks that begin at `start`, as a number, and where they end.
#[inline]
fn marks_after(bytes: &[u8], mut start: usize) -> (u64, usize) {
    let mut marks = 0;
    for _ in 0..MARKS {
        let (mark, length) = match bytes[start..] {
            [0xE2, 0x80, last, ..] if is_mark(last) => (u64::from(last), 3),
            [first, ..] if first.is_ascii_punctuation() => (u64::from(first), 1),
            _ => break,
        };
        marks = marks << 8 | mark;
        start += length;
    }
    (marks, start)
}

/// Whether a third byte makes a dash, a quotation mark or an ellipsis, and no white space.
fn is_mark(last: u8) -> bool {
    matches!(last, 0x90..=0xA7 | 0xB0..)
}

/// A run of letters and digits.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    /// Of its letters, in whatever case.
    hash: u64,
    /// Which kinds of letters it has.
    shape: u64,
    /// What stands at its other end.
    beyond: u64,
}

impl Word {
    /// The word that ends at `end` with what stands before it.
    #[inline]
    fn before(bytes: &[u8], end: usize) -> Self {
        let start = Run::start_before(bytes, end);
        let word = Self::of(&Run::after(bytes, start), start);
        Self { beyond: neighbour(start.checked_sub(1).map(|at| bytes[at])), ..word }
    }

    /// The word that begins at `start` with what stands behind it.
    #[inline]
    fn after(bytes: &[u8], start: usize) -> Self {
        let run = Run::after(bytes, start);
        // The first letter of the next word, if it follows at once.
        let next = match bytes.get(run.end..) {
            Some([b' ', b'A'..=b'Z', ..]) => 1,
            Some([b' ', b'a'..=b'z', ..]) => 2,
            _ => 0,
        };
        Self { beyond: neighbour(bytes.get(run.end).copied()) | next << 3, ..Self::of(&run, start) }
    }

    /// A run that begins at `start`.
    #[inline]
    fn of(run: &Run, start: usize) -> Self {
        let Kinds { upper, lower, digits } = run.kinds;
        let shape = flags([upper != 0, lower != 0, digits != 0, run.capital, run.end == start + 1]);
        Self { hash: run.hash, shape, beyond: 0 }
    }
}

/// Flags as the bits of a number, the first lowest.
#[inline]
pub(super) fn flags<const N: usize>(flags: [bool; N]) -> u64 {
    flags.iter().rev().fold(0, |sum, &flag| sum << 1 | u64::from(flag))
}

/// What stands beside a word, as one of eight numbers.
#[inline]
pub(super) fn neighbour(byte: Option<u8>) -> u64 {
    match byte {
        None | Some(0..=b' ') => 0,
        Some(b',') => 1,
        Some(b'.') => 2,
        Some(0x80..) => 3,
        Some(_) => 4,
    }
}
