//! The pieces of a text around a gap: what stands between white space, as lead, word and tail.

use std::ops::Range;

use super::{
    candidates::floor,
    chunk::{Kinds, Run},
    words::Words,
};
use crate::{
    lang::Classes,
    model::{combine, hash, hash_word},
};

/// Longer pieces are cut, so that a look at one costs the same however long it is.
const LONGEST: usize = 40;

/// What stands between white space.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Piece<'a> {
    /// The marks before the word.
    pub(super) lead: &'a str,
    pub(super) word: &'a str,
    /// The marks behind the word; all marks, if there is no word.
    pub(super) tail: &'a str,
    pub(super) shape: Shape,
    /// The word in small letters, as a number.
    pub(super) hash: u64,
    /// Whether the word is nothing but letters and digits of ASCII, whose number is another than that of words at large.
    is_run: bool,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    /// There is no piece.
    #[default]
    Nothing,
    /// Marks alone.
    Marks,
    Lower,
    /// One capital alone.
    Letter,
    /// A capital and small letters.
    Capital,
    /// Several capitals alone.
    Capitals,
    /// Small letters and then a capital: "iPhone".
    Camel,
    /// Letters with stops between them: "U.S", "e.g".
    Dotted,
    Digits,
    /// Digits with marks between them: "5:30", "1,200.50".
    Number,
    /// Digits and letters.
    Mixed,
    /// A web or mail address.
    Address,
    /// Letters without case.
    Caseless,
}

impl<'a> Piece<'a> {
    /// Reads a piece.
    pub(super) fn new(piece: &'a str) -> Self {
        let bytes = piece.as_bytes();
        let first = bytes.len() - without_marks_before(bytes).len();
        let end = first + without_marks_behind(&bytes[first..]).len();
        if first == end {
            let shape = if piece.is_empty() { Shape::Nothing } else { Shape::Marks };
            return Self { tail: piece, shape, ..Self::default() };
        }
        let seen = bytes[first..end].iter().fold(0, |seen, &byte| seen | KINDS[usize::from(byte)]);
        if seen & OTHER != 0 {
            return Self::with_other_scripts(piece);
        }
        let word = &piece[first..end];
        let shape = shape(word, &bytes[first..end], seen);
        let is_run = seen & !(DIGIT | UPPER | LOWER) == 0;
        Self { lead: &piece[..first], word, tail: &piece[end..], shape, hash: hash_word(word), is_run }
    }

    /// The run of letters and digits that begins at `start` and that white space follows, if it is written as most are.
    #[inline]
    fn plain(source: &'a str, start: usize) -> Option<Self> {
        let bytes = source.as_bytes();
        let run = Run::after(bytes, start);
        let Kinds { upper, lower, digits } = run.kinds;
        let shape = match (upper != 0, lower != 0, digits != 0) {
            (false, true, false) => Shape::Lower,
            (false, false, true) => Shape::Digits,
            (true, false, false) if run.end == start + 1 => Shape::Letter,
            (true, false, false) => Shape::Capitals,
            (true, true, false) if run.capital && run.inner == 0 => Shape::Capital,
            _ => return None,
        };
        let white = matches!(bytes.get(run.end), Some(b' ' | b'\n'));
        white.then(|| Self {
            word: &source[start..run.end],
            shape,
            hash: run.hash,
            is_run: true,
            ..Self::default()
        })
    }

    /// The classes of the word.
    pub(super) fn classes(&self, words: &Words) -> Classes {
        if self.is_run { words.classes_of_run(self.hash) } else { words.classes_of(self.hash) }
    }

    /// Reads a piece that is not ASCII.
    fn with_other_scripts(piece: &'a str) -> Self {
        let Some(first) = piece.find(char::is_alphanumeric) else {
            return Self { tail: piece, shape: Shape::Marks, ..Self::default() };
        };
        let (lead, rest) = piece.split_at(first);
        let last = rest.char_indices().rev().find(|&(_, c)| c.is_alphanumeric());
        let (word, tail) = rest.split_at(last.map_or(0, |(at, c)| at + c.len_utf8()));
        let bytes: Vec<u8> = word.chars().map(stand_in).collect();
        let seen = bytes.iter().fold(0, |seen, &byte| seen | KINDS[usize::from(byte)]);
        Self { lead, word, tail, shape: shape(word, &bytes, seen), hash: hash(word), is_run: false }
    }
}

