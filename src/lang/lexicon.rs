//! Word classes: which lists of a language a word stands in.

use rustc_hash::FxHashMap;

/// A class of words; each is one file of a language's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Abbreviations after which a sentence goes on.
    Abbreviation,
}

/// The classes that one word belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u64);

impl Classes {
    /// Whether the word is in this class.
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether the word is in one of these classes.
    pub fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.has(class))
    }
}

/// The word lists of a language, looked up together.
#[derive(Debug)]
pub struct Lexicon {
    words: FxHashMap<&'static str, Classes>,
}

/// English: one row a class.
pub(super) const ENGLISH: &[(Class, &str)] = &[(Class::Abbreviation, include_str!("en/abbreviations.txt"))];

impl Lexicon {
    /// Reads the lists: words in lower case between white space, `#` begins a comment.
    pub(super) fn new(lists: &[(Class, &'static str)]) -> Self {
        let mut words: FxHashMap<&'static str, Classes> = FxHashMap::default();
        for &(class, list) in lists {
            let entries =
                list.lines().filter_map(|line| line.split('#').next()).flat_map(str::split_whitespace);
            for word in entries {
                words.entry(word).or_default().0 |= 1 << class as u8;
            }
        }
        Self { words }
    }

    /// The classes of a word given in lower case, with a straight apostrophe if any.
    pub fn classes(&self, lower: &str) -> Classes {
        self.words.get(lower).copied().unwrap_or_default()
    }
}
