//! Models one behind the other (Viola and Jones 2001): most questions are answered at once, by a few features that
//! cost next to nothing, and only what is not clear then is looked at closely.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Features, Linear, Network, packed};
use crate::{archive, error::Error};

/// A model of few features in front of others, which says what is clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    #[serde(serialize_with = "write", deserialize_with = "read")]
    linear: Linear,
    /// Below the first score it says no; from the second on it says yes.
    clear: (i32, i32),
}

impl Stage {
    /// A stage that is clear below the first score and from the second on.
    pub fn new(linear: Linear, clear: (i32, i32)) -> Self {
        Self { linear, clear }
    }

    /// What features say, if that is clear.
    #[inline]
    fn of(&self, hashes: &[u64]) -> Option<bool> {
        let score: i32 = hashes.iter().map(|&hash| self.linear.weight(hash)).sum();
        answer(self.clear, score)
    }
}

/// What a score says, if that is clear: below the first bound no, from the second on yes.
#[inline]
fn answer((no, yes): (i32, i32), score: i32) -> Option<bool> {
    (score < no || score >= yes).then_some(score >= yes)
}

/// How many stages are in front of the close look.
pub const STAGES: usize = 2;

/// Stages in front of a close look at many features, which is a linear model and a network: each errs where the other
/// does not, so their mean is better than either.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cascade {
    stages: [Stage; STAGES],
    #[serde(serialize_with = "write", deserialize_with = "read")]
    linear: Linear,
    /// Below the first sum of its near features the linear model says no; from the second on it says yes.
    clear: (i32, i32),
    network: Network,
    /// How much of a score is one natural unit, of the linear model's and of the network's.
    units: (u16, u32),
    /// The score that a yes must reach when looked at closely.
    threshold: i64,
}

/// How many natural units from the threshold a linear model is sure.
const SURE: i64 = 4;

/// How many parts of a natural unit a threshold is given in.
const THOUSAND: i64 = 1000;

/// Scores of which none is clear.
const NEVER: (i32, i32) = (i32::MIN, i32::MAX);

fn write<S: Serializer>(model: &Linear, serializer: S) -> Result<S::Ok, S::Error> {
    packed::serialize(&model.weights, serializer)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Linear, D::Error> {
    let weights = packed::deserialize(deserializer)?;
    let whole = weights.len().is_power_of_two();
    if whole {
        Ok(Linear::new(weights))
    } else {
        Err(D::Error::custom("a model has a power of two of weights"))
    }
}

impl Cascade {
    /// A cascade that is nothing but a close look.
    ///
    /// `units` says how much of a score is one natural unit, and `threshold` which mean of the two scores a yes must
    /// reach, in thousandths of that.
    pub fn new((linear, network): (Linear, Network), units: (u16, u32), threshold: i32) -> Self {
        let threshold = 2 * i64::from(threshold) * i64::from(units.0) * i64::from(units.1) / THOUSAND;
        let stages = [(); STAGES].map(|()| Stage::new(Linear::new(vec![0]), NEVER));
        Self { stages, linear, clear: NEVER, network, units, threshold }
    }

    /// The same with stages in front, and a look that is over where the sum of the near features is `clear`: below the
    /// first score it says no, from the second on it says yes.
    #[must_use]
    pub fn behind(self, stages: [Stage; STAGES], clear: (i32, i32)) -> Self {
        Self { stages, clear, ..self }
    }

    /// The cascade as bytes for [`Self::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        archive::seal(archive::Kind::Model, self)
    }

    /// The cascade that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are not a saved model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        archive::open(archive::Kind::Model, bytes)
    }

    /// What the few features of a stage say, if that is clear.
    #[inline]
    pub fn peek(&self, stage: usize, hashes: &[u64]) -> Option<bool> {
        self.stages[stage].of(hashes)
    }

    /// The weight of a feature in the linear model of the look.
    #[inline]
    pub fn weight(&self, feature: u64) -> i32 {
        self.linear.weight(feature)
    }

    /// The sum of the weights of features in it.
    pub fn sum(&self, features: &Features) -> i32 {
        self.linear.score(features)
    }

    /// What the sum of the near features says, if it is clear (a soft cascade, Bourdev and Brandt 2005).
    #[inline]
    pub fn is_clear(&self, near: i32) -> Option<bool> {
        answer(self.clear, near)
    }

    /// What all say: the sum of the weights of the features, near and far, and the facts that the network joins by itself. The
    /// network is not asked where the sum is sure.
    #[inline]
    pub fn look<'f>(&self, sum: i32, facts: impl FnOnce() -> &'f Features) -> bool {
        let linear = i64::from(sum) * i64::from(self.units.1);
        let beyond = linear - self.threshold / 2;
        if beyond.abs() >= SURE * i64::from(self.units.0) * i64::from(self.units.1) {
            return beyond >= 0;
        }
        let network = self.network.score(facts()) * i64::from(self.units.0);
        linear + network >= self.threshold
    }
}
