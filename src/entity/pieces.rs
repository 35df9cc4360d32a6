//! Names and texts as pieces: folded words, with what stands between them.
//!
//! ```text
//! "Mary-Ann Doe, Jr."   ─►   mary ·hyphen· ann ·space· doe ·comma· jr          pieces and gaps
//! ```
//!
//! A name and a text are read by the same function, so whatever it drops is dropped from both. Hyphens and
//! white space never tell two names apart; every other mark is kept in the gap, so that "to Paris. Hilton said"
//! is no "Paris Hilton".
//!
//! A text is read in one pass. Most words are plain: runs of ASCII letters ([`Runs`]) with nothing odd behind them, and so
//! are most marks ([`plain`]); whatever else comes is cut by [`tokens`].

use crate::text::{
    Token, TokenKind,
    fold::{Folding, is_invisible},
    tokens::{self, is_alphanumeric, is_apostrophe},
};

use super::{gazetteer::Gazetteer, hash, plain, runs::Runs};

/// A word and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// The hash of its folded form.
    pub(super) hash: u64,
    /// What stands between the piece before and this one.
    pub(super) gap: Gap,
    /// Its letters.
    pub(super) shape: Shape,
    /// How many letters its folded form has, of which no more than 255 count.
    pub(super) letters: u8,
}

impl Piece {
    /// What stands behind the last word.
    pub(super) const NOTHING: Self =
        Self { start: 0, end: 0, hash: 0, gap: Gap::WALL, shape: Shape(0), letters: 0 };

    /// Whether it is a number.
    pub(super) fn is_number(&self) -> bool {
        self.shape.has(Shape::OTHER) && self.hash != hash::word(AND.0.as_bytes())
    }

    /// Appends the folded form of the piece, which is from `source`, to `out`.
    pub(super) fn fold(&self, source: &str, folding: Folding, out: &mut String) {
        let word = &source[self.start..self.end];
        if !self.shape.has(Shape::OTHER) {
            folding.fold(word, out);
        } else if matches!(word, "&" | "＆" | AMPERSAND) {
            out.push_str("and");
        } else if word.is_ascii() {
            // The point of "2.5" tells it from 25.
            out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            folding.fold(word, out);
        }
    }
}

/// How HTML writes "&".
const AMPERSAND: &str = "&amp;";

/// What an ampersand is folded to, and how many letters that has.
const AND: (&str, u8) = ("and", 3);

/// How HTML writes spaces that break no line.
const SPACES: [&str; 3] = ["&nbsp;", "&#160;", "&#xa0;"];

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
    pub(super) const WALL: Self = Self(u64::MAX);

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

/// Facts about the letters of a piece, before folding, and about names with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape(pub(super) u16);

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

    /// May begin a name if it is read in another way.
    pub(super) const BEGINS: Self = Self(32);
    /// May be misspelt for other words.
    pub(super) const READ: Self = Self(64);
    /// May begin a name as it is.
    pub(super) const FIRST: Self = Self(128);
    /// May stand behind the first word of a name.
    pub(super) const INNER: Self = Self(256);
    /// Its letters have not been looked at.
    pub(super) const UNSEEN: Self = Self(512);
    /// Has an apostrophe inside.
    pub(super) const APOSTROPHE: Self = Self(1024);
    /// The first letter of its Arabic article is missing.
    pub(super) const LACKS_ALIF: Self = Self(2048);

    /// Whether it has one of these facts.
    pub(super) fn has(self, facts: Self) -> bool {
        self.0 & facts.0 != 0
    }

    /// The facts of both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This shape where `holds`, else none.
    pub(super) fn when(self, holds: bool) -> Self {
        if holds { self } else { Self::default() }
    }
}

/// Takes words, in order.
pub(super) trait Words {
    /// Takes a plain word, of which no more is known.
    fn plain(&mut self, start: usize, end: usize, folding: Folding, gap: Gap);

    /// Takes a word that is not plain.
    fn other(&mut self, piece: Piece);

    /// Is told that no word follows.
    fn end(&mut self);

    /// Whether a name may have the word of this hash.
    fn may_know(&self, hash: u64) -> bool;
}