const DIGIT: u8 = 1;
const UPPER: u8 = 2;
const LOWER: u8 = 4;
const DOT: u8 = 8;
const AT: u8 = 16;
const MARK: u8 = 32;
const CASELESS: u8 = 64;
const OTHER: u8 = 128;

/// A letter of a script without case, as a byte that is none.
const CASELESS_STAND_IN: u8 = 0;

/// What each byte is.
const KINDS: [u8; 256] = {
    let mut kinds = [MARK; 256];
    let mut byte = 0_u8;
    loop {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'.' => DOT,
            b'@' => AT,
            CASELESS_STAND_IN => CASELESS,
            128.. => OTHER,
            _ => MARK,
        };
        if byte == u8::MAX {
            break kinds;
        }
        byte += 1;
    }
};

const WORD: u8 = DIGIT | UPPER | LOWER | OTHER;

/// Without the marks that come first: those of ASCII, dashes, quotation marks.
fn without_marks_before(mut bytes: &[u8]) -> &[u8] {
    loop {
        bytes = match bytes {
            [0xE2, 0x80, _, rest @ ..] => rest,
            [first, rest @ ..] if KINDS[usize::from(*first)] & WORD == 0 => rest,
            _ => return bytes,
        }
    }
}

/// Without the marks that come last.
fn without_marks_behind(mut bytes: &[u8]) -> &[u8] {
    loop {
        bytes = match bytes {
            [rest @ .., 0xE2, 0x80, _] => rest,
            [rest @ .., last] if KINDS[usize::from(*last)] & WORD == 0 => rest,
            _ => return bytes,
        }
    }
}

/// The shape of a word of these bytes, in which these kinds were seen.
fn shape(word: &str, bytes: &[u8], seen: u8) -> Shape {
    let has = |kind| seen & kind != 0;
    let kind = |byte: &u8| KINDS[usize::from(*byte)];
    match seen {
        LOWER => return Shape::Lower,
        DIGIT => return Shape::Digits,
        _ => {}
    }
    let is_camel = || bytes.iter().skip_while(|byte| kind(byte) != LOWER).any(|byte| kind(byte) == UPPER);
    match () {
        () if has(AT) => Shape::Address,
        () if has(DOT | MARK) && (word.starts_with("www.") || word.contains("://")) => Shape::Address,
        () if !has(UPPER | LOWER | CASELESS) => Shape::Number,
        () if has(DIGIT) => Shape::Mixed,
        () if has(DOT) => Shape::Dotted,
        () if seen == UPPER && bytes.len() == 1 => Shape::Letter,
        () if has(UPPER) && !has(LOWER | CASELESS) => Shape::Capitals,
        () if !has(MARK) && has(UPPER) && is_camel() => Shape::Camel,
        () if bytes.first().map(kind) == Some(UPPER) => Shape::Capital,
        () if has(CASELESS) => Shape::Caseless,
        () => Shape::Lower,
    }
}

/// The byte that stands for a character of any script in a word's shape.
fn stand_in(c: char) -> u8 {
    match c {
        _ if c.is_ascii() => c as u8,
        _ if c.is_lowercase() => b'a',
        _ if c.is_uppercase() => b'A',
        _ if c.is_numeric() => b'0',
        _ if c.is_alphabetic() => CASELESS_STAND_IN,
        _ => b'-',
    }
}

