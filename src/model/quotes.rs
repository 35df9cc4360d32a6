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
    /// Those with a glance in front.
    pub const GLANCED: [Self; 5] = [Self::Speaker, Self::Cue, Self::Start, Self::End, Self::Source];

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
    /// The words that may be cues.
    cues: WordSet,
    /// One a question of which some options are plainly wrong.
    glances: [Option<Glance>; Question::ALL.len()],
}

/// Words by the highest bits of their hashes, a bit each; saved as a model that has weights where words are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Linear", into = "Linear")]
struct WordSet {
    /// Two to the power of [`Self::BITS`] bits.
    bits: Vec<u64>,
}

impl WordSet {
    const BITS: u32 = 16;

    fn new(buckets: impl Iterator<Item = usize>) -> Self {
        let mut bits = vec![0; 1 << (Self::BITS - u64::BITS.ilog2())];
        for bucket in buckets {
            bits[bucket / 64] |= 1 << (bucket % 64);
        }
        Self { bits }
    }

    /// The place of a word.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // few bits are left
    fn bucket(word: u64) -> usize {
        (word >> (u64::BITS - Self::BITS)) as usize
    }

    #[inline]
    fn has(&self, bucket: usize) -> bool {
        self.bits[bucket / 64] >> (bucket % 64) & 1 == 1
    }
}

impl From<WordSet> for Linear {
    fn from(words: WordSet) -> Self {
        Self::new((0..1 << WordSet::BITS).map(|bucket| i8::from(words.has(bucket))).collect())
    }
}

impl TryFrom<Linear> for WordSet {
    type Error = &'static str;

    fn try_from(model: Linear) -> Result<Self, Self::Error> {
        if model.weights.len() != 1 << Self::BITS {
            return Err("the words that may be cues have another number of buckets");
        }
        let weights = model.weights.iter().enumerate();
        Ok(Self::new(weights.filter(|&(_, &weight)| weight > 0).map(|(bucket, _)| bucket)))
    }
}

/// A few features in front of a question, which say which of its options plainly are not right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    linear: Linear,
    /// How far behind the best an option may be that is worth a close look.
    margin: i32,
}

impl Glance {
    /// A glance by this model, where what is so far behind the best is looked at no more.
    pub fn new(linear: Linear, margin: i32) -> Self {
        Self { linear, margin }
    }

    /// The model.
    pub fn linear(&self) -> &Linear {
        &self.linear
    }

    /// Which of options with these scores are worth a close look. None of them has the score nothing.
    pub fn worth(&self, scores: impl Iterator<Item = i32> + Clone) -> impl Iterator<Item = bool> {
        let least = self.least(scores.clone().fold(0, i32::max));
        scores.map(move |score| score >= least)
    }

    /// The least score that is worth a close look, where this one is the best; none of them has the score nothing.
    pub fn least(&self, best: i32) -> i32 {
        best.max(0) - self.margin
    }
}

impl QuoteModel {
    /// A model of one ranker a question, the hashes of the words that may be cues, and the glances in front of questions.
    pub fn new(
        rankers: [Ranker; Question::ALL.len()],
        cues: impl IntoIterator<Item = u64>,
        glances: [Option<Glance>; Question::ALL.len()],
    ) -> Self {
        let cues = WordSet::new(cues.into_iter().map(WordSet::bucket));
        Self { rankers, cues, glances }
    }

    /// The ranker of a question.
    pub fn ranker(&self, question: Question) -> &Ranker {
        &self.rankers[question as usize]
    }

    /// Whether a word may be a cue.
    #[inline]
    pub fn may_be_cue(&self, word: u64) -> bool {
        self.cues.has(WordSet::bucket(word))
    }

    /// The glance in front of a question.
    pub fn glance(&self, question: Question) -> Option<&Glance> {
        self.glances[question as usize].as_ref()
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
