//! Classes of words, whatever their case and apostrophes: the language's and the caller's.

use rustc_hash::FxHashSet;

use crate::lang::{Class, Classes, Language, Writing};

/// Longer words are in no list.
const LONGEST: usize = 32;

/// The word lists that a splitter asks.
#[derive(Debug, Clone)]
pub(super) struct Words {
    language: &'static Language,
    abbreviations: FxHashSet<String>,
}

impl Words {
    /// With the caller's abbreviations, in any case, with or without their last stop.
    pub(super) fn new(language: &'static Language, abbreviations: &[String]) -> Self {
        let abbreviations = abbreviations
            .iter()
            .map(|word| word.trim().trim_end_matches('.').to_lowercase())
            .filter(|word| !word.is_empty())
            .collect();
        Self { language, abbreviations }
    }

    /// How the language writes sentences.
    pub(super) fn writing(&self) -> Writing {
        self.language.writing.unwrap_or_default()
    }

    /// Whether Unicode alone says where its sentences end.
    pub(super) fn are_of_no_language(&self) -> bool {
        self.language.writing.is_none()
    }

    /// Whether the caller named it an abbreviation.
    pub(super) fn is_callers(&self, word: &str) -> bool {
        !self.abbreviations.is_empty()
            && word.len() <= 2 * LONGEST
            && self.abbreviations.contains(&word.to_lowercase())
    }

    /// The classes of a word before a stop; of a compound those of its last part, if it has none of its own.
    pub(super) fn classes_of_ending(&self, word: &str) -> Classes {
        match (self.known(word), last_part(word)) {
            (classes, last) if classes == Classes::default() && last != word => self.known(last),
            (classes, _) => classes,
        }
    }

    /// The classes of a word after a stop; of a contraction those of its first part, if it has none of its own.
    pub(super) fn classes_of_beginning(&self, word: &str) -> Classes {
        match (self.known(word), word.split_once(['\'', '’'])) {
            (classes, Some((first, _))) if classes == Classes::default() => self.known(first),
            (classes, _) => classes,
        }
    }

    /// What rules know of a word, which is more than what a model does: words that are short only with a capital, and what stands
    /// before a number or tells a time in any case.
    pub(super) fn known(&self, word: &str) -> Classes {
        const ANY_CASE: &[Class] = &[Class::NumberAbbreviation, Class::FinalAbbreviation];
        if word.len() > LONGEST {
            return Classes::default();
        }
        let [all, seen] = self.language.lexicon.both(word);
        if all == seen || (word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)) {
            return all;
        }
        seen.and(all.only(Classes::of(ANY_CASE)))
    }

    /// The classes of a word in any case.
    pub(super) fn classes(&self, word: &str) -> Classes {
        if word.len() > LONGEST { Classes::default() } else { self.language.lexicon.seen(word) }
    }

    /// The classes of a word by its hash.
    pub(super) fn classes_of(&self, hash: u64) -> Classes {
        self.language.lexicon.seen_of(hash)
    }

    /// The classes of a run of letters by its hash.
    pub(super) fn classes_of_run(&self, hash: u64) -> Classes {
        self.language.lexicon.seen_of_run(hash)
    }

    /// Whether a word is in a class.
    pub(super) fn has(&self, word: &str, class: Class) -> bool {
        self.classes(word).has(class)
    }
}

/// The last part of a compound, `Sen` of `then-Sen`, and of what an article is elided before, `Ing` of `l'Ing`.
pub(super) fn last_part(word: &str) -> &str {
    word.rsplit(['-', '\'', '’']).next().unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(abbreviations: &[&str]) -> Words {
        let abbreviations: Vec<String> = abbreviations.iter().map(|&word| word.to_owned()).collect();
        Words::new(Language::get("en").expect("English is known"), &abbreviations)
    }

    #[test]
    fn case_and_contraction_do_not_matter() {
        let words = words(&[]);
        assert!(words.has("GEN", Class::ShortTitle));
        assert!(words.classes_of_beginning("It’s").has(Class::SentenceStarter));
        assert!(words.classes_of_ending("mid-Jan").has(Class::NumberAbbreviation));
        assert!(!words.has("Quist", Class::ShortTitle));
    }

    #[test]
    fn the_callers_stop_and_case_do_not_matter() {
        let words = words(&["Obl.", "z.B.", " "]);
        assert!(words.is_callers("obl") && words.is_callers("Z.B"));
        assert!(!words.is_callers(""));
    }
}
