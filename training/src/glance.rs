//! The glance in front of the question whether a word is a cue.
//!
//! A glance may lose a few of the words that the question would take for cues. How few that are, a glance and a question
//! tell that are learnt from one half of the examples and compared on the other.

use pullquote::model::Glance;

use crate::learn::{self, Examples, Learnt, Settings};

/// How many of the words that the question takes for cues a glance may lose, of 1.
const LOST: f64 = 0.002;

/// Learns a glance from its examples and those of the question, which are about the same words in the same order.
pub(crate) fn learn(glance: (&Examples, Settings), question: (&Examples, Settings)) -> Glance {
    let half = |(examples, settings): (&Examples, Settings)| -> (Examples, Learnt) {
        let [first, second] = examples.halves();
        (second, learn::learn(&first, &settings))
    };
    let ((seen, glancing), (asked, answering)) = (half(glance), half(question));
    let scores = glancing.scores(&seen).zip(answering.scores(&asked));
    let accepted: Vec<f32> = scores.filter(|&(_, answer)| answer > 0.0).map(|(score, _)| score).collect();
    let learnt = learn::learn(glance.0, &glance.1);
    let least = learnt.of(least(accepted));
    Glance::new(learnt.model, least)
}

/// The least score that is not lost.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a part of a count is one
fn least(mut scores: Vec<f32>) -> f32 {
    scores.sort_by(f32::total_cmp);
    let lost = (scores.len() as f64 * LOST) as usize;
    scores.get(lost).copied().unwrap_or(f32::MIN)
}
