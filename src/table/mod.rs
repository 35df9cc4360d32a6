//! Columns: what was found in many texts, as Arrow arrays, a row for every hit.
//!
//! ```text
//! Chunk of texts ─► Reader ─► columns (sentences, mentions, quotes) ─► RecordBatch
//! ```
//!
//! A chunk is all that a thread needs, and its batch all that it gives: nothing is shared, so any number of threads
//! give the same batches. There is one schema for each kind of hit, whatever the texts hold.

mod chunk;
mod columns;
mod saved;
mod schema;
mod texts;

use std::sync::Arc;

use arrow_array::RecordBatch;

pub use chunk::{Chunk, Chunks};
pub use saved::{from_bytes, to_bytes};
pub use schema::schema;
pub use texts::Texts;

use crate::{
    entity::EntityMatcher,
    named::Named,
    pipeline::Pipeline,
    sentence::SentenceSplitter,
    text::{Text, offsets::Unit},
};

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// Sentences.
    Sentences,
    /// Mentions of entities.
    Mentions,
    /// Quotes.
    Quotes,
}

impl Named for TableKind {
    const WHAT: &'static str = "kind";
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Sentences, "sentences"), (Self::Mentions, "mentions"), (Self::Quotes, "quotes")];
}

/// What reads the texts of a column.
#[derive(Debug, Clone)]
pub enum Reader {
    /// Gives sentences.
    Splitter(Arc<SentenceSplitter>),
    /// Gives the mentions of the caller's entities.
    Matcher(Arc<EntityMatcher>),
    /// Gives one kind of what a pipeline finds.
    Pipeline(Arc<Pipeline>, TableKind),
}

impl Reader {
    /// What it finds.
    pub fn kind(&self) -> TableKind {
        match self {
            Self::Splitter(_) => TableKind::Sentences,
            Self::Matcher(_) => TableKind::Mentions,
            Self::Pipeline(_, kind) => *kind,
        }
    }
}

/// How a column is read into a table.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What reads the texts.
    pub reader: Reader,
    /// One row for each text, its hits in a list, instead of one row for each hit.
    pub nested: bool,
    /// What positions are counted in.
    pub unit: Unit,
}

impl Plan {
    /// Reads a chunk of texts. Before each text it asks whether to `go_on`; without, the rest is left out.
    pub fn read(&self, chunk: &Chunk, go_on: impl Fn() -> bool) -> RecordBatch {
        let mut columns = columns::Columns::new(self.reader.kind(), self.nested);
        for (row, source) in chunk.texts() {
            if !go_on() {
                break;
            }
            match source {
                Some(source) => self.read_text(row, &source, &mut columns),
                None => columns.null(),
            }
        }
        columns.finish()
    }

    fn read_text(&self, row: usize, source: &str, columns: &mut columns::Columns) {
        let text = Text::new(source);
        let mut hits = columns.of_text(row, source, self.unit);
        match &self.reader {
            Reader::Splitter(splitter) => hits.sentences(&splitter.spans(&text)),
            Reader::Matcher(matcher) => hits.mentions(&matcher.find(&text), |index| matcher.view(index)),
            Reader::Pipeline(pipeline, TableKind::Sentences) => hits.sentences(&pipeline.sentences(&text)),
            Reader::Pipeline(pipeline, TableKind::Mentions) => {
                let entities = pipeline.entities(&text);
                hits.mentions(&entities.mentions, |index| entities.roster[index].view());
            }
            Reader::Pipeline(pipeline, TableKind::Quotes) => hits.quotes(&pipeline.analyze(&text)),
        }
    }
}