/// All words of a source.
struct All<'a> {
    source: &'a str,
    gazetteer: Option<&'a Gazetteer<'a>>,
    pieces: &'a mut Vec<Piece>,
}

impl Words for All<'_> {
    fn plain(&mut self, start: usize, end: usize, folding: Folding, gap: Gap) {
        let (hash, shape) = plain::word(self.source.as_bytes(), start, end, folding);
        self.pieces.push(Piece { start, end, hash, gap, shape, letters: at_most_255(end - start) });
    }

    fn other(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    fn end(&mut self) {}

    fn may_know(&self, hash: u64) -> bool {
        self.gazetteer.is_none_or(|gazetteer| gazetteer.facts(hash).has(Shape::FIRST.and(Shape::INNER)))
    }
}

/// Reads a text or a name and appends its pieces, in order.
pub(super) fn read(source: &str, folding: Folding, pieces: &mut Vec<Piece>) {
    read_to(source, folding, All { source, gazetteer: None, pieces });
}

/// Reads a text in which the names of a gazetteer are looked for and appends all its pieces, in order.
pub(super) fn read_text(source: &str, folding: Folding, gazetteer: &Gazetteer, pieces: &mut Vec<Piece>) {
    read_to(source, folding, All { source, gazetteer: Some(gazetteer), pieces });
}

/// Reads a text and gives its words.
pub(super) fn read_to(source: &str, folding: Folding, words: impl Words) {
    Reader::new(source, folding, words).read();
}

struct Reader<'a, W> {
    source: &'a str,
    folding: Folding,
    /// What stands between the last piece and here.
    gap: Gap,
    /// Where the last token ended.
    end: usize,
    /// Whether the last token was a word.
    after_word: bool,
    /// Room for the tokens at one place.
    tokens: Vec<Token>,
    /// Room for a folded word.
    folded: String,
    words: W,
}

impl<'a, W: Words> Reader<'a, W> {
    fn new(source: &'a str, folding: Folding, words: W) -> Self {
        let (tokens, folded) = (Vec::new(), String::new());
        Self { source, folding, gap: Gap::NONE, end: 0, after_word: false, tokens, folded, words }
    }

    fn read(mut self) {
        let bytes = self.source.as_bytes();
        let mut runs = Runs::new(bytes);
        while let Some((start, end)) = runs.next() {
            let is_next = start == self.end + 1 && bytes[self.end] == b' ';
            let mut at = if is_next || self.is_behind_mark(start) { start } else { self.between(start) };
            if at == start {
                if plain::stands_alone(bytes, start, end) {
                    self.plain(start, end);
                    continue;
                }
                at = self.other(start);
            }
            runs.skip_to(at);
        }
        self.between(bytes.len());
        self.words.end();
    }

    /// Reads a mark and a space that stand between the last token and the run at `start`, if no more than these do.
    fn is_behind_mark(&mut self, start: usize) -> bool {
        let &[mark, b' '] = &self.source.as_bytes()[self.end..start] else { return false };
        let is_plain = matches!(mark, b'!' | b'"' | b')' | b',' | b'.' | b':' | b';' | b'?');
        if is_plain {
            self.gap = self.gap.with(mark.into());
            self.after_word = false;
            self.end += 1;
        }
        is_plain
    }

    /// Reads what stands between the last token and the run at `start`. Says where to go on: behind `start` if the run
    /// belongs to what stands before it.
    fn between(&mut self, start: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = self.end;
        while at < start {
            at = if matches!(bytes[at], b' ' | b'\t'..=b'\r') {
                at + 1
            } else if let Some((mark, end)) = plain::mark(bytes, at) {
                self.mark(at, mark, end)
            } else {
                self.other(at)
            };
        }
        if at == start {
            self.meet(start);
            if start > 0 && bytes[start - 1] == b'#' {
                return self.hashtag(start);
            }
        }
        at
    }

