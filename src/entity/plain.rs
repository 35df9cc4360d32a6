//! Plain words: ASCII letters and digits with nothing behind them that could belong to the word.
//!
//! Eight bytes are looked at as one number; in a mask each byte has its highest bit set or not.

use std::num::NonZeroU64;

use super::{
    hash::{self, CHUNK},
    pieces::Shape,
};
use crate::text::fold::Folding;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;
/// What makes a capital small, and leaves small letters and digits as they are.
const SMALL: u64 = ONES << 5;

/// A plain word, in two numbers, which a processor hands over faster than more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// The hash of its folded form.
    pub(super) hash: u64,
    /// The byte after its last, above the eight bits of its shape.
    place: NonZeroU64,
}

impl Word {
    /// The byte after its last.
    pub(super) fn end(self) -> usize {
        (self.place.get() >> 8) as usize
    }

    /// Its letters.
    pub(super) fn shape(self) -> Shape {
        Shape((self.place.get() & 0xff) as u8)
    }
}

/// The plain word at `at`, where a token begins; `None` if what stands there is anything else.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize, folding: Folding) -> Option<Word> {
    let is_number = bytes.get(at)?.is_ascii_digit();
    let small = if folding.case || is_number { SMALL } else { 0 };
    let (mut end, mut hash, mut upper, mut lower) = (at, 0, 0, 0);
    loop {
        let chunk = hash::load(bytes, end);
        let run = Run::of(chunk);
        if run.length > 0 {
            hash = hash::push(hash, (chunk | small) & run.mask());
        }
        upper |= run.upper;
        lower |= run.lower;
        end += run.length;
        if run.length < CHUNK {
            break;
        }
    }
    let shape = if is_number {
        Shape::OTHER
    } else {
        Shape::UPPER
            .when(upper != 0)
            .and(Shape::LOWER.when(lower != 0))
            .and(Shape::INITIAL.when(end == at + 1))
    };
    let stands_alone = match bytes.get(end) {
        None | Some(b' ') => true,
        Some(b'.') => !is_number && end > at + 1,
        Some(b',' | b':' | b'/') => !is_number,
        Some(0xe2) => is_wide_mark(&bytes[end..]),
        Some(&next) => next.is_ascii() && !matches!(next, b'\'' | b'`'),
    };
    let place = NonZeroU64::new((end as u64) << 8 | u64::from(shape.0))?;
    (stands_alone && end > at).then_some(Word { hash, place })
}

/// Whether a byte is a mark that is never part of a word, nor a word itself.
pub(super) fn is_mark(byte: u8) -> bool {
    byte.is_ascii_punctuation() && !matches!(byte, b'\'' | b'`' | b'&')
}

/// Whether a dash, a quotation mark that is no apostrophe, or an ellipsis comes first.
fn is_wide_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, 0x93 | 0x94 | 0x9c..=0x9e | 0xa6, ..])
}

/// The letters and digits that eight bytes begin with.
struct Run {
    length: usize,
    /// The capitals of the run.
    upper: u64,
    /// The small letters of the run.
    lower: u64,
}

impl Run {
    fn of(chunk: u64) -> Self {
        let ascii = !chunk & HIGH;
        let letters = between(chunk | SMALL, b'a', b'z') & ascii;
        let digits = between(chunk, b'0', b'9') & ascii;
        let others = !(letters | digits) & HIGH;
        // The highest bits of the bytes before the first other one.
        let inside = others.wrapping_sub(1) & !others & HIGH;
        let small = (chunk & SMALL) << 2;
        Self {
            length: (others.trailing_zeros() / 8) as usize,
            upper: letters & !small & inside,
            lower: letters & small & inside,
        }
    }

    /// All bits of the bytes in the run.
    fn mask(&self) -> u64 {
        if self.length == CHUNK { u64::MAX } else { (1 << (8 * self.length)) - 1 }
    }
}

/// The bytes from `low` to `high`, both ASCII; a byte's own highest bit does not count.
fn between(chunk: u64, low: u8, high: u8) -> u64 {
    let chunk = chunk & !HIGH;
    (chunk + ONES * u64::from(0x80 - low)) & !(chunk + ONES * u64::from(0x7f - high)) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLD: Folding = Folding { case: true, accents: true };

    #[test]
    fn plain_words_are_measured() {
        for (source, length) in [
            ("Mara Quist", Some(4)),
            ("Constantinople-", Some(14)),
            ("Oslo2024", Some(8)),
            ("7th", Some(3)),
            ("a", Some(1)),
            ("end.", Some(3)),
            ("it's", None),
            ("U.S.", None),
            ("2.5", None),
            ("Café", None),
            ("Maraé", None),
            (" a", None),
            ("[a]", None),
        ] {
            assert_eq!(word(source.as_bytes(), 0, FOLD).map(Word::end), length, "{source}");
        }
    }

    #[test]
    fn shapes_and_hashes_are_those_of_the_folded_word() {
        let word = |source: &str| word(source.as_bytes(), 0, FOLD).unwrap();
        assert_eq!(word("Constantinople").hash, hash::word(b"constantinople"));
        assert_eq!(word("OSLO").shape(), Shape::UPPER);
        assert_eq!(word("a").shape(), Shape::LOWER.and(Shape::INITIAL));
        assert_eq!(word("internationaL x").shape(), Shape::LOWER.and(Shape::UPPER));
        assert_eq!(word("international X").shape(), Shape::LOWER);
        assert_eq!(word("7TH").hash, hash::word(b"7th"));
    }
}
