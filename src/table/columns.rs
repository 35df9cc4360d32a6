//! Hits as columns.

use std::{fmt::Write, sync::Arc};

use arrow_array::{
    ArrayRef, ListArray, RecordBatch, RecordBatchOptions, StructArray,
    builder::{BooleanBuilder, Float64Builder, Int64Builder, NullBufferBuilder, StringBuilder},
};
use arrow_buffer::{OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field, Fields};

use super::{
    TableKind,
    schema::{fields, schema, span_fields},
};
use crate::{
    document::{Document, rounded},
    entity::{Entity, EntityRef, Mention},
    named::Named,
    quote::{Quote, Speaker},
    text::{
        Span,
        offsets::{Offsets, Unit},
    },
};

/// The columns of a batch while it grows.
pub(super) struct Columns {
    kind: TableKind,
    nested: bool,
    /// The texts' numbers, one for each hit; flat tables alone have them.
    rows: Int64Builder,
    lists: Lists,
    spans: Spans,
    mentions: Mentions,
    quotes: Quotes,
}

impl Columns {
    pub(super) fn new(kind: TableKind, nested: bool) -> Self {
        Self {
            kind,
            nested,
            rows: Int64Builder::new(),
            lists: Lists::default(),
            spans: Spans::default(),
            mentions: Mentions::default(),
            quotes: Quotes::default(),
        }
    }

    /// Begins a text that is there.
    pub(super) fn of_text<'a>(&'a mut self, row: usize, source: &'a str, unit: Unit) -> Hits<'a> {
        Hits {
            row: integer(row),
            place: Place { source, offsets: Offsets::new(source, unit) },
            columns: self,
        }
    }

    /// Takes a text that is not there.
    pub(super) fn null(&mut self) {
        self.lists.end(self.spans.len(), false);
    }

    /// The batch.
    pub(super) fn finish(mut self) -> RecordBatch {
        let hits = self.spans.len();
        let mut columns = self.spans.finish();
        columns.extend(match self.kind {
            TableKind::Sentences => Vec::new(),
            TableKind::Mentions => self.mentions.finish(),
            TableKind::Quotes => self.quotes.finish(),
        });
        let (columns, rows) = if self.nested {
            let rows = self.lists.len();
            (vec![self.lists.finish(columns, fields(self.kind))], rows)
        } else {
            columns.insert(0, Arc::new(self.rows.finish()));
            (columns, hits)
        };
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(schema(self.kind, self.nested), columns, &options)
            .expect("the columns are those of the schema")
    }
}

/// The hits of one text on their way into the columns.
pub(super) struct Hits<'a> {
    row: i64,
    place: Place<'a>,
    columns: &'a mut Columns,
}

impl Hits<'_> {
    pub(super) fn sentences(&mut self, sentences: &[Span]) {
        for &span in sentences {
            self.columns.spans.push(&self.place, span);
        }
        self.end(sentences.len());
    }

    pub(super) fn mentions<'e>(&mut self, mentions: &[Mention], entity: impl Fn(usize) -> EntityRef<'e>) {
        for mention in mentions {
            self.columns.spans.push(&self.place, mention.span);
            self.columns.mentions.push(mention, mention.entity.map(&entity));
        }
        self.end(mentions.len());
    }

    pub(super) fn quotes(&mut self, document: &Document) {
        for quote in &document.quotes {
            self.columns.spans.push(&self.place, quote.span);
            self.columns.quotes.push(&self.place, quote, &document.entities.roster);
        }
        self.end(document.quotes.len());
    }

    fn end(&mut self, hits: usize) {
        self.columns.rows.append_value_n(self.row, hits);
        self.columns.lists.end(self.columns.spans.len(), true);
    }
}

/// A text, to cut from and to count in.
struct Place<'a> {
    source: &'a str,
    offsets: Offsets<'a>,
}

impl Place<'_> {
    fn position(&self, span: Span) -> (i64, i64) {
        (integer(self.offsets.at(span.start())), integer(self.offsets.at(span.end())))
    }
}

/// Spans with their words.
#[derive(Default)]
struct Spans {
    start: Int64Builder,
    end: Int64Builder,
    text: StringBuilder,
    len: usize,
}

impl Spans {
    fn push(&mut self, place: &Place, span: Span) {
        let (start, end) = place.position(span);
        self.start.append_value(start);
        self.end.append_value(end);
        self.text.append_value(span.of(place.source));
        self.len += 1;
    }

    fn len(&self) -> usize {
        self.len
    }

    fn finish(&mut self) -> Vec<ArrayRef> {
        vec![Arc::new(self.start.finish()), Arc::new(self.end.finish()), Arc::new(self.text.finish())]
    }
}

/// Spans that may not be there.
#[derive(Default)]
struct Places {
    start: Int64Builder,
    end: Int64Builder,
    text: StringBuilder,
}

impl Places {
    fn push(&mut self, place: &Place, span: Option<Span>) {
        let position = span.map(|span| place.position(span));
        self.start.append_option(position.map(|(start, _)| start));
        self.end.append_option(position.map(|(_, end)| end));
        self.text.append_option(span.map(|span| span.of(place.source)));
    }

