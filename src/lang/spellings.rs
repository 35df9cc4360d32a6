//! Words of English names that are spelt in two ways: "St" and "Saint", "Centre" and "Center", "1" and "One".

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
    }
}
