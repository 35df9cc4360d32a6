//! The flat table of paths: which runs of words are a name, and which go on to one.
//!
//! ```text
//! seed: u64 | slots: (tag: u32, node: u32) …     open addressing, two of three slots taken
//! ```
//!
//! A path is known by the hash of its words alone. Its upper half says where to look, so that sorted paths are put in one
//! after the other; a number made of the whole is the tag. Two paths of one tag that meet would hide each other's names;
//! then the tags are made with another seed when the table is built.

use super::hash;

/// What may be found at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(u32);

const GOES_ON: u32 = 1 << 31;
const HAS_FORMS: u32 = 1 << 30;

/// The most forms of a gazetteer.
pub(super) const MAX_FORMS: usize = HAS_FORMS as usize;

impl Node {
    /// Whether a name may go on from here.
    pub(super) fn goes_on(self) -> bool {
        self.0 & GOES_ON != 0
    }

    /// The first of the forms that end here.
    pub(super) fn forms(self) -> Option<usize> {
        (self.0 & HAS_FORMS != 0).then_some((self.0 & (HAS_FORMS - 1)) as usize)
    }
}

/// A table to look things up in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a> {
    seed: u64,
    slots: &'a [[u8; 8]],
}

impl<'a> Table<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let (seed, slots) = bytes.split_first_chunk().unwrap_or((&[0; 8], &[]));
        Self { seed: u64::from_le_bytes(*seed), slots: slots.as_chunks().0 }
    }

    /// What the path of this hash leads to.
    pub(super) fn find(&self, path: u64) -> Option<Node> {
        let (mut slot, tag) = place(path, self.seed, self.slots.len());
        for _ in 0..self.slots.len() {
            let (found, node) = split(*self.slots.get(slot)?);
            if node == 0 {
                return None;
            }
            if found == tag {
                return Some(Node(node));
            }
            slot = if slot + 1 == self.slots.len() { 0 } else { slot + 1 };
        }
        None
    }
}

fn split(slot: [u8; 8]) -> (u32, u32) {
    let all = u64::from_le_bytes(slot);
    ((all & 0xffff_ffff) as u32, (all >> 32) as u32)
}

/// The first slot to look at, and the tag.
fn place(path: u64, seed: u64, slots: usize) -> (usize, u32) {
    let slot = ((path >> 32) * slots as u64) >> 32;
    let tag = hash::mix(path ^ seed, 0xa076_1d64_78bd_642f) & 0xffff_ffff;
    (usize::try_from(slot).unwrap_or(0), tag as u32)
}

/// Builds a table of the paths on the way to names, and of those to names with the number of their first form;
/// each path is given once.
pub(super) fn build(inner: &[u64], names: &[(u64, u32)]) -> Vec<u8> {
    let count = inner.len() + names.len();
    let slots = count + count / 2 + 1;
    (1..).find_map(|seed| fill(hash::word(&u64::to_le_bytes(seed)), slots, inner, names)).unwrap_or_default()
}

fn fill(seed: u64, slots: usize, inner: &[u64], names: &[(u64, u32)]) -> Option<Vec<u8>> {
    let mut bytes = vec![0; 8 * (slots + 1)];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let table = &mut bytes[8..].as_chunks_mut().0;
    for &(path, form) in names {
        let slot = slot_for(table, path, seed);
        if split(table[slot]).1 != 0 {
            return None;
        }
        put(table, slot, path, seed, HAS_FORMS | form);
    }
    for &path in inner {
        let slot = slot_for(table, path, seed);
        let node = split(table[slot]).1 | GOES_ON;
        put(table, slot, path, seed, node);
    }
    Some(bytes)
}

fn put(table: &mut [[u8; 8]], slot: usize, path: u64, seed: u64, node: u32) {
    let tag = place(path, seed, table.len()).1;
    table[slot] = (u64::from(node) << 32 | u64::from(tag)).to_le_bytes();
}

/// The slot of a path, or the free one for it.
fn slot_for(table: &[[u8; 8]], path: u64, seed: u64) -> usize {
    let (mut slot, tag) = place(path, seed, table.len());
    loop {
        let (found, node) = split(table[slot]);
        if node == 0 || found == tag {
            return slot;
        }
        slot = if slot + 1 == table.len() { 0 } else { slot + 1 };
    }
}

