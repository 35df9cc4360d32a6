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

/// A score as callers see it: the core's have no more than four true digits, and the rest would show in every print.
pub fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}
