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
        let (no, yes) = self.clear;
        (score < no || score >= yes).then_some(score >= yes)
    }
}

/// A peek in front of a close look at many features, which is a linear model and a network: each errs where the other
/// does not, so their mean is better than either.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cascade {
    peek: Stage,
    #[serde(serialize_with = "write", deserialize_with = "read")]
    linear: Linear,
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
    /// A cascade of a peek and a close look.
    ///
    /// `units` says how much of a score is one natural unit, and `threshold` which mean of the two scores a yes must
    /// reach, in thousandths of that.
    pub fn new(peek: Stage, (linear, network): (Linear, Network), units: (u16, u32), threshold: i32) -> Self {
        let threshold = 2 * i64::from(threshold) * i64::from(units.0) * i64::from(units.1) / THOUSAND;
        Self { peek, linear, network, units, threshold }
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

    /// What the few features of a peek say, if that is clear.
    pub fn peek(&self, hashes: &[u64]) -> Option<bool> {
        self.peek.of(hashes)
    }

    /// What all features say: those of the linear model, and the facts that the network joins by itself. The network
    /// is not asked where the linear model is sure.
    pub fn look<'f>(&self, features: &Features, facts: impl FnOnce() -> &'f Features) -> bool {
        let linear = i64::from(self.linear.score(features)) * i64::from(self.units.1);
        let beyond = linear - self.threshold / 2;
        if beyond.abs() >= SURE * i64::from(self.units.0) * i64::from(self.units.1) {
            return beyond >= 0;
        }
        let network = self.network.score(facts()) * i64::from(self.units.0);
        linear + network >= self.threshold
    }
}
