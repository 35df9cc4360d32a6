//! Quotation marks, paired.
//!
//! A mark opens, closes, or may do both; which marks go together is a row of the table `STYLES`. Pairing reads each
//! paragraph once, from left to right, with a stack of the marks that are open:
//!
//! * An opener that opens what is open already says that a closing mark was lost: the first one ends there.
//! * A closer closes the innermost opener it goes with, and what was opened inside that and not closed.
//! * What is still open at the end of a paragraph ends there; where the next paragraph opens again with the
//!   same mark, the quotation goes on in it, as print has it.
//! * A mark that may be an apostrophe (`'` and `’`) opens and closes only where no apostrophe can stand.
//! * Where a dash leads what is said, marks inside it are nested in it: see `dashes.rs`.
//!
//! Sentence, entity and quote stages all ask what stands inside marks, so the pairs are part of the text's view.

use super::{
    Span,
    bits::{Lanes, is, positions, within},
    dashes,
    tokens::is_apostrophe,
};

/// How deep quotations nest at the most; a deeper opener is no mark.
const DEEPEST: usize = 6;
/// A single-marked quotation is at most this long in bytes; a longer one is two apostrophes.
const LONGEST_SINGLE: usize = 400;

/// No further ahead, in bytes, is looked for the end of a quotation inside one in the same marks.
const LONGEST_DOUBLE: usize = 2000;

/// One opener with its closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkPair {
    /// From the opening mark to behind the closing one.
    pub outer: Span,
    /// What stands between, without white space at its ends.
    pub inner: Span,
    /// Whether the closing mark is there.
    pub closed: bool,
    /// Whether the quotation goes on with the next pair of the same depth, in the next paragraph.
    pub continued: bool,
    /// Whether it is marked by single marks.
    pub single: bool,
    /// The index of the pair that this one stands in.
    pub parent: Option<usize>,
}

/// A way of marking: its opener and every closer seen with it in print and on the web.
struct Style {
    open: &'static str,
    close: &'static [&'static str],
    single: bool,
}

const STYLES: [Style; 16] = [
    Style { open: "“", close: &["”", "\"", "''", "“"], single: false },
    Style { open: "\"", close: &["\"", "”", "''"], single: false },
    Style { open: "”", close: &["”", "\""], single: false },
    Style { open: "„", close: &["“", "”", "\""], single: false },
    Style { open: "‟", close: &["”", "\""], single: false },
    Style { open: "``", close: &["''", "\"", "”"], single: false },
    Style { open: "''", close: &["''", "\"", "”"], single: false },
    Style { open: "«", close: &["»"], single: false },
    Style { open: "»", close: &["«"], single: false },
    Style { open: "「", close: &["」"], single: false },
    Style { open: "『", close: &["』"], single: false },
    Style { open: "‘", close: &["’", "'"], single: true },
    Style { open: "'", close: &["'", "’"], single: true },
    Style { open: "‚", close: &["‘", "’"], single: true },
    Style { open: "‹", close: &["›"], single: true },
    Style { open: "›", close: &["‹"], single: true },
];

/// Openers that never close anything and so open wherever they stand.
const ALWAYS_OPEN: [&str; 7] = ["“", "„", "‟", "``", "「", "『", "‚"];
/// Marks as HTML escapes them; the longest escape has so many bytes.
const ENTITIES: [(&str, &str); 12] = [
    ("\"", "quot"),
    ("'", "apos"),
    ("“", "ldquo"),
    ("”", "rdquo"),
    ("„", "bdquo"),
    ("‘", "lsquo"),
    ("’", "rsquo"),
    ("‚", "sbquo"),
    ("«", "laquo"),
    ("»", "raquo"),
    ("‹", "lsaquo"),
    ("›", "rsaquo"),
];
const LONGEST_ENTITY: usize = 9;
/// Words that begin with an apostrophe.
const ELIDED: [&str; 9] = ["em", "til", "tis", "twas", "cause", "n", "bout", "round", "cuz"];

/// A mark in the text with what stands beside it.
#[derive(Clone, Copy)]
struct Mark<'a> {
    sign: &'a str,
    span: Span,
    before: Option<char>,
    after: &'a str,
}

/// An opener on the stack: the pair that it began and its style.
struct Open {
    pair: usize,
    style: &'static Style,
}

struct Pairing<'a> {
    source: &'a str,
    pairs: Vec<MarkPair>,
    open: Vec<Open>,
    /// Whether a quotation that the paragraph begins with seems to go on in the next.
    continues: bool,
    /// The pair around all of them, where a dash leads what is said.
    speech: Option<usize>,
}

