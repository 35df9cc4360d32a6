//! How far two words are apart.
//!
//! Edits are counted by optimal string alignment: a letter more, less or other, or two neighbours exchanged.

use super::hash;

/// Words longer than this are not compared.
pub(super) const LONGEST: usize = 40;

/// A word of ASCII to which others are compared, all its letters at once (Hyyrö, 2003).
#[derive(Debug)]
pub(super) struct Pattern {
    /// For each character a bit for each place where the word has it.
    places: [u64; 128],
    word: [u8; LONGEST],
    length: usize,
}

impl Default for Pattern {
    fn default() -> Self {
        Self { places: [0; 128], word: [0; LONGEST], length: 0 }
    }
}

impl Pattern {
    /// Takes another word; says whether it could, which is not so if the word is too long, empty, or not of ASCII.
    pub(super) fn set(&mut self, word: &[u8]) -> bool {
        if word.is_empty() || word.len() > LONGEST || !word.is_ascii() {
            return false;
        }
        for &letter in &self.word[..self.length] {
            self.places[usize::from(letter & 0x7f)] = 0;
        }
        for (place, &letter) in word.iter().enumerate() {
            self.places[usize::from(letter & 0x7f)] |= 1 << place;
        }
        self.length = word.len();
        self.word[..self.length].copy_from_slice(word);
        true
    }

    /// The edits between the words; 255 stands for more, and for a word that is too long.
    pub(super) fn distance(&self, word: &[u8]) -> u8 {
        if word.len() > LONGEST {
            return u8::MAX;
        }
        let last = self.length - 1;
        let mut edits = u64::try_from(self.length).unwrap_or(u64::MAX);
        // Bits where the cell below is one more, one less; where the cell across is the same.
        let (mut more, mut less, mut same, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        for &letter in word {
            let here = self.places[usize::from(letter & 0x7f)];
            let exchanged = (!same & here) << 1 & before;
            same = ((here & more).wrapping_add(more) ^ more) | here | less | exchanged;
            let (right_more, right_less) = (less | !(same | more), same & more);
            edits = edits + (right_more >> last & 1) - (right_less >> last & 1);
            let right_more = right_more << 1 | 1;
            more = right_less << 1 | !(same | right_more);
            less = right_more & same;
            before = here;
        }
        u8::try_from(edits).unwrap_or(u8::MAX)
    }
}

/// The edits between two words, if there are at most `limit` and neither word is too long.
pub(super) fn distance<T: Copy + PartialEq>(a: &[T], b: &[T], limit: u8) -> Option<u8> {
    if a.len().abs_diff(b.len()) > limit.into() || a.len().max(b.len()) > LONGEST {
        return None;
    }
    let same = a.iter().zip(b).take_while(|(left, right)| left == right).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(left, right)| left == right).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    (0..).zip(&mut rows[0]).for_each(|(edits, cell)| *cell = edits);
    for (i, (done, &left)) in (1_u8..).zip(a).enumerate() {
        let [row, above, before] = [i + 1, i, i + 2].map(|row| row % 3);
        rows[row][0] = done;
        let mut least = done;
        for (j, &right) in b.iter().enumerate() {
            let changed = rows[above][j] + u8::from(left != right);
            let mut edits = changed.min(rows[above][j + 1] + 1).min(rows[row][j] + 1);
            if i > 0 && j > 0 && left == b[j - 1] && right == a[i - 1] {
                edits = edits.min(rows[before][j - 1] + 1);
            }
            rows[row][j + 1] = edits;
            least = least.min(edits);
        }
        if least > limit {
            return None;
        }
    }
    Some(rows[a.len() % 3][b.len()]).filter(|&edits| edits <= limit)
}

/// A word in a room of fixed size, with zeros behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    letters: [u8; Self::SIZE],
    length: usize,
}

impl Room {
    const SIZE: usize = 32;

    /// The longest word for which there is room, and for one letter more.
    pub(super) const LONGEST: usize = 24;

