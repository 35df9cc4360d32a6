//! Runs every case under `tests/cases/`: what the texts are and what is wanted of them, nothing of how.
//!
//! A case has a name, a text, and what is expected of it by kind. Where today's answer is wrong, the case says so:
//! it expects today's answer and names the right one as `wanted`, so that a fix is noticed.

use std::{
    fmt::Debug,
    fs,
    path::{Path, PathBuf},
};

use pullquote::{
    sentence::{Newlines, Options, SentenceSplitter},
    text::Text,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// One text and what is expected of it. A new kind of expectation is one field here and one line in [`Case::run`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    newlines: Option<String>,
    #[serde(default)]
    abbreviations: Vec<String>,
    sentences: Option<Vec<String>>,
    /// The right sentences, where today's are wrong.
    wanted: Option<Vec<String>>,
}

impl Case {
    fn run(&self) -> Result<(), String> {
        if self.sentences.is_none() {
            return Err("expects nothing".to_owned());
        }
        if let Some(expected) = &self.sentences {
            compare("sentences", expected, self.wanted.as_ref(), &self.sentences())?;
        }
        Ok(())
    }

    fn sentences(&self) -> Vec<String> {
        let newlines = self.newlines.as_deref().unwrap_or("paragraph");
        let splitter = SentenceSplitter::new(Options {
            language: "en".to_owned(),
            abbreviations: self.abbreviations.clone(),
            newlines: Newlines::parse(newlines).expect("a case names a known option"),
        });
        let splitter = splitter.expect("the cases are English");
        let text = Text::new(&self.text);
        splitter.spans(&text).into_iter().map(|span| text.slice(span).to_owned()).collect()
    }
}

/// Today's answer is as written, and where another is wanted, it is not that one.
fn compare<T: PartialEq + Debug>(
    what: &str,
    expected: &T,
    wanted: Option<&T>,
    found: &T,
) -> Result<(), String> {
    if wanted == Some(found) {
        return Err(format!("{what}: what was wanted is found now: move `wanted` to `{what}`"));
    }
    if wanted == Some(expected) {
        return Err(format!("{what}: `wanted` is what is expected already"));
    }
    if expected != found {
        return Err(format!("{what}:\n  expected {expected:#?}\n  found {found:#?}"));
    }
    Ok(())
}

/// The TOML files of a folder and its folders, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of the cases can be read")
        .map(|entry| entry.expect("its entries too").path())
        .collect();
    entries.sort();
    entries
        .into_iter()
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect()
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
fn unknown_keys_are_errors() {
    let case = "[[case]]\nname = \"n\"\ntext = \"t\"\nsentence = [\"t\"]";
    assert!(toml::from_str::<File>(case).is_err());
}