/// Pairs the marks of every paragraph; pairs are in the order of their openers.
pub(super) fn pair(source: &str, blocks: &[Span]) -> Vec<MarkPair> {
    let mut pairing = Pairing { source, pairs: Vec::new(), open: Vec::new(), continues: false, speech: None };
    let speech = dashes::speech(source, blocks);
    for (index, &block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1).map_or("", |next| next.of(source));
        if let Some(pieces) = &speech[index] {
            pairing.led(block, pieces);
        } else {
            let text = block.of(source);
            pairing.continues = text.starts_with('"') && !text.ends_with('"') && next.starts_with('"');
            pairing.read(block);
            pairing.end_block(block, next);
        }
    }
    quotations(source, &pairing.pairs)
}

impl Pairing<'_> {
    /// Pairs the marks of a paragraph, or of a part of one.
    fn read(&mut self, block: Span) {
        for mark in marks(self.source, block) {
            if !self.close(mark, block) {
                self.open(mark, block);
            }
        }
    }

    /// Pairs the marks of a paragraph that a dash leads: those inside each piece are nested in it.
    fn led(&mut self, block: Span, pieces: &[Span]) {
        let mut at = block.start();
        for &piece in pieces {
            self.read(Span::new(at, piece.start()));
            self.end_open(0, piece.start());
            let dash = self.source[at..piece.start()].char_indices().rev().find(|&(_, c)| dashes::is_dash(c));
            let start = dash.map_or(piece.start(), |(offset, _)| at + offset);
            self.speech = Some(self.pairs.len());
            self.pairs.push(MarkPair {
                outer: Span::new(start, piece.end()),
                inner: piece,
                closed: true,
                continued: false,
                single: false,
                parent: None,
            });
            self.read(piece);
            self.end_open(0, piece.end());
            self.speech = None;
            at = piece.end();
        }
        self.read(Span::new(at, block.end()));
        self.end_open(0, block.end());
    }

    /// Closes the innermost opener that this mark goes with, if it can close here.
    fn close(&mut self, mark: Mark, block: Span) -> bool {
        let Some(depth) = self.open.iter().rposition(|open| open.style.close.contains(&mark.sign)) else {
            return false;
        };
        let Open { pair, style } = self.open[depth];
        let opened = self.pairs[pair].outer;
        if !self.closes(mark, style, opened, block) {
            return false;
        }
        self.end_open(depth + 1, mark.span.start());
        self.open.truncate(depth);
        self.end_pair(pair, mark.span.start());
        self.pairs[pair].closed = true;
        self.pairs[pair].outer = opened.to(mark.span);
        true
    }

    fn closes(&self, mark: Mark, style: &Style, opened: Span, block: Span) -> bool {
        let touches_word = mark.before.is_some_and(|c| !c.is_whitespace());
        let ends_word = !mark.after.starts_with(char::is_alphanumeric);
        match mark.sign {
            "'" | "’" if style.single => {
                let length = mark.span.end() - opened.start();
                touches_word && ends_word && length <= LONGEST_SINGLE && !self.is_possessive(mark, block)
            }
            // Glued text has a word right behind the closing mark; an opener has a space before it.
            "\"" | "''" | "‘" | "»" | "«" | "›" | "‹" => touches_word || ends_word,
            "“" if style.open != "„" => touches_word && ends_word,
            _ => true,
        }
    }

    /// Whether this is a plural's apostrophe, as in "the unions’ leaders", and a later mark can close.
    fn is_possessive(&self, mark: Mark, block: Span) -> bool {
        if mark.before != Some('s') || !mark.after.starts_with(' ') {
            return false;
        }
        let rest = Span::new(mark.span.end(), block.end()).of(self.source);
        let window: String = rest.chars().take(LONGEST_SINGLE / 4).collect();
        let closes_later = window.match_indices(mark.sign).any(|(at, sign)| {
            let behind = &window[at + sign.len()..];
            !behind.starts_with(char::is_alphanumeric) && !window[..at].ends_with(char::is_whitespace)
        });
        window.trim_start().starts_with(char::is_lowercase) && closes_later && !window.contains(['‘', '“'])
    }

    fn open(&mut self, mark: Mark, block: Span) {
        let Some(style) = STYLES.iter().find(|style| style.open == mark.sign) else {
            return;
        };
        if !opens(mark, style) {
            return;
        }
        if let Some(depth) = self.open.iter().position(|open| open.style.open == style.open)
            && !self.is_deeper(depth, style, mark)
            && !self.is_closed_twice(style, mark, block)
        {
            // Open already: its closing mark was lost.
            self.end_open(depth, mark.span.start());
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        let parent = self.open.last().map(|open| open.pair).or(self.speech);
        self.open.push(Open { pair: self.pairs.len(), style });
        self.pairs.push(MarkPair {
            outer: mark.span,
            inner: Span::new(mark.span.end(), mark.span.end()),
            closed: false,
            continued: false,
            single: style.single,
            parent,
        });
    }

    /// Whether straight marks that are open already, once, have more that close in the rest of the paragraph than that open:
    /// "It was an episode of "Low Tide," and it leaks." Where the quotation goes on in the next paragraph, that closes it.
    fn is_closed_twice(&self, style: &Style, mark: Mark, block: Span) -> bool {
        let rest = Span::new(mark.span.start(), block.end()).of(self.source);
        if style.open != "\"" || self.open.len() > 1 || rest.len() > LONGEST_DOUBLE {
            return false;
        }
        let mut before = mark.before;
        let mut chars = rest.chars().peekable();
        let mut balance = 0;
        while let Some(c) = chars.next() {
            let after = chars.peek().copied();
            if c == '"' {
                let [left, right] = [before, after].map(|beside| beside.is_none_or(char::is_whitespace));
                balance += i32::from(right && !left) - i32::from(left && !right);
            }
            before = Some(c);
        }
        let in_sentence = self.source[..mark.span.start()].trim_end().ends_with(char::is_alphanumeric);
        balance + i32::from(in_sentence && self.continues) > 0
    }

    /// Whether a quotation in marks that are open already is one inside a single-marked quotation inside them, which closes
    /// behind it: “She said ‘he told us “never” and left.’”
    fn is_deeper(&self, depth: usize, style: &Style, mark: Mark) -> bool {
        let inside = self.open.last().filter(|last| self.open.len() > depth + 1 && last.style.single);
        let Some(single) = inside else { return false };
        let closing = |text: &str, signs: &[&str]| {
            let found = signs.iter().filter_map(|sign| text.find(sign).map(|at| (at, at + sign.len())));
            found.min()
        };
        let window = window(mark.after);
        let Some((_, own)) = closing(window, style.close) else { return false };
        let rest = &window[own..];
        let next = closing(rest, &[style.open]).map_or(rest.len(), |(at, _)| at);
        let apart = |at: usize| !rest[at..].starts_with(char::is_alphanumeric);
        single.style.close.iter().any(|sign| {
            rest[..next]
                .match_indices(sign)
                .any(|(at, _)| apart(at + sign.len()) && !rest[..at].ends_with(' '))
        })
    }

    /// What is open at a paragraph's end ends there, and goes on where the next one opens alike.
    fn end_block(&mut self, block: Span, next: &str) {
        for open in &self.open {
            self.pairs[open.pair].continued = !open.style.single && next.starts_with(open.style.open);
        }
        self.end_open(0, block.end());
    }

    /// Ends the openers from this depth on, which nothing closed.
    fn end_open(&mut self, depth: usize, end: usize) {
        while self.open.len() > depth {
            if let Some(open) = self.open.pop() {
                self.end_pair(open.pair, end);
            }
        }
    }

    fn end_pair(&mut self, pair: usize, end: usize) {
        let pair = &mut self.pairs[pair];
        pair.inner = Span::new(pair.inner.start(), end).trimmed(self.source);
        pair.outer = Span::new(pair.outer.start(), pair.inner.end());
    }
}