/// A few marks as a number: all quotation marks are one, all dashes another, and a run counts no more than twice.
pub(super) fn marks(marks: &str) -> u64 {
    const LONGEST: usize = 8;
    if marks.is_empty() {
        return 0;
    }
    let mut sum = 0;
    let (mut last, mut twice) = ('\0', false);
    for c in marks.chars().take(LONGEST) {
        let c = match c {
            '“' | '”' | '«' | '»' | '„' => '"',
            '‘' | '’' => '\'',
            '–' | '—' => '-',
            c => c,
        };
        if c != last {
            sum = combine(sum, u64::from(u32::from(c)));
        } else if !twice {
            sum = combine(sum, 1);
        }
        (last, twice) = (c, c == last);
    }
    sum
}

/// The last piece before `end`, none of it from before `start`, and where it begins.
#[inline]
pub(super) fn before(source: &str, start: usize, end: usize) -> (Piece<'_>, usize) {
    if let Some(found) = plain_before(source, start, end) {
        return found;
    }
    let range = range_before(source, start, end);
    (Piece::new(&source[range.clone()]), range.start)
}

/// The same, if it is a run of letters with a space before it and at most one behind.
#[inline]
fn plain_before(source: &str, start: usize, end: usize) -> Option<(Piece<'_>, usize)> {
    let bytes = source.as_bytes();
    let end = if bytes[start..end].last() == Some(&b' ') { end - 1 } else { end };
    let word = Run::start_before(bytes, end);
    let apart = word > start && word < end && bytes[word - 1] == b' ';
    let piece = Piece::plain(source, word).filter(|piece| apart && word + piece.word.len() == end)?;
    Some((piece, word))
}

/// The first piece from `start` on, and where it ends.
#[inline]
pub(super) fn after(source: &str, start: usize) -> (Piece<'_>, usize) {
    let at = start + usize::from(source.as_bytes().get(start) == Some(&b' '));
    if let Some(piece) = Piece::plain(source, at) {
        return (piece, at + piece.word.len());
    }
    let rest = &source[start..];
    let rest = match rest.as_bytes() {
        [b' ', first, ..] if first.is_ascii_graphic() => &rest[1..],
        [first, ..] if first.is_ascii_graphic() => rest,
        _ => rest.trim_start(),
    };
    let to = floor(rest, LONGEST.min(rest.len()));
    let piece = &rest[..first_white(&rest[..to])];
    (Piece::new(piece), source.len() - rest.len() + piece.len())
}

/// The marks that end the piece before `end`; all of it, if it has no word.
pub(super) fn tail_before(source: &str, start: usize, end: usize) -> &str {
    let piece = &source[range_before(source, start, end)];
    let rest = without_marks_behind(piece.as_bytes());
    if rest.last().is_none_or(u8::is_ascii) { &piece[rest.len()..] } else { Piece::new(piece).tail }
}

/// Where the last piece before `end` is.
fn range_before(source: &str, start: usize, end: usize) -> Range<usize> {
    let end = start + trimmed_end(&source[start..end]);
    let from = floor(source, start.max(end.saturating_sub(LONGEST)));
    from + last_white(&source[from..end])..end
}

/// Where the white space at the end of a text begins.
fn trimmed_end(text: &str) -> usize {
    match text.as_bytes().last() {
        Some(byte) if byte.is_ascii_graphic() => text.len(),
        _ => text.trim_end().len(),
    }
}

/// Behind the last white space, or where the text begins.
fn last_white(text: &str) -> usize {
    let stop = text.as_bytes().iter().rposition(|byte| !byte.is_ascii_graphic());
    match stop.map(|at| (at, text.as_bytes()[at])) {
        None => 0,
        Some((at, b' ' | b'\n' | b'\t' | b'\r')) => at + 1,
        Some(_) => {
            let white = text.char_indices().rev().find(|&(_, c)| c.is_whitespace());
            white.map_or(0, |(at, c)| at + c.len_utf8())
        }
    }
}

/// The first white space, or where the text ends.
fn first_white(text: &str) -> usize {
    let stop = text.as_bytes().iter().position(|byte| !byte.is_ascii_graphic());
    match stop.map(|at| (at, text.as_bytes()[at])) {
        None => text.len(),
        Some((at, b' ' | b'\n' | b'\t' | b'\r')) => at,
        Some(_) => text.find(char::is_whitespace).unwrap_or(text.len()),
    }
}
