//! The view of a text that every stage shares.
//!
//! ```text
//! &str ─► Text { tokens, blocks, marks }   built once, when first asked for
//! ```
//!
//! Nothing here knows a language.

pub mod bits;
pub mod blocks;
pub mod breaks;
mod dashes;
pub mod fold;
pub mod marks;
pub mod offsets;
mod places;
pub mod span;
pub mod tokens;

use std::cell::OnceCell;

pub use marks::MarkPair;
pub use offsets::Offsets;
pub use places::{add_places, counts_before, places};
pub use span::Span;
pub use tokens::{Token, TokenKind};

/// A token is looked for among those that begin within so many bytes.
const STRIDE: usize = 4;

/// A text with the indexes that stages share. Each index is built when a stage first asks for it.
#[derive(Debug)]
pub struct Text<'a> {
    source: &'a str,
    tokens: OnceCell<Vec<Token>>,
    /// For every [`STRIDE`] bytes, the first token that begins there or later: how many begin before.
    nearby: OnceCell<Vec<u32>>,
    blocks: OnceCell<Vec<Span>>,
    marks: OnceCell<Vec<MarkPair>>,
}

impl<'a> Text<'a> {
    /// Wraps a text; costs nothing.
    pub fn new(source: &'a str) -> Self {
        let (tokens, nearby, blocks, marks) = Default::default();
        Self { source, tokens, nearby, blocks, marks }
    }

    /// The text itself.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// The words, numbers and marks of the text, in order; white space is between them.
    pub fn tokens(&self) -> &[Token] {
        self.tokens.get_or_init(|| tokens::tokenize(self.source))
    }

    /// The paragraphs of the text, in order.
    pub fn blocks(&self) -> &[Span] {
        self.blocks.get_or_init(|| blocks::find(self.source))
    }

    /// The quotation marks of the text, paired, in the order of their openers.
    pub fn marks(&self) -> &[MarkPair] {
        self.marks.get_or_init(|| marks::pair(self.source, self.blocks()))
    }

    /// What stands at `span`.
    pub fn slice(&self, span: Span) -> &'a str {
        span.of(self.source)
    }

    /// The index of the first token that begins at `offset` or later.
    pub fn token_at(&self, offset: usize) -> usize {
        let tokens = self.tokens();
        let starts = || tokens.iter().map(|token| token.span.start() / STRIDE);
        let nearby = self.nearby.get_or_init(|| counts_before(starts(), self.source.len() / STRIDE + 1));
        let first = nearby.get(offset / STRIDE).map_or(tokens.len(), |&token| token as usize);
        let before = tokens[first..].iter().take_while(|token| token.span.start() < offset);
        first + before.count()
    }

    /// The indexes of the tokens that begin within `span`.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.token_at(span.start());
        if span.len() >= STRIDE {
            return start..self.token_at(span.end());
        }
        let within = self.tokens()[start..].iter().take_while(|token| token.span.start() < span.end());
        start..start + within.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_by_their_offsets() {
        let text = format!("It leaks.{}Nobody came. {}", " ".repeat(200), "It rained. ".repeat(40));
        let text = Text::new(&text);
        for offset in 0..text.source().len() + 99 {
            let before = text.tokens().iter().filter(|token| token.span.start() < offset);
            assert_eq!(text.token_at(offset), before.count(), "{offset}");
        }
        assert_eq!(Text::new("").token_at(0), 0);
    }
}
