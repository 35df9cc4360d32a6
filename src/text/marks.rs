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
//!
//! Sentence, entity and quote stages all ask what stands inside marks, so the pairs are part of the text's view.

use super::{Span, tokens::is_apostrophe};

/// How deep quotations nest at the most; a deeper opener is no mark.
const DEEPEST: usize = 6;
/// A single-marked quotation is at most this long in bytes; a longer one is two apostrophes.
const LONGEST_SINGLE: usize = 400;

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
}

/// Pairs the marks of every paragraph; pairs are in the order of their openers.
pub(super) fn pair(source: &str, blocks: &[Span]) -> Vec<MarkPair> {
    let mut pairing = Pairing { source, pairs: Vec::new(), open: Vec::new() };
    for (index, &block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1).map_or("", |next| next.of(source));
        for mark in marks(source, block) {
            if !pairing.close(mark, block) {
                pairing.open(mark);
            }
        }
        pairing.end_block(block, next);
    }
    quotations(source, &pairing.pairs)
}

impl Pairing<'_> {
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

    fn open(&mut self, mark: Mark) {
        let Some(style) = STYLES.iter().find(|style| style.open == mark.sign) else {
            return;
        };
        if !opens(mark, style) {
            return;
        }
        if let Some(depth) = self.open.iter().position(|open| open.style.open == style.open) {
            // Open already: its closing mark was lost.
            self.end_open(depth, mark.span.start());
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        let parent = self.open.last().map(|open| open.pair);
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

/// Whether an opener may stand here.
fn opens(mark: Mark, style: &Style) -> bool {
    let Some(after) = mark.after.chars().next() else {
        return false;
    };
    let after_word = mark.before.is_some_and(char::is_alphanumeric);
    match mark.sign {
        _ if ALWAYS_OPEN.contains(&mark.sign) => true,
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

/// "’em", "’90s": an apostrophe that stands for what is left out.
fn is_elision(after: &str) -> bool {
    let word: String = after.chars().take(6).take_while(|c| c.is_alphanumeric()).collect();
    let decade = word.len() >= 2
        && word.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        && matches!(&word[2..], "" | "s");
    decade || ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(&word))
}

/// The marks of a paragraph, in order.
fn marks(source: &str, block: Span) -> impl Iterator<Item = Mark<'_>> {
    let text = block.of(source);
    let mut behind = 0;
    text.char_indices().filter_map(move |(at, c)| {
        if at < behind || !may_be_mark(c) {
            return None;
        }
        let sign = sign_at(&text[at..], c)?;
        behind = at + sign.len();
        let span = Span::new(block.start() + at, block.start() + behind);
        Some(Mark { sign, span, before: text[..at].chars().next_back(), after: &text[behind..] })
    })
}

fn may_be_mark(c: char) -> bool {
    if c.is_ascii() {
        matches!(c, '"' | '\'' | '`')
    } else {
        is_apostrophe(c) || "“”„‟«»‹›‚「」『』".contains(c)
    }
}

/// The mark at the beginning of `text`; a lone backtick is none.
fn sign_at(text: &str, c: char) -> Option<&str> {
    match c {
        '`' => text.starts_with("``").then(|| &text[..2]),
        '\'' if text.starts_with("''") => Some(&text[..2]),
        _ => Some(&text[..c.len_utf8()]),
    }
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
    use crate::text::Text;

    fn inside(source: &str) -> Vec<&str> {
        Text::new(source).marks().iter().map(|pair| pair.inner.of(source)).collect()
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
    fn a_quotation_goes_on_in_the_next_paragraph() {
        let text = "“One.\n\n“Two.”\n\n“Three.”";
        let continued: Vec<_> = Text::new(text).marks().iter().map(|pair| pair.continued).collect();
        assert_eq!(continued, [true, false, false]);
    }
}
