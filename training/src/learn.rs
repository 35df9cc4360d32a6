//! Logistic regression over hashed features, learnt by FTRL-Proximal (`McMahan` et al. 2013), which leaves most weights
//! at nothing.
//!
//! Two more things keep it from learning texts by heart: a part of the features is dropped at random at each step
//! (Srivastava et al. 2014), and the weights are the average of several rounds, of those after each epoch of the second half.

use pullquote::model::{Features, Linear, Ranker};

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Features fall into two to the power of this many buckets.
    pub(crate) bits: u32,
    pub(crate) epochs: u32,
    /// How fast weights move.
    pub(crate) rate: f32,
    /// How much evidence a weight needs to be one.
    pub(crate) sparsity: f32,
    /// How many of the features are dropped, of 1.
    pub(crate) dropout: f32,
    /// Features seen less often are not learnt.
    pub(crate) minimum: u32,
    /// How often all is learnt anew, in another order; the weights are averaged.
    pub(crate) rounds: u32,
    /// The largest weight as it is saved, no more than 127: finer weights take more bytes.
    pub(crate) largest: u8,
}

/// What there is to learn from: questions with their options, the features of each by bucket, and whether it is right.
/// A question with one option is one of yes or no; if no option is right, none of them is the answer.
#[derive(Debug)]
pub(crate) struct Examples {
    shift: u32,
    buckets: Vec<u32>,
    /// Where each option ends in `buckets`, and whether it is right.
    options: Vec<(usize, bool)>,
    /// Where each question ends in `options`.
    ends: Vec<usize>,
}

impl Examples {
    pub(crate) fn new(bits: u32) -> Self {
        Self { shift: 32 - bits, buckets: Vec::new(), options: Vec::new(), ends: Vec::new() }
    }

    /// Adds a question of yes or no.
    pub(crate) fn add(&mut self, features: &Features, answer: bool) {
        self.add_options([(features, answer)]);
    }

    /// Adds a question with its options and whether each is right.
    pub(crate) fn add_options<'f>(&mut self, options: impl IntoIterator<Item = (&'f Features, bool)>) {
        for (features, right) in options {
            self.buckets.extend(features.hashes().iter().map(|hash| hash >> self.shift));
            self.options.push((self.buckets.len(), right));
        }
        self.ends.push(self.options.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The options of a question.
    fn options(&self, question: usize) -> std::ops::Range<usize> {
        let from = if question == 0 { 0 } else { self.ends[question - 1] };
        from..self.ends[question]
    }

    /// The features of an option, and whether it is right.
    fn get(&self, option: usize) -> (&[u32], bool) {
        let from = if option == 0 { 0 } else { self.options[option - 1].0 };
        let (to, right) = self.options[option];
        (&self.buckets[from..to], right)
    }

    /// Every other of the questions, and the rest.
    pub(crate) fn halves(&self) -> [Self; 2] {
        [0, 1].map(|half| {
            let mut kept =
                Self { shift: self.shift, buckets: Vec::new(), options: Vec::new(), ends: Vec::new() };
            for question in (half..self.len()).step_by(2) {
                for option in self.options(question) {
                    let (buckets, right) = self.get(option);
                    kept.buckets.extend(buckets);
                    kept.options.push((kept.buckets.len(), right));
                }
                kept.ends.push(kept.options.len());
            }
            kept
        })
    }

    /// Forgets the features that are rare.
    fn without_rare(&self, minimum: u32) -> Self {
        let mut counts = vec![0_u32; 1 << (32 - self.shift)];
        self.buckets.iter().for_each(|&bucket| counts[bucket as usize] += 1);
        let ends = self.ends.clone();
        let mut kept = Self { shift: self.shift, buckets: Vec::new(), options: Vec::new(), ends };
        for option in 0..self.options.len() {
            let (buckets, right) = self.get(option);
            kept.buckets.extend(buckets.iter().filter(|&&bucket| counts[bucket as usize] >= minimum));
            kept.options.push((kept.buckets.len(), right));
        }
        kept
    }
}

/// One weight while it is learnt.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    value: f32,
    /// The evidence so far.
    sum: f32,
    squares: f32,
}

impl Weight {
    fn move_against(&mut self, error: f32, settings: &Settings) {
        let squares = self.squares + error * error;
        let slower = (squares.sqrt() - self.squares.sqrt()) / settings.rate;
        self.sum += error - slower * self.value;
        self.squares = squares;
        let evidence = (self.sum.abs() - settings.sparsity).max(0.0).copysign(self.sum);
        self.value = -evidence * settings.rate / (1.0 + squares.sqrt());
    }
}