/// As much of a text as a single-marked quotation may have.
fn window(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_SINGLE).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Whether an opener may stand here.
fn opens(mark: Mark, style: &Style) -> bool {
    let Some(after) = mark.after.chars().next() else {
        return false;
    };
    let after_word = mark.before.is_some_and(char::is_alphanumeric);
    match mark.sign {
        _ if ALWAYS_OPEN.contains(&mark.sign) => true,
        // "« Ja »": a space stands inside guillemets where one stands before them too.
        "«" | "‹" if after.is_whitespace() => mark.before.is_none_or(|c| c.is_whitespace() || c == '('),
        _ if after.is_whitespace() => false,
        "\"" => {
            let inches = mark.before.is_some_and(char::is_numeric) && !after.is_alphanumeric();
            !inches && !matches!(after, ',' | ';' | ':' | ')' | ']')
        }
        _ if style.single && !matches!(mark.sign, "‹" | "›") => {
            !after_word
                && (after.is_alphanumeric() || matches!(after, '…' | '.' | '['))
                && !is_elision(mark.after)
        }
        _ => !after_word,
    }
}

/// "6' 2"": feet that inches follow, and the inches behind them.
fn is_measure(before: &str, sign: &str, after: &str) -> bool {
    let digits = |text: &str| text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = (digits(before), &before[..before.len() - digits(before)]);
    let is_foot =
        |text: &str| text.ends_with(['\'', '’']) && digits(&text[..text.len() - last_len(text)]) > 0;
    match sign {
        "'" | "’" => {
            let after = after.strip_prefix(' ').unwrap_or(after);
            let inches = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            number > 0 && inches > 0 && after[inches..].starts_with(['"', '”'])
        }
        "\"" | "”" => number > 0 && is_foot(rest.strip_suffix(' ').unwrap_or(rest)),
        _ => false,
    }
}

