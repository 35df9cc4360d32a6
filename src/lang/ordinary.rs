//! Words that are surely no misspelt names, by the hashes of their runs.
//!
//! Every unknown capitalised word of a text is asked about, so they are kept apart from the [`super::classes::Table`], in an
//! eighth of its memory, which stays in the caches.

/// Open addressing with linear probing; the slot of a word has bits of its hash other than those that say where it is.
#[derive(Debug, Default)]
pub(super) struct Ordinary {
    /// Two to the power of `64 - shift`; an empty slot is zero.
    slots: Vec<u32>,
    shift: u32,
}

impl Ordinary {
    /// The words of these hashes.
    pub(super) fn new(hashes: &[u64]) -> Self {
        let count = (2 * hashes.len()).next_power_of_two().max(2);
        let mut words = Self { slots: vec![0; count], shift: u64::BITS - count.trailing_zeros() };
        for &hash in hashes {
            let slot = words.slot(hash);
            words.slots[slot] = tag(hash);
        }
        words
    }

    /// Whether the word of this hash is one.
    pub(super) fn has(&self, hash: u64) -> bool {
        self.slots[self.slot(hash)] != 0
    }

    /// Where a word stands, or could; there is always an empty slot.
    #[allow(clippy::cast_possible_truncation)] // no more bits are left than slots are numbered by
    fn slot(&self, hash: u64) -> usize {
        let mut slot = (hash >> self.shift) as usize;
        while self.slots[slot] != tag(hash) && self.slots[slot] != 0 {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }
}

/// Bits of a hash other than those that say where its word stands; never zero.
#[allow(clippy::cast_possible_truncation)] // half of them are left
fn tag(hash: u64) -> u32 {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32 | 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_others_are_not() {
        let hashes: Vec<u64> =
            (1..3000_u64).map(|number| number.wrapping_mul(0xd6e8_feb8_6659_fd93)).collect();
        let words = Ordinary::new(&hashes[..2000]);
        assert!(hashes[..2000].iter().all(|&hash| words.has(hash)));
        assert!(!hashes[2000..].iter().any(|&hash| words.has(hash)));
        assert!(!Ordinary::new(&[]).has(7) && !Ordinary::new(&[]).has(u64::MAX));
    }
}
