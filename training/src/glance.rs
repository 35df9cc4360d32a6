//! The glances in front of questions.
//!
//! A glance may lose a few of the options that the question would choose. How few that are, a glance and a question tell
//! that are learnt from one half of the examples and compared on the other.

use pullquote::model::Glance;

use crate::learn::{self, Examples, Learnt, Settings};

/// Learns a glance from its examples and those of the question, which are about the same options in the same order. It may
/// lose so many of the options that the question chooses, of 1.
pub(crate) fn learn(glance: (&Examples, Settings), question: (&Examples, Settings), lost: f64) -> Glance {
    let half = |(examples, settings): (&Examples, Settings)| -> (Examples, Learnt) {
        let [first, second] = examples.halves();
        (second, learn::learn(&first, &settings))
    };
    let ((seen, glancing), (asked, answering)) = (half(glance), half(question));
    let scores = glancing.scores(&seen).zip(answering.scores(&asked));
    let behind = scores.filter_map(|(glances, answers)| behind(&glances, &answers)).collect();
    let learnt = learn::learn(glance.0, &glance.1);
    let margin = learnt.of(margin(behind, lost));
    Glance::new(learnt.model, margin)
}

/// How far the option that is chosen is behind the best at a glance; none of them has the score nothing.
fn behind(glances: &[f32], answers: &[f32]) -> Option<f32> {
    let (chosen, _) = answers
        .iter()
        .enumerate()
        .filter(|&(_, &answer)| answer > 0.0)
        .max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    Some(glances.iter().copied().fold(0.0, f32::max) - glances[chosen])
}

/// How far behind an option may be that is not lost.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a part of a count is one
fn margin(mut behind: Vec<f32>, lost: f64) -> f32 {
    behind.sort_by(|one, other| other.total_cmp(one));
    let lost = (behind.len() as f64 * lost) as usize;
    behind.get(lost).copied().unwrap_or(f32::MAX)
}
