//! The words around a candidate. Nothing here looks further than a fixed number of bytes, so that every decision
//! costs the same however long the text's words are.

use super::{
    candidates::{Candidate, Kind, char_at},
    marks,
    words::Words,
};
use crate::lang::{Class, Classes};

/// How far to look for the ends of the word before and after.
const REACH: usize = 40;

/// A candidate and what surrounds it.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) source: &'a str,
    pub(super) words: &'a Words,
    pub(super) candidate: Candidate,
    /// Where the sentence that may end here began.
    pub(super) sentence: usize,
    /// Whether that sentence is the first of its paragraph.
    pub(super) opens: bool,
    pub(super) left: Left<'a>,
    pub(super) right: Right<'a>,
}

/// The word before a stop.
#[derive(Debug)]
pub(super) struct Left<'a> {
    /// From the last white space or bracket.
    pub(super) run: &'a str,
    /// The letters and digits at the end of the run, with the stops of an acronym.
    pub(super) word: &'a str,
    pub(super) classes: Classes,
    /// Whether a stop stands inside the word: `U.S`, `Ph.D`.
    pub(super) acronym: bool,
}

/// The word after a stop.
#[derive(Debug)]
pub(super) struct Right<'a> {
    /// Whether a mark that may open stands before the word, and whether it is a quotation mark.
    pub(super) opener: Option<char>,
    pub(super) first: First,
    pub(super) word: &'a str,
    pub(super) classes: Classes,
    /// Whether it is "No." before a number.
    counts: bool,
    /// Where the word ends.
    pub(super) end: usize,
}

/// What the next word begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    Upper,
    Lower,
    Digit,
    /// A letter of a script without case.
    Letter,
    Mark(char),
    /// Nothing comes.
    End,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        source: &'a str,
        words: &'a Words,
        candidate: Candidate,
        sentence: usize,
        opens: bool,
    ) -> Self {
        let before = &source[sentence..candidate.start];
        let before = if candidate.kind == Kind::Break { before.trim_end() } else { before };
        let left = Left::new(before, words);
        let right = Right::new(source, words, candidate.next);
        Self { source, words, candidate, sentence, opens, left, right }
    }

    /// Whether the word before is the first of its sentence, but for marks.
    pub(super) fn left_is_first(&self) -> bool {
        let start = self.candidate.start - self.left.word.len();
        start - self.sentence <= REACH
            && !self.source[self.sentence..start].contains(|c: char| c.is_alphanumeric())
    }

    /// Whether quotation marks that differ from their partners are open in this sentence, as far as one can see.
    pub(super) fn is_quoted(&self) -> bool {
        const REACH: usize = 400;
        let sentence = tail(&self.source[self.sentence..self.candidate.end], REACH);
        let last = sentence.chars().rev().find(|c| matches!(c, '«' | '»' | '“' | '”' | '„'));
        matches!(last, Some('«' | '“' | '„'))
    }

    /// Whether a straight quotation mark is open in this sentence, or one of the others, as far as one can see.
    pub(super) fn is_in_quotation(&self) -> bool {
        const REACH: usize = 400;
        let sentence = tail(&self.source[self.sentence..self.candidate.end], REACH);
        sentence.bytes().filter(|&byte| byte == b'"').count() % 2 == 1 || self.is_quoted()
    }

    /// Whether a question or an exclamation of this sentence was opened, as far as one can see.
    pub(super) fn opened_a_question(&self) -> bool {
        const REACH: usize = 400;
        tail(&self.source[self.sentence..self.candidate.start], REACH).contains(['¿', '¡'])
    }

    /// Whether there is nothing but marks before the stop.
    pub(super) fn sentence_has_no_word(&self) -> bool {
        self.short_sentence().is_some_and(|sentence| !sentence.contains(char::is_alphanumeric))
    }

    /// The sentence as far as it goes, if that is not far.
    pub(super) fn short_sentence(&self) -> Option<&'a str> {
        (self.candidate.start - self.sentence <= REACH)
            .then(|| &self.source[self.sentence..self.candidate.start])
    }

    /// The sentence from its first letter on, as far as one can see.
    pub(super) fn begun(&self) -> &'a str {
        let begun = head(&self.source[self.sentence..self.candidate.start], REACH);
        begun.trim_start_matches(|c: char| !c.is_alphabetic())
    }

    /// Whether the word before the last begins with a small letter.
    pub(super) fn before_left_is_lower(&self) -> bool {
        self.before_left().starts_with(char::is_lowercase)
    }

    /// Whether the word before the last begins with a capital, perhaps behind a mark: `“Mara J. Quist`.
    pub(super) fn before_left_is_upper(&self) -> bool {
        self.before_left().trim_start_matches(marks::is_opener).starts_with(char::is_uppercase)
    }

    /// The word before the last.
    pub(super) fn before_left(&self) -> &'a str {
        let before = &self.source[self.sentence..self.candidate.start - self.left.word.len()];
        tail(before.trim_end(), REACH).rsplit(char::is_whitespace).next().unwrap_or_default()
    }

    /// The words that follow, from the first on.
    pub(super) fn following(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let start = self.right.end - self.right.word.len();
        head(&self.source[start..], 2 * REACH).split_whitespace()
    }

    /// The words that follow and those before that stand next to the candidate, as far as one can see.
    pub(super) fn around(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let before = tail(&self.source[self.sentence..self.candidate.start], 2 * REACH);
        before.split_whitespace().chain(self.following())
    }

    /// All up to the next white space, as far as one can see.
    pub(super) fn next_run(&self) -> &'a str {
        let text = head(&self.source[self.candidate.next..], REACH);
        &text[..text.find(char::is_whitespace).unwrap_or(text.len())]
    }
}

