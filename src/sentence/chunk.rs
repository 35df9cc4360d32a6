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

    /// Without those of the first `bits`.
    fn behind(self, bits: usize) -> Self {
        Self { upper: self.upper >> bits, lower: self.lower >> bits, digits: self.digits >> bits }
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
        let head = Head::after(bytes, start);
        let capital = head.kinds.upper & 0xFF << head.beyond() != 0;
        let inner = head.kinds.upper & !(0xFF << head.beyond());
        let mut run =
            Self { hash: head.hash(0), kinds: head.kinds, capital, inner, end: start + head.length };
        if head.length == CHUNK {
            run.go_on(bytes);
        }
        run
    }

    /// Reads what is behind the first chunk, as few words need.
    #[inline(never)]
    fn go_on(&mut self, bytes: &[u8]) {
        for _ in 1..CHUNKS {
            let head = Head::after(bytes, self.end);
            self.hash = head.hash(self.hash);
            self.inner |= head.kinds.upper;
            self.kinds = self.kinds.with(head.kinds);
            self.end += head.length;
            if head.length < CHUNK {
                break;
            }
        }
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

/// The first letters and digits behind a place, no more than eight.
#[derive(Debug, Clone, Copy)]
struct Head {
    chunk: u64,
    /// Their kinds, those of the last at the highest bits.
    kinds: Kinds,
    length: usize,
}

impl Head {
    #[inline]
    fn after(bytes: &[u8], start: usize) -> Self {
        let chunk = load_after(bytes, start);
        let kinds = Kinds::of(chunk);
        let length = (kinds.others().trailing_zeros() / 8) as usize;
        if length == 0 {
            return Self { chunk: 0, kinds: Kinds::default(), length };
        }
        let beyond = 8 * (CHUNK - length);
        Self { chunk: chunk << beyond >> beyond, kinds: kinds.up_to(beyond), length }
    }

    /// How many bits of a chunk are none of theirs.
    #[inline]
    fn beyond(&self) -> usize {
        8 * (CHUNK - self.length.max(1))
    }

    /// The hash of a run that goes on with them.
    #[inline]
    fn hash(&self, sum: u64) -> u64 {
        if self.length == 0 { sum } else { hash_step(sum, self.chunk | SMALL) }
    }
}

/// The last letters and digits before a place, no more than eight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    /// Of these letters, in whatever case; that of the [`Run`], if they are all of it.
    pub(super) hash: u64,
    /// Which kinds of bytes they are.
    pub(super) kinds: Kinds,
    /// How many they are.
    pub(super) length: usize,
}

impl Tail {
    /// Those that end at `end`.
    #[inline]
    pub(super) fn before(bytes: &[u8], end: usize) -> Self {
        let chunk = load_before(bytes, end);
        let kinds = Kinds::of(chunk);
        let length = (kinds.others().leading_zeros() / 8) as usize;
        if length == 0 {
            return Self { hash: 0, kinds: Kinds::default(), length };
        }
        let beyond = 8 * (CHUNK - length);
        Self { hash: hash_step(0, chunk >> beyond | SMALL), kinds: kinds.behind(beyond), length }
    }
}

/// The bytes from `low` to `high`, both ASCII; a byte's own highest bit does not count.
#[inline]
fn between(chunk: u64, low: u8, high: u8) -> u64 {
    let chunk = chunk & !HIGH;
    (chunk + ONES * u64::from(0x80 - low)) & !(chunk + ONES * u64::from(0x7f - high)) & HIGH
}

/// The first of four bytes, as far as they are visible ASCII; the rest is zero.
#[inline]
pub(super) fn visible(bytes: [u8; 4]) -> [u8; 4] {
    let chunk = u64::from(u32::from_le_bytes(bytes));
    let visible = between(chunk, b'!', b'~') & !chunk;
    // What is not visible, and the fifth byte, which is none.
    let end = (!visible & HIGH).trailing_zeros() - 7;
    let [head @ .., _, _, _, _] = (chunk & ((1 << end) - 1)).to_le_bytes();
    head
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
