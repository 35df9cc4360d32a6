//! Who decides what a text leaves open: a model; where one is learnt, a teacher who knows.

use crate::{
    model::{Choice, Features, Question, QuoteModel},
    text::Span,
};

/// An answer that may be right.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// What speaks for it and against it.
    pub features: Features,
}

/// Answers the questions of the quote stage.
pub trait Decide {
    /// Whether a word, by its [hash](crate::model::hash), is ever a cue; of one that is not, no more is asked.
    fn may_be_cue(&mut self, word: u64) -> bool;

    /// Which of the candidates is right, if any is; a question of yes or no has one. `about` is what is asked about: the
    /// inside of a pair of marks, or a cue.
    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice;
}

impl Decide for &QuoteModel {
    fn may_be_cue(&mut self, word: u64) -> bool {
        QuoteModel::may_be_cue(self, word)
    }

    fn choose(&mut self, question: Question, _: Span, candidates: &[Candidate]) -> Choice {
        self.ranker(question).choose(candidates.iter().map(|candidate| &candidate.features))
    }
}
