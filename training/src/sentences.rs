//! The model of sentence ends.

use std::{error::Error, fmt::Write, fs, path::Path};

use fastrand::Rng;
use pullquote::{
    model::{Cascade, Features},
    sentence::{Example, Options, SentenceSplitter},
    text::Text,
};

use crate::{
    corpus::{self, Document},
    learn::{self, Examples, Settings},
    network, noise,
    score::{self, Score},
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
    Settings { bits: 18, epochs: 8, rate: 0.1, sparsity: 18.0, dropout: 0.2, minimum: 5, rounds: 3 };

/// How the network of the close look is learnt.
const NETWORK: network::Settings =
    network::Settings { bits: 13, epochs: 8, rate: 0.05, dropout: 0.3, minimum: 5 };

/// The score, in thousandths of a natural unit, that a yes must reach.
const THRESHOLD: i32 = -500;

/// How the glance is learnt.
const GLANCE: Settings = Settings { bits: 16, sparsity: 4.0, dropout: 0.1, ..LOOK };

/// How many of the yeses a glance may lose, and how many of what it says yes to may be none.
const LOST: f64 = 0.002;
const WRONG: f64 = 0.0005;

/// Trains the model of English from the corpora below `data` and writes it with its card into the repository.
pub(crate) fn train(data: &Path, repository: &Path) -> Result<(), Box<dyn Error>> {
    let documents = training_documents(data)?;
    let splitter = SentenceSplitter::new(Options { model: None, ..Options::default() })?;
    let mut gaps = Vec::new();
    for (i, document) in documents.iter().enumerate() {
        let text = Text::new(&document.text);
        let is_end = |end| document.ends.binary_search(&end).is_ok();
        splitter.examples(&text, is_end, |example| gaps.push((i % 2, example.clone())));
    }
    let model = cascade(&gaps);
    let trained = SentenceSplitter::new(Options { model: Some(model.clone()), ..Options::default() })?;
    let mut scores = Vec::new();
    for name in MEASURE {
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
    let folder = repository.join("src/lang/en");
    fs::write(folder.join("sentences.model"), model.to_bytes())?;
    fs::write(folder.join("sentences.md"), card(documents.len(), gaps.len(), &scores)?)?;
    Ok(())
}

/// Learns the models from gaps, each with the half of the documents that it is from. What is clear at a glance is what a
/// close look would say too: a glance and a look learnt from one half of the documents are compared on the other.
fn cascade(gaps: &[(usize, Example)]) -> Cascade {
    let half = |half| gaps.iter().filter(move |gap| gap.0 == half).map(|(_, gap)| gap);
    let glance = learn::learn(&examples(half(0), GLANCE.bits, |gap| &gap.glance), &GLANCE);
    let look = learn::learn(&examples(half(0), LOOK.bits, |gap| &gap.look), &LOOK);
    let ends = |gap: &Example| look.model.score(&gap.look) >= look.of(THRESHOLD as f32 / 1000.0);
    let mut scores: Vec<(i32, bool)> =
        half(1).map(|gap| (glance.model.score(&gap.glance), ends(gap))).collect();
    scores.sort_unstable();
    let all = || gaps.iter().map(|(_, gap)| gap);
    let linear = learn::learn(&examples(all(), LOOK.bits, |gap| &gap.look), &LOOK);
    let facts: Vec<(&Features, bool)> = all().map(|gap| (&gap.facts, gap.ends)).collect();
    let network = network::learn(&facts, &NETWORK);
    let units = (linear.unit(), network.unit);
    Cascade::new((glance.model, clear(&scores)), (linear.model, network.network), units, THRESHOLD)
}

fn examples<'a>(
    gaps: impl Iterator<Item = &'a Example>,
    bits: u32,
    features: impl Fn(&Example) -> &Features,
) -> Examples {
    let mut examples = Examples::new(bits);
    for gap in gaps {
        examples.add(features(gap), gap.ends);
    }
    examples
}

/// Below which score a glance says no, and from which on it says yes; `scores` are sorted.
fn clear(scores: &[(i32, bool)]) -> (i32, i32) {
    let may_be_lost = scores.iter().filter(|(_, ends)| *ends).count() as f64 * LOST;
    let mut lost = 0_u32;
    let no = scores.iter().find(|(_, ends)| {
        lost += u32::from(*ends);
        f64::from(lost) > may_be_lost
    });
    let (mut wrong, mut all, mut yes) = (0_u32, 0_u32, i32::MAX);
    for &(score, ends) in scores.iter().rev() {
        all += 1;
        wrong += u32::from(!ends);
        if f64::from(wrong) <= f64::from(all) * WRONG {
            yes = score;
        }
    }
    (no.map_or(i32::MIN, |&(score, _)| score), yes)
}

fn training_documents(data: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut random = Rng::with_seed(SEED);
    let mut documents = Vec::new();
    for name in TRAIN {
        let corpus = corpus::read(data, name)?;
        for _ in 0..COPIES {
            documents.extend(corpus.iter().map(|document| noise::noisy(document, &mut random)));
        }
        documents.extend(corpus);
    }
    Ok(documents)
}

/// The model's card: where it comes from, what it is worth, where it errs.
fn card(documents: usize, examples: usize, scores: &[(&str, Score)]) -> Result<String, Box<dyn Error>> {
    let mut card = include_str!("sentences.card.md").to_owned();
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
