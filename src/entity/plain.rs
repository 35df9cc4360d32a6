//! Plain words: ASCII letters and digits with nothing behind them that could belong to the word; and plain marks.

use super::{
    hash::{self, CHUNK},
    pieces::Shape,
};
use crate::text::{fold::Folding, tokens::CLITICS};

const ONES: u64 = 0x0101_0101_0101_0101;
/// The bit that tells small letters from capitals; digits have it too.
const SMALL: u64 = ONES << 5;
/// The bit that tells letters from digits.
const LETTER: u64 = ONES << 6;

/// The hash of the folded run from `start` to `end`, and its letters.
#[inline]
pub(super) fn word(bytes: &[u8], start: usize, end: usize, folding: Folding) -> (u64, Shape) {
    let (mut upper, mut lower) = (0, 0);
    let hash = read(bytes, start, end, folding, |chunk, mask| {
        upper |= !chunk & SMALL & mask;
        lower |= chunk & (chunk & SMALL) << 1 & LETTER & mask;
    });
    if bytes[start].is_ascii_digit() {
        return (hash, Shape::OTHER);
    }
    let shape = Shape::UPPER.when(upper != 0).and(Shape::LOWER.when(lower != 0));
    (hash, shape.and(Shape::INITIAL.when(end - start == 1)))
}

/// The hash of the folded run from `start` to `end`.
#[inline]
pub(super) fn hash(bytes: &[u8], start: usize, end: usize, folding: Folding) -> u64 {
    read(bytes, start, end, folding, |_, _| ())
}

/// The hash of the folded run from `start` to `end`, and whether it has a capital letter or begins with a digit.
#[inline]
pub(super) fn hash_and_capital(bytes: &[u8], start: usize, end: usize, folding: Folding) -> (u64, bool) {
    let mut upper = 0;
    let hash = read(bytes, start, end, folding, |chunk, mask| upper |= !chunk & SMALL & mask);
    (hash, upper != 0 || bytes[start].is_ascii_digit())
}

/// Hashes a run and calls `look` with its chunks and with a mask of the bytes of each that it has.
#[inline]
fn read(bytes: &[u8], start: usize, end: usize, folding: Folding, mut look: impl FnMut(u64, u64)) -> u64 {
    let small = if folding.case || bytes[start].is_ascii_digit() { SMALL } else { 0 };
    let mut hash = 0;
    let mut at = start;
    while end - at > CHUNK {
        let chunk = hash::load(bytes, at);
        look(chunk, u64::MAX);
        hash = hash::push(hash, chunk | small);
        at += CHUNK;
    }
    let chunk = hash::load(bytes, at);
    let mask = u64::MAX >> (8 * (CHUNK - (end - at)));
    look(chunk, mask);
    hash::push(hash, (chunk | small) & mask)
}

/// Whether a run is a word as it is: nothing before its `end` belongs to a longer one.
#[inline]
pub(super) fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let Some(&next) = bytes.get(end) else { return true };
    // By far the most words end so.
    next == b' ' || ends_at(bytes, start, end, next)
}

/// Whether a run ends a word although its `next` byte is no space.
fn ends_at(bytes: &[u8], start: usize, end: usize, next: u8) -> bool {
    let is_number = bytes[start].is_ascii_digit();
    match next {
        b'.' => end > start + 1 && !is_number,
        b',' | b':' | b'/' => !is_number,
        b'\'' | b'`' => !is_number && ends_before(bytes, end + 1),
        0xe2 => match bytes[end..] {
            [_, 0x80, 0x98 | 0x99, ..] => !is_number && ends_before(bytes, end + 3),
            // A dash, a quotation mark that is no apostrophe, an ellipsis.
            [_, 0x80, 0x93 | 0x94 | 0x9c..=0x9e | 0xa6, ..] => true,
            _ => false,
        },
        _ => next.is_ascii(),
    }
}

/// Whether a word ends before the apostrophe that ends at `at`: no letter or a clitic follows.
fn ends_before(bytes: &[u8], at: usize) -> bool {
    is_no_letter(bytes, at) || clitic_end(bytes, at).is_some()
}

