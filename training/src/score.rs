//! How well a splitter does: the boundaries of the yardstick, and its errors by what stands around them.

use std::collections::{BTreeMap, BTreeSet};

use pullquote::{sentence::SentenceSplitter, text::Text};

use crate::corpus::Document;

/// What came of one corpus.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) wanted: usize,
    /// Golden rules kept, and all of them.
    pub(crate) rules: (usize, usize),
    /// Errors by class: how many ends were missed, how many were none.
    pub(crate) errors: BTreeMap<String, (usize, usize)>,
}

impl Score {
    pub(crate) fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    pub(crate) fn recall(&self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// Splits every document and compares. The end of the last sentence of a text is no find.
pub(crate) fn score(splitter: &SentenceSplitter, documents: &[Document]) -> Score {
    let mut score = Score::default();
    for document in documents {
        let spans = splitter.spans(&Text::new(&document.text));
        if let Some(expected) = &document.expected {
            let found: Vec<String> = spans.iter().map(|span| spaced(span.of(&document.text))).collect();
            let wanted: Vec<String> = expected.iter().map(|text| spaced(text)).collect();
            score.rules.0 += usize::from(found == wanted);
            score.rules.1 += 1;
        }
        let last = document.text.trim_end().len();
        let found: BTreeSet<usize> = spans.iter().map(|span| span.end()).filter(|&end| end != last).collect();
        let wanted: BTreeSet<usize> = document.ends.iter().copied().filter(|&end| end != last).collect();
        score.right += found.intersection(&wanted).count();
        score.found += found.len();
        score.wanted += wanted.len();
        for &end in wanted.difference(&found) {
            score.errors.entry(class(&document.text, end)).or_default().0 += 1;
        }
        for &end in found.difference(&wanted) {
            score.errors.entry(class(&document.text, end)).or_default().1 += 1;
        }
    }
    score
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before an end and what behind it.
fn class(text: &str, end: usize) -> String {
    let before = match text[..end].chars().next_back() {
        Some('.') => "full stop",
        Some('!' | '?' | '…') => "other stop",
        Some(c) if c.is_alphanumeric() => "word",
        Some(',' | ';' | ':') => "comma, colon",
        Some('"' | '\'' | '”' | '’' | ')' | ']') => "closing mark",
        _ => "other mark",
    };
    let rest = text[end..].trim_start();
    let gap = &text[end..text.len() - rest.len()];
    let gap = match gap {
        "" => "glued to",
        _ if gap.contains(['\n', '\r']) => "line break",
        _ => "space",
    };
    let after = match rest.chars().next() {
        Some(c) if c.is_uppercase() => "capital",
        Some(c) if c.is_lowercase() => "small letter",
        Some(c) if c.is_numeric() => "digit",
        _ => "mark",
    };
    format!("{before} · {gap} · {after}")
}
