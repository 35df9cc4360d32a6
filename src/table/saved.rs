//! Tables as bytes, for pickles and files: the buffers of every column as they lie in memory.
//!
//! The schema is not written, since a kind of table has only one; a table of another schema does not open.

use arrow_array::{Array, ArrayRef, RecordBatch, make_array};
use arrow_buffer::Buffer;
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType, Field};
use serde::{Deserialize, Serialize};

use super::{TableKind, schema};
use crate::{
    archive::{self, Kind},
    error::Error,
    named::Named,
};

/// A table on its way: of which kind, whether nested, and the columns of each batch.
#[derive(Serialize, Deserialize)]
struct Saved(String, bool, Vec<Vec<Column>>);

#[derive(Serialize, Deserialize)]
struct Column {
    len: usize,
    there: Option<Vec<u8>>,
    buffers: Vec<Vec<u8>>,
    children: Vec<Column>,
}

/// The bytes of a table, versioned and checksummed.
pub fn to_bytes(kind: TableKind, nested: bool, batches: &[RecordBatch]) -> Vec<u8> {
    let columns = |batch: &RecordBatch| {
        batch.columns().iter().map(|column| Column::new(&column.to_data())).collect::<Vec<_>>()
    };
    let saved = Saved(kind.as_str().to_owned(), nested, batches.iter().map(columns).collect());
    archive::seal(Kind::Table, &saved)
}

/// The table that `to_bytes` wrote.
///
/// # Errors
/// The bytes are no such table, whole and unchanged.
pub fn from_bytes(bytes: &[u8]) -> Result<(TableKind, bool, Vec<RecordBatch>), Error> {
    let Saved(kind, nested, batches) = archive::open(Kind::Table, bytes)?;
    let kind = TableKind::parse(&kind)?;
    let batches = batches.into_iter().map(|columns| {
        let schema = schema(kind, nested);
        let columns = open_all(columns, schema.fields().iter().map(AsRef::as_ref))?;
        RecordBatch::try_new(schema, columns.into_iter().map(make_array).collect::<Vec<ArrayRef>>())
    });
    let batches = batches.collect::<Result<_, _>>();
    Ok((kind, nested, batches.map_err(|error| Error::archive("Table", error.to_string()))?))
}

impl Column {
    fn new(data: &ArrayData) -> Self {
        debug_assert_eq!(data.offset(), 0, "a batch is as its builders made it");
        Self {
            len: data.len(),
            there: data.nulls().map(|nulls| nulls.inner().sliced().to_vec()),
            buffers: data.buffers().iter().map(|buffer| buffer.to_vec()).collect(),
            children: data.child_data().iter().map(Self::new).collect(),
        }
    }

    /// The column as Arrow has it; what is no column of this type is an error.
    fn open(self, of: &DataType) -> Result<ArrayData, ArrowError> {
        let children = match of {
            DataType::List(item) => open_all(self.children, [item.as_ref()])?,
            DataType::Struct(fields) => open_all(self.children, fields.iter().map(AsRef::as_ref))?,
            _ => Vec::new(),
        };
        ArrayData::builder(of.clone())
            .len(self.len)
            .null_bit_buffer(self.there.map(Buffer::from))
            .buffers(self.buffers.into_iter().map(Buffer::from).collect())
            .child_data(children)
            .align_buffers(true)
            .build()
    }
}

fn open_all<'a>(
    columns: Vec<Column>,
    fields: impl IntoIterator<Item = &'a Field>,
) -> Result<Vec<ArrayData>, ArrowError> {
    columns.into_iter().zip(fields).map(|(column, field)| column.open(field.data_type())).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::StringArray;

    use super::*;
    use crate::{
        pipeline::{Options, Pipeline},
        table::{Chunks, Plan, Reader, Texts},
        text::offsets::Unit,
    };

    fn batch(nested: bool) -> RecordBatch {
        let pipeline = Pipeline::new(Options::default(), None).expect("English is known");
        let reader = Reader::Pipeline(Arc::new(pipeline), TableKind::Quotes);
        let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("“Ja,” said Mara Quist. “Nej.”"), None]));
        let mut chunks = Chunks::new(usize::MAX);
        let full = chunks.push(Texts::new(texts).expect("strings are texts")).expect("they are short");
        assert!(full.is_empty());
        let chunk = chunks.finish().expect("there are two rows");
        Plan { reader, nested, unit: Unit::CodePoint }.read(&chunk, || true)
    }

    #[test]
    fn a_table_opens_as_it_was() {
        for nested in [false, true] {
            let batches = vec![batch(nested); 2];
            let bytes = to_bytes(TableKind::Quotes, nested, &batches);
            assert_eq!(from_bytes(&bytes), Ok((TableKind::Quotes, nested, batches)));
        }
    }

    /// Whoever makes a checksum that fits can still not make a table that is none.
    #[test]
    fn a_payload_that_is_no_table_is_an_error() {
        let bytes = to_bytes(TableKind::Quotes, false, &[batch(false)]);
        let reopen = |change: &dyn Fn(&mut Saved)| {
            let mut saved: Saved = archive::open(Kind::Table, &bytes).expect("it is whole");
            change(&mut saved);
            from_bytes(&archive::seal(Kind::Table, &saved))
        };
        assert!(reopen(&|_| ()).is_ok());
        let count = batch(false).num_columns();
        for at in 0..count {
            assert!(reopen(&|saved| saved.2[0][at].len += 9).is_err(), "column {at}: too long");
            assert!(reopen(&|saved| saved.2[0][at].buffers.clear()).is_err(), "column {at}: no buffers");
        }
        assert!(reopen(&|saved| saved.0 = "words".to_owned()).is_err());
        assert!(reopen(&|saved| saved.1 = true).is_err());
        assert!(reopen(&|saved| drop(saved.2[0].pop())).is_err());
        // Offsets that point anywhere, text that is no UTF-8.
        assert!(reopen(&|saved| saved.2[0][3].buffers[0].fill(0x7F)).is_err());
        assert!(reopen(&|saved| saved.2[0][3].buffers[1].fill(0xFF)).is_err());
    }
}
