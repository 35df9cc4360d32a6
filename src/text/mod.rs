//! The view of a text that every stage shares.
//!
//! ```text
//! &str ─► Text { tokens, blocks, marks }   built once, when first asked for
//! ```
//!
//! Nothing here knows a language.

pub mod bits;
pub mod blocks;
mod dashes;
pub mod fold;
pub mod marks;
pub mod offsets;
pub mod span;
pub mod tokens;

use std::cell::OnceCell;

pub use marks::MarkPair;
pub use offsets::Offsets;
pub use span::Span;
pub use tokens::{Token, TokenKind};

/// A text with the indexes that stages share. Each index is built when a stage first asks for it.
#[derive(Debug)]
pub struct Text<'a> {
    source: &'a str,
    tokens: OnceCell<Vec<Token>>,
    blocks: OnceCell<Vec<Span>>,
    marks: OnceCell<Vec<MarkPair>>,
}

impl<'a> Text<'a> {
    /// Wraps a text; costs nothing.
    pub fn new(source: &'a str) -> Self {
        Self { source, tokens: OnceCell::new(), blocks: OnceCell::new(), marks: OnceCell::new() }
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
        self.tokens().partition_point(|token| token.span.start() < offset)
    }

    /// The indexes of the tokens that begin within `span`.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        self.token_at(span.start())..self.token_at(span.end())
    }
}
