//! Sentences.

use serde::{Deserialize, Serialize};

use crate::{
    archive,
    error::Error,
    lang::Language,
    text::{Span, Text},
};

/// What a line break means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Newlines {
    /// A blank line ends a sentence; a single line break is a space.
    #[default]
    Paragraph,
}

/// Splits texts into sentences.
#[derive(Debug, Clone)]
pub struct SentenceSplitter {
    options: Options,
    language: &'static Language,
}

/// All that a splitter is made from; what is saved of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The language's code.
    pub language: String,
    /// Further abbreviations, with or without their full stop.
    pub abbreviations: Vec<String>,
    /// What a line break means.
    pub newlines: Newlines,
}

impl SentenceSplitter {
    /// Compiles a splitter.
    ///
    /// # Errors
    /// The language is unknown.
    pub fn new(options: Options) -> Result<Self, Error> {
        let language = Language::get(&options.language)?;
        Ok(Self { options, language })
    }

    /// The spans of the sentences of a text: in order, without the white space around them, never empty. They do
    /// not overlap and hold every character that is no white space.
    pub fn spans(&self, text: &Text) -> Vec<Span> {
        let _ = self.language;
        text.blocks().iter().map(|block| block.span).collect()
    }

    /// The splitter as bytes for [`Self::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        archive::seal(archive::Kind::SentenceSplitter, &self.options)
    }

    /// The splitter that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are not a saved splitter.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::new(archive::open(archive::Kind::SentenceSplitter, bytes)?)
    }
}
