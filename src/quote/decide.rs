//! Who decides what a text leaves open: a model; where one is learnt, a teacher who knows.

use crate::{
    model::{Choice, Features, QuoteModel},
    text::Span,
};

/// A mention that may be who said it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The mention: an index into the document's.
    pub mention: usize,
    /// Its words.
    pub span: Span,
    /// What speaks for it and against it.
    pub features: Features,
}

/// Answers the questions of the quote stage.
pub trait Decide {
    /// Whether what stands in marks was said by somebody.
    fn is_said(&mut self, inner: Span, features: &Features) -> bool;

    /// Who of these said it.
    fn speaker(&mut self, inner: Span, candidates: &[Candidate]) -> Choice;
}

impl Decide for &QuoteModel {
    fn is_said(&mut self, _: Span, features: &Features) -> bool {
        self.said.choose([features].into_iter()).option.is_some()
    }

    fn speaker(&mut self, _: Span, candidates: &[Candidate]) -> Choice {
        self.speaker.choose(candidates.iter().map(|candidate| &candidate.features))
    }
}