    /// Gives out the words of a hashtag that are written as one, if no name has that, and says where they end.
    #[cold]
    #[inline(never)]
    fn hashtag(&mut self, start: usize) -> usize {
        let bytes = self.source.as_bytes();
        let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = start + run;
        let mut bounds = (start + 1..end).filter(|&at| is_hump(&bytes[start..end], at - start)).peekable();
        let is_one = bounds.peek().is_none() || !plain::stands_alone(bytes, start, end);
        if is_one || self.words.may_know(plain::hash(bytes, start, end, self.folding)) {
            return start;
        }
        let mut first = start;
        // Not as plain words: these are read in one place, the fastest.
        for bound in bounds.chain([end]) {
            let (hash, shape) = plain::word(bytes, first, bound, self.folding);
            let (gap, letters) = (self.gap, at_most_255(bound - first));
            self.give(Piece { start: first, end: bound, hash, gap, shape, letters });
            first = bound;
        }
        self.after_word = true;
        self.end = end;
        end
    }

    /// Gives out a plain word.
    #[inline]
    fn plain(&mut self, start: usize, end: usize) {
        let bytes = self.source.as_bytes();
        self.words.plain(start, end, self.folding, self.gap);
        self.gap = Gap::NONE;
        self.after_word = !bytes[start].is_ascii_digit();
        self.end = end;
    }

    /// Reads a plain mark and says where to go on.
    fn mark(&mut self, start: usize, mark: char, end: usize) -> usize {
        if self.after_word && self.end == start && is_apostrophe(mark) {
            let bytes = self.source.as_bytes();
            if let Some(last) = plain::clitic_end(bytes, end) {
                return self.clitic(start, end, last);
            }
            if !plain::is_no_letter(bytes, end) {
                return self.other(start);
            }
        }
        self.meet(start);
        self.gap = after_mark(self.gap, mark, self.source, start);
        self.after_word = false;
        self.end = end;
        end
    }

    /// Gives out a clitic, whose letters are behind its apostrophe, and says where it ends.
    fn clitic(&mut self, start: usize, letters: usize, end: usize) -> usize {
        let hash = plain::hash(self.source.as_bytes(), letters, end, self.folding);
        let (gap, shape, letters) = (self.gap, Shape::CLITIC, at_most_255(end - letters));
        self.give(Piece { start, end, hash, gap, shape, letters });
        self.after_word = false;
        self.end = end;
        end
    }

