//! Sentences of a text in no known language: the default bounds of Unicode (UAX #29), within paragraphs.
//!
//! A line break ends a sentence where `newlines` says so, and is a space to Unicode's rules everywhere else.

use unicode_segmentation::UnicodeSegmentation;

use super::{Newlines, marks, words::Words};
use crate::text::{Span, Text, breaks::is_line_break};

/// The sentences of a text, in order, without the white space around them.
pub(super) fn spans(text: &Text, newlines: Newlines, words: &Words) -> Vec<Span> {
    let source = text.source();
    let mut spans = Vec::new();
    for unit in units(text, newlines) {
        let mut start = unit.start();
        for end in bounds(unit.of(source)).map(|end| unit.start() + end) {
            let span = Span::new(start, end).trimmed(source);
            if end < unit.end() && ends_with_abbreviation(span.of(source), words) {
                continue;
            }
            spans.extend((!span.is_empty()).then_some(span));
            start = end;
        }
    }
    spans
}

/// The stretches of text that no sentence reaches beyond.
fn units(text: &Text, newlines: Newlines) -> Vec<Span> {
    let source = text.source();
    match newlines {
        Newlines::Paragraph => text.blocks().to_vec(),
        Newlines::Space => vec![Span::new(0, source.len())],
        Newlines::Break => {
            let mut start = 0;
            let ends = source.split_inclusive(is_line_break).map(|line| {
                let line = Span::new(start, start + line.len());
                start = line.end();
                line
            });
            ends.collect()
        }
    }
}

/// Where Unicode's sentences end, in bytes; the last at the end of the text.
///
/// The crate looks ahead from each closing mark and space behind a stop, so that long runs of them would cost their
/// length squared. The rules take a run of either for one; what is too long is cut short before they see it.
fn bounds(unit: &str) -> impl Iterator<Item = usize> {
    let mut seen = String::with_capacity(unit.len());
    // At which length of `seen` how much has been left out so far.
    let mut left_out: Vec<(usize, usize)> = vec![(0, 0)];
    let mut run = Run::default();
    for c in unit.chars() {
        if run.is_too_long(c) {
            let omitted = left_out.last().map_or(0, |&(_, omitted)| omitted);
            left_out.push((seen.len(), omitted + c.len_utf8()));
        } else {
            seen.push_str(as_space(c).unwrap_or(c.encode_utf8(&mut [0; 4])));
        }
    }
    let ends: Vec<usize> = seen.split_sentence_bound_indices().map(|(at, part)| at + part.len()).collect();
    ends.into_iter().map(move |end| {
        let index = left_out.partition_point(|&(at, _)| at <= end);
        end + left_out[index - 1].1
    })
}

/// A run of marks that are one to Unicode's rules.
#[derive(Default)]
struct Run {
    last: Option<char>,
    length: usize,
}

impl Run {
    /// Takes the next character; whether the run has been long enough without it.
    fn is_too_long(&mut self, c: char) -> bool {
        const LONGEST: usize = 32;
        let goes_on = !c.is_alphanumeric()
            && self
                .last
                .is_some_and(|last| !last.is_alphanumeric() && last.is_whitespace() == c.is_whitespace());
        self.length = if goes_on { self.length + 1 } else { 0 };
        self.last = Some(c);
        self.length > LONGEST && (c.is_whitespace() || closes(c))
    }
}

/// Whether Unicode's rules take a character for one that closes after a stop.
fn closes(c: char) -> bool {
    let text = format!("!{c}A");
    text.split_sentence_bounds().next() == Some(&text[..text.len() - 1])
}

/// What Unicode takes for a line break, as a space of as many bytes.
fn as_space(c: char) -> Option<&'static str> {
    (is_line_break(c) || c == '\u{85}').then(|| match c.len_utf8() {
        1 => " ",
        2 => "\u{a0}",
        _ => "\u{2003}",
    })
}

/// Whether the caller's abbreviation stands at the end.
fn ends_with_abbreviation(sentence: &str, words: &Words) -> bool {
    let last = sentence.rsplit(|c: char| c.is_whitespace() || marks::is_opener(c)).next();
    last.and_then(|word| word.strip_suffix('.')).is_some_and(|word| words.is_callers(word))
}
