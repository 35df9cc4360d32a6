//! Words that are one slip of the pen apart: a letter more, less, other, or two in the wrong order.
//!
//! Two such words become the same when each loses at most one letter, which makes them findable in a table
//! (the deletion neighbourhood of Mor and Fraenkel, 1982).

use super::edits;

/// Shorter words are too easily other words.
const SHORTEST: usize = 6;
/// Longer words are no names.
const LONGEST: usize = 24;

/// What a letter at each place of a word is multiplied by: powers of an odd number.
const POWERS: [u64; LONGEST] = {
    let mut powers = [1_u64; LONGEST];
    let mut at = 1;
    while at < LONGEST {
        powers[at] = powers[at - 1].wrapping_mul(0x9e37_79b9_7f4a_7c15);
        at += 1;
    }
    powers
};

/// The word, and the word with each of its letters left out, each as a number; nothing for words too short or too long.
pub(super) fn deletions(word: &str) -> impl Iterator<Item = u64> + use<> {
    let mut letters = [0_u64; LONGEST + 1];
    let mut count = 0;
    for letter in word.chars().take(LONGEST + 1) {
        letters[count] = u64::from(letter);
        count += 1;
    }
    let known = if (SHORTEST..=LONGEST).contains(&count) { count } else { 0 };
    let whole = letters.iter().zip(POWERS).take(known).map(|(letter, power)| letter.wrapping_mul(power));
    let whole = whole.fold(0, u64::wrapping_add);
    // With the letter left out that stands before the one that was, only these two differ.
    let others = (0..known).rev().scan(whole, move |number, skip| {
        let last = if skip + 1 == known { 0 } else { letters[skip + 1] };
        *number = number.wrapping_add(last.wrapping_sub(letters[skip]).wrapping_mul(POWERS[skip]));
        Some(*number)
    });
    std::iter::once(whole).take(known).chain(others)
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
        assert_eq!(deletions("marrend").nth(2), deletions("marred").next());
        assert_eq!(deletions("marrend").last(), deletions("arrend").next());
        for (left, right) in [("halvers", "halvers"), ("halvers", "holvert"), ("ab", "abcd")] {
            assert!(!is_one_slip(left, right), "{left} {right}");
        }
    }
}
