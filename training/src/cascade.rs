//! How the cascade of sentence ends is learnt: the close look, and the peek in front of it, from what a look says.

use std::{error::Error, iter::repeat_n};

use pullquote::{
    model::{Cascade, Features, STAGES, Stage},
    sentence::Shown,
};

use crate::{
    learn::{self, Examples, Settings},
    network,
};

/// How the linear model of the close look is learnt.
const LOOK: Settings = Settings {
    bits: 18,
    epochs: 8,
    rate: 0.1,
    sparsity: 17.0,
    dropout: 0.2,
    minimum: 5,
    rounds: 5,
    largest: 63,
};

/// How the network of the close look is learnt.
const NETWORK: network::Settings =
    network::Settings { bits: 13, epochs: 8, rate: 0.05, dropout: 0.3, minimum: 5 };

/// The score, in thousandths of a natural unit, that a yes must reach.
const THRESHOLD: i32 = -700;

/// How each stage in front of the look is learnt.
const FRONT: [Settings; STAGES] = [
    Settings { bits: 14, sparsity: 9.0, dropout: 0.3, rounds: 3, largest: 15, ..LOOK },
    Settings { bits: 16, sparsity: 12.0, dropout: 0.3, rounds: 3, largest: 15, ..LOOK },
];

/// How often a stage in front is shown a gap where a sentence ends: it is worse to lose one of those than to look in vain
/// (Viola and Jones 2002, "Fast and robust classification using asymmetric `AdaBoost`").
const SHOWN: usize = 10;

/// What each stage may cost, of all yeses of the look: its right answers that the stage changes, less half of the wrong ones
/// that it changes as well, since of those that two models err on some are chance.
const SLACK: [f64; STAGES] = [0.0012, 0.0012];
const NEAR_SLACK: f64 = 0.0004;
const CREDIT: f64 = 0.5;

/// A gap to learn from.
#[derive(Debug)]
pub(crate) struct Gap {
    /// Which half of the documents it is from.
    pub(crate) half: usize,
    pub(crate) shown: Shown,
    pub(crate) ends: bool,
}

impl Gap {
    /// All features of the look.
    fn look(&self) -> Features {
        let [near, far] = &self.shown.look;
        let mut features = near.clone();
        features.append(far);
        features
    }

    /// What a look says.
    fn says(&self, look: &Cascade) -> bool {
        let [near, far] = &self.shown.look;
        look.look(look.sum(near) + look.sum(far), || &self.shown.facts)
    }
}

/// The two models of a close look.
struct Look {
    linear: learn::Learnt,
    network: network::Learnt,
}

impl Look {
    fn learn(gaps: &[&Gap]) -> Self {
        let facts: Vec<(&Features, bool)> = gaps.iter().map(|gap| (&gap.shown.facts, gap.ends)).collect();
        let linear = learn::learn(&examples(gaps.iter().copied(), LOOK.bits, Gap::look), &LOOK);
        Self { linear, network: network::learn(&facts, &NETWORK) }
    }

    fn cascade(self) -> Cascade {
        let units = (self.linear.unit(), self.network.unit);
        Cascade::new((self.linear.model, self.network.network), units, THRESHOLD)
    }
}

/// Learns a look and what is in front of it. What a stage is worth is seen where neither it nor the look has learnt: both are
/// learnt from one half of the documents and compared on the other.
///
/// The gaps of `plain` texts, which nobody has annotated, are learnt by the stages in front alone, with what the look says of
/// them: most gaps that a splitter meets are like those, and the stages are there to tell them at once.
pub(crate) fn learn(
    gaps: &[Gap],
    plain: impl FnOnce(Cascade) -> Result<Vec<Gap>, Box<dyn Error>>,
) -> Result<Cascade, Box<dyn Error>> {
    let [first, second]: [Vec<&Gap>; 2] =
        [0, 1].map(|half| gaps.iter().filter(|gap| gap.half == half).collect());
    let half = Look::learn(&first);
    let unit = f32::from(half.linear.unit());
    let look = half.cascade();
    let mut left: Vec<Answer> =
        second.iter().map(|gap| Answer { gap, says: gap.says(&look), score: 0 }).collect();
    let yeses = left.iter().filter(|answer| answer.says).count() as f64;
    let plain = plain(look.clone())?;
    let mut seen: Vec<&Gap> = first.into_iter().chain(&plain).collect();
    let stages = [0, 1].map(|stage| {
        let of = |gap: &Gap| gap.shown.stages[stage].clone();
        let shown = seen.iter().flat_map(|&gap| repeat_n(gap, if gap.ends { SHOWN } else { 1 }));
        let model = learn::learn(&examples(shown, FRONT[stage].bits, of), &FRONT[stage]).model;
        let score = |gap: &Gap| model.score(&gap.shown.stages[stage]);
        let (no, yes) = clear(&mut left, SLACK[stage] * yeses, score);
        // The next stage meets what is not clear to this one, and nothing else.
        seen.retain(|gap| (no..yes).contains(&score(gap)));
        Stage::new(model, (no, yes))
    });
    let near = clear(&mut left, NEAR_SLACK * yeses, |gap| look.sum(&gap.shown.look[0]));
    let whole = Look::learn(&gaps.iter().collect::<Vec<_>>());
    let clear = (whole.linear.rescaled(near.0, unit), whole.linear.rescaled(near.1, unit));
    Ok(whole.cascade().behind(stages, clear))
}

/// Features of gaps.
fn examples<'g>(
    gaps: impl IntoIterator<Item = &'g Gap>,
    bits: u32,
    features: impl Fn(&Gap) -> Features,
) -> Examples {
    let mut examples = Examples::new(bits);
    for gap in gaps {
        examples.add(&features(gap), gap.ends);
    }
    examples
}

/// What is said of a gap.
#[derive(Debug)]
struct Answer<'g> {
    gap: &'g Gap,
    /// By the look.
    says: bool,
    /// By what is in front of it.
    score: i32,
}

/// Below which score the look need not be asked, as the answer is no, and from which on it is yes. Answers that are clear
/// then are left out from here on.
fn clear(answers: &mut Vec<Answer>, may_cost: f64, score: impl Fn(&Gap) -> i32) -> (i32, i32) {
    for answer in answers.iter_mut() {
        answer.score = score(answer.gap);
    }
    answers.sort_by_key(|answer| answer.score);
    let no = furthest(answers.iter(), false, may_cost).unwrap_or(i32::MIN);
    let yes = furthest(answers.iter().rev(), true, may_cost).unwrap_or(i32::MAX);
    answers.retain(|answer| (no..yes).contains(&answer.score));
    (no, yes)
}

/// The last score up to which one answer for all costs no more than it may.
fn furthest<'a>(answers: impl Iterator<Item = &'a Answer<'a>>, answer: bool, may_cost: f64) -> Option<i32> {
    let mut cost = 0.0;
    let costs = answers.map(|&Answer { score, says, gap }| {
        cost += match says == answer {
            true => 0.0,
            false if gap.ends == answer => -CREDIT,
            false => 1.0,
        };
        (score, cost)
    });
    costs.filter(|&(_, cost)| cost <= may_cost).map(|(score, _)| score).last()
}
