//! A text that comes in pieces.
//!
//! A sentence is given once nothing that may still come could change it: decisions look no further than some 160 bytes
//! to the right of a gap, or up to a blank line. So the walk goes on where it stopped as far as that is known, and what
//! lies further back than any decision looks is forgotten.
//!
//! Where quotations stay whole, and where Unicode decides, paragraphs are read one at a time.

use std::sync::Arc;

use super::{
    Cutter, Newlines, Quotes, SentenceSplitter,
    candidates::{Place, floor},
    walk::{Decide, Judge, State, Walk},
};
use crate::text::{
    Span, Text,
    breaks::{is_line_break, line_breaks},
    offsets::{Offsets, Unit},
};

/// How many bytes are kept to the left of what is still open: more than any decision looks back.
const KEPT: usize = 1024;

/// An open text longer than this is not looked at anew before it has grown by an eighth, so that reading is linear
/// however small the pieces are.
const PATIENCE: usize = 4096;

/// A sentence of a text that comes in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streamed {
    /// Its words.
    pub text: String,
    /// Where it begins in the whole text, in the stream's unit.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Splits a text that comes in pieces, into the sentences that the text as a whole has.
#[derive(Debug)]
pub struct Stream {
    splitter: Arc<SentenceSplitter>,
    unit: Unit,
    /// What is open, and [`KEPT`] bytes or more before it unless the text began there.
    buffer: String,
    /// How many units the text has before the buffer.
    before: usize,
    place: Place,
    state: State,
    /// A buffer shorter than this tells nothing new.
    wait: usize,
}

impl Stream {
    /// A stream whose positions are counted in `unit`.
    pub fn new(splitter: Arc<SentenceSplitter>, unit: Unit) -> Self {
        let (place, state) = (Place::default(), State::default());
        Self { splitter, unit, buffer: String::new(), before: 0, place, state, wait: 0 }
    }

    /// Takes the next piece of the text and gives the sentences that are certain by now.
    pub fn feed(&mut self, piece: &str) -> Vec<Streamed> {
        self.buffer.push_str(piece);
        if self.buffer.len() < self.wait { Vec::new() } else { self.read(false) }
    }

    /// The rest of the sentences: the text is over.
    pub fn finish(mut self) -> Vec<Streamed> {
        self.read(true)
    }

    /// How many bytes are kept.
    pub fn kept(&self) -> usize {
        self.buffer.len()
    }

    fn read(&mut self, is_over: bool) -> Vec<Streamed> {
        let spans = if self.takes_paragraphs() { self.paragraphs(is_over) } else { self.walk(is_over) };
        let sentences = self.streamed(&spans);
        let open = self.buffer.len() - self.place.at;
        self.wait = if open > PATIENCE { self.buffer.len() + open / 8 } else { 0 };
        self.forget();
        sentences
    }

    fn takes_paragraphs(&self) -> bool {
        self.splitter.words.are_of_no_language() || self.splitter.options.quotes == Quotes::Whole
    }

    /// The sentences that end before the first gap of which too little is known.
    fn walk(&mut self, is_over: bool) -> Vec<Span> {
        let source = &self.buffer;
        let mut judge = Decide::new(self.splitter.model());
        let mut walk = Walk::new(&self.splitter, source, &[], judge.sees_gaps());
        walk.resume(self.place, self.state.clone());
        let mut cutter = Cutter { source, sentence: self.state.sentence, spans: Vec::new() };
        loop {
            self.place = walk.place();
            let Some(candidate) = walk.candidate() else { break };
            if !is_over && !walk.is_clear(candidate) {
                break;
            }
            if let Some(end) = walk.take(candidate, &mut judge) {
                cutter.cut(end);
            }
        }
        if is_over {
            cutter.cut(source.len());
        }
        self.state = walk.state;
        cutter.spans
    }

    /// The sentences of the paragraphs that are over.
    fn paragraphs(&mut self, is_over: bool) -> Vec<Span> {
        let mut spans = Vec::new();
        while let Some((end, next)) = self.paragraph_end() {
            spans.extend(self.paragraph(end));
            self.state.sentence = next;
        }
        if is_over {
            spans.extend(self.paragraph(self.buffer.len()));
        }
        spans
    }

    /// Where the open paragraph ends and the next one begins, if that is seen already.
    fn paragraph_end(&mut self) -> Option<(usize, usize)> {
        if self.splitter.options.newlines == Newlines::Space {
            return None;
        }
        let source = self.buffer.as_str();
        while let Some(found) = line_breaks(&source[self.place.at..]).next() {
            self.place.at += found;
            let rest = source[self.place.at..].trim_start();
            if rest.is_empty() {
                return None;
            }
            let next = source.len() - rest.len();
            let end = std::mem::replace(&mut self.place.at, next);
            let white = &source[end..next];
            if has_blank_line(white) {
                // White space before its first word belongs to a line, whose length tells something.
                let indent = white.rsplit(is_line_break).next().map_or(0, str::len);
                return Some((end, next - indent));
            }
        }
        // A line break of several bytes is whole, so nothing before the end is one.
        self.place.at = source.len();
        None
    }

    /// The sentences from the open paragraph's start up to `end`.
    fn paragraph(&self, end: usize) -> Vec<Span> {
        let start = self.state.sentence;
        let spans = self.splitter.spans(&Text::new(&self.buffer[start..end]));
        spans.into_iter().map(|span| Span::new(start + span.start(), start + span.end())).collect()
    }

    fn streamed(&self, spans: &[Span]) -> Vec<Streamed> {
        if spans.is_empty() {
            return Vec::new();
        }
        let offsets = Offsets::new(&self.buffer, self.unit);
        let at = |byte| self.before + offsets.at(byte);
        let sentence = |span: &Span| Streamed {
            text: span.of(&self.buffer).to_owned(),
            start: at(span.start()),
            end: at(span.end()),
        };
        spans.iter().map(sentence).collect()
    }

    /// Forgets what no decision looks back to.
    fn forget(&mut self) {
        let open = self.place.floor.min(self.place.at).min(self.state.sentence);
        let passed = floor(&self.buffer, open.saturating_sub(KEPT));
        if passed < KEPT {
            return;
        }
        self.before += Offsets::new(&self.buffer[..passed], self.unit).at(passed);
        self.buffer.drain(..passed);
        self.place = self.place.behind(passed);
        self.state.sentence -= passed;
        self.state.before = self.state.before.saturating_sub(passed);
        self.wait = self.wait.saturating_sub(passed);
    }
}

/// Whether one line of white space is blank; it begins with a line break.
fn has_blank_line(white: &str) -> bool {
    white.matches(is_line_break).count() - white.matches("\r\n").count() > 1
}
