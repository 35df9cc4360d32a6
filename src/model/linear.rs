//! A linear model over hashed features.
//!
//! A feature is a number that a [`hash`] made of its name and value; the model has one small weight for each of
//! its buckets and a feature has the weight of the bucket that it falls into (Weinberger et al. 2009, "Feature
//! hashing for large scale multitask learning"). Training falls into the same buckets, so that it learns to live
//! with what shares one.

use serde::{Deserialize, Serialize};

/// Weights by bucket; a sum of them is a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Sparse", into = "Sparse")]
pub struct Linear {
    /// Two to the power of `bits` of them.
    pub(super) weights: Vec<i8>,
    bits: u32,
}

/// A model as it is saved: most weights are nothing.
#[derive(Debug, Serialize, Deserialize)]
struct Sparse {
    /// The model has two to the power of this many weights.
    bits: u32,
    /// The weights that are something, each with how many buckets lie between it and the one before.
    weights: Vec<(u32, i8)>,
}

impl From<Linear> for Sparse {
    fn from(model: Linear) -> Self {
        let mut skipped = 0;
        let mut weights = Vec::new();
        for &weight in &model.weights {
            if weight == 0 {
                skipped += 1;
            } else {
                weights.push((std::mem::take(&mut skipped), weight));
            }
        }
        Self { bits: model.bits, weights }
    }
}

impl TryFrom<Sparse> for Linear {
    type Error = &'static str;

    fn try_from(sparse: Sparse) -> Result<Self, Self::Error> {
        const MOST_BITS: u32 = 24;
        if sparse.bits > MOST_BITS {
            return Err("a model of so many weights is none");
        }
        let mut weights = vec![0; 1 << sparse.bits];
        let mut at = 0_usize;
        for (skipped, weight) in sparse.weights {
            at += skipped as usize;
            *weights.get_mut(at).ok_or("a weight has no bucket")? = weight;
            at += 1;
        }
        Ok(Self { weights, bits: sparse.bits })
    }
}

/// The features of one decision.
#[derive(Debug, Clone, Default)]
pub struct Features {
    hashes: Vec<u32>,
}

impl Features {
    /// None, with room for so many.
    pub fn with_capacity(count: usize) -> Self {
        Self { hashes: Vec::with_capacity(count) }
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.hashes.clear();
    }

    /// Adds a feature.
    pub fn push(&mut self, hash: u64) {
        self.hashes.push((hash >> 32) as u32);
    }

    /// Adds features.
    #[inline]
    pub fn extend(&mut self, hashes: impl Iterator<Item = u64>) {
        self.hashes.extend(hashes.map(|hash| (hash >> 32) as u32));
    }

    /// Adds those of another.
    pub fn append(&mut self, others: &Self) {
        self.hashes.extend_from_slice(&others.hashes);
    }

    /// The features as numbers, of which a model takes as many of the highest bits as it has use for.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }
}

impl Linear {
    /// A model of these weights, whose number must be a power of two.
    ///
    /// # Panics
    /// The number is not one.
    pub fn new(weights: Vec<i8>) -> Self {
        assert!(weights.len().is_power_of_two(), "{} weights are no power of two", weights.len());
        Self { bits: weights.len().trailing_zeros(), weights }
    }

    /// The sum of the features' weights.
    pub fn score(&self, features: &Features) -> i32 {
        self.weights(features).sum()
    }

    /// The weight of each feature.
    pub fn weights(&self, features: &Features) -> impl Iterator<Item = i32> {
        features.hashes.iter().map(|&hash| self.of_bucket(hash))
    }

    /// The weight of one feature.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // no more bits are left than buckets are numbered by
    pub fn weight(&self, hash: u64) -> i32 {
        // A model of one weight takes none of the bits; the mask says so to the compiler, which then looks at no bounds.
        let bucket = hash.wrapping_shr(64 - self.bits) as usize & (self.weights.len() - 1);
        self.weights.get(bucket).copied().map_or(0, i32::from)
    }

    #[inline]
    fn of_bucket(&self, hash: u32) -> i32 {
        let bucket = (u64::from(hash) << self.bits >> 32) as usize;
        self.weights.get(bucket).copied().map_or(0, i32::from)
    }
}

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// One number of two.
#[inline]
pub fn combine(first: u64, second: u64) -> u64 {
    let mixed = (first ^ second.rotate_left(23)).wrapping_mul(MIX);
    (mixed ^ (mixed >> 29)).wrapping_mul(MIX)
}

/// A number for a word, whatever its case and its apostrophes.
pub fn hash(word: &str) -> u64 {
    if word.is_ascii() {
        return word.bytes().fold(0, |sum, byte| hash_step(sum, byte.to_ascii_lowercase().into()));
    }
    let mut buffer = [0; 4];
    word.chars().flat_map(char::to_lowercase).fold(0, |sum, c| {
        let c = if c == '’' { '\'' } else { c };
        c.encode_utf8(&mut buffer).bytes().fold(sum, |sum, byte| hash_step(sum, byte.into()))
    })
}

