//! Sentences.
//!
//! # Where a sentence ends
//!
//! ```text
//! end      = stop+ closer* citation*  before white space, or glued to a capital
//!          | bullet | list marker     before it, in a list
//!          | web address              before a capital
//!          | line break               if lines are units: see `breaks`
//!          | blank line               always
//! stop     = . ! ? … 。 and their kin, "?!", "...", ". . ."
//! closer   = ) ] ” ’ » " and their kin
//! citation = [12]
//! ```
//!
//! One scan over the bytes finds the *candidates* and everything that belongs to each. A candidate's *context* is
//! the word before and the word after, looked up in the language's lists. The *decision* is an ordered table of
//! rules, and the first that knows decides. A stop before white space ends a sentence unless a rule says no; a stop
//! that is glued to the next word does not unless a rule says yes.
//!
//! # Odd cases
//!
//! - `“It leaks.” said Mara` is one sentence, since a small letter follows; `“It leaks.” She left` is two.
//! - `“Ready?” Mara Quist asked.` is one: a name and a reporting verb belong to the quotation before them.
//! - `in the U.S. He` ends and `the U.S. Senate` does not: after an abbreviation that may be a last word, only a
//!   word that begins sentences rather than names tells.
//! - A straight quotation mark glued on both sides (`over."He`) closes if one is open in its paragraph.
//! - `lost. . . . The rest`: the first stop ends the sentence, the three dots begin the next.
//! - `Norrland.U.N. Secretary` ends after the first stop, `example.com` and `Node.js` have none.
//! - No decision looks across a blank line, and none looks further than some forty bytes, so that time is linear.
//!
//! Spans are made by cutting: the text from one end to the next, without its outer white space. So they are sorted,
//! do not overlap, and lose nothing, whatever the rules say.

mod ahead;
mod breaks;
mod candidates;
mod chunk;
mod context;
mod decision;
mod edges;
mod features;
mod halts;
mod horizon;
mod items;
mod marks;
mod peek;
mod pieces;
mod plain;
mod so_far;
mod stream;
mod unicode;
mod walk;
mod words;

use serde::{Deserialize, Serialize};

use crate::{
    archive,
    error::Error,
    lang::Language,
    model::Cascade,
    named::Named,
    text::{Span, Text},
};
pub use stream::{Stream, Streamed};
pub use walk::Shown;
use walk::{Decide, Judge, Teach, Walk};
use words::Words;

/// What a line break means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Newlines {
    /// A blank line ends a sentence. A single line break ends one where lines are paragraphs, headings or list
    /// items, and is a space in hard-wrapped text and where a line visibly goes on.
    #[default]
    Paragraph,
    /// Every line break ends a sentence.
    Break,
    /// Line breaks are spaces, blank lines too.
    Space,
}

impl Named for Newlines {
    const WHAT: &'static str = "newlines";
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Paragraph, "paragraph"), (Self::Break, "break"), (Self::Space, "space")];
}

/// Whether a sentence may end inside quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Quotes {
    /// Yes: “It leaks. Badly.” are two sentences.
    #[default]
    Inside,
    /// No: a quotation that is closed in its paragraph stays in one sentence.
    Whole,
}

impl Named for Quotes {
    const WHAT: &'static str = "quotes";
    const NAMES: &'static [(Self, &'static str)] = &[(Self::Inside, "inside"), (Self::Whole, "whole")];
}

/// Splits texts into sentences.
#[derive(Debug, Clone)]
pub struct SentenceSplitter {
    options: Options,
    language: &'static Language,
    words: Words,
}

/// All that a splitter is made from; what is saved of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The language's code.
    pub language: String,
    /// Further abbreviations, in any case, with or without their full stop. Such a stop never ends a sentence
    /// within its paragraph.
    pub abbreviations: Vec<String>,
    /// What a line break means.
    pub newlines: Newlines,
    /// Whether a sentence may end inside quotation marks.
    pub quotes: Quotes,
    /// Whether a sentence may end where no stop and no line break stands, as those of glued headlines do. Without,
    /// splitting is faster.
    pub gaps: bool,
    /// A model of the caller's; the language's, if there is none.
    pub model: Option<Cascade>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            abbreviations: Vec::new(),
            newlines: Newlines::default(),
            quotes: Quotes::default(),
            gaps: true,
            model: None,
        }
    }
}

