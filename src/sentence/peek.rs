//! The two words beside a gap, read eight bytes at a time: enough to see that most gaps are inside a sentence, and that
//! many a full stop ends one.
//!
//! In a mask each byte has its highest bit set or not.

use super::candidates::{Candidate, Gap, Kind, Run};
use crate::model::combine;

const CHUNK: usize = 8;
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;
/// What makes a capital small, and leaves small letters and digits as they are.
const SMALL: u64 = ONES << 5;

/// Longer words are read no further.
const CHUNKS: usize = 3;

/// How many features there are.
const FEATURES: usize = 5;

/// What is seen of the words beside a gap, if it is one of the common kind: white space of one byte, a word behind it,
/// and before it a word with one mark behind at most.
#[inline]
pub(super) fn features(source: &str, candidate: &Candidate, rule: u64) -> Option<[u64; FEATURES]> {
    let bytes = source.as_bytes();
    let last = bytes[candidate.end.checked_sub(1)?];
    let mark = match candidate.kind {
        Kind::Plain if last != b',' => 0,
        Kind::Plain => last,
        Kind::Stop(Run { count: 1, .. }) if candidate.closer.is_none() => last,
        _ => return None,
    };
    if candidate.gap != Gap::Space || candidate.next != candidate.end + 1 {
        return None;
    }
    let left = Word::before(bytes, candidate.end - usize::from(mark != 0))?;
    let right = Word::after(bytes, candidate.next)?;
    let side = rule ^ u64::from(mark) << 16;
    let (left_shape, right_shape) = (left.shape ^ side, right.shape ^ side);
    let (left, right) = (combine(left.hash, left_shape), combine(right.hash, right_shape));
    let shapes = combine(left_shape, right_shape);
    Some([left, combine(left, right_shape), right, combine(left_shape, right), shapes])
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
    fn before(bytes: &[u8], end: usize) -> Option<Self> {
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
    fn after(bytes: &[u8], start: usize) -> Option<Self> {
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
        let neighbour = bytes.get(end).copied().unwrap_or(b' ');
        word.finish(end - start, u64::from(bytes[start]), neighbour)
    }

    #[inline]
    fn push(&mut self, chunk: u64, kinds: &Kinds) {
        self.hash = combine(self.hash, chunk | SMALL);
        self.shape |= u64::from(kinds.upper != 0)
            | u64::from(kinds.lower != 0) << 1
            | u64::from(kinds.digits != 0) << 2;
    }

    /// The word of so many bytes, of which this is the first and this is what stands at the other end.
    #[inline]
    fn finish(mut self, length: usize, first: u64, neighbour: u8) -> Option<Self> {
        let first = (first & 0xFF) as u8;
        let neighbour = match neighbour {
            b' ' | b'\n' | b'\r' | b'\t' => 0,
            b',' => 1,
            b'.' => 2,
            0x80.. => 3,
            _ => 4,
        };
        self.shape |=
            u64::from(first.is_ascii_uppercase()) << 3 | u64::from(length == 1) << 4 | neighbour << 5;
        (length > 0).then_some(self)
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
