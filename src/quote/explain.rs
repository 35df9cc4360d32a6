//! Why a quote is what it is: what the rules said, which candidates were weighed, and what weighed most.
//!
//! Nothing of this is kept while a text is read. Who wants to know has the text read once more, with a recorder in the
//! model's place that hands every question on to it and takes down what it says.
//!
//! A feature is a template: one fact or several together. Its weight is shared out equally among its facts, as the Shapley
//! value shares out what several players win together (Shapley 1953); the shares of the facts that are told in the same
//! words are summed. So the reasons of a candidate sum to its log-odds against none of the candidates.

use super::{
    Quote,
    decide::{Candidate, Decide, choose_among},
    rule::{Rule, Ruling},
};
use crate::{
    model::{Choice, Question, QuoteModel},
    text::Span,
};

/// What candidates show, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// For each feature the aspects that its facts belong to; features behind the last of these are of its aspects.
    pub aspects: Vec<Vec<usize>>,
    /// For each candidate what each aspect looks like.
    pub words: Vec<Vec<String>>,
}

/// What speaks for a candidate, or against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What there is to see.
    pub words: String,
    /// By how much it raises the candidate's log-odds.
    pub weight: f32,
}

/// A candidate with its odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Where it stands.
    pub span: Span,
    /// Its log-odds against none of the candidates.
    pub score: f32,
    /// How likely it is to be right, 0.0 to 1.0.
    pub probability: f32,
    /// Its reasons, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// A question that was asked, and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What was asked.
    pub question: Question,
    /// What it was asked about: the inside of a pair of marks, or a cue.
    pub about: Span,
    /// What was weighed, the likeliest first.
    pub candidates: Vec<Weighed>,
    /// Whether the first of them was chosen; if not, none of them was. A cue that is not likely is chosen where its clause is
    /// likely enough.
    pub chosen: bool,
    /// How likely the answer is to be right, 0.0 to 1.0.
    pub probability: f32,
}

/// Why a quote is what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The quote.
    pub quote: Quote,
    /// What the rules say, of the cue of a reported clause and of each piece in marks.
    pub rulings: Vec<Ruling>,
    /// What was asked where they are not sure, in order.
    pub decisions: Vec<Decision>,
}

/// Stands in a model's place and takes down what it says.
#[derive(Debug)]
pub(super) struct Recorder<'m> {
    model: Option<&'m QuoteModel>,
    rulings: Vec<Ruling>,
    decisions: Vec<Decision>,
    /// For each candidate of the last question, the weights of its features.
    weights: Vec<Vec<f32>>,
    /// Which of the options of the question that is asked next the model would look at.
    worth: Vec<bool>,
}

impl<'m> Recorder<'m> {
    pub(super) fn new(model: Option<&'m QuoteModel>) -> Self {
        Self { model, rulings: Vec::new(), decisions: Vec::new(), weights: Vec::new(), worth: Vec::new() }
    }

    /// The explanations of the quotes that were found while it took down.
    pub(super) fn explain(self, quotes: Vec<Quote>) -> Vec<Explanation> {
        quotes.into_iter().map(|quote| self.explained(quote)).collect()
    }

    fn explained(&self, quote: Quote) -> Explanation {
        // A clause has a cue that something was asked about; what stands in marks is asked about itself.
        let is_clause = quote.pieces != quote.quoted;
        let cue = quote.cue.filter(|_| is_clause);
        let is_of = |about: Span| {
            quote.quoted.contains(&about)
                || quote.pieces.contains(&about)
                || cue.is_some_and(|cue| about.start() == cue.start())
        };
        let mut rulings: Vec<Ruling> =
            self.rulings.iter().filter(|ruling| is_of(ruling.about)).copied().collect();
        if rulings.is_empty() {
            let rule = if quote.cue.is_some() { Rule::Nested } else { Rule::NestedTerm };
            let source = quote.speaker.as_ref().map(|speaker| speaker.span);
            rulings.push(Ruling { about: quote.span, rule, sure: true, cue: quote.cue, source });
        }
        let decisions = self.decisions.iter().filter(|decision| is_of(decision.about)).cloned().collect();
        Explanation { quote, rulings, decisions }
    }
}

