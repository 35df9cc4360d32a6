//! Who decides what a text leaves open: a model; where one is learnt, a teacher who knows; where one is explained, who
//! takes down what it says.

use super::{explain::Account, rule::Ruling};
use crate::{
    model::{Choice, Features, Glance, Linear, Question, QuoteModel},
    text::Span,
};

/// An answer that may be right.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// What speaks for it and against it, as far as that has not been weighed.
    pub features: Features,
    /// The weight of what has been.
    pub score: i32,
}

/// Takes the features of a candidate: to weigh them at once, or to keep them for who asks which they are.
#[derive(Debug)]
pub(super) struct Notes<'c, 'm> {
    weights: Option<&'m Linear>,
    score: &'c mut i32,
    features: &'c mut Features,
}

impl Notes<'_, '_> {
    /// Adds a feature.
    #[inline]
    pub(super) fn push(&mut self, hash: u64) {
        match self.weights {
            Some(weights) => *self.score += weights.weight(hash),
            None => self.features.push(hash),
        }
    }

    /// Adds features where they are kept, which is seldom.
    #[cold]
    pub(super) fn keep(&mut self, hashes: &[u64]) {
        self.features.extend(hashes.iter().copied());
    }

    /// The weights, where features are weighed at once.
    #[inline]
    pub(super) fn weights(&self) -> Option<&Linear> {
        self.weights
    }

    /// Adds to the score what features weigh.
    #[inline]
    pub(super) fn weigh(&mut self, score: i32) {
        *self.score += score;
    }
}

/// Room for the candidates of a question, used again for the next: there are many questions.
#[derive(Debug, Default)]
pub(super) struct Candidates<'m> {
    weights: Option<&'m Linear>,
    room: Vec<Candidate>,
    count: usize,
    /// What options weigh at a glance, and which are worth a close look.
    scores: Vec<i32>,
    worth: Vec<bool>,
    /// Has none: where options are weighed no features are kept.
    features: Features,
}

impl<'m> Candidates<'m> {
    /// Begins a question, whose candidates' features are to be weighed by these weights or kept.
    pub(super) fn begin(&mut self, weights: Option<&'m Linear>) {
        self.weights = weights;
        self.count = 0;
    }

    /// Adds a candidate, whose features are to be noted.
    pub(super) fn add(&mut self, span: Span) -> Notes<'_, 'm> {
        if self.count == self.room.len() {
            self.room.push(Candidate { span, features: Features::default(), score: 0 });
        }
        let candidate = &mut self.room[self.count];
        self.count += 1;
        candidate.span = span;
        candidate.score = 0;
        candidate.features.clear();
        Notes { weights: self.weights, score: &mut candidate.score, features: &mut candidate.features }
    }

