//! What was found in one text.

use crate::{entity::Entities, quote::Quote, text::Span};

/// The sentences, mentions and quotes of one text, as byte spans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The sentences, in order.
    pub sentences: Vec<Span>,
    /// The mentions with the entities that they, their candidates and speakers point to.
    pub entities: Entities,
    /// The quotes, in order.
    pub quotes: Vec<Quote>,
}
