//! Words of names that are spelt in several ways: "St" and "Saint", "Centre" and "Center", "1" and "One"; given names in
//! several languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::{hash_run, hash_word};

const PAIRS: &str = include_str!("en/spellings.txt");

/// The other spelling of a run of ASCII letters and digits, in small letters; an abbreviation has its full stop.
pub fn other_spelling(run: &str) -> Option<&'static str> {
    static OTHERS: LazyLock<FxHashMap<u64, &str>> = LazyLock::new(|| {
        let mut others = FxHashMap::default();
        for (one, other) in lines(PAIRS).filter_map(|line| line.split_once(' ')) {
            for (word, other) in [(one, other), (other, one)] {
                others.entry(hash_word(word.trim_end_matches('.'))).or_insert(other);
            }
        }
        others
    });
    OTHERS.get(&hash_run(run.as_bytes())).copied()
}

const GIVEN: &str = include_str!("en/given_names.txt");

/// A given name as other languages have it, in small letters.
pub fn other_given_names(run: &str) -> impl Iterator<Item = &'static str> {
    static LINES: LazyLock<FxHashMap<u64, &str>> = LazyLock::new(|| {
        lines(GIVEN).flat_map(|line| line.split(' ').map(move |name| (hash_word(name), line))).collect()
    });
    let hash = hash_run(run.as_bytes());
    let line = LINES.get(&hash).copied().unwrap_or_default();
    line.split_whitespace().filter(move |name| hash_word(name) != hash)
}

/// All words that have another spelling, in small letters.
pub fn spelt_words() -> impl Iterator<Item = &'static str> {
    let words = lines(PAIRS).chain(lines(GIVEN)).flat_map(|line| line.split(' '));
    words.map(|word| word.trim_end_matches('.'))
}

/// The lines of a list, without comments.
fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_read_both_ways() {
        assert_eq!(other_spelling("St"), Some("saint"));
        assert_eq!(other_spelling("SAINT"), Some("st."));
        assert_eq!(other_spelling("Street"), Some("st."));
        assert_eq!(other_spelling("One"), Some("1"));
        assert_eq!(other_spelling("Quist"), None);
        assert_eq!(other_given_names("IHOR").collect::<Vec<_>>(), ["igor", "ihar"]);
        assert_eq!(other_given_names("Quist").next(), None);
        let mut words = spelt_words();
        assert!(words.all(|word| other_spelling(word).is_some() || other_given_names(word).next().is_some()));
    }
}
