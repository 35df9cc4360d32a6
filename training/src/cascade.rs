//! How the cascade of sentence ends is learnt: the close look, and the peek in front of it, from what a look says.

use std::error::Error;

use pullquote::model::{Cascade, Features, Linear, Stage};

use crate::{
    learn::{self, Examples, Settings},
    network,
};

/// How the linear model of the close look is learnt.
const LOOK: Settings =
    Settings { bits: 18, epochs: 8, rate: 0.1, sparsity: 19.0, dropout: 0.2, minimum: 5, rounds: 5 };

/// How the network of the close look is learnt.
const NETWORK: network::Settings =
    network::Settings { bits: 13, epochs: 8, rate: 0.05, dropout: 0.3, minimum: 5 };

/// The score, in thousandths of a natural unit, that a yes must reach.
const THRESHOLD: i32 = -700;

/// How the peek is learnt.
const PEEK: Settings = Settings { bits: 16, sparsity: 6.0, dropout: 0.1, rounds: 3, ..LOOK };

/// What a peek may cost, of all yeses: how many right answers of the look it may change, beyond the wrong ones that it changes.
const SLACK: f64 = 0.001;

/// A gap to learn from.
#[derive(Debug)]
pub(crate) struct Gap {
    /// Which half of the documents it is from.
    pub(crate) half: usize,
    /// Those of the peek, those of the look, and the facts.
    pub(crate) features: [Features; 3],
    pub(crate) ends: bool,
}

/// The two models of a close look.
struct Look {
    linear: learn::Learnt,
    network: network::Learnt,
}

impl Look {
    fn learn(gaps: &[&Gap]) -> Self {
        let facts: Vec<(&Features, bool)> = gaps.iter().map(|gap| (&gap.features[2], gap.ends)).collect();
        let linear = learn::learn(&examples(gaps, LOOK.bits, 1), &LOOK);
        Self { linear, network: network::learn(&facts, &NETWORK) }
    }

    /// The look with a peek in front of it.
    fn behind(self, peek: Stage) -> Cascade {
        let units = (self.linear.unit(), self.network.unit);
        Cascade::new(peek, (self.linear.model, self.network.network), units, THRESHOLD)
    }

    /// The look with nothing in front of it.
    fn alone(self) -> Cascade {
        self.behind(Stage::new(Linear::new(vec![0]), (i32::MIN, i32::MAX)))
    }
}

/// Learns a peek and a look. What the peek is worth is seen where neither it nor the look has learnt: both are learnt from one
/// half of the documents and compared on the other.
///
/// The gaps of `plain` texts, which nobody has annotated, are learnt by the peek alone, with what the look says of them: most
/// gaps that a splitter meets are like those, and a peek is there to tell them at once.
pub(crate) fn learn(
    gaps: &[Gap],
    plain: impl FnOnce(Cascade) -> Result<Vec<Gap>, Box<dyn Error>>,
) -> Result<Cascade, Box<dyn Error>> {
    let [first, second]: [Vec<&Gap>; 2] =
        [0, 1].map(|half| gaps.iter().filter(|gap| gap.half == half).collect());
    let look = Look::learn(&first).alone();
    let says: Vec<bool> = second.iter().map(|gap| look.look(&gap.features[1], || &gap.features[2])).collect();
    let plain = plain(look)?;
    let seen: Vec<&Gap> = first.into_iter().chain(&plain).collect();
    let peek = learn::learn(&examples(&seen, PEEK.bits, 0), &PEEK);
    let answers = second.iter().zip(says).map(|(gap, says)| {
        let score = peek.model.score(&gap.features[0]);
        Answer { score, says, ends: gap.ends }
    });
    let clear = clear(answers.collect());
    Ok(Look::learn(&gaps.iter().collect::<Vec<_>>()).behind(Stage::new(peek.model, clear)))
}

/// The features of a stage.
fn examples(gaps: &[&Gap], bits: u32, stage: usize) -> Examples {
    let mut examples = Examples::new(bits);
    for gap in gaps {
        examples.add(&gap.features[stage], gap.ends);
    }
    examples
}

/// What is said of a gap.
#[derive(Debug)]
struct Answer {
    /// By a peek.
    score: i32,
    /// By the look.
    says: bool,
    ends: bool,
}

/// Below which score a peek says no, and from which on it says yes.
fn clear(mut answers: Vec<Answer>) -> (i32, i32) {
    answers.sort_unstable_by_key(|answer| answer.score);
    let may_cost = answers.iter().filter(|answer| answer.says).count() as f64 * SLACK;
    let no = furthest(answers.iter(), false, may_cost).unwrap_or(i32::MIN);
    let yes = furthest(answers.iter().rev(), true, may_cost).unwrap_or(i32::MAX);
    (no, yes)
}

/// The last score up to which one answer for all costs no more than it may.
fn furthest<'a>(answers: impl Iterator<Item = &'a Answer>, answer: bool, may_cost: f64) -> Option<i32> {
    let mut cost = 0_i32;
    let costs = answers.map(|&Answer { score, says, ends }| {
        cost += match says == answer {
            true => 0,
            false if ends == answer => -1,
            false => 1,
        };
        (score, cost)
    });
    costs.filter(|&(_, cost)| f64::from(cost) <= may_cost).map(|(score, _)| score).last()
}