    /// Reads what is neither a plain word nor a plain mark, and says where it ends.
    fn other(&mut self, at: usize) -> usize {
        if let Some(space) = self.source[at..].chars().next().filter(|c| c.is_whitespace()) {
            return at + space.len_utf8();
        }
        if self.source.as_bytes()[at] == b'&'
            && let Some(end) = self.entity(at)
        {
            return end;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        let end = tokens::next_token(self.source, at, self.after_word && self.end == at, &mut tokens);
        for token in tokens.drain(..) {
            self.token(token);
        }
        self.tokens = tokens;
        end
    }

    /// Reads a mark or a space that HTML writes as an entity, and says where it ends.
    fn entity(&mut self, at: usize) -> Option<usize> {
        let rest = &self.source[at..];
        if rest.starts_with(AMPERSAND) {
            let end = at + AMPERSAND.len();
            self.meet(at);
            let (gap, shape, letters) = (self.gap, Shape::OTHER, AND.1);
            self.give(Piece { start: at, end, hash: hash::word(AND.0.as_bytes()), gap, shape, letters });
            self.after_word = false;
            self.end = end;
            return Some(end);
        }
        let space = SPACES.iter().find(|space| rest.starts_with(**space))?;
        Some(at + space.len())
    }

    fn token(&mut self, token: Token) {
        self.meet(token.span.start());
        let shape = match token.kind {
            TokenKind::Word | TokenKind::Acronym => letters(token.span.of(self.source)),
            TokenKind::Clitic => Shape::CLITIC,
            TokenKind::Number | TokenKind::Mark => Shape::OTHER,
        };
        let (start, end) = visible(self.source, token);
        let piece = Piece { start, end, hash: 0, gap: self.gap, shape, letters: 0 };
        self.folded.clear();
        if token.kind != TokenKind::Mark || matches!(token.span.of(self.source), "&" | "＆") {
            piece.fold(self.source, self.folding, &mut self.folded);
        }
        if self.folded.is_empty() {
            for (offset, mark) in token.span.of(self.source).char_indices() {
                self.gap = after_mark(self.gap, mark, self.source, token.span.start() + offset);
            }
        } else {
            let letters = at_most_255(self.folded.chars().count());
            let hash = hash::word(self.folded.as_bytes());
            self.give(Piece { hash, letters, ..piece });
        }
        self.after_word = token.kind == TokenKind::Word;
        self.end = token.span.end();
    }

    /// Looks at the white space before the token at `start`.
    fn meet(&mut self, start: usize) {
        if start - self.end != 1 || self.source.as_bytes()[self.end] != b' ' {
            self.meet_after(start);
        }
    }

    fn meet_after(&mut self, start: usize) {
        let space = &self.source[self.end..start];
        if (space.len() > 1 || space == "\x0c") && has_blank_line(space) {
            self.gap = Gap::WALL;
        }
    }

    fn give(&mut self, piece: Piece) {
        self.words.other(piece);
        self.gap = Gap::NONE;
    }
}

/// Whether a word of several that are written as one begins there: `MaraQuist`, `UNSummit`, `Summit2016`.
fn is_hump(run: &[u8], at: usize) -> bool {
    let (last, first, next) = (run[at - 1], run[at], run.get(at + 1).copied().unwrap_or(b' '));
    let is_capital = first.is_ascii_uppercase() && (!last.is_ascii_uppercase() || next.is_ascii_lowercase());
    is_capital || (first.is_ascii_digit() && !last.is_ascii_digit())
}

pub(super) fn at_most_255(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

fn letters(word: &str) -> Shape {
    let mut shape = Shape::default();
    let mut count = 0_u32;
    for c in word.chars() {
        if c.is_uppercase() {
            shape = shape.and(Shape::UPPER);
        } else if is_apostrophe(c) {
            shape = shape.and(Shape::APOSTROPHE);
        } else if c.is_lowercase() {
            shape = shape.and(Shape::LOWER);
        }
        // One letter and many are told apart; asking costs most of what a word costs.
        count += u32::from(count < 2 && is_alphanumeric(c));
    }
    if count == 1 { shape.and(Shape::INITIAL) } else { shape }
}

/// The bytes of a token without invisible characters at its ends.
fn visible(source: &str, token: Token) -> (usize, usize) {
    let word = token.span.of(source);
    if word.is_ascii() {
        return (token.span.start(), token.span.end());
    }
    let start = token.span.start() + (word.len() - word.trim_start_matches(is_invisible).len());
    (start, start + word.trim_matches(is_invisible).len())
}

/// The gap after one more mark, which stands at `at`.
fn after_mark(gap: Gap, mark: char, source: &str, at: usize) -> Gap {
    match mark {
        // What cannot be seen, and what joins the parts of a foreign name.
        _ if is_invisible(mark) => gap,
        '·' | '・' | '‧' | '゠' | '＝' => gap,
        '_' if is_between_letters(source, at) => gap,
        _ if is_hyphen(mark) => match (joins(source, at, mark), gap) {
            (true, Gap::NONE) => Gap::HYPHEN,
            (true, _) => gap,
            (false, _) => gap.with('—'),
        },
        '\u{2014}' | '\u{2015}' => gap.with('—'),
        _ if is_quotation_mark(mark) => gap.with('"'),
        _ => gap.with(narrow(mark)),
    }
}

/// Whether a mark is a hyphen, or a short dash that stands for one.
pub(super) fn is_hyphen(mark: char) -> bool {
    matches!(mark, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '﹣' | '－')
}

/// The usual form of a mark that is written wide, or as in Chinese.
pub(super) fn narrow(mark: char) -> char {
    match mark {
        '。' => '.',
        '、' => ',',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(mark) - 0xfee0).unwrap_or(mark),
        _ if is_quotation_mark(mark) => '"',
        _ => mark,
    }
}

/// Whether a mark is one of a pair around words, of whatever shape: an apostrophe is none inside a word.
fn is_quotation_mark(mark: char) -> bool {
    is_apostrophe(mark)
        || matches!(mark, '"' | '“' | '”' | '„' | '‟' | '‚' | '‛' | '«' | '»' | '‹' | '›' | '＂')
}

/// Whether the mark of one byte at `at` stands between two letters or digits, where it is in place of a space.
fn is_between_letters(source: &str, at: usize) -> bool {
    let before = source[..at].chars().next_back();
    let after = source[at + 1..].chars().next();
    [before, after].into_iter().all(|c| c.is_some_and(is_alphanumeric))
}

/// A hyphen joins unless white space stands at its side; a line break after it is where a word was cut.
fn joins(source: &str, at: usize, hyphen: char) -> bool {
    let before = source[..at].chars().next_back();
    let after = source[at + hyphen.len_utf8()..].chars().next();
    before.is_some_and(|c| !c.is_whitespace())
        && after.is_some_and(|c| !c.is_whitespace() || matches!(c, '\n' | '\r'))
}

/// Whether white space has two line breaks or more.
fn has_blank_line(space: &str) -> bool {
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

    const FOLD: Folding = Folding { case: true, accents: true };

    impl<W: Words> Reader<'_, W> {
        /// Token by token, as what is not plain is read.
        fn read_slowly(mut self) {
            let mut at = 0;
            while at < self.source.len() {
                at = self.other(at);
            }
        }
    }

