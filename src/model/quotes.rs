use serde::{Deserialize, Serialize};

use super::Ranker;
use crate::{archive, error::Error};

/// The models of a language's quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteModel {
    /// Whether somebody said what stands in marks.
    pub said: Ranker,
    /// Which mention is who said it.
    pub speaker: Ranker,
}

impl QuoteModel {
    /// The models as bytes for [`Self::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        archive::seal(archive::Kind::QuoteModel, self)
    }

    /// The models that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are no saved models of quotes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        archive::open(archive::Kind::QuoteModel, bytes)
    }
}
