//! How far a decision looks to the right.

use super::{
    Newlines,
    candidates::{Gap, Scanner, floor},
};
use crate::{lang::Writing, text::breaks::line_breaks};

/// How far a decision looks to the right.
pub(super) const REACH: usize = 160;

/// Where the text ends for decisions: at the next certain gap, or [`REACH`] bytes on.
#[derive(Debug)]
pub(super) struct Horizon<'a> {
    scanner: Scanner<'a>,
    /// There is no certain gap before this that has not been passed.
    checked: usize,
    /// The next certain gap, once it is found.
    certain: Option<usize>,
}

impl<'a> Horizon<'a> {
    pub(super) fn new(source: &'a str, newlines: Newlines) -> Self {
        Self { scanner: Scanner::new(source, newlines, Writing::default(), false), checked: 0, certain: None }
    }

    /// Whether all that a decision looks at is there, if the text may go on.
    pub(super) fn is_whole(&mut self, at: usize) -> bool {
        self.source(at);
        let length = self.scanner.source.len();
        match self.certain {
            Some(gap) => self.scanner.gap(gap).1 < length,
            None => at.saturating_add(REACH) <= length,
        }
    }

    /// The text as far as a decision looks that is made at `at`. Each byte is checked once.
    pub(super) fn source(&mut self, at: usize) -> &'a str {
        let source = self.scanner.source;
        let end = floor(source, at.saturating_add(REACH).min(source.len()));
        self.certain = self.certain.filter(|&certain| certain >= at);
        self.checked = self.checked.max(at);
        while self.certain.is_none()
            && let Some(found) = source.get(self.checked..end).and_then(|text| line_breaks(text).next())
        {
            let (gap, next) = self.scanner.gap(self.checked + found);
            self.certain = (gap == Gap::Certain).then_some(self.checked + found);
            self.checked = next;
        }
        if self.certain.is_none() {
            self.checked = self.checked.max(end);
        }
        &source[..self.certain.unwrap_or(end).min(end)]
    }
}
