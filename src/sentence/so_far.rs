//! The sentence before a gap as a whole: how long it is, whether it looks like a title, what is open in it.

use super::pieces::{self, Piece, Shape};
use crate::model::combine;

/// The sentence, as far as one looks back.
#[derive(Debug)]
pub(super) struct SoFar<'a> {
    source: &'a str,
    words: usize,
    /// Words long enough to have a capital in a title.
    long: usize,
    capitals: usize,
    small: usize,
    quotes: usize,
    brackets: i32,
}

impl<'a> SoFar<'a> {
    /// Reads the end of a sentence, byte by byte: what is no ASCII is a letter here.
    pub(super) fn read(source: &'a str) -> Self {
        const LONG: usize = 4;
        let mut sentence = Self { source, words: 0, long: 0, capitals: 0, small: 0, quotes: 0, brackets: 0 };
        for word in source.as_bytes().split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
            sentence.words += 1;
            let letters = word.iter().filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()).count();
            sentence.mark(word[0]);
            if letters < word.len() && word.len() > 1 {
                sentence.mark(word[word.len() - 1]);
            }
            let first = word.iter().find(|byte| byte.is_ascii_alphanumeric()).copied().unwrap_or_default();
            let long = usize::from(letters >= LONG);
            sentence.long += long;
            sentence.capitals += long & usize::from(first.is_ascii_uppercase());
            sentence.small += usize::from(first.is_ascii_lowercase());
        }
        sentence
    }

    fn mark(&mut self, mark: u8) {
        match mark {
            b'"' => self.quotes += 1,
            b'(' | b'[' => self.brackets += 1,
            b')' | b']' => self.brackets -= 1,
            _ => {}
        }
    }

    /// How many words it has, more coarsely the more they are.
    pub(super) fn count(&self) -> u64 {
        match self.words {
            0..=4 => self.words as u64,
            5..=6 => 5,
            7..=9 => 6,
            10..=14 => 7,
            15..=23 => 8,
            _ => 9,
        }
    }

    /// How much it looks like a title.
    pub(super) fn title(&self) -> u64 {
        match (self.long, self.capitals, self.small) {
            (0, _, 0) => 0,
            (0, ..) => 1,
            (_, _, 0) => 2,
            (long, capitals, _) if capitals == long => 3,
            (long, capitals, _) if capitals * 3 >= long * 2 => 4,
            (_, 0, _) => 5,
            (_, 1, _) => 6,
            _ => 7,
        }
    }

    /// Whether a straight quotation mark or a bracket is open.
    pub(super) fn open(&self) -> u64 {
        let bracket = match self.brackets {
            0 => 0,
            1.. => 2,
            _ => 4,
        };
        self.quotes as u64 % 2 + bracket
    }

    /// What it began with.
    pub(super) fn begun(&self) -> Begun {
        let mut pieces = pieces::after(self.source, 0);
        let [first, second] = [(); 2].map(|()| pieces.next().unwrap_or_default());
        Begun::of([&first, &second])
    }

    /// Its first word, and the marks that it begins with.
    pub(super) fn first(&self) -> (u64, u64) {
        let piece = pieces::after(self.source, 0).next().unwrap_or_default();
        let Piece { lead, word, tail, hash, .. } = piece;
        (hash, pieces::marks(if word.is_empty() { tail } else { lead }))
    }
}

/// What a sentence begins with: the items of a list begin alike.
#[derive(Debug)]
pub(super) struct Begun {
    /// The first word.
    word: u64,
    /// The marks before it.
    pub(super) marks: u64,
    shapes: [Shape; 2],
}

impl Begun {
    /// A beginning with these pieces.
    pub(super) fn of([first, second]: [&Piece<'_>; 2]) -> Self {
        let marks = pieces::marks(if first.word.is_empty() { first.tail } else { first.lead });
        Self { word: first.hash, marks, shapes: [first.shape, second.shape] }
    }

    /// In what another beginning is like it.
    pub(super) fn likeness(&self, other: &Self) -> u64 {
        let alike = [
            self.shapes[0] == other.shapes[0],
            self.shapes[1] == other.shapes[1],
            self.word == other.word && self.word != 0,
            self.marks == other.marks,
            other.marks != 0,
        ];
        alike.iter().fold(0, |sum, &alike| sum * 2 + u64::from(alike))
    }

    /// The shapes of its first two pieces.
    pub(super) fn shapes(&self) -> u64 {
        combine(self.shapes[0] as u64, self.shapes[1] as u64)
    }
}
