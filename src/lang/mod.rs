//! What differs between languages, as data: one folder of word lists a language.
//!
//! A language is a value, not code: the stages ask it which classes a word belongs to and decide alike for all.

mod classes;
mod datelines;
mod german;
mod known;
mod lexicon;
mod ordinary;
mod spellings;
mod tagged;

pub use known::CODES;
pub use lexicon::{Class, Classes, Lexicon};
pub use spellings::{other_given_names, other_spelling, spelt_words};
pub use tagged::Tagged;

use crate::{
    error::Error,
    model::{Cascade, QuoteModel},
};

/// One language's data.
#[derive(Debug)]
pub struct Language {
    /// The ISO 639-1 code, `"en"`; or `"und"` for what is in none of the known languages.
    pub code: &'static str,
    /// The classes of words.
    pub lexicon: Lexicon,
    /// How its sentences are written; if that is not known, Unicode says where they end.
    pub writing: Option<Writing>,
    /// How its words are joined.
    pub grammar: Grammar,
    /// What was learnt about where sentences end; nothing, where nobody has marked up texts to learn from.
    pub sentence_model: Option<Cascade>,
    /// What was learnt about who says what.
    pub quote_model: Option<QuoteModel>,
}

/// What of the writing of sentences no list of words tells. The default is what most languages do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Writing {
    /// The semicolon is the question mark.
    pub semicolon_asks: bool,
    /// Which words an ordinal may stand before that is a number and a stop.
    pub ordinals: Ordinals,
    /// A colon ends the heading that a paragraph begins with.
    pub headings: bool,
}

/// What of the grammar no list of words tells. The default is what English does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grammar {
    /// Every noun has a capital, so that a capital makes no name.
    pub capital_nouns: bool,
    /// The verb is the second part of its sentence, whatever the first is: the subject may follow it anywhere.
    pub verb_second: bool,
    /// The pronoun of whoever tells the story.
    pub first_person: &'static str,
    /// The pronoun that stands for nobody: "it is understood that".
    pub expletive: &'static str,
    /// The conjunction between two that contradict one another.
    pub adversative: &'static str,
    /// What stands between a source and its verb where somebody else quotes it: "quoted her as saying".
    pub quoted_as: &'static str,
    /// Relative pronouns that stand for people alone.
    pub personal_relatives: &'static [&'static str],
    /// Personal pronouns that are an object and nothing else.
    pub object_pronouns: &'static [&'static str],
    /// The comma that announces an attribution stands behind the closing mark, where nothing else puts one.
    pub comma_behind_marks: bool,
    /// Prepositions that stand before the names of places, seldom before those of people.
    pub locatives: &'static [&'static str],
    /// What the names of places of several words end with: "road".
    pub place_nouns: &'static [&'static str],
    /// What verbs of several end with; it tells "they" from "she" where both are one word.
    pub plural_verbs: &'static [&'static str],
    /// The endings that tell what a word is, each with its number, the first that fits.
    pub endings: &'static [Ending],
    /// Those that tell what form a verb has.
    pub verb_endings: &'static [Ending],
}

impl Default for Grammar {
    fn default() -> Self {
        Self {
            capital_nouns: false,
            verb_second: false,
            first_person: "I",
            expletive: "it",
            adversative: "but",
            quoted_as: "",
            personal_relatives: &[],
            object_pronouns: &[],
            comma_behind_marks: false,
            locatives: &[],
            place_nouns: &[],
            plural_verbs: &[],
            endings: const { &[Ending::new("ed", 1), Ending::new("ing", 2), Ending::new("s", 3)] },
            verb_endings: const {
                &[Ending::new("ing", 1), Ending::new("ed", 2), Ending::new("s", 3), Ending::new("ion", 4)]
            },
        }
    }
}

/// An ending of words, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Its letters, the last one lowest, and which of a word's last four bytes these are compared with.
    letters: u32,
    mask: u32,
    number: u64,
}

impl Ending {
    /// An ending of one to four bytes.
    ///
    /// # Panics
    /// It has none or more.
    pub const fn new(ending: &str, number: u64) -> Self {
        let bytes = ending.as_bytes();
        assert!(!bytes.is_empty() && bytes.len() <= 4, "an ending has one to four bytes");
        Self { letters: tail(bytes), mask: u32::MAX >> (32 - 8 * bytes.len()), number }
    }
}

/// The last four bytes of a word as a number, the last one lowest; of a shorter one all.
const fn tail(word: &[u8]) -> u32 {
    if let Some(last) = word.last_chunk() {
        return u32::from_be_bytes(*last);
    }
    let (mut tail, mut at) = (0, 0);
    while at < word.len() {
        tail = tail << 8 | word[at] as u32;
        at += 1;
    }
    tail
}

/// The number of the first ending that a word has, or none of them.
pub fn ending(word: &[u8], endings: &[Ending]) -> u64 {
    let tail = tail(word);
    endings.iter().find(|ending| tail & ending.mask == ending.letters).map_or(0, |ending| ending.number)
}

/// What may follow a number that a stop makes an ordinal of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ordinals {
    /// Nothing: ordinals are written otherwise.
    #[default]
    Otherwise,
    /// A word with a small letter: `5. gade`.
    BeforeSmall,
    /// Nouns too, which have a capital wherever they stand: `am 12. Juni`.
    BeforeAny,
}

impl Language {
    /// The language with this code.
    ///
    /// # Errors
    /// The code is not one of [`CODES`].
    pub fn get(code: &str) -> Result<&'static Self, Error> {
        known::find(code).ok_or_else(|| Error::unknown_language(code, &CODES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_models_open() -> Result<(), Error> {
        // A model that does not open is a language without one, and nobody would notice.
        assert!(Language::get("en")?.sentence_model.is_some());
        assert!(Language::get("en")?.quote_model.is_some());
        assert!(Language::get("de")?.quote_model.is_some());
        Ok(())
    }

    #[test]
    fn a_word_has_the_first_ending_that_fits() {
        const ENDINGS: [Ending; 4] =
            [Ending::new("ten", 1), Ending::new("tion", 4), Ending::new("n", 2), Ending::new("ss", 3)];
        let words = ["boten", "ten", "en", "n", "", "s", "Miss", "ss", "motion", "tion", "ion", "Ten"];
        let numbers = words.map(|word| ending(word.as_bytes(), &ENDINGS));
        assert_eq!(numbers, [1, 1, 2, 2, 0, 0, 3, 3, 4, 4, 2, 2]);
    }

    #[test]
    fn every_code_is_that_of_its_language() {
        for code in CODES {
            assert_eq!(Language::get(code).map(|language| language.code), Ok(code));
        }
        let error = Language::get("xx").expect_err("no such language").to_string();
        assert!(CODES.iter().all(|code| error.contains(code)), "{error}");
    }
}
