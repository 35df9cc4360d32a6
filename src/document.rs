//! What was found in one text.

use crate::{
    entity::{Mention, Roster},
    quote::Quote,
    text::Span,
};

/// The sentences, mentions and quotes of one text, as byte spans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The sentences, in order.
    pub sentences: Vec<Span>,
    /// The mentions, in order; they do not overlap but where the matcher was asked for all.
    pub mentions: Vec<Mention>,
    /// The entities that mentions, candidates and speakers point to.
    pub roster: Roster,
    /// How many of the roster, from its start, the text mentions; the rest are candidates only.
    pub mentioned: usize,
    /// The quotes, in order.
    pub quotes: Vec<Quote>,
}