    fn finish(&mut self) -> [ArrayRef; 3] {
        [Arc::new(self.start.finish()), Arc::new(self.end.finish()), Arc::new(self.text.finish())]
    }
}

/// Where each list ends, and whether it is there.
struct Lists {
    ends: Vec<i32>,
    there: NullBufferBuilder,
}

impl Default for Lists {
    fn default() -> Self {
        Self { ends: vec![0], there: NullBufferBuilder::new(0) }
    }
}

impl Lists {
    fn end(&mut self, items: usize, there: bool) {
        self.ends.push(i32::try_from(items).expect("a chunk has fewer hits than bytes"));
        self.there.append(there);
    }

    fn len(&self) -> usize {
        self.ends.len() - 1
    }

    fn finish(mut self, items: Vec<ArrayRef>, fields: Fields) -> ArrayRef {
        let field = Field::new_list_field(DataType::Struct(fields.clone()), false);
        let items = StructArray::new(fields, items, None);
        let ends = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        Arc::new(ListArray::new(Arc::new(field), ends, Arc::new(items), self.there.finish()))
    }
}

/// For each row a list of spans.
#[derive(Default)]
struct SpanLists {
    spans: Spans,
    lists: Lists,
}

impl SpanLists {
    fn push(&mut self, place: &Place, spans: &[Span]) {
        for &span in spans {
            self.spans.push(place, span);
        }
        self.lists.end(self.spans.len(), true);
    }

    fn finish(mut self) -> ArrayRef {
        let items = self.spans.finish();
        self.lists.finish(items, span_fields())
    }
}

/// What mentions have besides their span.
#[derive(Default)]
struct Mentions {
    kind: StringBuilder,
    entity_id: StringBuilder,
    entity_name: StringBuilder,
    entity_type: StringBuilder,
    score: Float64Builder,
}

impl Mentions {
    fn push(&mut self, mention: &Mention, entity: Option<EntityRef>) {
        self.kind.append_value(mention.kind.as_str());
        self.entity_id.append_option(entity.map(|entity| entity.id));
        self.entity_name.append_option(entity.map(|entity| entity.name));
        self.entity_type.append_option(entity.map(|entity| entity.kind));
        self.score.append_value(rounded(mention.score));
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![
            Arc::new(self.kind.finish()),
            Arc::new(self.entity_id.finish()),
            Arc::new(self.entity_name.finish()),
            Arc::new(self.entity_type.finish()),
            Arc::new(self.score.finish()),
        ]
    }
}

/// What quotes have besides their span.
#[derive(Default)]
struct Quotes {
    content: StringBuilder,
    pieces: SpanLists,
    quoted: SpanLists,
    kind: StringBuilder,
    manner: StringBuilder,
    speaker: Places,
    speaker_name: StringBuilder,
    speaker_entity_id: StringBuilder,
    anonymous: BooleanBuilder,
    cue: Places,
    confidence: Float64Builder,
    closed: BooleanBuilder,
    parent: Int64Builder,
}

impl Quotes {
    fn push(&mut self, place: &Place, quote: &Quote, roster: &[Arc<Entity>]) {
        self.push_content(place, &quote.pieces);
        self.pieces.push(place, &quote.pieces);
        self.quoted.push(place, &quote.quoted);
        self.kind.append_value(quote.kind.as_str());
        self.manner.append_value(quote.manner.as_str());
        self.push_speaker(place, quote.speaker.as_ref(), roster);
        self.cue.push(place, quote.cue);
        self.confidence.append_value(rounded(quote.confidence));
        self.closed.append_value(quote.closed);
        self.parent.append_option(quote.parent.map(integer));
    }

    fn push_content(&mut self, place: &Place, pieces: &[Span]) {
        for (index, piece) in pieces.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(self.content, "{space}{}", piece.of(place.source)).expect("a builder takes any string");
        }
        self.content.append_value("");
    }

    fn push_speaker(&mut self, place: &Place, speaker: Option<&Speaker>, roster: &[Arc<Entity>]) {
        let entity = speaker.and_then(|speaker| speaker.entity).map(|index| &roster[index]);
        self.speaker.push(place, speaker.map(|speaker| speaker.span));
        self.speaker_name.append_option(speaker.and_then(|speaker| speaker.name.as_ref()));
        self.speaker_entity_id.append_option(entity.map(|entity| &entity.id));
        self.anonymous.append_option(speaker.map(|speaker| speaker.anonymous));
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.content.finish()),
            self.pieces.finish(),
            self.quoted.finish(),
            Arc::new(self.kind.finish()),
            Arc::new(self.manner.finish()),
        ];
        columns.extend(self.speaker.finish());
        columns.extend([
            Arc::new(self.speaker_name.finish()) as ArrayRef,
            Arc::new(self.speaker_entity_id.finish()),
            Arc::new(self.anonymous.finish()),
        ]);
        columns.extend(self.cue.finish());
        columns.extend([
            Arc::new(self.confidence.finish()) as ArrayRef,
            Arc::new(self.closed.finish()),
            Arc::new(self.parent.finish()),
        ]);
        columns
    }
}

/// Arrow counts in signed numbers. No text is longer than they reach.
fn integer(number: usize) -> i64 {
    number.cast_signed() as i64
}