/// Which hashes there are, roughly: two bits of one number for each, so that most words of a text and most pairs of them
/// need no look into the table, which is many times as large (a Bloom filter in blocks: Putze, Sanders and Singler, 2007).
#[derive(Debug, Clone, Copy)]
pub(super) struct Filter<'a>(&'a [[u8; 8]]);

/// Bits for a hash, by which one other hash in twenty-five is let through.
const BITS: usize = 10;

/// Bits for a hash while the whole is small, and how many there may then be.
const MANY_BITS: usize = 64;
const SMALL: usize = 1 << 16;

impl<'a> Filter<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.as_chunks().0)
    }

    /// Whether the hash may be there.
    #[inline]
    pub(super) fn has(&self, hash: u64) -> bool {
        self.has_either(hash).0
    }

    /// Whether the hash may be there, and whether it may be among the others.
    #[inline]
    pub(super) fn has_either(&self, hash: u64) -> (bool, bool) {
        let (block, bits) = bits(hash, self.0.len());
        let Some(&block) = self.0.get(block) else { return (false, false) };
        let block = u64::from_le_bytes(block);
        (block & bits == bits, block.rotate_left(TURNED) & bits == bits)
    }
}

/// Builds a filter of so many hashes, and of others of which is asked besides.
pub(super) fn filter(count: usize, hashes: impl Iterator<Item = u64>, others: &[u64]) -> Vec<u8> {
    let count = count + others.len();
    let blocks = (BITS * count).max(SMALL.min(MANY_BITS * count)) / 64 + 1;
    let mut bytes = vec![0; 8 * blocks];
    let filter: &mut [[u8; 8]] = bytes.as_chunks_mut().0;
    let turned = others.iter().map(|&hash| (hash, TURNED));
    for (hash, turned) in hashes.map(|hash| (hash, 0)).chain(turned) {
        let (block, bits) = bits(hash, blocks);
        filter[block] = (u64::from_le_bytes(filter[block]) | bits.rotate_right(turned)).to_le_bytes();
    }
    bytes
}

/// By how much the bits of the other hashes are turned. So one number answers both questions of a hash.
const TURNED: u32 = 32;

/// The block of a hash, of so many, and its bits in it.
#[inline]
fn bits(hash: u64, blocks: usize) -> (usize, u64) {
    let block = ((hash >> 32) * blocks as u64) >> 32;
    (usize::try_from(block).unwrap_or(0), 1 << (hash & 63) | 1 << (hash >> 6 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_found_and_no_other() {
        let paths: Vec<u64> = (0_u64..3000).map(|n| hash::word(&n.to_le_bytes())).collect();
        let (inner, rest) = paths.split_at(1000);
        let (names, others) = rest.split_at(1000);
        let names: Vec<(u64, u32)> = (0..).zip(names).map(|(form, &path)| (path, form)).collect();
        let both = [inner, &[names[7].0]].concat();
        let bytes = build(&both, &names);
        let table = Table::new(&bytes);
        assert!(inner.iter().all(|&path| table.find(path) == Some(Node(GOES_ON))));
        assert!(
            names.iter().all(|&(path, form)| table.find(path).and_then(Node::forms) == Some(form as usize))
        );
        assert_eq!(names.iter().filter(|name| table.find(name.0).is_some_and(Node::goes_on)).count(), 1);
        assert!(others.iter().all(|&path| table.find(path).is_none()));
        assert_eq!(Table::new(&[]).find(7), None);
    }

    #[test]
    fn a_filter_misses_nothing() {
        let words: Vec<u64> = (0_u64..3000).map(|n| hash::word(&n.to_le_bytes())).collect();
        let bytes = filter(1000, words[..1000].iter().copied(), &words[2000..]);
        assert!(words[..1000].iter().all(|&word| Filter::new(&bytes).has(word)));
        assert!(words[1000..].iter().filter(|&&word| Filter::new(&bytes).has(word)).count() < 100);
        assert!(words[2000..].iter().all(|&word| Filter::new(&bytes).has_either(word).1));
        assert!(words[..2000].iter().filter(|&&word| Filter::new(&bytes).has_either(word).1).count() < 100);
        assert!(!Filter::new(&[]).has(7));
    }
}
