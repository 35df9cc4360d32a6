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
        let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
        for (one, other) in lines.filter_map(|line| line.split_once(' ')) {
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
        let lines = GIVEN.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| line.split(' ').map(move |name| (hash_word(name), line))).collect()
    });
    let hash = hash_run(run.as_bytes());
    let line = LINES.get(&hash).copied().unwrap_or_default();
    line.split_whitespace().filter(move |name| hash_word(name) != hash)
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
    }
}