/// How many bytes the last character has.
fn last_len(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

/// "rock 'n' roll": both apostrophes stand for what is left out.
fn is_and(before: &str, sign: &str, after: &str) -> bool {
    let apart = |text: &str| !text.starts_with(char::is_alphanumeric);
    let opens = after.strip_prefix(['n', 'N']).and_then(|rest| rest.strip_prefix(['\'', '’']));
    let closes = before.strip_suffix(['n', 'N']).and_then(|rest| rest.strip_suffix(['\'', '’', '‘']));
    matches!(sign, "'" | "’" | "‘")
        && (opens.is_some_and(|rest| apart(rest) && !before.ends_with(char::is_alphanumeric))
            || closes.is_some_and(|rest| apart(after) && !rest.ends_with(char::is_alphanumeric)))
}

/// "’em", "’90s": an apostrophe that stands for what is left out.
fn is_elision(after: &str) -> bool {
    let word: String = after.chars().take(6).take_while(|c| c.is_alphanumeric()).collect();
    let decade = word.len() >= 2
        && word.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        && matches!(&word[2..], "" | "s");
    decade || ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(&word))
}

/// The first bytes of what may be a mark.
fn begin_marks(lanes: Lanes) -> Lanes {
    is(lanes, b'"')
        | within(lanes, b'&', b'\'')
        | is(lanes, b'`')
        | is(lanes, 0xc2)
        | is(lanes, 0xca)
        | within(lanes, 0xe2, 0xe3)
        | is(lanes, 0xef)
}

/// The marks of a paragraph, in order.
fn marks(source: &str, block: Span) -> impl Iterator<Item = Mark<'_>> {
    let text = block.of(source);
    let mut behind = 0;
    positions(text.as_bytes(), begin_marks).filter_map(move |at| {
        if at < behind {
            return None;
        }
        let c = text[at..].chars().next().filter(|&c| may_be_mark(c))?;
        let (sign, length) = sign_at(&text[at..], c)?;
        behind = at + length;
        if is_measure(&text[..at], sign, &text[behind..]) || is_and(&text[..at], sign, &text[behind..]) {
            return None;
        }
        let span = Span::new(block.start() + at, block.start() + behind);
        Some(Mark { sign, span, before: text[..at].chars().next_back(), after: &text[behind..] })
    })
}

fn may_be_mark(c: char) -> bool {
    if c.is_ascii() {
        matches!(c, '"' | '\'' | '`' | '&')
    } else {
        is_apostrophe(c) || "“”„‟«»‹›‚「」『』".contains(c)
    }
}

/// The mark at the beginning of `text`, and how many bytes it is written with; a lone backtick is none.
fn sign_at(text: &str, c: char) -> Option<(&str, usize)> {
    let sign = match c {
        '&' => return entity_at(text),
        '`' => text.starts_with("``").then(|| &text[..2])?,
        '\'' if text.starts_with("''") => &text[..2],
        _ => &text[..c.len_utf8()],
    };
    Some((sign, sign.len()))
}

/// The mark that an escape of HTML at the beginning of `text` stands for: `&quot;`, `&#8220;`, `&#x201C;`.
fn entity_at(text: &str) -> Option<(&'static str, usize)> {
    let name = &text[1..=text.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?];
    let name = name.trim_end_matches(';');
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    let is_it = |(sign, entity): &&(&'static str, &str)| match number {
        Some(number) => sign.chars().next().is_some_and(|c| u32::from(c) == number),
        None => *entity == name,
    };
    ENTITIES.iter().find(is_it).map(|(sign, _)| (*sign, name.len() + 2))
}

