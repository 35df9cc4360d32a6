//! A model that chooses: one of several options, or none of them.
//!
//! Each option has a score, and none of them has the score nothing; the odds are theirs as in multinomial logistic
//! regression. With one option it is a model that says yes or no.

use serde::{Deserialize, Serialize};

use super::{Features, Linear};

/// A linear model of options, and how much of its score is one natural unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranker {
    linear: Linear,
    unit: u32,
}

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The option: an index; nothing, where none of them is right.
    pub option: Option<usize>,
    /// How likely it is to be right, 0.0 to 1.0.
    pub probability: f32,
}

impl Choice {
    /// How likely yes is, where a question of yes or no was asked.
    pub fn of_yes(&self) -> f32 {
        if self.option.is_some() { self.probability } else { 1.0 - self.probability }
    }
}

impl Ranker {
    /// A ranker of this model, in which so much of a score is one natural unit.
    pub fn new(linear: Linear, unit: u32) -> Self {
        Self { linear, unit: unit.max(1) }
    }

    /// The model.
    pub fn linear(&self) -> &Linear {
        &self.linear
    }

    /// The likeliest of options with these scores, or none of them; the first of equals.
    pub fn choose(&self, scores: impl Iterator<Item = i32> + Clone) -> Choice {
        let (mut best, mut option) = (0, None);
        for (index, score) in scores.clone().enumerate() {
            if score > best {
                (best, option) = (score, Some(index));
            }
        }
        let odds: f32 = scores.chain([0]).map(|score| self.odds(score - best)).sum();
        Choice { option, probability: 1.0 / odds }
    }

    /// The log-odds of an option against none of them.
    #[allow(clippy::cast_precision_loss)] // a score has few digits
    pub fn score(&self, features: &Features) -> f32 {
        self.linear.score(features) as f32 / self.unit as f32
    }

    /// What each feature of an option adds to its log-odds against none of them.
    #[allow(clippy::cast_precision_loss)] // a weight has few digits
    pub fn weights(&self, features: &Features) -> impl Iterator<Item = f32> {
        self.linear.weights(features).map(|weight| weight as f32 / self.unit as f32)
    }

    #[allow(clippy::cast_precision_loss)] // a score has few digits
    fn odds(&self, difference: i32) -> f32 {
        (difference as f32 / self.unit as f32).exp()
    }
}
