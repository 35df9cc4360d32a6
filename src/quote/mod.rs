//! Quotes: who said what.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// How a text reports what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuoteKind {
    /// Word for word, inside marks.
    Direct,
    /// Reported, in part word for word.
    Mixed,
    /// Reported in the writer's words.
    Indirect,
    /// Marks that quote nobody: a title, a nickname, a term, irony.
    Scare,
}

/// Whether a statement was uttered or thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Manner {
    /// Said, written, asked.
    Speech,
    /// Believed, hoped, feared.
    Thought,
}

impl QuoteKind {
    /// All of them, in the order of their public names.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Mixed, Self::Indirect, Self::Scare];

    /// Its public name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::Scare => "scare",
        }
    }
}

impl Manner {
    /// Its public name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Thought => "thought",
        }
    }
}

/// Who said it.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// The words in the article.
    pub span: Span,
    /// The fullest form in the document of whom they stand for.
    pub name: Option<String>,
    /// The caller's entity: an index into the document's roster.
    pub entity: Option<usize>,
    /// Whether the article keeps the name back.
    pub anonymous: bool,
}

/// A quotation or reported statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// From the first piece to the last.
    pub span: Span,
    /// What was said: inside the marks, or the whole reported clause.
    pub pieces: Vec<Span>,
    /// What stands inside marks.
    pub quoted: Vec<Span>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// Said or thought.
    pub manner: Manner,
    /// Who said it, if the text tells.
    pub speaker: Option<Speaker>,
    /// The words that tell that it was said: "said", "according to".
    pub cue: Option<Span>,
    /// How sure the speaker is, 0.0 to 1.0.
    pub confidence: f32,
    /// Whether every opening mark has its closing one.
    pub closed: bool,
    /// The index of the quote that this one is nested in.
    pub parent: Option<usize>,
}
