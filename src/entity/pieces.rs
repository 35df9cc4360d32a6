//! Names and texts as pieces: folded words, with what stands between them.
//!
//! ```text
//! "Mary-Ann Doe, Jr."   ─►   mary ·hyphen· ann ·space· doe ·comma· jr          pieces and gaps
//! ```
//!
//! A name and a text are read by the same function, so whatever it drops is dropped from both. Hyphens and
//! white space never tell two names apart; every other mark is kept in the gap, so that "to Paris. Hilton said"
//! is no "Paris Hilton".

use crate::text::{Text, Token, TokenKind, fold::Folding, tokens::is_apostrophe};

/// A folded word and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// What stands between the piece before and this one.
    pub(super) gap: Gap,
    /// Its letters.
    pub(super) shape: Shape,
}

/// The marks between two pieces, hyphens and white space left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Gap(u64);

/// Bits of one mark in a gap.
const MARK_BITS: u32 = 21;

impl Gap {
    /// Nothing but white space.
    pub(super) const NONE: Self = Self(0);
    /// A lone full stop.
    pub(super) const STOP: Self = Self('.' as u64);
    /// A lone comma.
    pub(super) const COMMA: Self = Self(',' as u64);
    /// A hyphen that may be part of a word: between letters, or at a line's end.
    pub(super) const HYPHEN: Self = Self(1 << 63);
    /// More than any name has inside: a blank line, a heap of marks.
    const WALL: Self = Self(u64::MAX);

    fn with(self, mark: char) -> Self {
        if self == Self::WALL || self.0 >> (2 * MARK_BITS) & 0x1f_ffff != 0 {
            return Self::WALL;
        }
        Self(self.marks().0 << MARK_BITS | u64::from(u32::from(mark)))
    }

    /// Without the hyphen, which tells no names apart.
    pub(super) fn marks(self) -> Self {
        if self == Self::HYPHEN { Self::NONE } else { self }
    }

    /// Whether no name goes on here.
    pub(super) fn is_wall(self) -> bool {
        self == Self::WALL
    }
}

/// Facts about the letters of a piece, before folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape(u8);

impl Shape {
    /// Has a capital letter.
    pub(super) const UPPER: Self = Self(1);
    /// Has a small letter.
    pub(super) const LOWER: Self = Self(2);
    /// Is a single letter.
    pub(super) const INITIAL: Self = Self(4);
    /// Is a possessive or another clitic.
    pub(super) const CLITIC: Self = Self(8);
    /// Is no word: "&", a number.
    pub(super) const OTHER: Self = Self(16);

    /// Whether it has one of these facts.
    pub(super) fn has(self, facts: Self) -> bool {
        self.0 & facts.0 != 0
    }