impl<'a> Left<'a> {
    fn new(before: &'a str, words: &Words) -> Self {
        let before = tail(before, REACH);
        let run = after_last(before, |c| c.is_whitespace() || opens_run(c));
        let plain = after_last(run, |c| !is_word_char(c)).trim_start_matches(['\'', '’', '-']);
        let word = acronym(run, plain);
        let classes = if is_address(run) {
            Classes::default()
        } else {
            spaced_abbreviation(before, word, words).unwrap_or_else(|| words.classes_of_ending(word))
        };
        Self { run, word, classes, acronym: word.len() > plain.len() }
    }

    pub(super) fn has(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    pub(super) fn is_upper(&self) -> bool {
        self.word.starts_with(char::is_uppercase)
    }

    /// The word, if it is one letter.
    pub(super) fn letter(&self) -> Option<char> {
        let mut chars = self.word.chars();
        chars.next().filter(|c| c.is_alphabetic() && chars.next().is_none())
    }
}

impl<'a> Right<'a> {
    fn new(source: &'a str, words: &Words, next: usize) -> Self {
        const OPENERS: usize = 4;
        // Two commas are the low mark of typewriters.
        let low = source[next..].starts_with(",,");
        let mut at = next + if low { 2 } else { 0 };
        let mut opener = low.then_some('„');
        for c in source[at..].chars().take(OPENERS).take_while(|&c| marks::is_opener(c)) {
            opener = opener.or(Some(c));
            at += c.len_utf8();
        }
        if low {
            at += source[at..].len() - source[at..].trim_start_matches(' ').len();
        }
        let word = leading_word(&source[at..]);
        let first = First::of(char_at(source, at));
        // "J. A. Quist": before a stop, a letter is an initial and no word.
        let initial = word.chars().count() == 1 && source[at + word.len()..].starts_with('.');
        let classes = match first {
            First::Upper | First::Letter if !initial => words.classes_of_beginning(word),
            _ => Classes::default(),
        };
        let counts = counts(word, &source[at + word.len()..]);
        Self { opener, first, word, classes, counts, end: at + word.len() }
    }

