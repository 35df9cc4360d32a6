//! Entities: whom and what a text mentions.
//!
//! ```text
//! gazetteer (exact, folded, fuzzy) ┐
//! patterns ────────────────────────┼─► overlap ─► Mentions of the caller's entities        EntityMatcher
//! names · roles · pronouns ────────┘          └─► links ─► all Mentions of a document      recognize
//! ```

mod affixes;
mod apposition;
mod beside;
mod builtin;
mod compile;
mod derive;
mod edits;
mod forms;
mod fuzzy;
mod gazetteer;
mod hash;
mod index;
mod layers;
mod links;
mod longer;
mod matcher;
mod names;
mod normal;
mod overlap;
mod packed;
mod patterns;
mod pieces;
mod plain;
mod pronouns;
mod readings;
mod recognizer;
pub mod records;
mod roles;
mod ruler;
mod runs;
mod salience;
mod sieve;
mod slips;
mod store;
mod strict;
mod table;
mod told;
mod traits;
mod walk;
mod writings;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use builtin::builtins;
pub use matcher::{Accents, Case, EntityMatcher, Options, Overlap, Record};
pub use normal::value;
pub use packed::Records;
pub use recognizer::{Entities, recognize};
pub use store::EntityRef;
pub use strict::{Difference, Strict};
pub use traits::Gender;

use crate::{named::Named, text::Span};

/// Somebody or something with an id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Entity {
    /// The caller's id, or one made for a name that no gazetteer has.
    pub id: String,
    /// The preferred name.
    pub name: String,
    /// The type: `"PERSON"` unless the caller says otherwise.
    pub kind: String,
    /// Other forms of the name.
    pub aliases: Vec<String>,
}

/// How a mention was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MentionKind {
    /// A form of one of the caller's entities.
    Gazetteer,
    /// A capitalised name that no gazetteer has.
    Name,
    /// A description: "a senior State Department official".
    Role,
    /// A personal pronoun.
    Pronoun,
    /// What one of the caller's regular expressions matches.
    Pattern,
}

impl Named for MentionKind {
    const WHAT: &'static str = "kind";
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Gazetteer, "gazetteer"),
        (Self::Name, "name"),
        (Self::Role, "role"),
        (Self::Pronoun, "pronoun"),
        (Self::Pattern, "pattern"),
    ];
}

/// A place where a text mentions an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// How it was found.
    pub kind: MentionKind,
    /// Whom it means: an index into the roster that comes with the mentions.
    pub entity: Option<usize>,
    /// Whom else it may mean, better ones first: indexes into the roster. Few mentions have any.
    pub others: Vec<usize>,
    /// How close the text is to the entity's form: 1.0 is exact.
    pub score: f32,
}

impl Mention {
    /// All whom it may mean, best first: indexes into the roster.
    pub fn candidates(&self) -> impl Iterator<Item = usize> {
        self.entity.into_iter().chain(self.others.iter().copied())
    }
}

/// The entities that mentions point to by index.
pub type Roster = Vec<Arc<Entity>>;