/// The hash of what is longer by one value; of a word by one byte, which is no capital.
#[inline]
pub fn hash_step(sum: u64, value: u64) -> u64 {
    (sum.rotate_left(5) ^ value).wrapping_mul(MIX)
}

/// What makes a capital small, and leaves small letters and digits as they are, in eight bytes.
pub const SMALL: u64 = 0x2020_2020_2020_2020;

/// A number for a run of ASCII letters and digits in any case, eight at a time.
pub fn hash_run(run: &[u8]) -> u64 {
    let (whole, rest) = run.as_chunks();
    let sum = whole.iter().fold(0, |sum, chunk| hash_step(sum, u64::from_le_bytes(*chunk) | SMALL));
    if rest.is_empty() {
        return sum;
    }
    hash_step(sum, few(rest) | SMALL)
}

/// Up to eight bytes as a number, the first one lowest: two halves that overlap, so that no loop goes over them.
#[inline]
fn few(bytes: &[u8]) -> u64 {
    let shift = |from: usize| 8 * (bytes.len() - from);
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << shift(4);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u16::from_le_bytes(*first)) | u64::from(u16::from_le_bytes(*last)) << shift(2);
    }
    bytes.first().copied().map_or(0, u64::from)
}

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// In the highest bit of each byte below 128, whether that lies between two.
#[inline]
fn between(bytes: u64, least: u8, most: u8) -> u64 {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    (bytes + each(0x80 - least)) & !(bytes + each(0x7f - most))
}

/// Whether up to eight bytes are ASCII letters and digits; `bytes` has nothing behind them.
#[inline]
fn are_alphanumeric(bytes: u64, count: usize) -> bool {
    let plain = || between(bytes | SMALL, b'a', b'z') | between(bytes, b'0', b'9');
    bytes & HIGH == 0 && plain() & HIGH == HIGH >> (64 - 8 * count)
}

/// The [`hash_run`] of a word of ASCII letters and digits alone, as most are.
#[inline]
pub fn hash_plain(word: &str) -> Option<u64> {
    let (whole, rest) = word.as_bytes().as_chunks::<8>();
    let mut sum = 0;
    for chunk in whole {
        let letters = u64::from_le_bytes(*chunk);
        if !are_alphanumeric(letters, 8) {
            return None;
        }
        sum = hash_step(sum, letters | SMALL);
    }
    if rest.is_empty() {
        return Some(sum);
    }
    let letters = few(rest);
    are_alphanumeric(letters, rest.len()).then(|| hash_step(sum, letters | SMALL))
}

/// The [`hash_plain`] of what stands in a text from `start` to `end`, which is something. Whole eights of bytes are read and cut
/// off behind the word, as no branch can foresee how long words are; near the end of the text there are none.
#[inline]
pub fn hash_plain_in(text: &[u8], start: usize, end: usize) -> Option<u64> {
    let (mut sum, mut at) = (0, start);
    while at < end {
        let count = (end - at).min(8);
        let letters = u64::from_le_bytes(*text.get(at..)?.first_chunk()?) & u64::MAX >> (64 - 8 * count);
        if !are_alphanumeric(letters, count) {
            return None;
        }
        sum = hash_step(sum, letters | SMALL);
        at += 8;
    }
    Some(sum)
}

/// A number for a word, whatever its case and its apostrophes: quickly made for most.
pub fn hash_word(word: &str) -> u64 {
    hash_plain(word).unwrap_or_else(|| hash(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_word_has_the_hash_of_its_run() {
        let word = "Norrland7hafenmeisterei";
        for end in 1..=word.len() {
            assert_eq!(hash_plain(&word[..end]), Some(hash_run(&word.to_lowercase().as_bytes()[..end])));
        }
    }

    #[test]
    fn in_a_text_a_word_has_the_same_hash() {
        let text = "a Norrland7hafenmeisterei don't Quist";
        for start in 0..text.len() {
            for end in start + 1..=text.len() {
                let in_text = hash_plain_in(text.as_bytes(), start, end);
                let is_near_end = start + (end - start).next_multiple_of(8) > text.len();
                assert_eq!(in_text, hash_plain(&text[start..end]).filter(|_| !is_near_end), "{start} {end}");
            }
        }
    }

    #[test]
    fn a_word_with_anything_but_letters_and_digits_is_not_plain() {
        for c in ('\0'..='\u{ff}').filter(|&c| !c.is_ascii_alphanumeric()) {
            for word in [format!("{c}"), format!("ab{c}"), format!("abc{c}efgh"), format!("abcdefghi{c}")] {
                assert_eq!(hash_plain(&word), None, "{word:?}");
            }
        }
        assert!(
            ('\0'..='\x7f').filter(char::is_ascii_alphanumeric).all(|c| hash_plain(&c.to_string()).is_some())
        );
    }
}
