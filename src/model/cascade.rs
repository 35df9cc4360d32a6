//! Models one behind the other (Viola and Jones 2001): most questions are answered at once, by a few features that
//! cost next to nothing, most others at a glance, and only what is not clear then is looked at closely.

use serde::{Deserialize, Serialize};

use super::{Features, Linear};
use crate::{archive, error::Error};

/// A model of few features in front of others, which says what is clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    linear: Linear,
    /// Below the first score it says no; from the second on it says yes.
    clear: (i32, i32),
}

impl Stage {
    /// A stage that is clear below the first score and from the second on.
    pub fn new(linear: Linear, clear: (i32, i32)) -> Self {
        Self { linear, clear }
    }

    /// What a score says, if that is clear.
    fn says(&self, score: i32) -> Option<bool> {
        let (no, yes) = self.clear;
        (score < no || score >= yes).then_some(score >= yes)
    }
}

/// Two stages in front of a model of many features.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cascade {
    peek: Stage,
    glance: Stage,
    look: Linear,
    /// The score that a yes must reach when looked at closely.
    threshold: i32,
}

impl Cascade {
    /// A cascade of these.
    pub fn new(peek: Stage, glance: Stage, look: Linear, threshold: i32) -> Self {
        Self { peek, glance, look, threshold }
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
        self.peek.says(hashes.iter().map(|&hash| self.peek.linear.weight(hash)).sum())
    }

    /// What the features of a glance say, if that is clear.
    pub fn glance(&self, features: &Features) -> Option<bool> {
        self.glance.says(self.glance.linear.score(features))
    }

    /// What all features say.
    pub fn look(&self, features: &Features) -> bool {
        self.look.score(features) >= self.threshold
    }
}
