//! Classes of words by the hashes of the words, as a flat table: every word of every text is looked up.

use super::Classes;

/// Open addressing with linear probing. A slot has the highest bits of a hash and, in place of the lowest ones, the number of a
/// set of classes: words have few sets among them. Nothing stands in an empty one. So hashes that differ in their lowest sixteen
/// bits alone would be taken for one; forty-eight tell all words apart.
#[derive(Debug)]
pub(super) struct Table {
    /// Two to the power of `64 - shift`.
    slots: Vec<u64>,
    shift: u32,
    count: usize,
    /// The sets that words have; the first is of no classes, so that no word has the number nothing.
    sets: Vec<Views>,
}

/// The classes of a word, and those of them that the splitter sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Views {
    pub(super) all: Classes,
    pub(super) seen: Classes,
}

impl Views {
    fn and(self, others: Self) -> Self {
        Self { all: self.all.and(others.all), seen: self.seen.and(others.seen) }
    }
}

/// The bits of a slot that number a set.
const SET: u64 = 0xffff;

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![0; 2], shift: u64::BITS - 1, count: 0, sets: vec![Views::default()] }
    }
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
    pub(super) fn get(&self, hash: u64) -> Views {
        self.sets[(self.slots[self.slot(hash)] & SET) as usize]
    }

    /// Adds to the classes of a word.
    pub(super) fn add(&mut self, hash: u64, classes: Views) {
        if (self.count + 1) * Self::ROOM > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(hash);
        self.count += usize::from(self.slots[slot] == 0);
        let all = self.sets[(self.slots[slot] & SET) as usize].and(classes);
        // The words of a list come one after the other.
        let known = self.sets.iter().rposition(|&set| set == all);
        let set = known.unwrap_or_else(|| {
            self.sets.push(all);
            self.sets.len() - 1
        });
        self.slots[slot] = hash & !SET | set as u64;
    }

    /// Where a hash stands, or could; there is always an empty slot.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // no more bits are left than slots are numbered by
    fn slot(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = (hash >> self.shift) as usize & last;
        while self.slots[slot] != 0 && (self.slots[slot] ^ hash) > SET {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn grow(&mut self) {
        let count = self.slots.len() * 2;
        let held = std::mem::replace(&mut self.slots, vec![0; count]);
        self.shift -= 1;
        for entry in held.into_iter().filter(|&entry| entry != 0) {
            let slot = self.slot(entry);
            self.slots[slot] = entry;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Class, *};

    #[test]
    fn words_are_found_and_others_are_not() {
        let mut table = Table::default();
        assert!(table.is_empty());
        assert_eq!(table.get(7), Views::default());
        let own = |class| Views { all: Classes::default().with(class), seen: Classes::default() };
        for hash in (0..300_u64).map(|number| number.wrapping_mul(1 << 59)) {
            table.add(hash, own(Class::Role));
            table.add(hash, own(Class::Group));
        }
        let both = own(Class::Role).and(own(Class::Group));
        assert!((0..32_u64).all(|number| table.get(number << 59) == both));
        assert_eq!(table.get(1 << 16), Views::default());
    }
}
