//! A network with one hidden layer, learnt by `AdaGrad` (Duchi, Hazan and Singer 2011). As with the linear model, a part of the
//! features is dropped at random at each step, and the weights are the average of those after each epoch of the second half.

use pullquote::model::{Features, Network, UNITS};

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Features fall into two to the power of this many buckets.
    pub(crate) bits: u32,
    pub(crate) epochs: u32,
    /// How fast weights move at first.
    pub(crate) rate: f32,
    /// How many of the features are dropped, of 1.
    pub(crate) dropout: f32,
    /// Buckets seen less often are not learnt.
    pub(crate) minimum: u32,
}

/// A network, and how much of a score is one natural unit.
#[derive(Debug)]
pub(crate) struct Learnt {
    pub(crate) network: Network,
    pub(crate) unit: u32,
}

/// The weights that a gap's features move.
#[derive(Debug, Clone)]
struct Weights {
    buckets: Vec<[f32; UNITS]>,
    bias: [f32; UNITS],
    out: [f32; UNITS],
    base: f32,
}

impl Weights {
    fn all(size: usize, value: f32) -> Self {
        Self { buckets: vec![[value; UNITS]; size], bias: [value; UNITS], out: [value; UNITS], base: value }
    }

    /// Small weights, so that no two units are alike, of which half count for an end and half against it.
    fn at_random(size: usize, random: &mut fastrand::Rng) -> Self {
        let mut weights = Self::all(size, 0.0);
        weights
            .buckets
            .as_flattened_mut()
            .iter_mut()
            .for_each(|weight| *weight = (random.f32() - 0.5) / 10.0);
        weights.out.iter_mut().enumerate().for_each(|(i, out)| *out = if i % 2 == 0 { 0.5 } else { -0.5 });
        weights
    }

    fn each<'a>(&'a mut self, other: &'a Self) -> impl Iterator<Item = (&'a mut f32, &'a f32)> {
        let mine = self.buckets.as_flattened_mut().iter_mut().chain(&mut self.bias).chain(&mut self.out);
        let others = other.buckets.as_flattened().iter().chain(&other.bias).chain(&other.out);
        mine.chain([&mut self.base]).zip(others.chain([&other.base]))
    }
}

/// Learns from the features of gaps, and whether a sentence ends at each.
pub(crate) fn learn(gaps: &[(&Features, bool)], settings: &Settings) -> Learnt {
    let counts = counts(gaps, settings.bits);
    let mut random = fastrand::Rng::with_seed(0);
    let mut weights = Weights::at_random(counts.len(), &mut random);
    for (bucket, &count) in weights.buckets.iter_mut().zip(&counts) {
        if count < settings.minimum {
            *bucket = [0.0; UNITS];
        }
    }
    let mut squares = Weights::all(counts.len(), 0.01);
    let mut sums = Weights::all(counts.len(), 0.0);
    let mut order: Vec<usize> = (0..gaps.len()).collect();
    for epoch in 0..settings.epochs {
        random.shuffle(&mut order);
        let left = 1.0 - epoch as f32 / settings.epochs as f32;
        let rate = settings.rate * left.max(0.2);
        for &gap in &order {
            let (features, ends) = gaps[gap];
            let kept: Vec<usize> = buckets(features, settings.bits)
                .filter(|&bucket| random.f32() >= settings.dropout && counts[bucket] >= settings.minimum)
                .collect();
            step(&kept, ends, &mut weights, &mut squares, rate, 1.0 / (1.0 - settings.dropout));
        }
        if epoch >= settings.epochs / 2 {
            sums.each(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    quantised(&sums, (settings.epochs - settings.epochs / 2) as f32)
}

fn buckets(features: &Features, bits: u32) -> impl Iterator<Item = usize> {
    features.hashes().iter().map(move |hash| (hash >> (32 - bits)) as usize)
}

/// How often each bucket is seen.
fn counts(gaps: &[(&Features, bool)], bits: u32) -> Vec<u32> {
    let mut counts = vec![0; 1 << bits];
    gaps.iter().flat_map(|(features, _)| buckets(features, bits)).for_each(|bucket| counts[bucket] += 1);
    counts
}

/// Moves the weights of one gap against its error.
fn step(kept: &[usize], ends: bool, weights: &mut Weights, squares: &mut Weights, rate: f32, scale: f32) {
    /// Errors smaller than this teach nothing.
    const SMALL: f32 = 0.002;
    let mut units = weights.bias;
    for &bucket in kept {
        units.iter_mut().zip(&weights.buckets[bucket]).for_each(|(unit, weight)| *unit += weight * scale);
    }
    let passed = units.iter().zip(&weights.out).map(|(unit, out)| unit.max(0.0) * out);
    let score = weights.base + passed.sum::<f32>();
    let error = 1.0 / (1.0 + libm::expf(-score)) - f32::from(u8::from(ends));
    if error.abs() < SMALL {
        return;
    }
    let move_against = |weight: &mut f32, square: &mut f32, slope: f32| {
        *square += slope * slope;
        *weight -= rate * slope / square.sqrt();
    };
    let mut slopes = [0.0; UNITS];
    for unit in 0..UNITS {
        if units[unit] > 0.0 {
            slopes[unit] = error * weights.out[unit];
            move_against(&mut weights.out[unit], &mut squares.out[unit], error * units[unit]);
            move_against(&mut weights.bias[unit], &mut squares.bias[unit], slopes[unit]);
        }
    }
    for &bucket in kept {
        let bucket = weights.buckets[bucket].iter_mut().zip(&mut squares.buckets[bucket]);
        bucket.zip(&slopes).for_each(|((weight, square), slope)| move_against(weight, square, slope * scale));
    }
    move_against(&mut weights.base, &mut squares.base, error);
}

/// The nearest whole number; what is too large for one becomes the largest.
#[allow(clippy::cast_possible_truncation)] // a cast of a float saturates
fn rounded(value: f32) -> i32 {
    value.round() as i32
}

/// The weights as small integers; of those of the buckets the few largest are cut to the range.
fn quantised(sums: &Weights, count: f32) -> Learnt {
    /// One weight in this many may be cut.
    const CUT: usize = 2000;
    /// How much of a unit's weight is one.
    const OUT: f32 = 1000.0;
    let mut sizes: Vec<f32> =
        sums.buckets.as_flattened().iter().map(|sum| sum.abs() / count).filter(|&size| size > 0.0).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let scale = largest(&sizes, CUT);
    let short = |value: f32| rounded(value).try_into().unwrap_or(i16::MAX);
    let small = |sum: f32| rounded(sum / count * scale).clamp(-SIZE, SIZE).try_into().unwrap_or_default();
    let buckets: Vec<[i8; UNITS]> = sums.buckets.iter().map(|bucket| bucket.map(small)).collect();
    let network = Network::new(
        &buckets,
        sums.bias.map(|bias| short(bias / count * scale)),
        sums.out.map(|out| short(out / count * OUT)),
        rounded(sums.base / count * scale * OUT),
    );
    Learnt { network, unit: rounded(scale * OUT).try_into().unwrap_or(1) }
}

/// The largest small integer: more buckets are worth more than finer weights.
const SIZE: i32 = 15;

/// The scale on which one of so many sizes, sorted from the largest, is cut.
fn largest(sizes: &[f32], cut: usize) -> f32 {
    SIZE as f32 / sizes.get(sizes.len() / cut).copied().unwrap_or(1.0)
}
