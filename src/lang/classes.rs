//! Classes of words by the hashes of the words, as a flat table: every word of every text is looked up.

use super::{Class, Classes};

/// Open addressing with linear probing; a slot of no classes is empty.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Two to the power of `64 - shift`, or none.
    slots: Vec<(u64, Classes)>,
    shift: u32,
    count: usize,
}

impl Table {
    /// How many slots a word has at least: most words that are looked up are in none.
    const ROOM: usize = 3;

    /// Whether it has no words.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The classes of the word with this hash.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Classes {
        if self.slots.is_empty() { Classes::default() } else { self.slots[self.slot(hash)].1 }
    }

    /// The hashes of the words in any of these classes.
    pub(super) fn of(&self, classes: &[Class]) -> impl Iterator<Item = u64> {
        self.slots.iter().filter(|slot| slot.1.any(classes)).map(|slot| slot.0)
    }

    /// Adds to the classes of a word.
    pub(super) fn add(&mut self, hash: u64, classes: Classes) {
        if (self.count + 1) * Self::ROOM > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(hash);
        self.count += usize::from(self.slots[slot].1 == Classes::default());
        self.slots[slot] = (hash, self.slots[slot].1.and(classes));
    }

    /// Where a hash stands, or could; there is always an empty slot.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // no more bits are left than slots are numbered by
    fn slot(&self, hash: u64) -> usize {
        let mut slot = (hash >> self.shift) as usize;
        while self.slots[slot].0 != hash && self.slots[slot].1 != Classes::default() {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    fn grow(&mut self) {
        let count = (self.slots.len() * 2).max(4);
        let held = std::mem::replace(&mut self.slots, vec![(0, Classes::default()); count]);
        self.shift = u64::BITS - count.trailing_zeros();
        for (hash, classes) in held.into_iter().filter(|&(_, classes)| classes != Classes::default()) {
            let slot = self.slot(hash);
            self.slots[slot] = (hash, classes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_others_are_not() {
        let mut table = Table::default();
        assert!(table.is_empty());
        assert_eq!(table.get(7), Classes::default());
        let own = |class| Classes::default().with(class);
        for hash in (0..300_u64).map(|number| number.wrapping_mul(1 << 59)) {
            table.add(hash, own(Class::Role));
            table.add(hash, own(Class::Group));
        }
        let both = own(Class::Role).and(own(Class::Group));
        assert!((0..32_u64).all(|number| table.get(number << 59) == both));
        assert_eq!(table.get(1), Classes::default());
    }
}