/// Without the single marks that nothing closed, which were apostrophes, the pairs around nothing, and the values of
/// left-over mark-up (`id="7"`).
fn quotations(source: &str, pairs: &[MarkPair]) -> Vec<MarkPair> {
    let mut kept = Vec::with_capacity(pairs.len());
    // For each pair, its new index, or that of the nearest kept pair around it.
    let mut index_of: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let parent = pair.parent.and_then(|parent| index_of[parent]);
        let is_value = source[..pair.outer.start()].ends_with('=');
        if (pair.single && !pair.closed) || pair.inner.is_empty() || is_value {
            index_of.push(parent);
        } else {
            index_of.push(Some(kept.len()));
            kept.push(MarkPair { parent, ..*pair });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{begin_marks, may_be_mark, positions};
    use crate::text::Text;

    fn inside(source: &str) -> Vec<&str> {
        Text::new(source).marks().iter().map(|pair| pair.inner.of(source)).collect()
    }

    #[test]
    fn a_mark_is_known_by_its_first_byte() {
        for c in (0..0x1_1000).filter_map(char::from_u32).filter(|&c| may_be_mark(c)) {
            assert_eq!(
                positions(c.encode_utf8(&mut [0; 4]).as_bytes(), begin_marks).next(),
                Some(0),
                "{c:?}"
            );
        }
    }

    #[test]
    fn every_style_pairs() {
        for text in [
            "“a b”",
            "\"a b\"",
            "„a b“",
            "„a b”",
            "«a b»",
            "»a b«",
            "``a b''",
            "''a b''",
            "「a b」",
            "‘a b’",
            "'a b'",
            "‹a b›",
            "”a b”",
            "“a b\"",
            "‚a b‘",
            "«\u{a0}a b\u{a0}»",
            "« a b »",
        ] {
            assert_eq!(inside(text), ["a b"], "{text}");
            assert_eq!(inside(&format!("He said {text}, then left.")), ["a b"], "{text}");
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        for text in [
            "It’s the unions’ problem",
            "rock 'n' roll in the '90s",
            "tell 'em it's 6' 2\" tall",
            "the boys’ and girls’ teams",
        ] {
            assert_eq!(inside(text), [""; 0], "{text}");
        }
        assert_eq!(inside("‘It’s the unions’ fault,’ he said"), ["It’s the unions’ fault,"]);
    }

    #[test]
    fn values_of_markup_are_no_quotations() {
        assert_eq!(inside("He wrote <post id=\"7\" by='Quist'>\"It leaks\"</post>."), ["It leaks"]);
    }

    #[test]
    fn marks_nest() {
        let text = "“She said ‘never,’ and left,” he said.";
        let parents: Vec<_> = Text::new(text).marks().iter().map(|pair| pair.parent).collect();
        assert_eq!(inside(text), ["She said ‘never,’ and left,", "never,"]);
        assert_eq!(parents, [None, Some(0)]);
    }

    #[test]
    fn a_lost_mark_costs_its_paragraph_at_most() {
        assert_eq!(inside("“One is open.\n\n“Two,” he said."), ["One is open.", "Two,"]);
        assert_eq!(inside("“One is open. “Two,” he said."), ["One is open.", "Two,"]);
        assert_eq!(inside("No opener,” he said. “Two.”"), ["Two."]);
    }

    #[test]
    fn glued_marks_pair() {
        assert_eq!(inside("He said \"it is over.\"She did not. \"No,\" she said."), ["it is over.", "No,"]);
    }

    #[test]
    fn straight_marks_nest_where_they_close_twice() {
        let text = "\"It was an episode of \"Low Tide,\" and it leaks.\" \"No.\"";
        assert_eq!(inside(text), ["It was an episode of \"Low Tide,\" and it leaks.", "Low Tide,", "No."]);
        let text = "\"It was an episode of \"Low Tide,\" and it leaks.\n\n\"It does.\"";
        assert_eq!(
            inside(text),
            ["It was an episode of \"Low Tide,\" and it leaks.", "Low Tide,", "It does."]
        );
        assert_eq!(
            inside("\"One is open. \"Two,\" he said.\n\n\"Three.\""),
            ["One is open.", "Two,", "Three."]
        );
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        let text = "“One.\n\n“Two.”\n\n“Three.”";
        let continued: Vec<_> = Text::new(text).marks().iter().map(|pair| pair.continued).collect();
        assert_eq!(continued, [true, false, false]);
    }
}