impl SentenceSplitter {
    /// Compiles a splitter.
    ///
    /// # Errors
    /// The language is unknown.
    pub fn new(options: Options) -> Result<Self, Error> {
        let language = Language::get(&options.language)?;
        let words = Words::new(language, &options.abbreviations);
        Ok(Self { options, language, words })
    }

    /// The spans of the sentences of a text: in order, without the white space around them, never empty. They do
    /// not overlap and hold every character that is no white space.
    pub fn spans(&self, text: &Text) -> Vec<Span> {
        if self.words.are_of_no_language() {
            return unicode::spans(text, self.options.newlines, &self.words);
        }
        self.walk(text, &mut Decide::new(self.model()))
    }

    /// Shows every gap of a text that a model decides, and whether a sentence ends there, as `is_end` says of a byte. A
    /// model learns from these.
    pub fn examples(&self, text: &Text, is_end: impl Fn(usize) -> bool, see: impl FnMut(&Shown, bool)) {
        self.walk(text, &mut Teach::new(is_end, see));
    }

    fn walk(&self, text: &Text, judge: &mut impl Judge) -> Vec<Span> {
        let source = text.source();
        let whole = if self.options.quotes == Quotes::Whole { text.marks() } else { &[] };
        let mut walk = Walk::new(self, source, whole, judge.sees_gaps());
        let mut cutter = Cutter { source, sentence: 0, spans: Vec::new() };
        while let Some(end) = walk.next_end(judge) {
            cutter.cut(end);
        }
        cutter.cut(source.len());
        cutter.spans
    }

    /// What decides where the rules are not sure: the caller's model, or the language's.
    fn model(&self) -> Option<&Cascade> {
        self.options.model.as_ref().or(self.language.sentence_model.as_ref())
    }

    /// What it was made from.
    pub fn options(&self) -> &Options {
        &self.options
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

/// Cuts a text at the ends it is given.
#[derive(Debug)]
struct Cutter<'a> {
    source: &'a str,
    /// Where the sentence begins that has not ended yet.
    sentence: usize,
    spans: Vec<Span>,
}

impl Cutter<'_> {
    /// Ends the sentence at `end`; a sentence of nothing but white space is none.
    fn cut(&mut self, end: usize) {
        if end <= self.sentence {
            return;
        }
        let span = Span::new(self.sentence, end).trimmed(self.source);
        if !span.is_empty() {
            self.spans.push(span);
        }
        self.sentence = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(newlines: Newlines) -> Options {
        Options { abbreviations: vec!["Obl.".to_owned()], newlines, ..Options::default() }
    }

    #[test]
    fn newlines_have_names() {
        for &(newlines, _) in Newlines::NAMES {
            assert_eq!(Newlines::parse(newlines.as_str()), Ok(newlines));
        }
        let error = Newlines::parse("none").expect_err("no such value");
        assert_eq!(error.to_string(), "newlines=\"none\" is not one of paragraph, break, space");
    }

    #[test]
    fn only_building_fails() {
        let unknown = Options { language: "xx".to_owned(), ..options(Newlines::Paragraph) };
        assert!(SentenceSplitter::new(unknown).is_err());
    }

    #[test]
    fn a_saved_splitter_is_the_same() -> Result<(), Error> {
        let splitter = SentenceSplitter::new(options(Newlines::Space))?;
        let again = SentenceSplitter::from_bytes(&splitter.to_bytes())?;
        assert_eq!(again.options, splitter.options);
        let text = Text::new("The Obl. Veran\n\ncame. He left.");
        assert_eq!(again.spans(&text), splitter.spans(&text));
        Ok(())
    }

    #[test]
    fn white_space_before_the_first_word_changes_nothing() -> Result<(), Error> {
        let splitter = SentenceSplitter::new(Options::default())?;
        let strings = |source: &str| -> Vec<String> {
            splitter.spans(&Text::new(source)).iter().map(|span| span.of(source).to_owned()).collect()
        };
        for source in
            ["—“ she —(…J.  &#8220; ?she, who", "Leaks?Mara Quist, 5", "2) Roof leaks Mara came. “No.”"]
        {
            let expected = strings(source);
            for white in [" ", "\t ", "\u{3000}", "\n\n "] {
                assert_eq!(strings(&format!("{white}{source}")), expected, "{white:?} before {source:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn a_text_without_words_has_no_sentences() -> Result<(), Error> {
        let splitter = SentenceSplitter::new(options(Newlines::Paragraph))?;
        for source in ["", " ", "\n\n\u{3000}\t"] {
            assert_eq!(splitter.spans(&Text::new(source)), []);
        }
        Ok(())
    }
}
