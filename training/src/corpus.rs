//! Texts with their sentences: one JSON object a line, `{"text", "spans": [[start, end], …]}` in code points, and
//! `"expected"` with the strings where a text is a rule to keep.

use std::{error::Error, fs, path::Path};

use serde_json::Value;

/// A text and where its sentences end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    /// Which line of its corpus it is, or is a copy of.
    pub(crate) line: usize,
    pub(crate) text: String,
    /// In bytes, in order.
    pub(crate) ends: Vec<usize>,
    /// The sentences of a golden rule.
    pub(crate) expected: Option<Vec<String>>,
}

/// Reads the corpus `name` of a folder.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Vec<Document>, Box<dyn Error>> {
    let path = folder.join("sentences").join(format!("{name}.jsonl"));
    let lines = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    lines
        .lines()
        .zip(1..)
        .map(|(line, number)| {
            document(line, number)
                .ok_or_else(|| format!("{}: line {number} is no document", path.display()).into())
        })
        .collect()
}

fn document(json: &str, line: usize) -> Option<Document> {
    let row: Value = serde_json::from_str(json).ok()?;
    let text = row["text"].as_str()?.to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let end = |span: &Value| Some(bytes[usize::try_from(span[1].as_u64()?).ok()?]);
    let ends = match row["spans"].as_array() {
        Some(spans) => spans.iter().map(end).collect::<Option<_>>()?,
        None => Vec::new(),
    };
    let expected = match row["expected"].as_array() {
        Some(list) => Some(list.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<_>>()?),
        None => None,
    };
    Some(Document { line, text, ends, expected })
}
