//! The two words beside a gap, read eight bytes at a time: enough to see that most gaps are inside a sentence, and that
//! many a full stop ends one.
//!
//! In a mask each byte has its highest bit set or not.

use super::{candidates::Gap, features::View};
use crate::model::{SMALL, hash_step};

const CHUNK: usize = 8;
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;

/// Longer words are read no further.
const CHUNKS: usize = 3;

/// How many features there are.
const FEATURES: usize = 8;

/// Marks further from a gap are not read.
const MARKS: usize = 3;

/// What is seen of the words beside a gap and the marks between, if white space of one byte stands there.
#[inline]
pub(super) fn features(view: &View<'_>) -> Option<[u64; FEATURES]> {
    let candidate = &view.candidate;
    if candidate.gap != Gap::Space || candidate.next != candidate.end + 1 {
        return None;
    }
    let bytes = view.source.as_bytes();
    let (left_marks, end) = marks_before(bytes, candidate.end);
    let (right_marks, start) = marks_after(bytes, candidate.next);
    let (left, right) = (Word::before(bytes, end), Word::after(bytes, start));
    let [left_classes, right_classes] =
        [&left, &right].map(|word| view.words.classes_of_run(word.hash).bits());
    let stop = left_marks ^ view.rule;
    let right_shape = right.shape << 1 | u64::from(right_marks != 0);
    let side = hash_step(stop, right_shape);
    let marked = hash_step(side, right_marks);
    Some([
        hash_step(hash_step(1, left.hash), stop),
        hash_step(hash_step(2, left.hash), side),
        hash_step(hash_step(3, right.hash), side),
        hash_step(hash_step(4, right.beyond), marked),
        hash_step(hash_step(5, left.shape | left.beyond << 8), marked),
        hash_step(hash_step(6, left_classes), side),
        hash_step(hash_step(7, right_classes), side),
        hash_step(hash_step(hash_step(8, left_classes), right_classes), stop),
    ])
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
    /// The word that ends at `end`.
    #[inline]
    fn before(bytes: &[u8], end: usize) -> Self {
        let mut start = end;
        for _ in 0..CHUNKS {
            let others = Kinds::of(load_before(bytes, start)).others();
            let length = (others.leading_zeros() / 8) as usize;
            start -= length;
            if length < CHUNK {
                break;
            }
        }
        let (mut word, _) = Self::run(bytes, start);
        word.beyond = neighbour(start.checked_sub(1).map(|at| bytes[at]));
        word
    }

    /// The word that begins at `start`.
    #[inline]
    fn after(bytes: &[u8], start: usize) -> Self {
        let (mut word, end) = Self::run(bytes, start);
        // The first letter of the next word, if it follows at once.
        let next = match bytes.get(end..) {
            Some([b' ', b'A'..=b'Z', ..]) => 1,
            Some([b' ', b'a'..=b'z', ..]) => 2,
            _ => 0,
        };
        word.beyond = neighbour(bytes.get(end).copied()) | next << 3;
        word
    }

    /// The word that begins at `start`, and where it ends.
    #[inline]
    fn run(bytes: &[u8], start: usize) -> (Self, usize) {
        let (mut end, mut hash, mut all) = (start, 0, Kinds::default());
        for _ in 0..CHUNKS {
            let chunk = load_after(bytes, end);
            let kinds = Kinds::of(chunk);
            let length = (kinds.others().trailing_zeros() / 8) as usize;
            if length == 0 {
                break;
            }
            let beyond = 8 * (CHUNK - length);
            hash = hash_step(hash, chunk << beyond >> beyond | SMALL);
            all = all.with(kinds.up_to(beyond));
            end += length;
            if length < CHUNK {
                break;
            }
        }
        let capital = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
        let flags = [all.upper != 0, all.lower != 0, all.digits != 0, capital, end == start + 1];
        let shape = flags.iter().rev().fold(0, |shape, &flag| shape << 1 | u64::from(flag));
        (Self { hash, shape, beyond: 0 }, end)
    }
}

/// What stands beside a word, as one of eight numbers.
#[inline]
fn neighbour(byte: Option<u8>) -> u64 {
    match byte {
        None | Some(0..=b' ') => 0,
        Some(b',') => 1,
        Some(b'.') => 2,
        Some(0x80..) => 3,
        Some(_) => 4,
    }
}

/// Which of eight bytes are of which kind.
#[derive(Debug, Clone, Copy, Default)]
struct Kinds {
    upper: u64,
    lower: u64,
    digits: u64,
}

impl Kinds {
    #[inline]
    fn of(chunk: u64) -> Self {
        let ascii = !chunk & HIGH;
        let letters = between(chunk | SMALL, b'a', b'z') & ascii;
        let small = letters & (chunk & SMALL) << 2;
        Self { upper: letters & !small, lower: small, digits: between(chunk, b'0', b'9') & ascii }
    }

    /// The bytes that are in no word.
    fn others(self) -> u64 {
        !(self.upper | self.lower | self.digits) & HIGH
    }

    fn with(self, other: Self) -> Self {
        Self {
            upper: self.upper | other.upper,
            lower: self.lower | other.lower,
            digits: self.digits | other.digits,
        }
    }

    /// Without those of the last `bits`.
    fn up_to(self, bits: usize) -> Self {
        Self { upper: self.upper << bits, lower: self.lower << bits, digits: self.digits << bits }
    }
}

/// The bytes from `low` to `high`, both ASCII; a byte's own highest bit does not count.
#[inline]
fn between(chunk: u64, low: u8, high: u8) -> u64 {
    let chunk = chunk & !HIGH;
    (chunk + ONES * u64::from(0x80 - low)) & !(chunk + ONES * u64::from(0x7f - high)) & HIGH
}

/// The eight bytes before `end`, the first of them lowest; what is missing is zero.
#[inline]
fn load_before(bytes: &[u8], end: usize) -> u64 {
    let before = &bytes[..end];
    match before.last_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => before.iter().fold(0, |all, &byte| all >> 8 | u64::from(byte) << 56),
    }
}

/// The eight bytes from `start` on, the first of them lowest; what is missing is zero.
#[inline]
fn load_after(bytes: &[u8], start: usize) -> u64 {
    let after = &bytes[start..];
    match after.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => after.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte)),
    }
}
