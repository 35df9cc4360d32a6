//! Texts with their attributions: one JSON object a line, `{"text", "quotes": [{"content", "source", "qspans"}, …]}`,
//! every span `[start, end]` in code points.

use std::{collections::HashMap, error::Error, fs, io::Read, ops::Range, path::Path};

use fastrand::Rng;
use serde_json::Value;

/// A text and who says what in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) attributions: Vec<Attribution>,
    /// In a novel, what each of its characters is called. Only what is quoted is annotated there.
    pub(crate) characters: HashMap<String, Vec<String>>,
    /// The character who tells it.
    pub(crate) narrator: Option<String>,
}

/// Something said, in bytes of the text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attribution {
    /// What stands inside marks.
    pub(crate) quoted: Vec<Range<usize>>,
    /// The words for who says it.
    pub(crate) source: Vec<Range<usize>>,
    /// The character that it is, in a novel.
    pub(crate) speaker: Option<String>,
    /// The words that tell that it is said.
    pub(crate) cue: Vec<Range<usize>>,
    /// What is said, marks included.
    pub(crate) content: Vec<Range<usize>>,
}

/// Reads the corpus `name` of a folder.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Vec<Document>, Box<dyn Error>> {
    let plain = folder.join("quotes").join(format!("{name}.jsonl"));
    let path = if plain.exists() { plain } else { plain.with_extension("jsonl.gz") };
    let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = String::new();
    match path.extension() {
        Some(ending) if ending == "gz" => {
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut lines)?
        }
        _ => (&bytes[..]).read_to_string(&mut lines)?,
    };
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
                // A novel's annotation has the words that tell who speaks, its cue among them.
                source: match &quote["ref"] {
                    Value::Null => spans(&quote["source"])?,
                    words => spans(&Value::Array(vec![words.clone()]))?,
                },
                speaker: quote["speaker"].as_str().map(str::to_owned),
                cue: spans(&quote["cue"])?,
                content: spans(&quote["content"])?,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    let names = |names: &Value| {
        let names = names.as_array().map_or(&[][..], Vec::as_slice);
        names.iter().filter_map(|name| name.as_str().map(called)).collect()
    };
    let characters: HashMap<String, Vec<String>> = row["aliases"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, all)| (name.clone(), names(all)))
        .collect();
    let narrator = narrator(&text, &attributions);
    Some(Document { text, attributions, characters, narrator })
}

/// Whom the words "I said" mean most often.
fn narrator(text: &str, attributions: &[Attribution]) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for attribution in attributions {
        let first_person =
            |source: &Range<usize>| text[source.clone()].split_whitespace().any(|word| word == "I");
        if let Some(speaker) = &attribution.speaker
            && attribution.source.iter().any(first_person)
        {
            *counts.entry(speaker).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|&(name, count)| (count, name))?;
    Some(most.0.to_owned())
}

/// A name as names are compared: in small letters, without marks around it or a possessive ending.
fn called(name: &str) -> String {
    let name = name
        .split(|c: char| c.is_whitespace() || c == '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>();
    let name = name.join(" ").to_lowercase();
    let name = name.trim_matches([' ', '.', ',', ';', ':', '\'', '"']);
    name.strip_suffix("'s").or(name.strip_suffix("’s")).unwrap_or(name).to_owned()
}

/// A name without its title.
fn untitled(name: &str) -> &str {
    const TITLES: [&str; 18] = [
        "mr",
        "mrs",
        "miss",
        "ms",
        "dr",
        "sir",
        "lady",
        "lord",
        "the",
        "col",
        "colonel",
        "captain",
        "capt",
        "sen",
        "gov",
        "president",
        "aunt",
        "uncle",
    ];
    let Some((title, rest)) = name.split_once(' ') else { return name };
    if TITLES.contains(&title.trim_end_matches('.')) { rest.trim_start() } else { name }
}

impl Document {
    /// Whether a name means a character, and without its title no other.
    pub(crate) fn is_called(&self, character: &str, name: &str) -> bool {
        let name = called(name);
        let Some(own) = self.characters.get(character) else { return name == called(character) };
        let bare = untitled(&name);
        let another =
            || self.characters.iter().any(|(other, names)| other != character && names.contains(&name));
        own.contains(&name) || (own.iter().any(|own| untitled(own) == bare) && !another())
    }
}

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    /// What closes a quotation.
    pub(crate) closing: char,
    pub(crate) double: &'static str,
    pub(crate) single: &'static str,
}

/// A novel in pieces of some paragraphs each, as excerpts and stories are.
pub(crate) fn excerpts(novel: &Document, random: &mut Rng) -> Vec<Document> {
    /// How long an excerpt is, in bytes.
    const LENGTH: Range<usize> = 3_000..20_000;
    let mut excerpts = Vec::new();
    let mut start = 0;
    while start < novel.text.len() {
        let length = random.usize(LENGTH);
        let rest = &novel.text.as_bytes()[start..];
        let end = rest.windows(2).skip(length).position(|pair| pair == b"\n\n");
        let end = end.map_or(novel.text.len(), |at| start + length + at + 2);
        excerpts.push(excerpt(novel, start..end));
        start = end;
    }
    excerpts
}

/// A part of a novel with the attributions that lie in it.
fn excerpt(novel: &Document, part: Range<usize>) -> Document {
    let spans = |spans: &[Range<usize>]| -> Vec<Range<usize>> {
        let inside = spans.iter().filter(|span| part.start <= span.start && span.end <= part.end);
        inside.map(|span| span.start - part.start..span.end - part.start).collect()
    };
    let attributions = novel.attributions.iter().map(|one| Attribution {
        speaker: one.speaker.clone(),
        quoted: spans(&one.quoted),
        source: spans(&one.source),
        cue: spans(&one.cue),
        content: spans(&one.content),
    });
    Document {
        text: novel.text[part.clone()].to_owned(),
        attributions: attributions.filter(|one| !one.quoted.is_empty()).collect(),
        characters: novel.characters.clone(),
        narrator: novel.narrator.clone(),
    }
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
            speaker: one.speaker.clone(),
            quoted: spans(&one.quoted),
            source: spans(&one.source),
            cue: spans(&one.cue),
            content: spans(&one.content),
        })
        .collect();
    Document { text, attributions, ..document.clone() }
}
