//! Letters and digits, eight bytes at a time.
//!
//! In a mask each byte has its highest bit set or not.

use crate::model::{SMALL, hash_step};

const CHUNK: usize = 8;

/// Longer runs are read no further.
const CHUNKS: usize = 3;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;

/// Which of eight bytes are of which kind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinds {
    pub(super) upper: u64,
    pub(super) lower: u64,
    pub(super) digits: u64,
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

/// A run of letters and digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Of its letters, in whatever case, as [`crate::model::hash_run`] makes it.
    pub(super) hash: u64,
    /// Which kinds of bytes it has.
    pub(super) kinds: Kinds,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Its capitals behind the first byte.
    pub(super) inner: u64,
    /// Where it ends.
    pub(super) end: usize,
}

impl Run {
    /// The run that begins at `start`.
    #[inline]
    pub(super) fn after(bytes: &[u8], start: usize) -> Self {
        let mut run = Self { hash: 0, kinds: Kinds::default(), capital: false, inner: 0, end: start };
        for _ in 0..CHUNKS {
            let chunk = load_after(bytes, run.end);
            let kinds = Kinds::of(chunk);
            let length = (kinds.others().trailing_zeros() / 8) as usize;
            if length == 0 {
                break;
            }
            let beyond = 8 * (CHUNK - length);
            run.hash = hash_step(run.hash, chunk << beyond >> beyond | SMALL);
            let kinds = kinds.up_to(beyond);
            let first = if run.end == start { 0xFF << beyond } else { 0 };
            run.capital |= kinds.upper & first != 0;
            run.inner |= kinds.upper & !first;
            run.kinds = run.kinds.with(kinds);
            run.end += length;
            if length < CHUNK {
                break;
            }
        }
        run
    }

    /// Where the run that ends at `end` begins.
    #[inline]
    pub(super) fn start_before(bytes: &[u8], end: usize) -> usize {
        let mut start = end;
        for _ in 0..CHUNKS {
            let others = Kinds::of(load_before(bytes, start)).others();
            let length = (others.leading_zeros() / 8) as usize;
            start -= length;
            if length < CHUNK {
                break;
            }
        }
        start
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
