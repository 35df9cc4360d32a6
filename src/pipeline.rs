//! All stages, compiled together.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    archive,
    document::Document,
    entity::{self, Entities, EntityMatcher},
    error::Error,
    lang::{Language, Tagged},
    model::QuoteModel,
    quote::{Explanation, QuoteDetector, QuoteKind},
    sentence::{self, SentenceSplitter},
    text::{Span, Text},
};

/// What a pipeline is made from, besides the matcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// What the splitter is made from; its language is that of all stages.
    pub sentences: sentence::Options,
    /// Further cue verbs, in every form in which they occur.
    pub verbs: Vec<String>,
    /// The kinds of quotes to give.
    pub kinds: Vec<QuoteKind>,
    /// Models of quotes of the caller's; the language's, if there are none.
    pub quote_model: Option<Arc<QuoteModel>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            sentences: sentence::Options::default(),
            verbs: Vec::new(),
            kinds: QuoteKind::ALL.to_vec(),
            quote_model: None,
        }
    }
}

/// Reads texts: sentences, mentions and quotes in one pass.
#[derive(Debug, Clone)]
pub struct Pipeline {
    options: Options,
    splitter: SentenceSplitter,
    matcher: Option<Arc<EntityMatcher>>,
    detector: QuoteDetector,
    language: &'static Language,
}

impl Pipeline {
    /// Compiles a pipeline.
    ///
    /// # Errors
    /// The language is unknown.
    pub fn new(options: Options, matcher: Option<Arc<EntityMatcher>>) -> Result<Self, Error> {
        let splitter = SentenceSplitter::new(options.sentences.clone())?;
        let detector = QuoteDetector::new(&options.verbs, &options.kinds);
        let detector = detector.with_model(options.quote_model.clone());
        let language = Language::get(&options.sentences.language)?;
        Ok(Self { options, splitter, matcher, detector, language })
    }

    /// What it was made from.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The caller's entities.
    pub fn matcher(&self) -> Option<&EntityMatcher> {
        self.matcher.as_deref()
    }

    /// The sentences of a text.
    pub fn sentences(&self, text: &Text) -> Vec<Span> {
        self.splitter.spans(text)
    }

    /// The mentions of a text with their entities.
    pub fn entities(&self, text: &Text) -> Entities {
        let sentences = self.sentences(text);
        entity::recognize(&Tagged::new(text, self.language), &sentences, self.matcher.as_ref())
    }

    /// Reads one text.
    pub fn analyze(&self, text: &Text) -> Document {
        let sentences = self.sentences(text);
        let tagged = Tagged::new(text, self.language);
        let entities = entity::recognize(&tagged, &sentences, self.matcher.as_ref());
        let quotes = self.detector.find(&tagged, &sentences, &entities);
        Document { sentences, entities, quotes }
    }

    /// Reads one text and tells why its quotes are what they are, in their order.
    pub fn explain(&self, text: &Text) -> (Vec<Explanation>, Entities) {
        let sentences = self.sentences(text);
        let tagged = Tagged::new(text, self.language);
        let entities = entity::recognize(&tagged, &sentences, self.matcher.as_ref());
        (self.detector.explain(&tagged, &sentences, &entities), entities)
    }

    /// The pipeline as bytes for [`Self::from_bytes`]; `kind` tells under which name it was saved.
    pub fn to_bytes(&self, kind: archive::Kind) -> Vec<u8> {
        archive::seal(kind, &(&self.options, self.matcher.as_ref().map(|matcher| matcher.to_bytes())))
    }

    /// The pipeline that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are not a saved pipeline of this kind.
    pub fn from_bytes(kind: archive::Kind, bytes: &[u8]) -> Result<Self, Error> {
        let (options, matcher): (Options, Option<Vec<u8>>) = archive::open(kind, bytes)?;
        let matcher = matcher.map(|bytes| EntityMatcher::from_bytes(&bytes)).transpose()?.map(Arc::new);
        Self::new(options, matcher)
    }
}
