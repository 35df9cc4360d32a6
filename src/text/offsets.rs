//! Byte offsets to the offsets of others: the one place that converts.

use crate::named::Named;

/// How many bytes share one count.
const STRIDE: usize = 128;

/// In what a text's positions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Code points, as Python's strings have them.
    #[default]
    CodePoint,
    /// Bytes of UTF-8.
    Byte,
    /// Code units of UTF-16, as JavaScript, Java and C# have them.
    Utf16,
}

impl Named for Unit {
    const WHAT: &'static str = "offsets";
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::CodePoint, "codepoint"), (Self::Byte, "byte"), (Self::Utf16, "utf16")];
}

impl Unit {
    /// How many units begin with the bytes, of which there are no more than a stride.
    fn count(self, bytes: &[u8]) -> usize {
        // Every byte but a continuation byte begins a code point.
        let code_points = || bytes.len() - sum(bytes, |word| word >> 7 & !(word >> 6));
        match self {
            Self::Byte => bytes.len(),
            Self::CodePoint => code_points(),
            // What takes four bytes takes a pair of surrogates.
            Self::Utf16 => code_points() + sum(bytes, |word| word >> 7 & word >> 6 & word >> 5 & word >> 4),
        }
    }
}

/// How many bytes, of no more than a stride, are of a kind: the lowest bit of each byte of what is made of eight of them
/// tells. A zero is of none.
fn sum(bytes: &[u8], kind: impl Fn(u64) -> u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let count = |word| kind(u64::from_le_bytes(word)) & ONES;
    let sums = words.iter().map(|&word| count(word)).sum::<u64>() + count(last);
    usize::from(sums.wrapping_mul(ONES).to_le_bytes()[7])
}

/// Turns byte offsets of one text into offsets in another unit, in constant time each.
///
/// An ASCII text needs no index. Any other keeps, for every 128 bytes, how many units come before.
#[derive(Debug)]
pub struct Offsets<'a> {
    bytes: &'a [u8],
    unit: Unit,
    /// `before[i]`: units in `bytes[..i * STRIDE]`. Empty where a byte is a unit.
    before: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// Indexes a text, in time linear in its length.
    pub fn new(source: &'a str, unit: Unit) -> Self {
        let bytes = source.as_bytes();
        if unit == Unit::Byte || source.is_ascii() {
            return Self { bytes, unit, before: Vec::new() };
        }
        let mut count = 0;
        let before = bytes
            .chunks(STRIDE)
            .map(|chunk| {
                let here = count;
                count += unit.count(chunk);
                here
            })
            .collect();
        Self { bytes, unit, before }
    }

    /// The numbers of units before the bytes at `start` and at `end`, which is no less.
    pub fn both(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.at(start);
        let is_near = end - start <= STRIDE;
        (first, if is_near { first + self.count(&self.bytes[start..end]) } else { self.at(end) })
    }

    /// How many units begin with the bytes, of which there are no more than a stride.
    fn count(&self, bytes: &[u8]) -> usize {
        if self.before.is_empty() { bytes.len() } else { self.unit.count(bytes) }
    }

    /// The number of units before the byte at `offset`.
    pub fn at(&self, offset: usize) -> usize {
        match self.before.get(offset / STRIDE) {
            Some(&before) => before + self.unit.count(&self.bytes[offset / STRIDE * STRIDE..offset]),
            None if self.before.is_empty() => offset,
            // The end of a text whose length is a multiple of the stride.
            None => {
                self.before[self.before.len() - 1] + self.unit.count(&self.bytes[offset - STRIDE..offset])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let long = "é“x”😀 ".repeat(100);
        let round = "é".repeat(STRIDE); // ends at a multiple of the stride
        for text in ["", "plain", "é", "“Ja,” sagte sie. 😀", &long, &round] {
            let [points, bytes, utf16] =
                [Unit::CodePoint, Unit::Byte, Unit::Utf16].map(|unit| Offsets::new(text, unit));
            for offset in text.char_indices().map(|(offset, _)| offset).chain([text.len()]) {
                let before = &text[..offset];
                assert_eq!(points.at(offset), before.chars().count(), "{offset} in {text:?}");
                assert_eq!(bytes.at(offset), offset, "{offset} in {text:?}");
                assert_eq!(utf16.at(offset), before.encode_utf16().count(), "{offset} in {text:?}");
                for units in [&points, &bytes, &utf16] {
                    assert_eq!(units.both(0, offset), (0, units.at(offset)), "{offset} in {text:?}");
                    let whole = (units.at(offset), units.at(text.len()));
                    assert_eq!(units.both(offset, text.len()), whole, "{offset} in {text:?}");
                }
            }
        }
    }
}
