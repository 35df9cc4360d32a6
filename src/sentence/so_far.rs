//! The sentence before a gap as a whole: how long it is, whether it looks like a title, what is open in it.

use super::pieces::{self, Piece, Shape};
use crate::{
    model::combine,
    text::bits::{BLOCK, Block, is, letters, within},
};

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
    brackets: isize,
}

impl<'a> SoFar<'a> {
    /// Reads the end of a sentence: what is no ASCII is a letter here.
    pub(super) fn read(source: &'a str) -> Self {
        /// Of the last bytes of a block too little is seen.
        const STEP: usize = BLOCK - 4;
        let mut sentence = Self { source, words: 0, long: 0, capitals: 0, small: 0, quotes: 0, brackets: 0 };
        let bytes = source.as_bytes();
        for at in (0..bytes.len()).step_by(STEP) {
            let behind_word = at > 0 && !is_white(bytes[at - 1]);
            let part = (1 << STEP.min(bytes.len() - at)) - 1;
            sentence.add(&Block::load(bytes, at), behind_word, part);
        }
        sentence
    }

    /// Adds what begins in a `part` of a block.
    fn add(&mut self, block: &Block, behind_word: bool, part: u64) {
        let count = |bits: u64| bits.count_ones() as usize;
        let upper = block.bits(|lanes| within(lanes, b'A', b'Z'));
        let lower = block.bits(|lanes| within(lanes, b'a', b'z'));
        let inside = block.bits(|lanes| !(within(lanes, 0, b' ')));
        let letters =
            block.bits(|lanes| letters(lanes) | within(lanes, b'0', b'9') | within(lanes, 0x80, 0xFF));
        let ascii = letters & !block.bits(|lanes| within(lanes, 0x80, 0xFF));
        let starts = inside & !(inside << 1 | u64::from(behind_word)) & part;
        let ends = inside & !(inside >> 1) & part;
        // The first letter of each word: a sum carries over the marks before it.
        let marks = inside & !ascii;
        let firsts = (starts | marks.wrapping_add(starts & marks) & !marks) & ascii;
        let long = firsts & letters >> 1 & letters >> 2 & letters >> 3;
        self.words += count(starts);
        self.long += count(long);
        self.capitals += count(long & upper);
        self.small += count(firsts & lower);
        let edges =
            |low: u8, high: u8| count((starts | ends) & block.bits(|lanes| is(lanes, low) | is(lanes, high)));
        self.quotes += edges(b'"', b'"');
        self.brackets += edges(b'(', b'[').cast_signed() - edges(b')', b']').cast_signed();
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
        let (first, end) = pieces::after(self.source, 0);
        let (second, _) = pieces::after(self.source, end);
        Begun::of([&first, &second])
    }
}

fn is_white(byte: u8) -> bool {
    byte <= b' '
}

/// What a sentence begins with: the items of a list begin alike.
#[derive(Debug)]
pub(super) struct Begun {
    /// The first word.
    pub(super) word: u64,
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
