//! Runs of ASCII letters and digits: where words may stand.
//!
//! Sixty-four bytes at a time become one number with a bit for each letter or digit, and runs of bits are runs of
//! letters. So no byte is looked at by itself.

use wide::u8x16;

/// Bytes that are looked at together: as many as a number has bits.
const BLOCK: usize = 64;

/// Bytes of a vector.
const LANES: usize = 16;

/// The runs of a text, in order.
pub(super) struct Runs<'a> {
    bytes: &'a [u8],
    /// Where the block begins that is looked at.
    block: usize,
    /// The letters of the block that are still to come.
    letters: u64,
}

impl<'a> Runs<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, block: 0, letters: letters_at(bytes, 0) }
    }

    /// Goes on at a byte that lies ahead.
    pub(super) fn skip_to(&mut self, at: usize) {
        if at - self.block >= BLOCK {
            self.block = at / BLOCK * BLOCK;
            self.letters = letters_at(self.bytes, self.block);
        }
        self.letters &= u64::MAX << (at - self.block);
    }

    /// The first byte of the next run, and the byte after its last.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(usize, usize)> {
        while self.letters == 0 {
            if self.block + BLOCK >= self.bytes.len() {
                return None;
            }
            self.advance();
        }
        let first = self.letters.trailing_zeros();
        let start = self.block + first as usize;
        let length = (!(self.letters >> first)).trailing_zeros();
        let end = first + length;
        if end < u64::BITS {
            self.letters &= u64::MAX << end;
            return Some((start, self.block + end as usize));
        }
        Some((start, self.end_ahead()))
    }

    /// Where the run ends that goes on in the next block.
    fn end_ahead(&mut self) -> usize {
        loop {
            self.advance();
            let length = (!self.letters).trailing_zeros();
            if length < u64::BITS {
                self.letters &= u64::MAX << length;
                return self.block + length as usize;
            }
        }
    }

    fn advance(&mut self) {
        self.block += BLOCK;
        self.letters = letters_at(self.bytes, self.block);
    }
}

/// A bit for each letter or digit of the block that begins at `at`; none behind the end.
fn letters_at(bytes: &[u8], at: usize) -> u64 {
    if let Some(block) = bytes.get(at..at + BLOCK).and_then(|block| block.first_chunk()) {
        return letters(block);
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    letters(&block)
}

fn letters(block: &[u8; BLOCK]) -> u64 {
    let (lanes, _) = block.as_chunks::<LANES>();
    let masks = lanes.iter().map(|&lane| u64::from(letters_of(u8x16::new(lane)).to_bitmask()));
    (0..).zip(masks).fold(0, |all, (lane, mask)| all | mask << (LANES * lane))
}

/// All bits of each byte that is a letter or a digit.
fn letters_of(bytes: u8x16) -> u8x16 {
    let small = bytes | u8x16::splat(0x20);
    between(small, b'a', b'z') | between(bytes, b'0', b'9')
}

fn between(bytes: u8x16, low: u8, high: u8) -> u8x16 {
    let above = bytes - u8x16::splat(low);
    above.min(u8x16::splat(high - low)).simd_eq(above)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(source: &str) -> Vec<&str> {
        let mut runs = Runs::new(source.as_bytes());
        std::iter::from_fn(|| runs.next()).map(|(start, end)| &source[start..end]).collect()
    }

    #[test]
    fn runs_are_those_of_ascii_letters_and_digits() {
        let all: String = (0..0x180).filter_map(char::from_u32).collect();
        for pad in 0..130 {
            let source = format!("{}{all}Ab9 {}", " ".repeat(pad), "x".repeat(3 * pad));
            let expected: Vec<&str> =
                source.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty()).collect();
            assert_eq!(runs(&source), expected);
        }
        assert!(runs("").is_empty() && runs(&"é".repeat(64)).is_empty());
    }

    #[test]
    fn skipping_leaves_out_what_lies_before() {
        let source = "word ".repeat(50);
        for at in 0..source.len() {
            let mut runs = Runs::new(source.as_bytes());
            runs.skip_to(at);
            let start = source[at..].find(|c: char| c != ' ').map(|offset| at + offset);
            assert_eq!(runs.next().map(|run| run.0), start.filter(|&start| start < source.len()));
        }
    }
}
