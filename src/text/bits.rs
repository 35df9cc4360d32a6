//! Sixty-four bytes at a time: which of them are of a kind, as the bits of a number.

use wide::u8x16;

/// How many bytes are looked at together.
pub const BLOCK: usize = 64;

/// Sixteen bytes.
const LANES: usize = 16;

/// The bytes of a block.
#[derive(Debug, Clone, Copy)]
pub struct Block([u8x16; BLOCK / LANES]);

/// Sixteen bytes of a block, each with all its bits set or none where one has asked for a kind.
pub type Lanes = u8x16;

impl Block {
    /// The block that begins at `at`; behind the end of the text it is zero.
    #[inline]
    pub fn load(bytes: &[u8], at: usize) -> Self {
        if let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
            return Self::of(block);
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        Self::of(&block)
    }

    #[inline]
    fn of(block: &[u8; BLOCK]) -> Self {
        let (lanes, _) = block.as_chunks::<LANES>();
        Self([lanes[0].into(), lanes[1].into(), lanes[2].into(), lanes[3].into()])
    }

    /// A bit for each byte that is of a kind, the lowest for the first.
    #[inline]
    pub fn bits(&self, kind: impl Fn(Lanes) -> Lanes) -> u64 {
        // Written out: a closure mapped over an array is not always inlined.
        let mask = |lanes| u64::from(kind(lanes).to_bitmask());
        let [a, b, c, d] = self.0;
        mask(a) | mask(b) << LANES | mask(c) << (2 * LANES) | mask(d) << (3 * LANES)
    }
}

/// Where the bytes of a kind are, in order.
#[inline]
pub fn positions(bytes: &[u8], kind: impl Fn(Lanes) -> Lanes) -> impl Iterator<Item = usize> {
    (0..bytes.len()).step_by(BLOCK).flat_map(move |at| {
        let mut bits = Block::load(bytes, at).bits(&kind);
        // Behind the end are zeros, which may be of the kind.
        let length = bytes.len() - at;
        if length < BLOCK {
            bits &= (1 << length) - 1;
        }
        std::iter::from_fn(move || {
            let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(at + bit)
        })
    })
}

/// Tells how far runs of bytes of a kind reach, for positions that only grow.
#[derive(Debug)]
pub struct Runs<'a, K> {
    bytes: &'a [u8],
    kind: K,
    /// The block that was read last, and which of its bytes are of the kind.
    at: usize,
    bits: u64,
}

impl<'a, K: Fn(Lanes) -> Lanes> Runs<'a, K> {
    /// The runs of a kind that has no zero byte.
    pub fn new(bytes: &'a [u8], kind: K) -> Self {
        let bits = Block::load(bytes, 0).bits(&kind);
        Self { bytes, kind, at: 0, bits }
    }

    /// The end of the run at a position: the position itself, if its byte is of another kind.
    #[inline]
    pub fn end(&mut self, mut position: usize) -> usize {
        loop {
            let at = position / BLOCK * BLOCK;
            if at != self.at {
                (self.at, self.bits) = (at, Block::load(self.bytes, at).bits(&self.kind));
            }
            let others = !self.bits >> (position - at);
            if others != 0 {
                return position + others.trailing_zeros() as usize;
            }
            position = at + BLOCK;
        }
    }
}

/// The bytes that are this one.
#[inline]
pub fn is(lanes: Lanes, byte: u8) -> Lanes {
    lanes.simd_eq(Lanes::splat(byte))
}

/// The bytes from `low` to `high`.
#[inline]
pub fn within(lanes: Lanes, low: u8, high: u8) -> Lanes {
    let above = lanes - Lanes::splat(low);
    above.simd_eq(above.min(Lanes::splat(high - low)))
}

/// Small letters and capitals alike.
#[inline]
pub fn letters(lanes: Lanes) -> Lanes {
    within(lanes | Lanes::splat(0x20), b'a', b'z')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_runs_are_those_of_a_walk() {
        let text = "a.bc..".repeat(7) + &"d".repeat(150) + "..\0e" + &"f".repeat(60);
        for end in 0..text.len() {
            let bytes = &text.as_bytes()[..end];
            let dots = (0..end).filter(|&at| matches!(bytes[at], b'.' | 0));
            assert!(positions(bytes, |lanes| is(lanes, b'.') | is(lanes, 0)).eq(dots), "{end}");
            let mut runs = Runs::new(bytes, letters);
            for at in 0..end {
                let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                assert_eq!(runs.end(at), at + run, "{at} of {end}");
            }
        }
    }

    #[test]
    fn every_byte_has_its_bit() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        for at in [0, 64, 128, 192, 200, 256, 300] {
            let block = Block::load(&all, at);
            for (low, high) in [(b'a', b'z'), (0, 0), (0xC0, 0xFF), (b' ', b'!')] {
                let bits = block.bits(|lanes| within(lanes, low, high));
                for bit in 0..BLOCK {
                    let byte = all.get(at + bit).copied().unwrap_or_default();
                    assert_eq!(
                        bits >> bit & 1 == 1,
                        (low..=high).contains(&byte),
                        "{byte} in {low}..={high}"
                    );
                }
            }
            let found = block.bits(|lanes| letters(lanes) | is(lanes, b'.'));
            let count =
                all.iter().skip(at).take(BLOCK).filter(|b| b.is_ascii_alphabetic() || **b == b'.').count();
            assert_eq!(found.count_ones() as usize, count);
        }
    }
}
