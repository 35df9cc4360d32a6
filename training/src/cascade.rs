//! How the cascade of sentence ends is learnt: the close look first, and then the stages in front of it, from what it says.

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

/// How the glance is learnt.
const GLANCE: Settings = Settings { bits: 16, sparsity: 6.0, dropout: 0.1, rounds: 3, ..LOOK };

/// How the peek is learnt.
const PEEK: Settings = GLANCE;

/// What a stage may cost, of all yeses: how many right ones it may lose, beyond those wrong ones that it spares; and
/// how many of what it says yes to may be none.
#[derive(Debug, Clone, Copy)]
struct Slack {
    lost: f64,
    wrong: f64,
}

const SLACK: Slack = Slack { lost: 0.0005, wrong: 0.001 };

/// A gap to learn from.
#[derive(Debug)]
pub(crate) struct Gap {
    /// Which half of the documents it is from.
    pub(crate) half: usize,
    /// Those of each stage, none for the first if it is not asked, and the facts.
    pub(crate) features: [Features; 4],
    pub(crate) ends: bool,
}

/// The two models of a close look.
struct Look {
    linear: learn::Learnt,
    network: network::Learnt,
}

impl Look {
    fn learn(gaps: &[&Gap]) -> Self {
        let facts: Vec<(&Features, bool)> = gaps.iter().map(|gap| (&gap.features[3], gap.ends)).collect();
        let linear = learn::learn(&examples(gaps, LOOK.bits, 2), &LOOK);
        Self { linear, network: network::learn(&facts, &NETWORK) }
    }

    /// The look with these stages in front of it.
    fn behind(self, peek: Stage, glance: Stage) -> Cascade {
        let units = (self.linear.unit(), self.network.unit);
        Cascade::new(peek, glance, (self.linear.model, self.network.network), units, THRESHOLD)
    }

    /// The look with nothing in front of it.
    fn alone(self) -> Cascade {
        let never = || Stage::new(Linear::new(vec![0]), (i32::MIN, i32::MAX));
        self.behind(never(), never())
    }
}

/// Learns all stages. What a stage is worth is seen where neither it nor the look that it stands in front of has learnt: each
/// of them is learnt from one half of the documents, and they are compared on the other.
///
/// The gaps of `plain` texts, which nobody has annotated, are learnt by the stages alone, with what the look says of them: most
/// gaps that a splitter meets are like those, and a stage is there to tell them at once.
pub(crate) fn learn(gaps: &[Gap], plain: impl FnOnce(Cascade) -> Vec<Gap>) -> Cascade {
    let [first, second]: [Vec<&Gap>; 2] =
        [0, 1].map(|half| gaps.iter().filter(|gap| gap.half == half).collect());
    let look = Look::learn(&first).alone();
    let says: Vec<bool> = second.iter().map(|gap| look.look(&gap.features[2], &gap.features[3])).collect();
    let plain = plain(look);
    let seen: Vec<&Gap> = first.into_iter().chain(&plain).collect();
    let stage = |stage: usize, settings: &Settings| {
        let learnt = learn::learn(&examples(&seen, settings.bits, stage), settings);
        let asked = second.iter().zip(&says).filter(|(gap, _)| !gap.features[stage].hashes().is_empty());
        let answers = asked.map(|(gap, &says)| Answer {
            score: learnt.model.score(&gap.features[stage]),
            says,
            ends: gap.ends,
        });
        let clear = clear(answers.collect());
        Stage::new(learnt.model, clear)
    };
    let (peek, glance) = (stage(0, &PEEK), stage(1, &GLANCE));
    Look::learn(&gaps.iter().collect::<Vec<_>>()).behind(peek, glance)
}

/// The features of a stage, of the gaps that it is asked about.
fn examples(gaps: &[&Gap], bits: u32, stage: usize) -> Examples {
    let mut examples = Examples::new(bits);
    for gap in gaps.iter().filter(|gap| !gap.features[stage].hashes().is_empty()) {
        examples.add(&gap.features[stage], gap.ends);
    }
    examples
}

/// What is said of a gap.
#[derive(Debug)]
struct Answer {
    /// By a stage.
    score: i32,
    /// By the look.
    says: bool,
    ends: bool,
}

/// Below which score a stage says no, and from which on it says yes.
fn clear(mut answers: Vec<Answer>) -> (i32, i32) {
    answers.sort_unstable_by_key(|answer| answer.score);
    let may_be_lost = answers.iter().filter(|answer| answer.says).count() as f64 * SLACK.lost;
    let mut lost = 0.0;
    let mut no = i32::MIN;
    for answer in &answers {
        lost += match answer {
            Answer { says: false, .. } => 0.0,
            Answer { ends: true, .. } => 1.0,
            Answer { ends: false, .. } => -1.0,
        };
        if lost <= may_be_lost {
            no = answer.score;
        }
    }
    let (mut wrong, mut all, mut yes) = (0_u32, 0_u32, i32::MAX);
    for answer in answers.iter().rev() {
        all += 1;
        wrong += u32::from(!(answer.says && answer.ends));
        if f64::from(wrong) <= f64::from(all) * SLACK.wrong {
            yes = answer.score;
        }
    }
    (no, yes)
}
