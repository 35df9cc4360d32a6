//! List markers within a line: `1. … 2. …`, `a) … b) …`, `1.) … 2.) …`
//!
//! A marker at the start of a sentence begins a list. After that, a marker of the same style with the next number
//! or letter, up or down, begins the next item, whether or not a stop stands before it. Any other number is just a number.

use super::{
    candidates::{Candidate, Kind, Run},
    context::Context,
    marks::{self, Stop},
};

/// The list that a paragraph is in.
#[derive(Debug, Clone, Default)]
pub(super) struct Items {
    last: Option<Marker>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marker {
    style: Style,
    value: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Number(Tail),
    Letter(Tail),
    /// A numbered heading, `2.1.`, which has no successor here.
    Section,
}

/// What stands behind the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    Stop,
    Bracket,
    Both,
}

/// What a marker means for the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// It begins the sentence that it is in.
    First,
    /// It begins a sentence of its own, here.
    Next(usize),
}

impl Items {
    /// Whether the candidate is the stop or bracket of a list marker.
    pub(super) fn read(&mut self, context: &Context) -> Option<Item> {
        let candidate = &context.candidate;
        let marker = Marker::parse(context.left.run, tail(context.source, candidate)?)?;
        let start = candidate.start - context.left.run.len();
        if begins_sentence(context, start) {
            self.last = Some(marker);
            return Some(Item::First);
        }
        if !self.last.is_some_and(|last| last.precedes(marker)) || is_glued(context.source, start) {
            return None;
        }
        self.last = Some(marker);
        Some(Item::Next(start))
    }
}

impl Marker {
    fn parse(text: &str, tail: Tail) -> Option<Self> {
        const DIGITS: usize = 3;
        // "1.)" comes in two: the bracket's run still has the stop.
        let (text, tail) = match (text.strip_suffix('.'), tail) {
            (Some(text), Tail::Bracket) => (text, Tail::Both),
            _ => (text, tail),
        };
        if (1..=DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self { style: Style::Number(tail), value: text.parse().ok()? });
        }
        if is_section(text) {
            return Some(Self { style: Style::Section, value: 0 });
        }
        // A capital and a stop is an initial.
        let letter = match (text.as_bytes(), tail) {
            ([letter @ b'a'..=b'z'], _) | ([letter @ b'A'..=b'Z'], Tail::Bracket | Tail::Both) => *letter,
            _ => return None,
        };
        Some(Self { style: Style::Letter(tail), value: letter.into() })
    }

    fn precedes(self, next: Self) -> bool {
        self.style == next.style && self.style != Style::Section && self.value.abs_diff(next.value) == 1
    }
}

/// Numbers of one or two digits with stops between them.
fn is_section(text: &str) -> bool {
    const LONGEST: usize = 8;
    text.len() <= LONGEST
        && text.contains('.')
        && text
            .split('.')
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How the marker ends, if the candidate can be the end of one.
fn tail(source: &str, candidate: &Candidate) -> Option<Tail> {
    match (candidate.kind, &source[candidate.start..candidate.end]) {
        (Kind::Stop(Run { stop: Stop::Period, count: 1, .. }), ".") => Some(Tail::Stop),
        (Kind::Stop(Run { stop: Stop::Period, count: 1, .. }), ".)") => Some(Tail::Both),
        (Kind::Bracket, _) => Some(Tail::Bracket),
        _ => None,
    }
}

/// Whether nothing but bullets and opening marks stands between the start of the sentence and the marker.
fn begins_sentence(context: &Context, start: usize) -> bool {
    const LONGEST: usize = 12;
    start - context.sentence <= LONGEST
        && context.source[context.sentence..start]
            .chars()
            .all(|c| c.is_whitespace() || c == '(' || marks::is_line_bullet(c))
}

/// Whether the marker hangs on what is before it.
fn is_glued(source: &str, start: usize) -> bool {
    !source[..start].ends_with(|c: char| c.is_whitespace() || marks::is_bullet(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_have_a_style_and_a_value() {
        let style = |text, tail| Marker::parse(text, tail).map(|marker| (marker.style, marker.value));
        assert_eq!(style("12", Tail::Stop), Some((Style::Number(Tail::Stop), 12)));
        assert_eq!(style("1.", Tail::Bracket), Some((Style::Number(Tail::Both), 1)));
        assert_eq!(style("2.1", Tail::Stop), Some((Style::Section, 0)));
        assert_eq!(style("b", Tail::Stop), Some((Style::Letter(Tail::Stop), u32::from(b'b'))));
        assert_eq!(style("B", Tail::Stop), None, "an initial");
        assert_eq!(style("2026", Tail::Stop), None, "a year");
    }

    #[test]
    fn neighbours_of_one_style_follow_each_other() {
        let marker = |style, value| Marker { style, value };
        let number = Style::Number(Tail::Stop);
        assert!(marker(number, 1).precedes(marker(number, 2)));
        assert!(marker(number, 2).precedes(marker(number, 1)));
        assert!(!marker(number, 1).precedes(marker(Style::Number(Tail::Bracket), 2)));
        assert!(!marker(number, 1).precedes(marker(number, 3)));
    }
}