    #[test]
    fn plain_words_and_marks_are_what_tokens_say() {
        let parts = [
            "Mara",
            "it",
            "U",
            "s",
            "t",
            "7",
            "1990s",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\u{c}",
            "'",
            "’",
            "‘",
            "`",
            "ʼ",
            ".",
            ",",
            "-",
            "—",
            "“",
            "”",
            "…",
            "&",
            "é",
            "\u{301}",
            "\u{200b}",
            "\u{a0}",
            "東京",
            "서울",
            "$",
            "/",
            "\u{1}",
            "ve",
            "ａ",
            "Constantinopolitan",
        ];
        // All runs of three parts, and longer ones at random.
        let mut seed = 7_u64;
        let mut next = |bound: usize| {
            seed = hash::mix(seed, 0x9e37_79b9_7f4a_7c15);
            usize::try_from(seed >> 40).unwrap() % bound
        };
        let triples = parts.iter().flat_map(|a| parts.iter().map(move |b| [*a, b]));
        let triples = triples.flat_map(|[a, b]| parts.iter().map(move |c| [a, b, c, " "].concat()));
        let mut sources: Vec<String> = triples.collect();
        sources.extend((0..5_000).map(|_| (0..40).map(|_| parts[next(parts.len())]).collect()));
        for source in sources {
            let (mut fast, mut slow) = (Vec::new(), Vec::new());
            for folding in [FOLD, Folding { case: false, accents: false }] {
                read(&source, folding, &mut fast);
                let all = All { source: &source, gazetteer: None, pieces: &mut slow };
                Reader::new(&source, folding, all).read_slowly();
            }
            assert_eq!(fast, slow, "{source:?}");
        }
    }

    fn pieces(source: &str) -> Vec<(String, Gap)> {
        let mut out = Vec::new();
        let mut pieces = Vec::new();
        read(source, FOLD, &mut pieces);
        for piece in pieces {
            let mut folded = String::new();
            piece.fold(source, FOLD, &mut folded);
            assert_eq!(piece.hash, hash::word(folded.as_bytes()), "{folded}");
            out.push((folded, piece.gap));
        }
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
        assert_eq!(pieces("Mara． Quist")[1].1, Gap::STOP);
        assert_eq!(pieces("Quist, Mara")[1].1, Gap::COMMA);
        assert!(pieces("Mara\n \nQuist")[1].1.is_wall());
        assert!(pieces("Mara\u{c}Quist")[1].1.is_wall());
        assert!(pieces("Mara .... Quist")[1].1.is_wall());
        assert_ne!(pieces("Mara - Quist")[1].1.marks(), Gap::NONE);
    }

    #[test]
    fn an_ampersand_is_a_word() {
        assert_eq!(pieces("Q&A").into_iter().map(|piece| piece.0).collect::<Vec<_>>(), ["q", "and", "a"]);
    }
}