    /// A word, if it is not too long.
    pub(super) fn new(word: &[u8]) -> Option<Self> {
        let mut letters = [0; Self::SIZE];
        let length = Some(word.len()).filter(|&length| length <= Self::LONGEST)?;
        letters[..length].copy_from_slice(word);
        Some(Self { letters, length })
    }

    pub(super) fn make_small(&mut self) {
        self.letters.make_ascii_lowercase();
    }

    pub(super) fn word(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    /// The hash of the word.
    pub(super) fn hash(&self) -> u64 {
        let chunks = self.letters.as_chunks().0.iter().take(self.length.div_ceil(hash::CHUNK));
        chunks.fold(0, |hash, &chunk| hash::push(hash, u64::from_le_bytes(chunk)))
    }

    /// Calls `each` with all words that one edit by a small letter makes of this one.
    pub(super) fn one_edit(mut self, mut each: impl FnMut(&Self)) {
        for at in 0..self.length {
            self.with_all_letters(at, &mut each);
            let mut shorter = Self { length: self.length - 1, ..self };
            shorter.letters.copy_within(at + 1.., at);
            each(&shorter);
        }
        for at in 1..self.length {
            self.letters.swap(at - 1, at);
            each(&self);
            self.letters.swap(at - 1, at);
        }
        self.length += 1;
        for at in (0..self.length).rev() {
            self.with_all_letters(at, &mut each);
            self.letters.swap(at.saturating_sub(1), at);
        }
    }

    /// Calls `each` with each letter at a place.
    fn with_all_letters(&mut self, at: usize, each: &mut impl FnMut(&Self)) {
        let own = self.letters[at];
        for letter in b'a'..=b'z' {
            self.letters[at] = letter;
            each(self);
        }
        self.letters[at] = own;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    #[test]
    fn edits_are_counted() {
        for (left, right, edits) in [
            ("quist", "quist", 0),
            ("quist", "qiust", 1),
            ("quist", "quits", 1),
            ("quist", "qust", 1),
            ("rell", "bells", 2),
        ] {
            assert_eq!(distance(&chars(left), &chars(right), 2), Some(edits), "{left} {right}");
        }
        assert_eq!(distance(&chars("quist"), &chars("quark"), 2), None);
    }

    #[test]
    fn all_words_one_edit_away_are_made() {
        let mut made = Vec::new();
        let add = |made: &mut Vec<Vec<u8>>, word: &Room| {
            assert_eq!(word.hash(), hash::word(word.word()));
            made.push(word.word().to_vec());
        };
        Room::new(b"quist").unwrap().one_edit(|word| add(&mut made, word));
        assert!(made.iter().all(|word| distance(word, b"quist", 1).is_some()));
        for word in ["zuist", "quisz", "uqist", "quits", "uist", "quis", "zquist", "quistz", "quizst"] {
            assert!(made.iter().any(|made| made == word.as_bytes()), "{word}");
        }
        for length in 0..=Room::LONGEST {
            made.clear();
            Room::new(&b"abcdefghijklmnopqrstuvwxyz"[..length])
                .unwrap()
                .one_edit(|word| add(&mut made, word));
            assert_eq!(made.len(), 26 * (2 * length + 1) + length + length.saturating_sub(1));
        }
        assert!(Room::new(&[b'a'; Room::LONGEST + 1]).is_none());
    }

    #[test]
    fn all_letters_at_once_count_the_same_edits() {
        let words: Vec<String> = (0..3_u32.pow(5))
            .map(|n| (0..5).map(|place| ['a', 'b', 'c'][(n / 3_u32.pow(place) % 3) as usize]).collect())
            .map(|word: String| word[..=(word.len() * word.matches('a').count() / 6)].to_owned())
            .collect();
        let mut pattern = Pattern::default();
        for left in &words {
            assert!(pattern.set(left.as_bytes()));
            for right in words.iter().step_by(3) {
                let edits = distance(left.as_bytes(), right.as_bytes(), 9);
                assert_eq!(Some(pattern.distance(right.as_bytes())), edits, "{left} {right}");
            }
        }
    }
}
