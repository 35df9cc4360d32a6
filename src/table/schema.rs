//! The one schema that each kind of table has.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

use super::TableKind;
use crate::named::Named;

/// The columns of a table. Flat, it has one row for each hit; nested, one for each text, with its hits in a list.
pub fn schema(kind: TableKind, nested: bool) -> SchemaRef {
    let hits = fields(kind);
    let fields: Fields = if nested {
        let item = Field::new_list_field(DataType::Struct(hits), false);
        Fields::from(vec![Field::new_list(kind.as_str(), item, true)])
    } else {
        let row = Arc::new(Field::new("row", DataType::Int64, false));
        std::iter::once(row).chain(hits.iter().cloned()).collect()
    };
    Arc::new(Schema::new(fields))
}

/// The fields of one hit.
pub(super) fn fields(kind: TableKind) -> Fields {
    let (number, text, score) = (DataType::Int64, DataType::Utf8, DataType::Float64);
    let is = |name: &str, of: &DataType| Arc::new(Field::new(name, of.clone(), false));
    let may_be = |name: &str, of: &DataType| Arc::new(Field::new(name, of.clone(), true));
    let spans = DataType::new_list(DataType::Struct(span_fields()), false);
    let mut fields = span_fields().to_vec();
    match kind {
        TableKind::Sentences => {}
        TableKind::Mentions => fields.extend([
            is("kind", &text),
            may_be("entity_id", &text),
            may_be("entity_name", &text),
            may_be("entity_type", &text),
            is("score", &score),
        ]),
        TableKind::Quotes => fields.extend([
            is("content", &text),
            is("pieces", &spans),
            is("quoted", &spans),
            is("kind", &text),
            is("manner", &text),
            may_be("speaker_start", &number),
            may_be("speaker_end", &number),
            may_be("speaker_text", &text),
            may_be("speaker_name", &text),
            may_be("speaker_entity_id", &text),
            may_be("anonymous", &DataType::Boolean),
            may_be("cue_start", &number),
            may_be("cue_end", &number),
            may_be("cue_text", &text),
            is("confidence", &score),
            is("closed", &DataType::Boolean),
            may_be("parent", &number),
        ]),
    }
    fields.into()
}

/// The fields of a span.
pub(super) fn span_fields() -> Fields {
    Fields::from(vec![
        Field::new("start", DataType::Int64, false),
        Field::new("end", DataType::Int64, false),
        Field::new("text", DataType::Utf8, false),
    ])
}
