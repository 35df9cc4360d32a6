//! Entities given as regular expressions.
//!
//! A search may look at the same bytes again from every start, so it only ever sees a window: a line, cut at
//! white space where it is long. That bounds the time for a text of any shape; no match reaches over a window.

use regex::{Regex, RegexBuilder};

use super::overlap::Hit;
use crate::text::{Span, Text};

/// The longest window in bytes.
const WINDOW: usize = 4096;

/// The largest compiled expression in bytes.
const SIZE: usize = 1 << 20;

/// The expressions and their entities.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    list: Vec<(u32, Regex)>,
}

impl Patterns {
    /// Adds an expression; says what is wrong with it if it cannot be used.
    pub(super) fn add(&mut self, entity: u32, pattern: &str) -> Result<(), String> {
        let regex = RegexBuilder::new(pattern).size_limit(SIZE).build().map_err(|error| {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim();
            format!("the regex {pattern:?} cannot be used: {}", reason.trim_start_matches("error: "))
        })?;
        self.list.push((entity, regex));
        Ok(())
    }

    /// Whether there is no expression.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The matches that are not empty.
    pub(super) fn find(&self, text: &Text, hits: &mut Vec<Hit>) {
        if self.is_empty() {
            return;
        }
        for window in windows(text.source()) {
            for (entity, regex) in &self.list {
                let found = regex.find_iter(window.of(text.source())).filter(|found| !found.is_empty());
                hits.extend(found.map(|found| {
                    let span = Span::new(window.start() + found.start(), window.start() + found.end());
                    Hit::pattern(span, *entity)
                }));
            }
        }
    }
}

/// Lines, long ones in parts.
fn windows(source: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = source.get(at..).filter(|rest| !rest.is_empty())?;
        let limit = floor_char_boundary(rest, WINDOW);
        let length = match rest[..limit].find('\n') {
            Some(line) => line + 1,
            None if limit == rest.len() => limit,
            // The space goes with the window after it, unless that makes this one empty.
            None => rest[..limit].rfind(char::is_whitespace).filter(|&space| space > 0).unwrap_or(limit),
        };
        let window = Span::new(at, at + length);
        at += length;
        Some(window)
    })
}

/// The last end of a character up to `limit`.
fn floor_char_boundary(text: &str, limit: usize) -> usize {
    (0..=limit.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_the_text_and_end_at_spaces() {
        let source = format!("one\ntwo{} {}", "é".repeat(3000), "word ".repeat(2000));
        let windows: Vec<Span> = windows(&source).collect();
        assert!(windows.windows(2).all(|pair| pair[0].end() == pair[1].start()));
        assert_eq!(windows.last().map(|window| window.end()), Some(source.len()));
        assert!(windows.iter().all(|window| window.len() <= WINDOW));
    }

    #[test]
    fn a_bad_expression_says_why() {
        let error = Patterns::default().add(0, "a(").unwrap_err();
        assert!(error.contains("unclosed group"), "{error}");
        assert!(Patterns::default().add(0, r"\w{999}{999}").is_err());
    }
}