    pub(super) fn has(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// Whether it begins a sentence for sure: a capital that is due to that, and not to a name.
    pub(super) fn starts_sentence(&self) -> bool {
        let letters = self.word.chars().nth(1).is_some();
        self.has(Class::SentenceStarter) && !self.counts && !(letters && is_all_upper(self.word))
    }
}

impl First {
    fn of(c: Option<char>) -> Self {
        match c {
            None => Self::End,
            Some(c) if c.is_lowercase() => Self::Lower,
            Some(c) if c.is_uppercase() => Self::Upper,
            Some(c) if c.is_numeric() => Self::Digit,
            Some(c) if c.is_alphabetic() => Self::Letter,
            Some(c) => Self::Mark(c),
        }
    }
}

/// "No. 5": whether a word counts what follows and begins no sentence.
fn counts(word: &str, behind: &str) -> bool {
    let behind = behind.strip_prefix('.').unwrap_or(behind);
    matches!(word, "No" | "Nos") && matches!(behind.as_bytes(), [b' ', digit, ..] if digit.is_ascii_digit())
}

/// Whether a run of characters belongs to a web or mail address.
pub(super) fn is_address(run: &str) -> bool {
    run.contains('@') || is_web_address(run)
}

/// Whether a run of characters is a web address.
pub(super) fn is_web_address(run: &str) -> bool {
    run.contains("://") || run.starts_with("www.")
}

/// Whether all of a word's letters are capitals.
pub(super) fn is_all_upper(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

/// Whether no word reaches over a character to its left; an apostrophe may stand inside one.
fn opens_run(c: char) -> bool {
    marks::is_bullet(c) || (marks::is_opener(c) && !matches!(c, '\'' | '’' | '`'))
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || marks::is_letter_mark(c) || matches!(c, '\'' | '’' | '-' | '°' | '&')
}

fn ends_word(c: char) -> bool {
    !(c.is_alphanumeric() || marks::is_letter_mark(c) || matches!(c, '\'' | '’'))
}

/// The word that a text begins with.
pub(super) fn leading_word(text: &str) -> &str {
    let text = head(text, REACH);
    let word = &text[..text.find(ends_word).unwrap_or(text.len())];
    word.trim_end_matches(['\'', '’'])
}

/// `word` with the short parts before it that stops join to it, one of them a single letter: `U.S`, `Ph.D`.
fn acronym<'a>(run: &'a str, word: &'a str) -> &'a str {
    const LONGEST_PART: usize = 2;
    if word.chars().count() > LONGEST_PART {
        return word;
    }
    let mut start = run.len() - word.len();
    while let Some(before) = run[..start].strip_suffix('.') {
        let part = after_last(before, |c| !c.is_alphabetic());
        if !(1..=LONGEST_PART).contains(&part.chars().count()) {
            break;
        }
        start = before.len() - part.len();
    }
    let whole = &run[start..];
    let has_letter = whole.split('.').any(|part| part.chars().count() == 1);
    if has_letter && whole.contains('.') { whole } else { word }
}

/// The classes of an abbreviation of two words, each with its stop: `z. B.`, `EE. UU.`; a list has it as `z.b`.
fn spaced_abbreviation(before: &str, word: &str, words: &Words) -> Option<Classes> {
    const LONGEST_PART: usize = 3;
    let is_part = |part: &str| (1..=LONGEST_PART).contains(&part.chars().count());
    let rest = before.strip_suffix(word).filter(|_| is_part(word))?;
    let first = after_last(rest.strip_suffix([' ', '\u{a0}', '\u{202f}'])?.strip_suffix('.')?, |c| {
        !c.is_alphabetic()
    });
    let classes = is_part(first).then(|| words.classes(&format!("{first}.{word}")))?;
    (classes != Classes::default()).then_some(classes)
}

/// What comes after the last character of a kind.
fn after_last(text: &str, is: impl Fn(char) -> bool) -> &str {
    text.char_indices().rev().find(|&(_, c)| is(c)).map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// The last bytes of a text, up to `limit`.
pub(super) fn tail(text: &str, limit: usize) -> &str {
    let mut from = text.len().saturating_sub(limit);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The first bytes of a text, up to `limit`.
pub(super) fn head(text: &str, limit: usize) -> &str {
    let mut to = text.len().min(limit);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_whole() {
        for (run, word, whole) in [
            ("U.S", "S", "U.S"),
            ("Norland.U.S", "S", "U.S"),
            ("Ph.D", "D", "Ph.D"),
            ("repair.In", "In", "In"),
            ("J", "J", "J"),
        ] {
            assert_eq!(acronym(run, word), whole, "{run}");
        }
    }

    #[test]
    fn windows_end_between_characters() {
        assert_eq!(tail("aéé", 3), "é");
        assert_eq!(head("éé", 3), "é");
        assert_eq!(leading_word("Quist’s roof"), "Quist’s");
        assert_eq!(leading_word("Quists’ roof"), "Quists");
    }
}
