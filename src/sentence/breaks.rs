//! Single line breaks.
//!
//! In hard-wrapped text a line break is a space. Elsewhere each line is a unit of its own, a paragraph, heading or
//! list item, and its end ends a sentence, stop or no stop, unless the line shows that it goes on: it ends with a
//! comma, a dash or a word like "the", or the next one begins with a small letter.

use super::{
    candidates::{Candidate, Gap},
    context::{self, Context, First},
    marks,
};
use crate::{lang::Class, text::breaks::is_line_break};

/// Lines up to this long may have been filled by a hard wrap, if they are at least half as long.
const MARGIN: usize = 100;

/// Lines are measured no further.
const LONGEST: usize = 120;

/// Whether a sentence ends at the line break after the candidate, if there is one.
pub(super) fn ends_sentence(context: &Context) -> bool {
    context.candidate.gap == Gap::Line
        && (begins_item(context.source, context.candidate.next)
            || !(goes_on(context) || is_hard_wrapped(context.source, context.candidate)))
}

/// Whether a line ends with a comma in the middle of a sentence for sure: a small letter follows, or a word that is no name
/// behind more words than a greeting has.
pub(super) fn is_after_comma(context: &Context) -> bool {
    const GREETING: usize = 4;
    let before = context.source[context.sentence..context.candidate.start].trim_end();
    let small = context.right.first == First::Lower;
    let starts = || context.right.starts_sentence() && before.split_whitespace().nth(GREETING).is_some();
    context.candidate.gap == Gap::Line && before.ends_with(',') && (small || starts())
}

/// How many characters the lines before and after a gap have, up to [`LONGEST`].
pub(super) fn lines(source: &str, candidate: Candidate) -> (usize, usize) {
    let in_line = |&c: &char| !is_line_break(c);
    let before = source[..candidate.end].chars().rev().take(LONGEST).take_while(in_line).count();
    let after = source[candidate.next..].chars().take(LONGEST).take_while(in_line).count();
    (before, after)
}

/// Whether a margin may have broken a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filled {
    /// No: the next word had room.
    No = 1,
    /// The line after is the first of its paragraph that is seen, or the line before is.
    Perhaps,
    /// As far as this break tells, but the break before was made by no margin.
    NotBefore,
    /// The break before was made by the same margin.
    Yes,
}

/// How well the lines around a break fit a margin: a word that had room would stand in the line before.
pub(super) fn filled(source: &str, candidate: Candidate) -> Filled {
    let before = line_before(source, candidate.end);
    let after = context::head(&source[candidate.next..], LONGEST);
    let after = &after[..after.find(is_line_break).unwrap_or(after.len())];
    let had_room = |line: &str, next: &str, margin: usize| line.len() + 1 + first_word(next) <= margin;
    let margin = before.len().max(after.len());
    if had_room(before, after, margin) {
        return Filled::No;
    }
    let start = candidate.end - before.len();
    let behind = &source[..start];
    let broken = behind.strip_suffix("\r\n").or_else(|| behind.strip_suffix(is_line_break));
    let earlier = broken.map_or("", |text| line_before(text, text.len()));
    match earlier.trim_end() {
        "" => Filled::Perhaps,
        earlier if had_room(earlier, before, margin.max(earlier.len())) => Filled::NotBefore,
        _ => Filled::Yes,
    }
}

/// The line that ends at `end`, as far as lines are measured.
fn line_before(source: &str, end: usize) -> &str {
    let seen = context::tail(&source[..end], LONGEST);
    seen.rsplit(is_line_break).next().unwrap_or_default()
}

fn first_word(line: &str) -> usize {
    line.find(char::is_whitespace).unwrap_or(line.len())
}

/// Whether the line before is filled, and the one after is no longer than a filled one.
fn is_hard_wrapped(source: &str, candidate: Candidate) -> bool {
    let (before, after) = lines(source, candidate);
    (MARGIN / 2..=MARGIN).contains(&before) && after <= MARGIN
}

/// Whether a list item begins at `at`.
pub(super) fn begins_item(source: &str, at: usize) -> bool {
    let mut chars = source[at..].chars();
    let first = chars.next();
    if first.is_some_and(marks::is_bullet) {
        return true;
    }
    let number = context::leading_word(&source[at..]);
    let marked = source[at + number.len()..].starts_with(['.', ')'])
        && number.len() <= 2
        && is_spaced(&source[at + number.len() + 1..]);
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && marked;
    let dashed = first.is_some_and(marks::is_line_bullet) && is_spaced(chars.as_str());
    numbered || dashed
}

/// Whether white space comes next, but not the end of the line: a marker marks something.
fn is_spaced(behind: &str) -> bool {
    behind.starts_with(|c: char| {
        c.is_whitespace()
            && !matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    })
}

fn goes_on(context: &Context) -> bool {
    let last = context.source[context.sentence..context.candidate.start].trim_end().chars().next_back();
    context.right.first == First::Lower
        || last.is_some_and(|c| matches!(c, ',' | ';' | '-' | '–' | '—' | '(' | '[' | '/' | '&'))
        || context.words.classes(context.left.word).any(&[Class::Connective, Class::ShortTitle])
}
