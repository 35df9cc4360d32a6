//! Texts with their attributions: one JSON object a line, `{"text", "quotes": [{"content", "source", "qspans"}, …]}`,
//! every span `[start, end]` in code points.

use std::{error::Error, fs, ops::Range, path::Path};

use fastrand::Rng;
use serde_json::Value;

/// A text and who says what in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) attributions: Vec<Attribution>,
}

/// Something said, in bytes of the text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attribution {
    /// What stands inside marks.
    pub(crate) quoted: Vec<Range<usize>>,
    /// The words for who says it.
    pub(crate) source: Vec<Range<usize>>,
    /// The words that tell that it is said.
    pub(crate) cue: Vec<Range<usize>>,
    /// What is said, marks included.
    pub(crate) content: Vec<Range<usize>>,
}

/// Reads the corpus `name` of a folder.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Vec<Document>, Box<dyn Error>> {
    let path = folder.join("quotes").join(format!("{name}.jsonl"));
    let lines = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    lines
        .lines()
        .zip(1..)
        .map(|(line, number)| {
            document(line).ok_or_else(|| format!("{}: line {number} is no document", path.display()).into())
        })
        .collect()
}

fn document(line: &str) -> Option<Document> {
    let row: Value = serde_json::from_str(line).ok()?;
    let text = row["text"].as_str()?.to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let offset = |value: &Value| bytes.get(usize::try_from(value.as_u64()?).ok()?).copied();
    let spans = |value: &Value| -> Option<Vec<Range<usize>>> {
        let spans = value.as_array().map_or(&[][..], Vec::as_slice);
        spans.iter().map(|span| Some(offset(&span[0])?..offset(&span[1])?)).collect()
    };
    let attributions = row["quotes"]
        .as_array()?
        .iter()
        .map(|quote| {
            Some(Attribution {
                quoted: spans(&quote["qspans"])?,
                source: spans(&quote["source"])?,
                cue: spans(&quote["cue"])?,
                content: spans(&quote["content"])?,
            })
        })
        .collect::<Option<_>>()?;
    Some(Document { text, attributions })
}

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    /// What closes a quotation.
    pub(crate) closing: char,
    pub(crate) double: &'static str,
    pub(crate) single: &'static str,
}

/// The document as scraping leaves it: paragraphs and sentences glued together, straight marks, lost closing marks.
pub(crate) fn scraped(document: &Document, marks: Marks, random: &mut Rng) -> Document {
    let straight = random.f32() < 0.5;
    let glued = random.f32() * 0.5;
    let lost = if random.f32() < 0.5 { 0.03 } else { 0.0 };
    let mut text = String::new();
    let mut moved = vec![0; document.text.len() + 1];
    let mut previous = ' ';
    for (at, c) in document.text.char_indices() {
        moved[at..at + c.len_utf8()].fill(text.len());
        let break_or_space =
            c == '\n' || (c == ' ' && (matches!(previous, '.' | '?' | '!') || previous == marks.closing));
        match c {
            _ if break_or_space && random.f32() < glued => {}
            _ if c == marks.closing && random.f32() < lost => {}
            _ if straight && marks.double.contains(c) => text.push('"'),
            _ if straight && marks.single.contains(c) => text.push('\''),
            _ => text.push(c),
        }
        previous = c;
    }
    moved[document.text.len()] = text.len();
    let spans =
        |spans: &[Range<usize>]| spans.iter().map(|span| moved[span.start]..moved[span.end]).collect();
    let attributions = document
        .attributions
        .iter()
        .map(|one| Attribution {
            quoted: spans(&one.quoted),
            source: spans(&one.source),
            cue: spans(&one.cue),
            content: spans(&one.content),
        })
        .collect();
    Document { text, attributions }
}
