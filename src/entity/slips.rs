//! Words that are one slip of the pen apart: a letter more, less, other, or two in the wrong order.
//!
//! Two such words become the same when each loses at most one letter, which makes them findable in a table
//! (the deletion neighbourhood of Mor and Fraenkel, 1982).

use super::edits;
use crate::model::hash_step;

/// Shorter words are too easily other words.
const SHORTEST: usize = 6;
/// Longer words are no names.
const LONGEST: usize = 24;

/// The word, and the word with each of its letters left out, each as a number; nothing for words too short or too long.
pub(super) fn deletions(word: &str) -> impl Iterator<Item = u64> {
    let letters = word.chars().count();
    let count = if (SHORTEST..=LONGEST).contains(&letters) { letters + 1 } else { 0 };
    let without = |skip: usize| word.chars().enumerate().filter(move |&(at, _)| at != skip);
    let number = |sum, (_, c)| hash_step(sum, u64::from(u32::from(c)));
    (0..count).rev().map(move |skip| without(skip).fold(0, number))
}

/// Whether the words differ by exactly one slip.
pub(super) fn is_one_slip(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    edits::distance(&left, &right, 1) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one() {
        for (left, right) in
            [("quistberg", "quitsberg"), ("marrend", "marend"), ("halvers", "halvert"), ("halver", "halvers")]
        {
            assert!(is_one_slip(left, right) && is_one_slip(right, left), "{left} {right}");
            assert!(
                deletions(left).any(|slip| deletions(right).any(|other| other == slip)),
                "{left} {right}"
            );
        }
        for (left, right) in [("halvers", "halvers"), ("halvers", "holvert"), ("ab", "abcd")] {
            assert!(!is_one_slip(left, right), "{left} {right}");
        }
    }
}