impl Decide for Recorder<'_> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.model.is_some_and(|model| model.may_be_cue(word))
    }

    /// Options that the model would not look at are told of all the same, as those with no odds.
    fn glance(&mut self, question: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        let Some(mut model) = self.model else { return };
        Decide::glance(&mut model, question, glances, worth);
        if question != Question::Cue {
            self.worth = std::mem::replace(worth, vec![true; glances.len()]);
        }
    }

    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice {
        let Some(model) = self.model else { return Choice { option: None, probability: 0.0 } };
        let worth = std::mem::take(&mut self.worth);
        let is_seen = |option: usize| worth.get(option) != Some(&false);
        let choice = choose_among(model, question, candidates, &worth);
        let ranker = model.ranker(question);
        self.weights = candidates.iter().map(|one| ranker.weights(&one.features).collect()).collect();
        let scores: Vec<f32> = candidates.iter().map(|one| ranker.score(&one.features)).collect();
        let seen: Vec<f32> =
            (0..).zip(&scores).filter(|&(at, _)| is_seen(at)).map(|(_, &score)| score).collect();
        let candidates = (0..).zip(candidates).zip(&scores).map(|((option, candidate), &score)| Weighed {
            span: candidate.span,
            score,
            probability: if is_seen(option) { likely(score, &seen) } else { 0.0 },
            reasons: Vec::new(),
        });
        self.decisions.push(Decision {
            question,
            about,
            candidates: candidates.collect(),
            chosen: choice.option.is_some(),
            probability: choice.probability,
        });
        choice
    }

    fn is_asked(&self) -> bool {
        self.model.is_some()
    }

    fn hear(&mut self, ruling: impl FnOnce() -> Ruling) {
        self.rulings.push(ruling());
    }

    fn overrule(&mut self, question: Question, about: Span) {
        let mut of_it = self.decisions.iter_mut().rev();
        if let Some(decision) = of_it.find(|one| one.question == question && one.about == about) {
            decision.chosen = true;
            decision.probability = 1.0 - decision.probability;
        }
    }

    fn take_down(&mut self, account: impl FnOnce() -> Account) {
        let Some(decision) = self.decisions.last_mut() else { return };
        let Account { aspects, words } = account();
        for ((candidate, weights), words) in decision.candidates.iter_mut().zip(&self.weights).zip(words) {
            candidate.reasons = reasons(weights, &aspects, words);
        }
        // What a closer look would have preferred to the answer was not weighed when that was given.
        let seen = decision.candidates.iter().filter(|one| one.probability > 0.0);
        let best = seen.map(|one| one.score).fold(0.0, f32::max);
        decision.candidates.retain(|one| one.score <= best);
        // The sort keeps the order of equals, as the choice is the first of them.
        decision.candidates.sort_by(|one, other| other.score.total_cmp(&one.score));
    }
}

/// How likely an option of this score is, among all of them and none.
fn likely(score: f32, scores: &[f32]) -> f32 {
    1.0 / scores.iter().chain([&0.0]).map(|other| (other - score).exp()).sum::<f32>()
}

/// What weighed, the weightiest first: the weights of the features, shared out among their aspects.
fn reasons(weights: &[f32], aspects: &[Vec<usize>], words: Vec<String>) -> Vec<Reason> {
    let mut sums = vec![0.0; words.len()];
    for (feature, weight) in weights.iter().enumerate() {
        let Some(aspects) = aspects.get(feature).or(aspects.last()) else { continue };
        for &aspect in aspects {
            sums[aspect] += weight / aspects.len() as f32;
        }
    }
    let mut reasons: Vec<Reason> =
        words.into_iter().zip(sums).map(|(words, weight)| Reason { words, weight }).collect();
    reasons.retain(|reason| reason.weight != 0.0);
    reasons.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
    reasons
}
