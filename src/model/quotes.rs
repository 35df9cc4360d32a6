//! The models of the quote stage, in one file.

use serde::{Deserialize, Serialize};

use super::{Linear, Ranker};
use crate::{archive, error::Error, named::Named};

/// What the quote stage asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether somebody said what stands in marks.
    Said,
    /// Which mention is who said what stands in marks.
    Speaker,
    /// Which character of a told conversation that is.
    Turn,
    /// Whether a word is the cue of a reported clause.
    Cue,
    /// Where the clause of a cue starts.
    Start,
    /// Where it ends.
    End,
    /// Which mention is the source of a cue.
    Source,
}

impl Question {
    /// All of them, in the order of a model's rankers.
    pub const ALL: [Self; 7] =
        [Self::Said, Self::Speaker, Self::Turn, Self::Cue, Self::Start, Self::End, Self::Source];
}

impl Named for Question {
    const WHAT: &'static str = "question";
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Said, "said"),
        (Self::Speaker, "speaker"),
        (Self::Turn, "turn"),
        (Self::Cue, "cue"),
        (Self::Start, "start"),
        (Self::End, "end"),
        (Self::Source, "source"),
    ];
}

/// The models of a language's quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteModel {
    /// One a question.
    rankers: [Ranker; Question::ALL.len()],
    /// Has weights where the words are that may be cues.
    cues: Linear,
    glance: Glance,
}

/// A few features in front of the question whether a word is a cue, which say where it plainly is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    linear: Linear,
    /// The least score of a word that is worth the question.
    least: i32,
}

impl Glance {
    /// A glance by this model, below whose score `least` nothing is asked.
    pub fn new(linear: Linear, least: i32) -> Self {
        Self { linear, least }
    }

    /// The model.
    pub fn linear(&self) -> &Linear {
        &self.linear
    }

    /// Whether a word of this score is worth the question.
    pub fn is_worth_asking(&self, score: i32) -> bool {
        score >= self.least
    }
}

impl QuoteModel {
    /// A model of one ranker a question, the hashes of the words that may be cues, and the glance at each of these.
    pub fn new(
        rankers: [Ranker; Question::ALL.len()],
        cues: impl IntoIterator<Item = u64>,
        glance: Glance,
    ) -> Self {
        const BITS: u32 = 16;
        let mut weights = vec![0; 1 << BITS];
        for word in cues {
            weights[(word >> (64 - BITS)) as usize] = 1;
        }
        Self { rankers, cues: Linear::new(weights), glance }
    }

    /// The ranker of a question.
    pub fn ranker(&self, question: Question) -> &Ranker {
        &self.rankers[question as usize]
    }

    /// Whether a word may be a cue.
    pub fn may_be_cue(&self, word: u64) -> bool {
        self.cues.weight(word) > 0
    }

    /// What is seen of a word at a glance.
    pub fn glance(&self) -> &Glance {
        &self.glance
    }

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
