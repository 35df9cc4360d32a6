//! The models of who says what.

use std::{error::Error, fmt::Write, fs, ops::Range, path::Path};

use fastrand::Rng;
use pullquote::{
    entity,
    lang::{Language, Tagged},
    model::{Choice, Features, QuoteModel},
    quote::{Candidate, Decide, QuoteDetector, QuoteKind},
    sentence::{Options, SentenceSplitter},
    text::{Span, Text},
};

use crate::{
    attributions::{self, Attribution, Document},
    learn::{self, Examples, Settings},
};

const TRAIN: &str = "polnear-train";
const MEASURE: [&str; 2] = ["polnear-dev", "polnear-dev-garbled"];

/// What noise is drawn from.
const SEED: u64 = 1;
/// Scraped copies of each document.
const COPIES: usize = 1;

/// How what is said is learnt, and who says it.
const SAID: Settings =
    Settings { bits: 16, epochs: 8, rate: 0.1, sparsity: 1.0, dropout: 0.2, minimum: 3, rounds: 6 };
const SPEAKER: Settings =
    Settings { bits: 18, epochs: 8, rate: 0.1, sparsity: 1.0, dropout: 0.2, minimum: 3, rounds: 6 };

/// Trains the models of English from the corpora below `data` and writes them with their card into the repository.
pub(crate) fn train(data: &Path, repository: &Path) -> Result<(), Box<dyn Error>> {
    let mut documents = attributions::read(data, TRAIN)?;
    let mut random = Rng::with_seed(SEED);
    for _ in 0..COPIES {
        let copies: Vec<Document> =
            documents.iter().map(|document| attributions::scraped(document, &mut random)).collect();
        documents.extend(copies);
    }
    let mut lesson = Lesson { said: Examples::new(SAID.bits), speaker: Examples::new(SPEAKER.bits) };
    for document in &documents {
        read(document, |decide| lesson.teach(document, decide))?;
    }
    let counts = (lesson.said.len(), lesson.speaker.len());
    let said = learn::learn(&lesson.said, &SAID).ranker();
    let model = QuoteModel { said, speaker: learn::learn(&lesson.speaker, &SPEAKER).ranker() };
    let mut scores = Vec::new();
    for name in MEASURE {
        let mut score = Score::default();
        for document in &attributions::read(data, name)? {
            read(document, |asked| score.add(document, asked, &model))?;
        }
        println!("{name:20} said {:.4} speaker {:.4}", score.f1(), score.accuracy());
        scores.push((name, score));
    }
    let folder = repository.join("src/lang/en");
    fs::write(folder.join("quotes.model"), model.to_bytes())?;
    fs::write(folder.join("quotes.md"), card(counts, &scores)?)?;
    Ok(())
}

