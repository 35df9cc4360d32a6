//! What follows a gap, further than the words beside it: how soon a stop comes, and whether the words there look like
//! those of a title. It is read a block of bytes at a time.

use crate::text::bits::{BLOCK, Block, is, within};

/// The words behind a gap, up to the next stop.
#[derive(Debug)]
pub(super) struct Ahead {
    words: u32,
    /// What ended the look.
    stop: Stop,
    capitals: u32,
    small: u32,
}

/// What stands behind the last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Nothing more is seen.
    Nothing,
    Period,
    Colon,
    LineBreak,
    /// No stop came soon enough.
    Far,
}

impl Ahead {
    /// Looks from `start` on.
    pub(super) fn read(source: &str, start: usize) -> Self {
        /// No stop is looked for behind so many blocks.
        const BLOCKS: usize = 2;
        let mut ahead = Self { words: 0, stop: Stop::Nothing, capitals: 0, small: 0 };
        let bytes = &source.as_bytes()[start..];
        for at in (0..BLOCKS * BLOCK).step_by(BLOCK) {
            let behind_word = at > 0 && bytes.get(at - 1).is_some_and(|&byte| byte > b' ');
            ahead.add(&Bits::of(&Block::load(bytes, at)), behind_word);
            if ahead.stop != Stop::Nothing || bytes.len() <= at + BLOCK {
                return ahead;
            }
        }
        Self { stop: Stop::Far, ..ahead }
    }

    /// Reads on in a block.
    fn add(&mut self, bits: &Bits, behind_word: bool) {
        /// Capitals are counted in so many words.
        const NEAR: usize = 6;
        let starts = bits.inside & !(bits.inside << 1 | u64::from(behind_word));
        let stops = bits.breaks | (bits.periods | bits.colons) & bits.tails();
        let first = stops & stops.wrapping_neg();
        self.stop = match first {
            0 => Stop::Nothing,
            _ if first & bits.breaks != 0 => Stop::LineBreak,
            _ if first & bits.periods != 0 => Stop::Period,
            _ => Stop::Colon,
        };
        let seen = starts & first.wrapping_sub(1);
        let near = seen & !(0..NEAR).fold(seen, |left, _| left & left.wrapping_sub(1));
        if self.words == 0 {
            let firsts = bits.firsts(near);
            self.capitals = (firsts & bits.upper).count_ones();
            self.small = (firsts & bits.lower).count_ones();
        }
        self.words += seen.count_ones();
    }

    /// How far the next stop is, more coarsely the further, and which it is.
    pub(super) fn stop(&self) -> u64 {
        let far = match self.words {
            0..=4 => self.words,
            5..=7 => 5,
            8..=13 => 6,
            _ => 7,
        };
        u64::from(far) * 8 + self.stop as u64
    }

    /// How many of the next words have a capital, and how many have none.
    pub(super) fn capitals(&self) -> u64 {
        u64::from(self.capitals) * 8 + u64::from(self.small)
    }
}

/// A bit for each byte of a block that is of a kind.
struct Bits {
    /// No white space.
    inside: u64,
    breaks: u64,
    upper: u64,
    lower: u64,
    /// Neither letters nor digits.
    marks: u64,
    periods: u64,
    colons: u64,
}

impl Bits {
    fn of(block: &Block) -> Self {
        let upper = block.bits(|lanes| within(lanes, b'A', b'Z'));
        let lower = block.bits(|lanes| within(lanes, b'a', b'z'));
        let digits = block.bits(|lanes| within(lanes, b'0', b'9'));
        let inside = block.bits(|lanes| !within(lanes, 0, b' '));
        let wide = block.bits(|lanes| within(lanes, 0x80, 0xFF));
        let (quotes, ellipses) = if wide == 0 { (0, 0) } else { wide_marks(block) };
        let marks = inside & !(upper | lower | digits | wide) | quotes;
        let periods = block.bits(|lanes| is(lanes, b'.') | is(lanes, b'!') | is(lanes, b'?')) | ellipses;
        let colons = block.bits(|lanes| within(lanes, b':', b';'));
        let breaks = block.bits(|lanes| is(lanes, b'\n') | is(lanes, b'\r'));
        Self { inside, breaks, upper, lower, marks, periods, colons }
    }

    /// The marks that words end with.
    fn tails(&self) -> u64 {
        let (marks, inside) = (self.marks.reverse_bits(), self.inside.reverse_bits());
        let lasts = inside & !(inside << 1);
        run(marks, lasts & marks).reverse_bits()
    }

    /// The first byte behind the marks that words begin with, of the words that begin at `starts`.
    fn firsts(&self, starts: u64) -> u64 {
        let led = starts & self.marks;
        let behind = self.marks.wrapping_add(led) & !self.marks & self.inside;
        starts & !self.marks | behind
    }
}

/// The bits from each of `starts` on, as long as they are among `bits`; the sum carries through them.
fn run(bits: u64, starts: u64) -> u64 {
    (bits.wrapping_add(starts) ^ bits) & bits
}

/// The bytes of dashes, quotation marks and the like, and the first of each ellipsis.
fn wide_marks(block: &Block) -> (u64, u64) {
    let first = block.bits(|lanes| is(lanes, 0xE2));
    let second = block.bits(|lanes| is(lanes, 0x80));
    let third = block.bits(|lanes| within(lanes, 0x90, 0xBF));
    let marks = first & second >> 1 & third >> 2;
    let ellipses = marks & block.bits(|lanes| is(lanes, 0xA6)) >> 2;
    (marks | marks << 1 | marks << 2, ellipses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_stop_is_found() {
        let stop = |source: &str| {
            let Ahead { words, stop, .. } = Ahead::read(source, 0);
            (words, stop)
        };
        assert_eq!(stop("The roof, it leaks. Badly"), (4, Stop::Period));
        assert_eq!(stop("The 2.5 roofs “leak.”) Badly"), (4, Stop::Period));
        assert_eq!(stop("The roof… leaks"), (2, Stop::Period));
        assert_eq!(stop("The roof\nleaks."), (2, Stop::LineBreak));
        assert_eq!(stop("The roof:"), (2, Stop::Colon));
        assert_eq!(stop(&"roof ".repeat(30)), (26, Stop::Far));
        assert_eq!(stop(""), (0, Stop::Nothing));
    }

    #[test]
    fn capitals_are_counted_in_the_next_words() {
        let count = |source: &str| {
            let Ahead { capitals, small, .. } = Ahead::read(source, 0);
            (capitals, small)
        };
        assert_eq!(count("“Mara Quist” (the mayor) of 12 Towns left Veltmark"), (2, 3));
        assert_eq!(count("Roof leaks.Badly"), (1, 1));
    }
}
