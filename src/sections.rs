//! Compiled objects as flat bytes, which may be a mapped file's: nothing is rebuilt when they are loaded.
//!
//! ```text
//! count: u32 | length of each section: u64 … | sections
//! ```
//!
//! Numbers are little endian and are read where they stand, so nothing needs to be aligned. Whoever reads a section
//! bears that a number in it may be wrong: it asks for what it points to with `get`.

use std::{fmt, ops::Range, sync::Arc};

/// Bytes that somebody holds: a vector, a mapped file.
pub type Shared = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The sections of a compiled object.
#[derive(Clone)]
pub(crate) struct Sections {
    bytes: Shared,
    ranges: Arc<[Range<usize>]>,
}

impl fmt::Debug for Sections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sections").field(&self.ranges).finish()
    }
}

impl Sections {
    /// Joins sections to one object.
    pub(crate) fn join(sections: Vec<Vec<u8>>) -> Self {
        let directory = 4 + 8 * sections.len();
        let mut bytes = Vec::with_capacity(directory + sections.iter().map(Vec::len).sum::<usize>());
        bytes.extend(u32::try_from(sections.len()).unwrap_or(u32::MAX).to_le_bytes());
        for section in &sections {
            bytes.extend((section.len() as u64).to_le_bytes());
        }
        for section in sections {
            bytes.extend(section);
        }
        let whole = 0..bytes.len();
        Self::read(Arc::new(bytes), whole).unwrap_or_else(Self::none)
    }

    fn none() -> Self {
        Self { bytes: Arc::new([]), ranges: Arc::new([]) }
    }

    /// Finds the sections in what stands at `place`; `None` if their lengths do not fit.
    pub(crate) fn read(bytes: Shared, place: Range<usize>) -> Option<Self> {
        let all = (*bytes).as_ref().get(place.clone())?;
        let (count, rest) = all.split_first_chunk()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let lengths = &rest.as_chunks::<8>().0.get(..count)?;
        let mut at = place.start + 4 + 8 * count;
        let mut ranges = Vec::with_capacity(count);
        for length in *lengths {
            let end = at.checked_add(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
            ranges.push(at..end);
            at = end;
        }
        (at == place.end).then(|| Self { bytes, ranges: ranges.into() })
    }

    /// A section; empty if there is none of that number.
    pub(crate) fn get(&self, section: usize) -> &[u8] {
        let range = self.ranges.get(section).cloned().unwrap_or_default();
        (*self.bytes).as_ref().get(range).unwrap_or_default()
    }

    /// The whole, as it is read.
    pub(crate) fn bytes(&self) -> &[u8] {
        let start = self.ranges.first().map_or(0, |first| first.start) - (4 + 8 * self.ranges.len());
        let end = self.ranges.last().map_or(0, |last| last.end);
        (*self.bytes).as_ref().get(start..end).unwrap_or_default()
    }
}

/// Numbers one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers<'a>(&'a [[u8; 4]]);

impl<'a> Numbers<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.as_chunks().0)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The number at `index`; zero behind the end.
    pub(crate) fn get(&self, index: usize) -> u32 {
        self.0.get(index).map_or(0, |&bytes| u32::from_le_bytes(bytes))
    }

    /// From the number at `index` to the one after it.
    pub(crate) fn range(&self, index: usize) -> Range<usize> {
        self.get(index) as usize..self.get(index + 1) as usize
    }
}

/// Strings one after the other, with the places where they end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Strings<'a> {
    text: &'a [u8],
    ends: Numbers<'a>,
}

impl<'a> Strings<'a> {
    pub(crate) fn new(text: &'a [u8], ends: &'a [u8]) -> Self {
        Self { text, ends: Numbers::new(ends) }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// The string at `index`; empty behind the end.
    pub(crate) fn get(&self, index: usize) -> &'a str {
        std::str::from_utf8(self.bytes(index)).unwrap_or_default()
    }

    /// The bytes of the string at `index`, which may be none of UTF-8 in a damaged file.
    pub(crate) fn bytes(&self, index: usize) -> &'a [u8] {
        self.text.get(self.ends.range(index)).unwrap_or_default()
    }
}

/// Collects [`Strings`].
#[derive(Debug, Clone)]
pub(crate) struct StringsBuilder {
    text: Vec<u8>,
    ends: Vec<u8>,
}

impl StringsBuilder {
    pub(crate) fn new() -> Self {
        Self { text: Vec::new(), ends: 0_u32.to_le_bytes().to_vec() }
    }

    /// Adds a string; says so if there is no room for more.
    pub(crate) fn push(&mut self, string: &str) -> Result<(), String> {
        let end = u32::try_from(self.text.len() + string.len()).map_err(|_| "more than 4 GiB of names")?;
        self.text.extend(string.as_bytes());
        self.ends.extend(end.to_le_bytes());
        Ok(())
    }

    pub(crate) fn strings(&self) -> Strings<'_> {
        Strings::new(&self.text, &self.ends)
    }

    /// The text and the ends, each a section.
    pub(crate) fn finish(self) -> [Vec<u8>; 2] {
        [self.text, self.ends]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_found_again() {
        let sections = Sections::join(vec![vec![1, 2], vec![], vec![3]]);
        let again = [&[9], sections.bytes(), &[9]].concat();
        let end = again.len() - 1;
        let again = Sections::read(Arc::new(again), 1..end).unwrap();
        assert_eq!(
            (again.get(0), again.get(1), again.get(2), again.get(3)),
            (&[1, 2][..], &[][..], &[3][..], &[][..])
        );
        let cut = sections.bytes().to_vec();
        assert!((0..cut.len()).all(|end| Sections::read(Arc::new(cut.clone()), 0..end).is_none()));
    }

    #[test]
    fn strings_are_bounded() {
        let mut builder = StringsBuilder::new();
        ["a", "", "bcd"].iter().try_for_each(|string| builder.push(string)).unwrap();
        let strings = builder.strings();
        assert_eq!((strings.len(), strings.get(0), strings.get(2), strings.get(3)), (3, "a", "bcd", ""));
        assert_eq!(Strings::new(b"abc", &[0, 0, 0, 0, 255, 255, 255, 255]).get(0), "");
    }
}
