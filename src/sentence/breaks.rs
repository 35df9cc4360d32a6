//! Single line breaks.
//!
//! In hard-wrapped text a line break is a space. Elsewhere each line is a unit of its own, a paragraph, heading or
//! list item, and its end ends a sentence, stop or no stop, unless the line shows that it goes on: it ends with a
//! comma, a dash or a word like "the", or the next one begins with a small letter.

use super::{
    context::{self, Context, First},
    marks,
};
use crate::{lang::Class, text::Text};

/// Whether a sentence ends at the line break after the candidate.
pub(super) fn ends_sentence(text: &Text, context: &Context) -> bool {
    let next = context.candidate.next;
    begins_item(context.source, next) || (begins_block(text, next) && !goes_on(context))
}

/// Whether a list item begins at `at`.
fn begins_item(source: &str, at: usize) -> bool {
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

fn begins_block(text: &Text, at: usize) -> bool {
    text.blocks().binary_search_by_key(&at, |block| block.start()).is_ok()
}

fn goes_on(context: &Context) -> bool {
    let last = context.source[context.sentence..context.candidate.start].trim_end().chars().next_back();
    context.right.first == First::Lower
        || last.is_some_and(|c| matches!(c, ',' | ';' | '-' | '–' | '—' | '(' | '[' | '/' | '&'))
        || context.words.classes(context.left.word).any(&[Class::Connective, Class::ShortTitle])
}