/// Whether what stands at `at` surely is no part of a word.
pub(super) fn is_no_letter(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        None => true,
        Some(0xe2) => mark(bytes, at).is_some(),
        Some(next) => next.is_ascii() && !next.is_ascii_alphanumeric(),
    }
}

/// Where the clitic ends whose letters begin at `at`, if surely one does.
pub(super) fn clitic_end(bytes: &[u8], at: usize) -> Option<usize> {
    // No clitic is longer than two letters.
    let rest = bytes.get(at..)?;
    let length = rest.iter().take(3).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_clitic = CLITICS.iter().any(|clitic| clitic.as_bytes().eq_ignore_ascii_case(&rest[..length]));
    (is_clitic && is_no_letter(bytes, at + length)).then_some(at + length)
}

/// The mark at `at` and where it ends, if it is one that is never part of a word, or an apostrophe, nor a word itself.
pub(super) fn mark(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    match bytes[at..] {
        [byte, ..] if byte.is_ascii_punctuation() && byte != b'&' => Some((byte.into(), at + 1)),
        // U+2010 to U+2027: dashes, quotation marks, dots.
        [0xe2, 0x80, last @ 0x90..=0xa7, ..] => {
            Some((char::from_u32(0x2000 | u32::from(last & 0x3f))?, at + 3))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    const FOLD: Folding = Folding { case: true, accents: true };

    #[test]
    fn what_stands_alone_is_a_token() {
        let parts = [
            "Mara", "a", "7", "7th", "s", "ve", "'", "’", "`", ".", ",", "“", "—", "…", "é", "\u{301}", " ",
            "-", "/", "\u{200b}", "‘",
        ];
        for first in &parts[..6] {
            for (left, middle) in parts.iter().flat_map(|left| parts.iter().map(move |middle| (left, middle)))
            {
                for right in parts {
                    let source = [first, left, middle, right].concat();
                    let end = source.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(source.len());
                    let mut token = Vec::new();
                    let token_end = tokens::next_token(&source, 0, false, &mut token);
                    assert!(!stands_alone(source.as_bytes(), 0, end) || token_end == end, "{source}");
                }
            }
        }
        for source in ["Mara Quist", "end.", "end", "it's", "it’s, ", "Quist' ", "Quist’", "Mara—", "Oslo-"]
        {
            let end = source.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(source.len());
            assert!(stands_alone(source.as_bytes(), 0, end), "{source}");
        }
    }

    #[test]
    fn shapes_and_hashes_are_those_of_the_folded_word() {
        let read = |source: &str| {
            let end = source.find(' ').unwrap_or(source.len());
            let found = word(source.as_bytes(), 0, end, FOLD);
            assert_eq!(found.0, hash(source.as_bytes(), 0, end, FOLD));
            let is_capital = found.1.has(Shape::UPPER) || found.1 == Shape::OTHER;
            assert_eq!(hash_and_capital(source.as_bytes(), 0, end, FOLD), (found.0, is_capital));
            found
        };
        assert_eq!(read("Constantinopolitan").0, hash::word(b"constantinopolitan"));
        assert_eq!(read("OSLO"), (hash::word(b"oslo"), Shape::UPPER));
        assert_eq!(read("a").1, Shape::LOWER.and(Shape::INITIAL));
        assert_eq!(read("internationalisatioN x").1, Shape::LOWER.and(Shape::UPPER));
        assert_eq!(read("international X").1, Shape::LOWER);
        assert_eq!(read("oslo2024 X").1, Shape::LOWER);
        assert_eq!(read("OSLO2024 x").1, Shape::UPPER);
        assert_eq!(read("7TH"), (hash::word(b"7th"), Shape::OTHER));
    }

    #[test]
    fn marks_are_read() {
        assert_eq!(mark("“a".as_bytes(), 0), Some(('“', 3)));
        assert_eq!(mark(b"a,", 1), Some((',', 2)));
        for source in ["&", "é", "a", "\u{2009}", "ʼ", "\n"] {
            assert_eq!(mark(source.as_bytes(), 0), None, "{source:?}");
        }
    }
}
