//! The model of sentence ends.

use std::{error::Error, fmt::Write, fs, path::Path};

use fastrand::Rng;
use pullquote::{
    model::Cascade,
    sentence::{Options, SentenceSplitter},
    text::Text,
};

use crate::{
    attributions,
    cascade::{self, Gap},
    corpus::{self, Document},
    noise,
    score::{self, Score},
    task::Course,
};

const TRAIN: [&str; 4] = ["ewt-train-par", "ewt-train-flat", "gum-train-par", "gum-train-flat"];
const MEASURE: [&str; 6] =
    ["ewt-dev-par", "ewt-dev-flat", "gum-dev-par", "gum-dev-flat", "noisy-ewt-dev", "golden-en"];

/// What noise is drawn from.
const SEED: u64 = 1;

/// Noisy copies of each document.
const COPIES: usize = 2;

/// Texts of news that nobody has split.
const PLAIN: &str = "polnear-train";

/// Trains the model of English from the corpora below `data` and writes it with its card into the repository.
pub(crate) fn train(data: &Path, repository: &Path) -> Result<(), Box<dyn Error>> {
    let plain: Vec<String> =
        attributions::read(data, PLAIN)?.into_iter().map(|document| document.text).collect();
    let (model, counts) = learnt(&training_documents(data, &TRAIN)?, &plain)?;
    let scores = measured(&model, data, &MEASURE)?;
    let folder = repository.join("src/lang/en");
    fs::write(folder.join("sentences.model"), model.to_bytes())?;
    fs::write(folder.join("sentences.md"), card(include_str!("sentences.card.md"), counts, &scores)?)?;
    Ok(())
}

/// Trains a model from a user's corpora.
pub(crate) fn follow(course: &Course) -> Result<(), Box<dyn Error>> {
    let [train, measure] =
        [&course.train, &course.measure].map(|names| names.iter().map(String::as_str).collect::<Vec<&str>>());
    let (model, counts) = learnt(&training_documents(&course.data, &train)?, &[])?;
    let scores = measured(&model, &course.data, &measure)?;
    course.write(&model.to_bytes(), &card(&course.title("sentence ends"), counts, &scores)?)
}

/// The model that documents and plain texts teach, and how many gaps of how many documents it was learnt from.
fn learnt(documents: &[Document], plain: &[String]) -> Result<(Cascade, [usize; 2]), Box<dyn Error>> {
    let splitter = SentenceSplitter::new(Options::default())?;
    let gaps = gaps(&splitter, documents);
    let model = cascade::learn(&gaps, |look| {
        let said = SentenceSplitter::new(Options { model: Some(look), ..Options::default() })?;
        let split: Vec<Document> = plain.iter().map(|text| split(&said, text)).collect();
        Ok(self::gaps(&splitter, &split))
    })?;
    Ok((model, [gaps.len(), documents.len()]))
}

/// The gaps of documents. All copies of a document are in the same half, or one would be learnt by heart from another.
fn gaps(splitter: &SentenceSplitter, documents: &[Document]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for document in documents {
        let text = Text::new(&document.text);
        let is_end = |end| document.ends.binary_search(&end).is_ok();
        splitter.examples(&text, is_end, |shown, ends| {
            gaps.push(Gap { half: document.line % 2, shown: shown.clone(), ends });
        });
    }
    gaps
}

/// A text with the ends that a splitter finds.
fn split(splitter: &SentenceSplitter, text: &str) -> Document {
    let ends = splitter.spans(&Text::new(text)).iter().map(|span| span.end()).collect();
    Document { text: text.to_owned(), ends, ..Document::default() }
}

/// What a model is worth on each of some corpora.
fn measured<'n>(
    model: &Cascade,
    data: &Path,
    names: &[&'n str],
) -> Result<Vec<(&'n str, Score)>, Box<dyn Error>> {
    let trained = SentenceSplitter::new(Options { model: Some(model.clone()), ..Options::default() })?;
    let mut scores = Vec::new();
    for &name in names {
        let score = score::score(&trained, &corpus::read(data, name)?);
        let rules = score.rules;
        println!(
            "{name:14} {:.4} {:.4} {:.4} {}/{}",
            score.precision(),
            score.recall(),
            score.f1(),
            rules.0,
            rules.1
        );
        scores.push((name, score));
    }
    Ok(scores)
}

fn training_documents(data: &Path, names: &[&str]) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut random = Rng::with_seed(SEED);
    let mut documents = Vec::new();
    for name in names {
        let corpus = corpus::read(data, name)?;
        for _ in 0..COPIES {
            documents.extend(corpus.iter().map(|document| noise::noisy(document, &mut random)));
        }
        documents.extend(corpus);
    }
    Ok(documents)
}

/// The model's card: where it comes from, what it is worth, where it errs.
fn card(
    about: &str,
    [examples, documents]: [usize; 2],
    scores: &[(&str, Score)],
) -> Result<String, Box<dyn Error>> {
    let mut card = about.to_owned();
    writeln!(card, "Learnt from {examples} gaps of {documents} documents.\n\n## Scores\n")?;
    writeln!(card, "| set | precision | recall | F1 | rules kept |\n|---|---|---|---|---|")?;
    for (name, score) in scores {
        let rules = if score.rules.1 > 0 {
            format!("{} of {}", score.rules.0, score.rules.1)
        } else {
            "–".to_owned()
        };
        writeln!(
            card,
            "| {name} | {:.4} | {:.4} | {:.4} | {rules} |",
            score.precision(),
            score.recall(),
            score.f1()
        )?;
    }
    writeln!(
        card,
        "\n## Errors by class\n\nWhat stands before the end, between, and behind it: ends missed / ends that are none.\n"
    )?;
    for (name, score) in scores.iter().filter(|(_, score)| score.rules.1 == 0) {
        let mut errors: Vec<_> = score.errors.iter().collect();
        errors.sort_by_key(|(class, (missed, wrong))| (usize::MAX - missed - wrong, (*class).clone()));
        writeln!(card, "| {name} | missed | wrong |\n|---|---|---|")?;
        for (class, (missed, wrong)) in errors.into_iter().take(12) {
            writeln!(card, "| {class} | {missed} | {wrong} |")?;
        }
        writeln!(card)?;
    }
    Ok(card.trim_end().to_owned() + "\n")
}