/// A question of the core.
#[derive(Clone, Copy)]
enum Asked<'a> {
    Said(Span, &'a Features),
    Speaker(Span, &'a [Candidate]),
}

/// Reads a document and hands on what the core asks; `answer` decides as the core should from there.
fn read(document: &Document, answer: impl FnMut(Asked) -> Option<usize>) -> Result<(), Box<dyn Error>> {
    let splitter = SentenceSplitter::new(Options::default())?;
    let detector = QuoteDetector::new(&[], &QuoteKind::ALL);
    let text = Text::new(&document.text);
    let sentences = splitter.spans(&text);
    let tagged = Tagged::new(&text, Language::get("en")?);
    let entities = entity::recognize(&tagged, &sentences, None);
    detector.find_by(&tagged, &sentences, &entities, Some(Teacher(answer)));
    Ok(())
}

/// Answers in the place of a model.
struct Teacher<F>(F);

impl<F: FnMut(Asked) -> Option<usize>> Decide for Teacher<F> {
    fn is_said(&mut self, inner: Span, features: &Features) -> bool {
        (self.0)(Asked::Said(inner, features)).is_some()
    }

    fn speaker(&mut self, inner: Span, candidates: &[Candidate]) -> Choice {
        Choice { option: (self.0)(Asked::Speaker(inner, candidates)), probability: 1.0 }
    }
}

/// What there is to learn from.
struct Lesson {
    said: Examples,
    speaker: Examples,
}

impl Lesson {
    /// Notes a question with its right answer, and gives the answer.
    fn teach(&mut self, document: &Document, asked: Asked) -> Option<usize> {
        match asked {
            Asked::Said(inner, features) => {
                let said = document.attribution_of(inner).is_some();
                self.said.add(features, said);
                said.then_some(0)
            }
            Asked::Speaker(inner, candidates) => {
                let attribution = document.attribution_of(inner)?;
                let right: Vec<bool> = candidates
                    .iter()
                    .map(|candidate| document.is_source(attribution, candidate.span))
                    .collect();
                // A source that is no candidate teaches nothing: that none is right would be wrong.
                if attribution.source.is_empty() || right.contains(&true) {
                    self.speaker.add_options(
                        candidates.iter().zip(&right).map(|(one, &right)| (&one.features, right)),
                    );
                }
                right.iter().position(|&right| right)
            }
        }
    }
}

impl Document {
    /// The attribution that has said what stands inside some marks: most of one is most of the other.
    fn attribution_of(&self, inner: Span) -> Option<&Attribution> {
        let inner = inner.start()..inner.end();
        self.attributions.iter().find(|attribution| {
            attribution.quoted.iter().any(|quoted| {
                let common = quoted.end.min(inner.end).saturating_sub(quoted.start.max(inner.start));
                let all = quoted.end.max(inner.end) - quoted.start.min(inner.start);
                common * 5 >= all * 4
            })
        })
    }

    /// Whether a mention is the source: the head of one lies within the other.
    fn is_source(&self, attribution: &Attribution, mention: Span) -> bool {
        let mention = mention.start()..mention.end();
        attribution.source.iter().any(|source| {
            contains(&mention, &head(&self.text, source)) || contains(source, &head(&self.text, &mention))
        })
    }
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The last word of a noun group before its first comma, preposition or relative pronoun.
fn head(text: &str, group: &Range<usize>) -> Range<usize> {
    const ENDS: [&str; 22] = [
        "of", "for", "in", "at", "from", "with", "who", "which", "that", "to", "on", "by", "whose", "and",
        "or", "as", "about", "against", "whom", "where", "when", "among",
    ];
    let mut head = group.clone();
    let mut at = group.start;
    for word in text[group.clone()].split_inclusive(|c: char| !(c.is_alphanumeric() || "’'-.".contains(c)))
    {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare);
        if at > group.start && ENDS.contains(&bare.to_lowercase().as_str()) {
            break;
        }
        if !bare.is_empty() {
            head = at..at + bare.len();
        }
        at += word.len();
        if word.contains([',', '(']) && at > group.start {
            break;
        }
    }
    head
}

/// How often a model is right.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    /// Marks that quote somebody: those found, those found wrongly, and all that are asked for.
    said: (u32, u32, u32),
    /// Speakers: those right, and all that the text tells.
    speakers: (u32, u32),
}

impl Score {
    /// Lets the model answer, and notes whether it is right.
    fn add(&mut self, document: &Document, asked: Asked, mut model: &QuoteModel) -> Option<usize> {
        match asked {
            Asked::Said(inner, features) => {
                let said = model.is_said(inner, features);
                let right = document.attribution_of(inner).is_some();
                self.said.0 += u32::from(said && right);
                self.said.1 += u32::from(said && !right);
                self.said.2 += u32::from(right);
                said.then_some(0)
            }
            Asked::Speaker(inner, candidates) => {
                let option = model.speaker(inner, candidates).option;
                let told =
                    document.attribution_of(inner).filter(|attribution| !attribution.source.is_empty());
                if let Some(attribution) = told {
                    let right =
                        option.is_some_and(|option| document.is_source(attribution, candidates[option].span));
                    self.speakers.0 += u32::from(right);
                    self.speakers.1 += 1;
                }
                option
            }
        }
    }

    fn f1(&self) -> f64 {
        let (found, wrong, all) = self.said;
        2.0 * f64::from(found) / f64::from(found + wrong + all).max(1.0)
    }

    fn accuracy(&self) -> f64 {
        f64::from(self.speakers.0) / f64::from(self.speakers.1).max(1.0)
    }
}

/// The models' card: where they come from, what they are worth.
fn card((said, speakers): (usize, usize), scores: &[(&str, Score)]) -> Result<String, Box<dyn Error>> {
    let mut card = include_str!("quotes.card.md").to_owned();
    writeln!(card, "Learnt from {said} pairs of marks and {speakers} speakers.\n\n## Scores\n")?;
    writeln!(card, "| set | what is said, F1 | who says it, of what is said |\n|---|---|---|")?;
    for (name, score) in scores {
        writeln!(card, "| {name} | {:.4} | {:.4} |", score.f1(), score.accuracy())?;
    }
    Ok(card.trim_end().to_owned() + "\n")
}
