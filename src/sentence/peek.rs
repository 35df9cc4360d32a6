//! The two words beside a gap, read eight bytes at a time: enough to see that most gaps are inside a sentence, and that
//! many a full stop ends one.
//!
//! In a mask each byte has its highest bit set or not.

use super::candidates::{Candidate, Gap};
use crate::model::hash_step;

const CHUNK: usize = 8;
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;
/// What makes a capital small, and leaves small letters and digits as they are.
const SMALL: u64 = ONES << 5;

/// Longer words are read no further.
const CHUNKS: usize = 3;

/// How many features there are.
const FEATURES: usize = 7;

/// Marks further from a gap are not read.
const MARKS: usize = 3;

/// What is seen of the words beside a gap and the marks between, if white space of one byte stands there.
#[inline]
pub(super) fn features(source: &str, candidate: &Candidate, rule: u64) -> Option<[u64; FEATURES]> {
    if candidate.gap != Gap::Space || candidate.next != candidate.end + 1 {
        return None;
    }
    let bytes = source.as_bytes();
    let (left_marks, end) = marks_before(bytes, candidate.end);
    let (right_marks, start) = marks_after(bytes, candidate.next);
    let (left, right) = (Word::before(bytes, end), Word::after(bytes, start));
    let (left_side, right_side) = (left_marks ^ rule, right_marks << 40);
    let (left_shape, right_shape) = (left.shape ^ left_side, right.shape ^ right_side);
    let shapes = hash_step(left_shape, right_shape);
    let left_word = hash_step(left.hash, left_shape);
    let right_word = hash_step(right.hash, right_shape);
    Some([
        left_word,
        hash_step(left_word, right_shape),
        hash_step(right_word, left_side),
        hash_step(left_shape, right_word),
        shapes,
        hash_step(left.hash, right.shape & 0xfff),
        hash_step(right.hash, left_side ^ 1),
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
    /// Which kinds of letters it has, and what stands at its other end.
    shape: u64,
}

impl Word {
    /// The word that ends at `end`.
    #[inline]
    fn before(bytes: &[u8], end: usize) -> Self {
        let (mut start, mut word, mut first) = (end, Self::default(), 0);
        for _ in 0..CHUNKS {
            let chunk = load_before(bytes, start);
            let kinds = Kinds::of(chunk);
            let length = (kinds.others().leading_zeros() / 8) as usize;
            if length == 0 {
                break;
            }
            let beyond = 8 * (CHUNK - length);
            word.push(chunk >> beyond, &kinds.shifted(beyond as u32));
            first = chunk >> beyond;
            start -= length;
            if length < CHUNK {
                break;
            }
        }
        let neighbour = start.checked_sub(1).map_or(b' ', |at| bytes[at]);
        word.finish(end - start, first, neighbour)
    }

    /// The word that begins at `start`.
    #[inline]
    fn after(bytes: &[u8], start: usize) -> Self {
        let (mut end, mut word) = (start, Self::default());
        for _ in 0..CHUNKS {
            let chunk = load_after(bytes, end);
            let kinds = Kinds::of(chunk);
            let length = (kinds.others().trailing_zeros() / 8) as usize;
            if length == 0 {
                break;
            }
            let beyond = 8 * (CHUNK - length);
            word.push(chunk << beyond >> beyond, &kinds.masked(beyond as u32));
            end += length;
            if length < CHUNK {
                break;
            }
        }
        let first = bytes.get(start).copied().unwrap_or_default();
        let neighbour = bytes.get(end).copied().unwrap_or(b' ');
        // The first letter of the next word, if it follows at once.
        let next = bytes.get(end + 1).copied().unwrap_or(b' ');
        let next = if neighbour == b' ' {
            u64::from(next.is_ascii_uppercase()) + 2 * u64::from(next.is_ascii_lowercase())
        } else {
            0
        };
        word.shape |= next << 12;
        word.finish(end - start, u64::from(first), neighbour)
    }

    #[inline]
    fn push(&mut self, chunk: u64, kinds: &Kinds) {
        self.hash = hash_step(self.hash, chunk | SMALL);
        self.shape |= u64::from(kinds.upper != 0)
            | u64::from(kinds.lower != 0) << 1
            | u64::from(kinds.digits != 0) << 2;
    }

    /// The word of so many bytes, of which this is the first and this is what stands at the other end.
    #[inline]
    fn finish(mut self, length: usize, first: u64, neighbour: u8) -> Self {
        let first = (first & 0xFF) as u8;
        let neighbour = match neighbour {
            0..=b' ' => 0,
            b',' => 1,
            b'.' => 2,
            0x80.. => 3,
            _ => 4,
        };
        self.shape |= u64::from(first.is_ascii_uppercase()) << 3
            | u64::from(length == 1) << 4
            | neighbour << 5
            | u64::from(length == 0) << 8;
        self
    }
}

/// Which of eight bytes are of which kind.
#[derive(Debug, Clone, Copy)]
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

    fn shifted(self, bits: u32) -> Self {
        Self { upper: self.upper >> bits, lower: self.lower >> bits, digits: self.digits >> bits }
    }

    fn masked(self, bits: u32) -> Self {
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
