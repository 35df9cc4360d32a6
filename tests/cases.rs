//! Runs every case under `tests/cases/`: what the texts are and what is wanted of them, nothing of how.
//!
//! `tests/python/test_cases.py` runs the same cases through the installed package; `tests/cases/README.md` says how
//! they are written.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use pullquote::{
    document::Document,
    entity::{self, EntityMatcher, Mention, Roster},
    named::Named,
    pipeline::{Options, Pipeline},
    quote::Quote,
    sentence::{self, Newlines, Quotes},
    text::{Span, Text},
};
use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// Options of the splitter whose names are those of answers, or that few cases have.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Splitting {
    quotes: Option<String>,
    gaps: Option<bool>,
}

/// One text and what is expected of it. A new kind of expectation is one field here and one line in [`Case::found`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    #[serde(default = "english")]
    language: String,
    newlines: Option<String>,
    #[serde(default)]
    splitting: Splitting,
    #[serde(default)]
    abbreviations: Vec<String>,
    gazetteer: Option<Vec<Value>>,
    #[serde(default)]
    options: MatcherOptions,
    #[serde(flatten)]
    expected: Expected,
    /// The right answer, where today's is wrong.
    #[serde(default)]
    wanted: Expected,
}

fn english() -> String {
    "en".to_owned()
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct MatcherOptions {
    fuzzy: Option<Value>,
    case: Option<String>,
    accents: Option<String>,
    overlap: Option<String>,
    #[serde(default)]
    strict: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Expected {
    sentences: Option<Vec<Value>>,
    entities: Option<Vec<Value>>,
    quotes: Option<Vec<Value>>,
}

impl Expected {
    fn stages(&self) -> [(&'static str, Option<&Vec<Value>>); 3] {
        [
            ("sentences", self.sentences.as_ref()),
            ("entities", self.entities.as_ref()),
            ("quotes", self.quotes.as_ref()),
        ]
    }
}

impl Case {
    fn run(&self) -> Result<(), String> {
        let found = self.found()?;
        if self.expected.stages().iter().all(|(_, rows)| rows.is_none()) {
            return Err("expects nothing".to_owned());
        }
        for ((stage, rows), (_, wanted)) in self.expected.stages().into_iter().zip(self.wanted.stages()) {
            let found = found[stage].as_array().expect("a stage gives rows");
            if let Some(rows) = rows.filter(|rows| shown(found, rows) != **rows) {
                return Err(format!("{stage}:\n  expected {rows:?}\n  found {:?}", shown(found, rows)));
            }
            if wanted.is_some_and(|wanted| shown(found, wanted) == *wanted) {
                return Err(format!("{stage}: what was wanted is found now: move it out of `wanted`"));
            }
        }
        Ok(())
    }

    /// All that is found in the text, by stage.
    fn found(&self) -> Result<Table, String> {
        let text = Text::new(&self.text);
        let matcher = self.matcher()?.map(Arc::new);
        let options = Options {
            sentences: sentence::Options {
                language: self.language.clone(),
                abbreviations: self.abbreviations.clone(),
                newlines: Newlines::parse(self.newlines.as_deref().unwrap_or("paragraph"))
                    .map_err(|error| error.to_string())?,
                quotes: Quotes::parse(self.splitting.quotes.as_deref().unwrap_or("inside"))
                    .map_err(|error| error.to_string())?,
                gaps: self.splitting.gaps.unwrap_or(true),
                model: None,
            },
            ..Options::default()
        };
        let pipeline = Pipeline::new(options, matcher.clone()).map_err(|error| error.to_string())?;
        let document = pipeline.analyze(&text);
        let sentences = document.sentences.iter().map(|&span| string(text.slice(span))).collect();
        let entities = match matcher {
            Some(matcher) => mention_rows(
                &text,
                &matcher.find(&text),
                &(0..matcher.len()).map(|index| matcher.entity(index)).collect(),
            ),
            None => mention_rows(&text, &document.entities.mentions, &document.entities.roster),
        };
        let quotes = document.quotes.iter().map(|quote| quote_row(&text, quote, &document)).collect();
        let stages = [("sentences", sentences), ("entities", entities), ("quotes", quotes)];
        Ok(stages.into_iter().map(|(stage, rows)| (stage.to_owned(), Value::Array(rows))).collect())
    }

    fn matcher(&self) -> Result<Option<EntityMatcher>, String> {
        let Some(rows) = &self.gazetteer else { return Ok(None) };
        let lines: Vec<String> =
            rows.iter().map(|row| serde_json::to_string(row).expect("plain data")).collect();
        let records = entity::records::from_jsonl(&lines.join("\n")).map_err(|error| error.to_string())?;
        let matcher = EntityMatcher::new(records, self.options.read().map_err(|error| error.to_string())?);
        matcher.map(Some).map_err(|error| error.to_string())
    }
}

impl MatcherOptions {
    fn read(&self) -> Result<entity::Options, pullquote::error::Error> {
        let mut options = entity::Options::default();
        if let Some(case) = &self.case {
            options.case = entity::Case::parse(case)?;
        }
        if let Some(accents) = &self.accents {
            options.accents = entity::Accents::parse(accents)?;
        }
        if let Some(overlap) = &self.overlap {
            options.overlap = entity::Overlap::parse(overlap)?;
        }
        options.strict = entity::Strict::parse(&self.strict)?;
        options.fuzzy = match &self.fuzzy {
            Some(Value::Boolean(true)) => 2,
            Some(Value::Integer(edits)) => u8::try_from(*edits).expect("a case's edits are few"),
            _ => 0,
        };
        Ok(options)
    }
}

fn string(words: &str) -> Value {
    Value::String(words.to_owned())
}

fn row(cells: Vec<(&str, Value)>) -> Value {
    Value::Table(cells.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn mention_rows(text: &Text, mentions: &[Mention], roster: &Roster) -> Vec<Value> {
    let id = |entity: usize| string(&roster[entity].id);
    let rows = mentions.iter().map(|mention| {
        let entity = mention.entity.map(|entity| &roster[entity]);
        row(vec![
            ("text", string(text.slice(mention.span))),
            ("kind", string(mention.kind.as_str())),
            ("id", string(entity.map_or("", |entity| &entity.id))),
            ("name", string(entity.map_or("", |entity| &entity.name))),
            ("type", string(entity.map_or("", |entity| &entity.kind))),
            ("candidates", mention.candidates().map(id).collect::<Vec<_>>().into()),
            ("score", string(if mention.score < 1.0 { "fuzzy" } else { "exact" })),
        ])
    });
    rows.collect()
}

fn quote_row(text: &Text, quote: &Quote, document: &Document) -> Value {
    let words =
        |spans: &[Span]| -> Vec<Value> { spans.iter().map(|&span| string(text.slice(span))).collect() };
    let content =
        |quote: &Quote| quote.pieces.iter().map(|&span| text.slice(span)).collect::<Vec<_>>().join(" ");
    let speaker = quote.speaker.as_ref();
    let entity = speaker.and_then(|speaker| speaker.entity);
    row(vec![
        ("pieces", words(&quote.pieces).into()),
        ("quoted", words(&quote.quoted).into()),
        ("content", string(&content(quote))),
        ("kind", string(quote.kind.as_str())),
        ("manner", string(quote.manner.as_str())),
        ("speaker", string(speaker.map_or("", |speaker| text.slice(speaker.span)))),
        ("name", string(speaker.and_then(|speaker| speaker.name.as_deref()).unwrap_or_default())),
        ("entity", string(entity.map_or("", |entity| &document.entities.roster[entity].id))),
        ("anonymous", Value::Boolean(speaker.is_some_and(|speaker| speaker.anonymous))),
        ("cue", string(quote.cue.map_or("", |cue| text.slice(cue)))),
        ("closed", Value::Boolean(quote.closed)),
        ("parent", string(&quote.parent.map_or(String::new(), |parent| content(&document.quotes[parent])))),
    ])
}

/// What was found, with only those cells that the expected row at its place has.
fn shown(found: &[Value], expected: &[Value]) -> Vec<Value> {
    let keys = |index: usize| expected.get(index).or(expected.last()).and_then(Value::as_table);
    let cells = |(index, found): (usize, &Value)| match (found, keys(index)) {
        (Value::Table(cells), Some(keys)) => {
            Value::Table(keys.keys().filter_map(|key| Some((key.clone(), cells.get(key)?.clone()))).collect())
        }
        _ => found.clone(),
    };
    found.iter().enumerate().map(cells).collect()
}

/// The TOML files of a folder and its folders, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of the cases can be read");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("its entries too").path()).collect();
    entries.sort();
    let files = entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

#[test]
fn every_case_holds() {
    let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"));
    assert!(!files.is_empty());
    let mut failures = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("a case file is UTF-8");
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in file.case {
            if let Err(problem) = case.run() {
                failures.push(format!("{}: {:?}: {problem}", path.display(), case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{} cases fail\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn a_wrong_case_fails() {
    let run = |case: &str| {
        toml::from_str::<File>(&format!("[[case]]\nname = \"n\"\ntext = \"It rained.\"\n{case}"))
            .map(|file| file.case[0].run())
    };
    assert!(run("sentences = [\"It rained.\"]").is_ok_and(|result| result.is_ok()));
    assert!(run("sentences = [\"It snowed.\"]").is_ok_and(|result| result.is_err()));
    assert!(run("quotes = [{ kind = \"direct\" }]").is_ok_and(|result| result.is_err()));
    assert!(
        run("entities = []\nwanted = { sentences = [\"It rained.\"] }").is_ok_and(|result| result.is_err())
    );
    assert!(run("").is_ok_and(|result| result.is_err()), "a case expects something");
    assert!(run("sentence = [\"It rained.\"]").is_err(), "an unknown key is an error");
}
