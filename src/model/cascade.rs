//! Two models, one behind the other (Viola and Jones 2001): most questions are answered at a glance, by a few features
//! that cost little, and only what is not clear then is looked at closely.

use serde::{Deserialize, Serialize};

use super::{Features, Linear};
use crate::{archive, error::Error};

/// A model of few features in front of one of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cascade {
    glance: Linear,
    /// Below the first score a glance says no; from the second on it says yes.
    clear: (i32, i32),
    look: Linear,
    /// The score that a yes must reach when looked at closely.
    threshold: i32,
}

impl Cascade {
    /// A cascade of two models.
    pub fn new(glance: Linear, clear: (i32, i32), look: Linear, threshold: i32) -> Self {
        Self { glance, clear, look, threshold }
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

    /// What the features of a glance say, if that is clear.
    pub fn glance(&self, features: &Features) -> Option<bool> {
        let score = self.glance.score(features);
        let (no, yes) = self.clear;
        (score < no || score >= yes).then_some(score >= yes)
    }

    /// What all features say.
    pub fn look(&self, features: &Features) -> bool {
        self.look.score(features) >= self.threshold
    }
}
