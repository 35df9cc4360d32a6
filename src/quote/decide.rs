//! Who decides what a text leaves open: a model; where one is learnt, a teacher who knows; where one is explained, who
//! takes down what it says.

use super::{explain::Account, rule::Ruling};
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

/// Room for the candidates of a question, used again for the next: there are many questions.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    room: Vec<Candidate>,
    count: usize,
}

impl Candidates {
    /// Begins a question.
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// Adds a candidate, whose features are to be filled in.
    pub(super) fn add(&mut self, span: Span) -> &mut Features {
        if self.count == self.room.len() {
            self.room.push(Candidate { span, features: Features::default() });
        }
        let candidate = &mut self.room[self.count];
        self.count += 1;
        candidate.span = span;
        candidate.features.clear();
        &mut candidate.features
    }

    /// All candidates of the question.
    pub(super) fn all(&self) -> &[Candidate] {
        &self.room[..self.count]
    }
}

/// Answers the questions of the quote stage.
pub trait Decide {
    /// Whether a word, by its [hash](crate::model::hash), is ever a cue; of one that is not, no more is asked.
    fn may_be_cue(&mut self, word: u64) -> bool;

    /// Which of the candidates is right, if any is; a question of yes or no has one. `about` is what is asked about: the
    /// inside of a pair of marks, or a cue.
    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice;

    /// Whether anything is asked; if not, the rules' word is the last.
    fn is_asked(&self) -> bool {
        true
    }

    /// May hear what the rules say of some words, before anything is asked about them: said only to who listens.
    fn hear(&mut self, _ruling: impl FnOnce() -> Ruling) {}

    /// May take down, after an answer, what the candidates' features are in words: made only for who asks.
    fn take_down(&mut self, _account: impl FnOnce() -> Account) {}
}

impl Decide for &QuoteModel {
    fn may_be_cue(&mut self, word: u64) -> bool {
        QuoteModel::may_be_cue(self, word)
    }

    fn choose(&mut self, question: Question, _: Span, candidates: &[Candidate]) -> Choice {
        self.ranker(question).choose(candidates.iter().map(|candidate| &candidate.features))
    }
}

impl<D: Decide> Decide for &mut D {
    fn may_be_cue(&mut self, word: u64) -> bool {
        (**self).may_be_cue(word)
    }

    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice {
        (**self).choose(question, about, candidates)
    }

    fn is_asked(&self) -> bool {
        (**self).is_asked()
    }

    fn hear(&mut self, ruling: impl FnOnce() -> Ruling) {
        (**self).hear(ruling);
    }

    fn take_down(&mut self, account: impl FnOnce() -> Account) {
        (**self).take_down(account);
    }
}
