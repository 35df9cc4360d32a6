//! What differs between languages, as data: one folder of word lists a language.
//!
//! A language is a value, not code: the stages ask it which classes a word belongs to and decide alike for all.

mod lexicon;
mod tagged;

use std::sync::LazyLock;

pub use lexicon::{Class, Classes, Lexicon};
pub use tagged::Tagged;

use crate::error::Error;

/// One language's data.
#[derive(Debug)]
pub struct Language {
    /// The ISO 639-1 code: `"en"`.
    pub code: &'static str,
    /// The classes of words.
    pub lexicon: Lexicon,
}

/// The codes that [`Language::get`] knows.
pub const CODES: [&str; 1] = ["en"];

static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| Language { code: "en", lexicon: Lexicon::new(lexicon::ENGLISH) });

impl Language {
    /// The language with this code.
    ///
    /// # Errors
    /// The code is not one of [`CODES`].
    pub fn get(code: &str) -> Result<&'static Self, Error> {
        match code {
            "en" => Ok(&ENGLISH),
            _ => Err(Error::unknown_language(code, &CODES)),
        }
    }
}
