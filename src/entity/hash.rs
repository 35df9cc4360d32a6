//! Hashes of folded words and of the paths that they make.
//!
//! They only say where to look; what is found there is compared letter by letter.

/// Bytes that are hashed at once.
pub(super) const CHUNK: usize = 8;

const WORD: u64 = 0x9e37_79b9_7f4a_7c15;
const PATH: u64 = 0xd6e8_feb8_6659_fd93;

/// The hash of a folded word.
pub(super) fn word(folded: &[u8]) -> u64 {
    folded.chunks(CHUNK).fold(0, |hash, chunk| push(hash, load(chunk, 0)))
}

/// Goes on with up to eight bytes more; what is missing at the end of a word is zero.
#[inline]
pub(super) fn push(hash: u64, chunk: u64) -> u64 {
    mix(hash ^ chunk, WORD)
}

/// The hash of a path that goes on with a word; that of one word is the word's own.
#[inline]
pub(super) fn path(before: u64, word: u64) -> u64 {
    if before == 0 { word } else { mix(before.rotate_left(32) ^ word, PATH) }
}

/// Eight bytes from `at`, as many as there are.
#[inline]
pub(super) fn load(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + CHUNK).and_then(|chunk| chunk.first_chunk()) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => load_last(bytes, at),
    }
}

#[cold]
#[inline(never)]
fn load_last(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte))
}

/// Both halves of the product, one upon the other.
#[inline]
pub(super) fn mix(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    (product & 0xffff_ffff_ffff_ffff) as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_hashed_in_chunks() {
        let folded = b"constantinople";
        let chunks = folded.chunks(CHUNK).map(|chunk| load(chunk, 0));
        assert_eq!(word(folded), chunks.fold(0, push));
        assert_eq!(load(folded, 8), load(b"inople", 0));
        assert_ne!(path(word(b"mara"), word(b"quist")), path(word(b"quist"), word(b"mara")));
    }
}