    /// Whether the one option of a question is worth a close look: `note` notes what is seen of it at a glance.
    pub(super) fn is_worth(
        &mut self,
        question: (Question, Span),
        decide: &mut (impl Decide + 'm),
        note: impl Fn(&mut Notes),
    ) -> bool {
        if let Some(glance) = (*decide).glance_model(question.0) {
            let score = weighed(glance.linear(), &mut self.features, note);
            return score >= glance.least(score);
        }
        self.ask(question, &[()], decide, |(), notes| note(notes));
        self.worth.contains(&true)
    }

    /// Forgets the options that are not worth a close look: `note` notes what is seen of one at a glance.
    pub(super) fn shortlist<T: Copy>(
        &mut self,
        question: (Question, Span),
        options: &mut Vec<T>,
        decide: &mut (impl Decide + 'm),
        note: impl Fn(&T, &mut Notes),
    ) {
        let Some(glance) = (*decide).glance_model(question.0) else {
            self.ask(question, options, decide, note);
            let mut worth = self.worth.iter();
            return options.retain(|_| worth.next() == Some(&true));
        };
        let (weights, features) = (glance.linear(), &mut self.features);
        self.scores.clear();
        self.scores
            .extend(options.iter().map(|option| weighed(weights, features, |notes| note(option, notes))));
        let least = glance.least(self.scores.iter().copied().fold(0, i32::max));
        // Every option is moved to where it would be kept: which ones are no branch can foresee.
        let mut kept = 0;
        for (option, &score) in self.scores.iter().enumerate() {
            options[kept] = options[option];
            kept += usize::from(score >= least);
        }
        options.truncate(kept);
    }

    /// Lets somebody who wants the features say which options are worth a close look.
    fn ask<T>(
        &mut self,
        (question, about): (Question, Span),
        options: &[T],
        decide: &mut (impl Decide + 'm),
        note: impl Fn(&T, &mut Notes),
    ) {
        self.begin(None);
        for option in options {
            note(option, &mut self.add(about));
        }
        self.worth.clear();
        decide.glance(question, &self.room[..self.count], &mut self.worth);
    }

    /// All candidates of the question.
    pub(super) fn all(&self) -> &[Candidate] {
        &self.room[..self.count]
    }
}

/// What the features that are noted of an option weigh.
#[inline]
fn weighed(weights: &Linear, features: &mut Features, note: impl FnOnce(&mut Notes)) -> i32 {
    let mut score = 0;
    note(&mut Notes { weights: Some(weights), score: &mut score, features });
    score
}

/// Answers the questions of the quote stage.
pub trait Decide {
    /// Whether a word, by its [hash](crate::model::hash), is ever a cue; of one that is not, no more is asked.
    fn may_be_cue(&mut self, word: u64) -> bool;

    /// Which of the candidates is right, if any is; a question of yes or no has one. `about` is what is asked about: the
    /// inside of a pair of marks, or a cue.
    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice;

    /// The model of what is seen at a glance, if no more than its answer is wanted.
    fn glance_model<'m>(&self, _question: Question) -> Option<&'m Glance>
    where
        Self: 'm,
    {
        None
    }

    /// Says of each option of a question whether it is worth a close look, by what is seen of it at a glance; asked where no
    /// model answers alone.
    fn glance(&mut self, _question: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        worth.resize(glances.len(), true);
    }

    /// The weights of a question's features, if no more than their sum is wanted of each candidate.
    fn weights<'m>(&self, _question: Question) -> Option<&'m Linear>
    where
        Self: 'm,
    {
        None
    }

    /// Whether anything is asked; if not, the rules' word is the last.
    fn is_asked(&self) -> bool {
        true
    }

    /// May hear what the rules say of some words, before anything is asked about them: said only to who listens.
    fn hear(&mut self, _ruling: impl FnOnce() -> Ruling) {}

    /// May hear that yes was taken for the answer to a question of yes or no, where it was the less likely one: what was
    /// asked next was sure enough.
    fn overrule(&mut self, _question: Question, _about: Span) {}

    /// May take down, after an answer, what the candidates' features are in words: made only for who asks.
    fn take_down(&mut self, _account: impl FnOnce() -> Account) {}
}

/// What candidates weigh: what has been weighed of them, and what has not.
fn scores(weights: &Linear, candidates: &[Candidate]) -> impl Iterator<Item = i32> + Clone {
    candidates.iter().map(|candidate| candidate.score + weights.score(&candidate.features))
}

/// What a model chooses of candidates of which it would look at those that are worth it alone; at all, if nothing is known.
pub fn choose_among(
    model: &QuoteModel,
    question: Question,
    candidates: &[Candidate],
    worth: &[bool],
) -> Choice {
    let ranker = model.ranker(question);
    let all = scores(ranker.linear(), candidates).enumerate();
    let seen = all.filter(|&(option, _)| worth.get(option) != Some(&false));
    let choice = ranker.choose(seen.clone().map(|(_, score)| score));
    let option = choice.option.and_then(|place| seen.clone().nth(place));
    Choice { option: option.map(|(option, _)| option), ..choice }
}

impl Decide for &QuoteModel {
    fn may_be_cue(&mut self, word: u64) -> bool {
        QuoteModel::may_be_cue(self, word)
    }

    fn choose(&mut self, question: Question, _: Span, candidates: &[Candidate]) -> Choice {
        let ranker = self.ranker(question);
        ranker.choose(scores(ranker.linear(), candidates))
    }

    fn weights<'m>(&self, question: Question) -> Option<&'m Linear>
    where
        Self: 'm,
    {
        Some(self.ranker(question).linear())
    }

    fn glance_model<'m>(&self, question: Question) -> Option<&'m Glance>
    where
        Self: 'm,
    {
        QuoteModel::glance(self, question)
    }

    fn glance(&mut self, question: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        match QuoteModel::glance(self, question) {
            Some(model) => worth.extend(model.worth(scores(model.linear(), glances))),
            None => worth.resize(glances.len(), true),
        }
    }
}

impl<D: Decide> Decide for &mut D {
    fn may_be_cue(&mut self, word: u64) -> bool {
        (**self).may_be_cue(word)
    }

    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice {
        (**self).choose(question, about, candidates)
    }

    fn weights<'m>(&self, question: Question) -> Option<&'m Linear>
    where
        Self: 'm,
    {
        (**self).weights(question)
    }

    fn glance_model<'m>(&self, question: Question) -> Option<&'m Glance>
    where
        Self: 'm,
    {
        (**self).glance_model(question)
    }

    fn glance(&mut self, question: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        (**self).glance(question, glances, worth);
    }

    fn is_asked(&self) -> bool {
        (**self).is_asked()
    }

    fn hear(&mut self, ruling: impl FnOnce() -> Ruling) {
        (**self).hear(ruling);
    }

    fn overrule(&mut self, question: Question, about: Span) {
        (**self).overrule(question, about);
    }

    fn take_down(&mut self, account: impl FnOnce() -> Account) {
        (**self).take_down(account);
    }
}