    /// The facts of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Reads a text or a name: calls `each` with every piece and its folded form.
pub(super) fn read(text: &Text, folding: Folding, mut each: impl FnMut(Piece, &str)) {
    let source = text.source();
    let tokens = text.tokens();
    let mut folded = String::new();
    let mut gap = Gap::NONE;
    let mut end = 0;
    for (index, token) in tokens.iter().enumerate() {
        if gap != Gap::WALL && has_blank_line(&source[end..token.span.start()]) {
            gap = Gap::WALL;
        }
        end = token.span.end();
        folded.clear();
        let shape = fold_token(source, token, folding, &mut folded);
        if folded.is_empty() {
            for mark in token.span.of(source).chars() {
                gap = after_mark(gap, mark, source, tokens, index);
            }
            continue;
        }
        let span = visible(source, token);
        each(Piece { start: span.0, end: span.1, gap, shape }, &folded);
        gap = Gap::NONE;
    }
}

/// Folds a token into `out`, which stays empty for a mark, and tells about its letters.
fn fold_token(source: &str, token: &Token, folding: Folding, out: &mut String) -> Shape {
    let word = token.span.of(source);
    match token.kind {
        TokenKind::Mark if matches!(word, "&" | "＆") => {
            out.push_str("and");
            Shape::OTHER
        }
        TokenKind::Mark => Shape::default(),
        // The point of "2.5" tells it from 25.
        TokenKind::Number if word.is_ascii() => {
            out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            Shape::OTHER
        }
        TokenKind::Number => {
            folding.fold(word, out);
            Shape::OTHER
        }
        TokenKind::Clitic => {
            folding.fold(word, out);
            Shape::CLITIC
        }
        TokenKind::Word | TokenKind::Acronym => {
            folding.fold(word, out);
            letters(word)
        }
    }
}

fn letters(word: &str) -> Shape {
    let mut shape = Shape::default();
    let mut count = 0_usize;
    for c in word.chars() {
        if c.is_uppercase() {
            shape = shape.and(Shape::UPPER);
        } else if c.is_lowercase() && !is_apostrophe(c) {
            shape = shape.and(Shape::LOWER);
        }
        count += usize::from(c.is_alphanumeric());
    }
    if count == 1 { shape.and(Shape::INITIAL) } else { shape }
}

/// The bytes of a token without invisible characters at its ends.
fn visible(source: &str, token: &Token) -> (usize, usize) {
    let word = token.span.of(source);
    if word.is_ascii() {
        return (token.span.start(), token.span.end());
    }
    let is_hidden = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let start = token.span.start() + (word.len() - word.trim_start_matches(is_hidden).len());
    (start, start + word.trim_matches(is_hidden).len())
}

/// The gap after one more mark.
fn after_mark(gap: Gap, mark: char, source: &str, tokens: &[Token], index: usize) -> Gap {
    match mark {
        // What cannot be seen, and what joins the parts of a foreign name.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '·' | '・' | '‧' => gap,
        '．' | '。' => gap.with('.'),
        '，' | '、' => gap.with(','),
        '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '﹣' | '－' => match hyphen(source, tokens, index) {
            Hyphen::Inside if gap == Gap::NONE => Gap::HYPHEN,
            Hyphen::Inside => gap,
            Hyphen::Spaced => gap.with('—'),
        },
        '\u{2014}' | '\u{2015}' => gap.with('—'),
        _ if is_apostrophe(mark) => gap.with('\''),
        _ => gap.with(mark),
    }
}

enum Hyphen {
    Inside,
    Spaced,
}

/// A hyphen joins unless white space stands at its side; a line break after it is where a word was cut.
fn hyphen(source: &str, tokens: &[Token], index: usize) -> Hyphen {
    let span = tokens[index].span;
    let before = index > 0 && tokens[index - 1].span.end() == span.start();
    let after = match tokens.get(index + 1) {
        Some(next) => {
            let between = &source[span.end()..next.span.start()];
            between.is_empty() || between.starts_with(['\n', '\r'])
        }
        None => false,
    };
    if before && after { Hyphen::Inside } else { Hyphen::Spaced }
}

/// Whether white space has two line breaks or more.
fn has_blank_line(space: &str) -> bool {
    if space.len() < 2 {
        return space == "\u{c}";
    }
    let mut breaks = 0;
    let mut previous = ' ';
    for c in space.chars() {
        match c {
            '\n' if previous == '\r' => {}
            '\n' | '\r' | '\u{2028}' | '\u{85}' => breaks += 1,
            '\u{2029}' | '\u{c}' => breaks += 2,
            _ => {}
        }
        previous = c;
    }
    breaks > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(source: &str) -> Vec<(String, Gap)> {
        let mut out = Vec::new();
        read(&Text::new(source), Folding { case: true, accents: true }, |piece, folded| {
            out.push((folded.to_owned(), piece.gap));
        });
        out
    }

    #[test]
    fn joiners_are_no_marks() {
        let plain = pieces("Mara Quist");
        for same in ["Mara\nQuist", "Mara\u{a0} Quist", "Mara·Quist", "MARA QUÍST"] {
            assert_eq!(pieces(same), plain, "{same:?}");
        }
        assert_eq!(pieces("Mara-Quist")[1].1.marks(), Gap::NONE);
        assert_eq!(pieces("Mara-\nQuist")[1].1, Gap::HYPHEN);
    }

    #[test]
    fn marks_part() {
        assert_eq!(pieces("Mara. Quist")[1].1, Gap::STOP);
        assert_eq!(pieces("Quist, Mara")[1].1, Gap::COMMA);
        assert!(pieces("Mara\n \nQuist")[1].1.is_wall());
        assert!(pieces("Mara .... Quist")[1].1.is_wall());
        assert_ne!(pieces("Mara - Quist")[1].1.marks(), Gap::NONE);
    }

    #[test]
    fn an_ampersand_is_a_word() {
        assert_eq!(pieces("Q&A").into_iter().map(|piece| piece.0).collect::<Vec<_>>(), ["q", "and", "a"]);
    }
}
