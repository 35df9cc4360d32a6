//! The model of sentence ends.

use std::{error::Error, fmt::Write, fs, path::Path};

use fastrand::Rng;
use pullquote::{
    model::{Cascade, Features, Stage},
    sentence::{Options, SentenceSplitter},
    text::Text,
};

use crate::{
    corpus::{self, Document},
    learn::{self, Examples, Settings},
    network, noise,
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

/// How the close look is learnt.
const LOOK: Settings =
    Settings { bits: 18, epochs: 8, rate: 0.1, sparsity: 19.0, dropout: 0.2, minimum: 5, rounds: 5 };

/// How the network of the close look is learnt.
const NETWORK: network::Settings =
    network::Settings { bits: 13, epochs: 8, rate: 0.05, dropout: 0.3, minimum: 5 };

/// The score, in thousandths of a natural unit, that a yes must reach.
const THRESHOLD: i32 = -700;

/// How the glance is learnt.
const GLANCE: Settings = Settings { bits: 14, sparsity: 10.0, dropout: 0.1, ..LOOK };

/// How the peek is learnt.
const PEEK: Settings = Settings { bits: 14, sparsity: 6.0, dropout: 0.1, ..LOOK };

/// How many of the yeses a stage may lose, and how many of what it says yes to may be none.
#[derive(Debug, Clone, Copy)]
struct Slack {
    lost: f64,
    wrong: f64,
}

const PEEK_SLACK: Slack = Slack { lost: 0.002, wrong: 0.001 };
const GLANCE_SLACK: Slack = Slack { lost: 0.0015, wrong: 0.001 };

/// Trains the model of English from the corpora below `data` and writes it with its card into the repository.
pub(crate) fn train(data: &Path, repository: &Path) -> Result<(), Box<dyn Error>> {
    let (model, counts) = learnt(&training_documents(data, &TRAIN)?)?;
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
    let (model, counts) = learnt(&training_documents(&course.data, &train)?)?;
    let scores = measured(&model, &course.data, &measure)?;
    course.write(&model.to_bytes(), &card(&course.title("sentence ends"), counts, &scores)?)
}

/// The model that documents teach, and how many gaps of how many documents it was learnt from.
fn learnt(documents: &[Document]) -> Result<(Cascade, [usize; 2]), Box<dyn Error>> {
    let splitter = SentenceSplitter::new(Options { model: None, ..Options::default() })?;
    let mut gaps = Vec::new();
    for (i, document) in documents.iter().enumerate() {
        let text = Text::new(&document.text);
        let is_end = |end| document.ends.binary_search(&end).is_ok();
        splitter.examples(&text, is_end, |features, ends| {
            gaps.push(Gap { half: i % 2, features: features.clone(), ends });
        });
    }
    Ok((cascade(&gaps), [gaps.len(), documents.len()]))
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

/// A gap to learn from.
#[derive(Debug)]
struct Gap {
    /// Which half of the documents it is from.
    half: usize,
    /// Those of each stage, none for the first if it is not asked, and the facts.
    features: [Features; 4],
    ends: bool,
}

/// Learns all stages. What is clear to one is what a close look would say too: each, and a look, learnt from one half of
/// the documents are compared on the other.
fn cascade(gaps: &[Gap]) -> Cascade {
    let [first, second]: [Vec<&Gap>; 2] =
        [0, 1].map(|half| gaps.iter().filter(|gap| gap.half == half).collect());
    let half = learn::learn(&examples(&first, LOOK.bits, 2), &LOOK);
    let says: Vec<bool> = second
        .iter()
        .map(|gap| half.model.score(&gap.features[2]) >= half.of(THRESHOLD as f32 / 1000.0))
        .collect();
    let stage = |stage: usize, settings: &Settings, slack: Slack| {
        let learnt = learn::learn(&examples(&first, settings.bits, stage), settings);
        let asked = second.iter().zip(&says).filter(|(gap, _)| !gap.features[stage].hashes().is_empty());
        let scores = asked.map(|(gap, &says)| (learnt.model.score(&gap.features[stage]), says));
        let clear = clear(scores.collect(), slack);
        Stage::new(learnt.model, clear)
    };
    let (peek, glance) = (stage(0, &PEEK, PEEK_SLACK), stage(1, &GLANCE, GLANCE_SLACK));
    let all: Vec<&Gap> = gaps.iter().collect();
    let linear = learn::learn(&examples(&all, LOOK.bits, 2), &LOOK);
    let facts: Vec<(&Features, bool)> = gaps.iter().map(|gap| (&gap.features[3], gap.ends)).collect();
    let network = network::learn(&facts, &NETWORK);
    let units = (linear.unit(), network.unit);
    Cascade::new(peek, glance, (linear.model, network.network), units, THRESHOLD)
}

/// The features of a stage, of the gaps that it is asked about.
fn examples(gaps: &[&Gap], bits: u32, stage: usize) -> Examples {
    let mut examples = Examples::new(bits);
    for gap in gaps.iter().filter(|gap| !gap.features[stage].hashes().is_empty()) {
        examples.add(&gap.features[stage], gap.ends);
    }
    examples
}

/// Below which score a stage says no, and from which on it says yes.
fn clear(mut scores: Vec<(i32, bool)>, slack: Slack) -> (i32, i32) {
    scores.sort_unstable();
    let may_be_lost = scores.iter().filter(|(_, ends)| *ends).count() as f64 * slack.lost;
    let mut lost = 0_u32;
    let no = scores.iter().find(|(_, ends)| {
        lost += u32::from(*ends);
        f64::from(lost) > may_be_lost
    });
    let (mut wrong, mut all, mut yes) = (0_u32, 0_u32, i32::MAX);
    for &(score, ends) in scores.iter().rev() {
        all += 1;
        wrong += u32::from(!ends);
        if f64::from(wrong) <= f64::from(all) * slack.wrong {
            yes = score;
        }
    }
    (no.map_or(i32::MIN, |&(score, _)| score), yes)
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
