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

/// The letters of a word that may have slips.
pub(super) struct Letters {
    letters: [char; LONGEST],
    count: usize,
}

impl Letters {
    /// The letters of a folded word, unless it is too short or too long.
    pub(super) fn of(word: impl Iterator<Item = char>) -> Option<Self> {
        let mut letters = ['\0'; LONGEST];
        let mut count = 0;
        for letter in word {
            *letters.get_mut(count)? = letter;
            count += 1;
        }
        (count >= SHORTEST).then_some(Self { letters, count })
    }

    pub(super) fn as_slice(&self) -> &[char] {
        &self.letters[..self.count]
    }

    /// The word, and the word with each of its letters left out, each as a number.
    pub(super) fn deletions(&self) -> impl Iterator<Item = u64> {
        let letters = self.as_slice();
        let whole = letters.iter().zip(POWERS).map(|(&letter, power)| u64::from(letter).wrapping_mul(power));
        let whole = whole.fold(0, u64::wrapping_add);
        // With the letter left out that stands before the one that was, only these two differ.
        let mut behind = 0;
        let others = letters.iter().zip(POWERS).rev().scan(whole, move |number, (&letter, power)| {
            let letter = u64::from(letter);
            let moved = std::mem::replace(&mut behind, letter).wrapping_sub(letter);
            *number = number.wrapping_add(moved.wrapping_mul(power));
            Some(*number)
        });
        std::iter::once(whole).chain(others)
    }
}

/// Whether the words differ by exactly one slip.
pub(super) fn is_one_slip(left: &[char], right: &[char]) -> bool {
    left != right && edits::distance(left, right, 1) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    fn deletions(word: &str) -> Vec<u64> {
        Letters::of(word.chars()).unwrap().deletions().collect()
    }

    #[test]
    fn one_slip_is_one() {
        for (left, right) in
            [("quistberg", "quitsberg"), ("marrend", "marend"), ("halvers", "halvert"), ("halver", "halvers")]
        {
            let (left_letters, right_letters) = (letters(left), letters(right));
            assert!(is_one_slip(&left_letters, &right_letters) && is_one_slip(&right_letters, &left_letters));
            assert!(deletions(left).iter().any(|slip| deletions(right).contains(slip)), "{left} {right}");
        }
        assert_eq!(deletions("marrend")[2], deletions("marred")[0]);
        assert_eq!(deletions("marrend").last(), deletions("arrend").first());
        for (left, right) in [("halvers", "halvers"), ("halvers", "holvert"), ("ab", "abcd")] {
            assert!(!is_one_slip(&letters(left), &letters(right)), "{left} {right}");
        }
    }

    #[test]
    fn words_too_short_or_too_long_have_none() {
        for (length, has) in [(SHORTEST - 1, false), (SHORTEST, true), (LONGEST, true), (LONGEST + 1, false)]
        {
            assert_eq!(Letters::of("x".repeat(length).chars()).is_some(), has, "{length}");
        }
    }
}
