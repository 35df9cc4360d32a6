//! Columns in chunks: the work of one thread at a time.

use std::{borrow::Cow, mem, ops::Range, sync::Arc};

use super::Texts;
use crate::error::Error;

/// The columns of a batch have no room for more bytes.
const LONGEST: usize = i32::MAX as usize;
/// What a row weighs besides its text, in bytes: a column of nulls and short texts must not become one chunk.
const ROW: usize = 32;

/// Some rows of a column that follow one another.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The first row's number in the column.
    first: usize,
    parts: Vec<(Arc<Texts>, Range<usize>)>,
}

impl Chunk {
    /// The rows with their numbers; a null has no text.
    pub fn texts(&self) -> impl Iterator<Item = (usize, Option<Cow<'_, str>>)> {
        let texts = self.parts.iter().flat_map(|(texts, rows)| rows.clone().map(|row| texts.get(row)));
        (self.first..).zip(texts)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|(_, rows)| rows.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Cuts a column that comes in arrays of any length into chunks of about the same weight.
///
/// Where it cuts depends on the texts alone, not on the arrays that they came in.
#[derive(Debug)]
pub struct Chunks {
    /// A chunk ends with the row that makes it weigh so many bytes.
    limit: usize,
    weight: usize,
    rows: usize,
    open: Chunk,
}

impl Chunks {
    /// Begins a column whose chunks weigh about `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, weight: 0, rows: 0, open: Chunk::default() }
    }

    /// How many rows came so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Takes the next rows and gives the chunks that are full.
    ///
    /// # Errors
    /// A text has 2 GiB or more.
    pub fn push(&mut self, texts: Texts) -> Result<Vec<Chunk>, Error> {
        let texts = Arc::new(texts);
        let mut full = Vec::new();
        let mut start = 0;
        for row in 0..texts.len() {
            let len = texts.bytes(row).map_or(0, <[u8]>::len);
            if len > LONGEST {
                return Err(Error::text_too_long(self.rows, len));
            }
            self.rows += 1;
            self.weight += ROW + len;
            if self.weight >= self.limit {
                self.open.parts.push((Arc::clone(&texts), start..row + 1));
                start = row + 1;
                full.extend(self.finish());
            }
        }
        if start < texts.len() {
            let rows = start..texts.len();
            self.open.parts.push((texts, rows));
        }
        Ok(full)
    }

    /// Gives the rows that are left.
    pub fn finish(&mut self) -> Option<Chunk> {
        self.weight = 0;
        let next = Chunk { first: self.rows, parts: Vec::new() };
        let chunk = mem::replace(&mut self.open, next);
        (!chunk.is_empty()).then_some(chunk)
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::{ArrayRef, StringArray};

    use super::*;

    fn texts(rows: &[Option<&str>]) -> Texts {
        let array: ArrayRef = Arc::new(StringArray::from(rows.to_vec()));
        Texts::new(array).expect("strings are texts")
    }

    /// The chunks of a column that comes in arrays of `step` rows.
    fn cut(rows: &[Option<&str>], step: usize) -> Vec<Vec<(usize, Option<String>)>> {
        let mut chunks = Chunks::new(3 * ROW);
        let mut all: Vec<Chunk> =
            rows.chunks(step).flat_map(|part| chunks.push(texts(part)).expect("they are short")).collect();
        all.extend(chunks.finish());
        assert_eq!(chunks.rows(), rows.len());
        let owned =
            |chunk: &Chunk| chunk.texts().map(|(row, text)| (row, text.map(Cow::into_owned))).collect();
        all.iter().map(owned).collect()
    }

    #[test]
    fn where_a_column_is_cut_depends_on_its_texts_alone() {
        let long = "long ".repeat(40);
        let rows = [Some("a"), None, Some(""), Some(&*long), Some("b"), Some("c"), Some("d"), None];
        let whole = cut(&rows, rows.len());
        assert!(whole.len() > 2, "{whole:?}");
        let flat: Vec<_> = whole.iter().flatten().cloned().collect();
        let wanted = rows.iter().enumerate().map(|(row, text)| (row, text.map(str::to_owned)));
        assert_eq!(flat, wanted.collect::<Vec<_>>());
        for step in 1..rows.len() {
            assert_eq!(cut(&rows, step), whole, "arrays of {step} rows");
        }
    }
}
