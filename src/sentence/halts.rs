//! Where the scan for candidates halts: sixty-four bytes are passed at a time, but for those that may matter.
//!
//! Most spaces do not: between two words of which the second has a small letter a sentence goes on.

use crate::text::bits::{BLOCK, Block, is, letters, within};

/// The halts of a block.
#[derive(Debug)]
pub(super) struct Halts {
    /// Whether spaces are any.
    gaps: bool,
    /// Where the block begins.
    block: usize,
    /// A bit for each halt in it.
    bits: u64,
}

impl Halts {
    pub(super) fn new(gaps: bool) -> Self {
        Self { gaps, block: usize::MAX, bits: 0 }
    }

    /// The first halt from `at` on.
    #[inline]
    pub(super) fn next(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let mut seen = at % BLOCK;
        let mut block = at - seen;
        while block < bytes.len() {
            if self.block != block {
                (self.block, self.bits) = (block, self.read(bytes, block));
            }
            let left = self.bits >> seen << seen;
            if left != 0 {
                return Some(block + left.trailing_zeros() as usize);
            }
            block += BLOCK;
            seen = 0;
        }
        None
    }

    /// The halts of the block that begins at `at`.
    #[inline]
    fn read(&self, bytes: &[u8], at: usize) -> u64 {
        let block = Block::load(bytes, at);
        let marks = block.bits(|lanes| {
            let white = within(lanes, b'\t', b'\r');
            let stops = is(lanes, b'.') | is(lanes, b'?') | within(lanes, b'!', b'"');
            let joints = within(lanes, b':', b';') | is(lanes, b')');
            white | stops | joints
        });
        marks | wide(&block) | if self.gaps { gaps(&block, bytes, at) } else { 0 }
    }
}

/// The first bytes of characters that may be white space, stops or marks; those of most letters are none.
fn wide(block: &Block) -> u64 {
    if block.bits(|lanes| within(lanes, 0x80, 0xFF)) == 0 {
        return 0;
    }
    let found = block.bits(|lanes| {
        let two = is(lanes, 0xC2) | is(lanes, 0xCD) | is(lanes, 0xD6) | is(lanes, 0xD8) | is(lanes, 0xDB);
        two | within(lanes, 0xE0, 0xE3) | is(lanes, 0xEF)
    });
    // Dashes and quotation marks make no candidate by themselves: E2 80 and one of these.
    let first = block.bits(|lanes| is(lanes, 0xE2));
    let second = block.bits(|lanes| is(lanes, 0x80));
    let third = block.bits(|lanes| within(lanes, 0x90, 0x9F));
    found & !(first & second >> 1 & third >> 2)
}

/// The spaces that are not plainly inside a sentence, for all that the bytes beside them tell. One that a line break
/// follows belongs to that.
fn gaps(block: &Block, bytes: &[u8], at: usize) -> u64 {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let joins = block.bits(|lanes| letters(lanes) | within(lanes, b'0', b'9') | is(lanes, b','));
    let before = at.checked_sub(1).map_or(b' ', byte);
    let joined = joins << 1 | u64::from(before.is_ascii_alphanumeric() || before == b',');
    let small = block.bits(|lanes| within(lanes, b'a', b'z'));
    let spaces = block.bits(|lanes| is(lanes, b' '));
    let goes_on = |byte: u8| matches!(byte, b'a'..=b'z' | b'\n' | b'\r');
    let breaks = block.bits(|lanes| is(lanes, b'\n') | is(lanes, b'\r'));
    let next = (small | breaks) >> 1 | u64::from(goes_on(byte(at + BLOCK))) << (BLOCK - 1);
    let plain = spaces & joined & next;
    spaces & !plain | addresses(block, bytes, at, plain)
}

/// Of these spaces those that a web address follows.
fn addresses(block: &Block, bytes: &[u8], at: usize, spaces: u64) -> u64 {
    let firsts = block.bits(|lanes| is(lanes, b'h') | is(lanes, b'w'));
    let seconds = block.bits(|lanes| is(lanes, b't') | is(lanes, b'w'));
    // Of the last two spaces too little is seen to be passed by.
    let edge = 0b11 << (BLOCK - 2);
    let mut left = spaces & (firsts >> 1 & seconds >> 2 | edge);
    let mut found = 0;
    while left != 0 {
        let word = &bytes[at + left.trailing_zeros() as usize + 1..];
        if word.starts_with(b"http") || word.starts_with(b"www.") {
            found |= left & left.wrapping_neg();
        }
        left &= left - 1;
    }
    found
}