/// Learns a model.
pub(crate) fn learn(examples: &Examples, settings: &Settings) -> Learnt {
    let examples = examples.without_rare(settings.minimum);
    let mut sums = vec![0_f32; 1 << settings.bits];
    for seed in 0..settings.rounds {
        add_round(&examples, settings, seed, &mut sums);
    }
    let count = (settings.rounds * (settings.epochs - settings.epochs / 2)) as f32;
    quantised(&sums.iter().map(|sum| sum / count).collect::<Vec<_>>(), settings.largest)
}

/// Learns anew, in an order of its own, and adds the weights after each epoch of the second half.
fn add_round(examples: &Examples, settings: &Settings, seed: u32, sums: &mut [f32]) {
    let mut random = fastrand::Rng::with_seed(u64::from(seed));
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut weights = vec![Weight::default(); sums.len()];
    for epoch in 0..settings.epochs {
        random.shuffle(&mut order);
        for &question in &order {
            let options: Vec<(Vec<usize>, bool)> = examples
                .options(question)
                .map(|option| {
                    let (buckets, right) = examples.get(option);
                    let kept = buckets.iter().filter(|_| random.f32() >= settings.dropout);
                    (kept.map(|&bucket| bucket as usize).collect(), right)
                })
                .collect();
            step(&options, &mut weights, settings);
        }
        if epoch >= settings.epochs / 2 {
            sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight.value);
        }
    }
}

/// Moves the weights of one question against its error. Of several right options, each is as right as it is likely.
fn step(options: &[(Vec<usize>, bool)], weights: &mut [Weight], settings: &Settings) {
    /// Errors smaller than this teach nothing.
    const SMALL: f32 = 0.002;
    let score =
        |kept: &[usize]| kept.iter().map(|&at| weights[at].value).sum::<f32>() / (1.0 - settings.dropout);
    let scores: Vec<f32> = options.iter().map(|(kept, _)| score(kept)).collect();
    let likely = |score: f32| {
        1.0 / (libm::expf(-score) + scores.iter().map(|other| libm::expf(other - score)).sum::<f32>())
    };
    let likely: Vec<f32> = scores.iter().map(|&score| likely(score)).collect();
    let right: f32 =
        likely.iter().zip(options).filter(|(_, (_, right))| *right).map(|(likely, _)| likely).sum();
    for (likely, (kept, is_right)) in likely.iter().zip(options) {
        let error = if *is_right { likely - likely / right } else { *likely };
        if error.abs() >= SMALL {
            for &at in kept {
                weights[at].move_against(error, settings);
            }
        }
    }
}

/// The nearest whole number; what is too large for one becomes the largest.
#[allow(clippy::cast_possible_truncation)] // a cast of a float saturates
fn rounded(value: f32) -> i32 {
    value.round() as i32
}

/// The weights as small integers; the few largest are cut to the range.
fn quantised(weights: &[f32], largest: u8) -> Learnt {
    /// One weight in this many may be cut.
    const CUT: usize = 2000;
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let largest = i32::from(largest);
    let scale = largest as f32 / sizes[sizes.len() / CUT].max(f32::MIN_POSITIVE);
    let small = |weight: i32| weight.clamp(-largest, largest).try_into().unwrap_or_default();
    let small = weights.iter().map(|weight| small(rounded(weight * scale))).collect();
    Learnt { model: Linear::new(small), scale }
}

/// A model, and how much of a score is one natural unit.
#[derive(Debug)]
pub(crate) struct Learnt {
    pub(crate) model: Linear,
    scale: f32,
}

impl Learnt {
    /// The model as one that chooses.
    pub(crate) fn ranker(self) -> Ranker {
        let unit = rounded(self.scale).try_into().unwrap_or(1);
        Ranker::new(self.model, unit)
    }

    /// For each question the scores of its options, in natural units.
    pub(crate) fn scores<'e>(&'e self, examples: &'e Examples) -> impl Iterator<Item = Vec<f32>> {
        let weight = |&bucket: &u32| self.model.weight(u64::from(bucket << examples.shift) << 32);
        let score = move |option: usize| {
            let score: i32 = examples.get(option).0.iter().map(weight).sum();
            score as f32 / self.scale
        };
        (0..examples.len()).map(move |question| examples.options(question).map(score).collect())
    }

    /// How much of a score is one natural unit.
    pub(crate) fn unit(&self) -> u16 {
        rounded(self.scale).try_into().unwrap_or(1)
    }

    /// A score of a model with another unit as one of this model; an extreme one stays.
    pub(crate) fn rescaled(&self, score: i32, unit: f32) -> i32 {
        match score {
            i32::MIN | i32::MAX => score,
            _ => rounded(score as f32 / unit * self.scale),
        }
    }

    /// So many natural units as a score of the model.
    pub(crate) fn of(&self, units: f32) -> i32 {
        rounded(units * self.scale)
    }
}
