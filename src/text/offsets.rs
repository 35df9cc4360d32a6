//! Byte offsets to code points: the one place that converts.

/// How many bytes share one count.
const STRIDE: usize = 128;

/// Turns byte offsets of one text into code point offsets, in constant time each.
///
/// An ASCII text needs no index. Any other keeps, for every 128 bytes, how many code points come before.
#[derive(Debug)]
pub struct Offsets<'a> {
    bytes: &'a [u8],
    /// `before[i]`: code points in `bytes[..i * STRIDE]`. Empty for ASCII.
    before: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// Indexes a text, in time linear in its length.
    pub fn new(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        if source.is_ascii() {
            return Self { bytes, before: Vec::new() };
        }
        let mut count = 0;
        let before = bytes
            .chunks(STRIDE)
            .map(|chunk| {
                let here = count;
                count += code_points(chunk);
                here
            })
            .collect();
        Self { bytes, before }
    }

    /// The number of code points before the byte at `offset`.
    pub fn code_point(&self, offset: usize) -> usize {
        match self.before.get(offset / STRIDE) {
            Some(&before) => before + code_points(&self.bytes[offset / STRIDE * STRIDE..offset]),
            None if self.before.is_empty() => offset,
            // The end of a text whose length is a multiple of the stride.
            None => self.before[self.before.len() - 1] + code_points(&self.bytes[offset - STRIDE..offset]),
        }
    }
}

/// Every byte but a continuation byte begins a code point.
fn code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let long = "é“x”😀 ".repeat(100);
        let round = "é".repeat(STRIDE); // ends at a multiple of the stride
        for text in ["", "plain", "é", "“Ja,” sagte sie. 😀", &long, &round] {
            let offsets = Offsets::new(text);
            for (count, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.code_point(offset), count, "{offset} in {text:?}");
            }
            assert_eq!(offsets.code_point(text.len()), text.chars().count(), "end of {text:?}");
        }
    }
}
