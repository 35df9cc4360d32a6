//! The models of who says what.

use std::{
    collections::{BTreeSet, HashMap},
    error::Error,
    fmt::Write,
    fs,
    ops::Range,
    path::Path,
};

use fastrand::Rng;
use pullquote::{
    entity::{self, Entities, MentionKind},
    lang::{Language, Tagged},
    model::{Choice, Question, QuoteModel, hash},
    quote::{Candidate, Decide, QuoteDetector, QuoteKind},
    sentence::{Options, SentenceSplitter},
    text::{Span, Text},
};

use crate::{
    attributions::{self, Attribution, Document},
    learn::{self, Examples, Settings},
    task::Course,
};

const TRAIN: &str = "polnear-train.jsonl";
const NOVELS: &str = "pdnc-train.jsonl.gz";
const MEASURE: [&str; 3] = ["polnear-dev.jsonl", "polnear-dev-garbled.jsonl", "pdnc-dev.jsonl.gz"];

/// What noise is drawn from.
const SEED: u64 = 1;
/// Scraped copies of each document.
const COPIES: usize = 1;

/// How all is learnt that is not learnt otherwise.
const USUAL: Settings =
    Settings { bits: 18, epochs: 8, rate: 0.1, sparsity: 1.0, dropout: 0.2, minimum: 3, rounds: 3 };

/// A word may be a cue if it is one at least this often, of the times that it occurs.
const SELDOM: f64 = 0.005;

fn settings(question: Question) -> Settings {
    match question {
        Question::Said => Settings { rounds: 6, ..USUAL },
        Question::Speaker => Settings { bits: 20, rounds: 6, ..USUAL },
        Question::Cue | Question::Start | Question::End => Settings { sparsity: 2.0, ..USUAL },
        Question::Turn | Question::Source => USUAL,
    }
}

/// Trains the models of English from the corpora below `data` and writes them with their card into the repository.
pub(crate) fn train(data: &Path, repository: &Path) -> Result<(), Box<dyn Error>> {
    let (model, counts) = learnt(attributions::read(data, TRAIN)?)?;
    let scores = measured(&model, data, &MEASURE)?;
    let folder = repository.join("src/lang/en");
    fs::write(folder.join("quotes.model"), model.to_bytes())?;
    fs::write(folder.join("quotes.md"), card(include_str!("quotes.card.md"), &counts, &scores)?)?;
    Ok(())
}

/// Trains models from a user's corpora.
pub(crate) fn follow(course: &Course) -> Result<(), Box<dyn Error>> {
    let mut documents = Vec::new();
    for name in &course.train {
        documents.extend(attributions::read(&course.data, name)?);
    }
    let (model, counts) = learnt(documents)?;
    let measure: Vec<&str> = course.measure.iter().map(String::as_str).collect();
    let scores = measured(&model, &course.data, &measure)?;
    course.write(&model.to_bytes(), &card(&course.title("quotes"), &counts, &scores)?)
}

/// The models that documents teach, and how many questions each was learnt from.
fn learnt(mut documents: Vec<Document>) -> Result<(QuoteModel, Vec<usize>), Box<dyn Error>> {
    let mut random = Rng::with_seed(SEED);
    let mut words = Words::default();
    for document in &documents {
        read(document, &mut Counting { document, words: &mut words })?;
    }
    let words = words.cues();
    for _ in 0..COPIES {
        let copies: Vec<Document> =
            documents.iter().map(|document| attributions::scraped(document, &mut random)).collect();
        documents.extend(copies);
    }
    documents.extend(attributions::read(data, NOVELS)?);
    let mut lessons = Question::ALL.map(|question| Examples::new(settings(question).bits));
    for document in &documents {
        read(document, &mut Teacher { document, words: &words, lessons: &mut lessons })?;
    }
    let counts = lessons.iter().map(Examples::len).collect();
    let rankers =
        Question::ALL.map(|question| learn::learn(&lessons[question as usize], &settings(question)).ranker());
    Ok((QuoteModel::new(rankers, words), counts))
}

/// What models are worth on each of some corpora.
fn measured<'n>(
    model: &QuoteModel,
    data: &Path,
    names: &[&'n str],
) -> Result<Vec<(&'n str, Score)>, Box<dyn Error>> {
    let mut scores = Vec::new();
    for &name in names {
        let mut score = Score::default();
        for document in &attributions::read(data, name)? {
            read(document, &mut Examiner { document, model, score: &mut score })?;
        }
        println!("{name:20} {}", score.row());
        scores.push((name, score));
    }
    Ok(scores)
}

/// Reads a document as the core does, where somebody else decides.
fn read(document: &Document, learner: &mut impl Learner) -> Result<(), Box<dyn Error>> {
    let splitter = SentenceSplitter::new(Options::default())?;
    let detector = QuoteDetector::new(&[], &QuoteKind::ALL);
    let text = Text::new(&document.text);
    let sentences = splitter.spans(&text);
    let tagged = Tagged::new(&text, Language::get("en")?);
    let entities = entity::recognize(&tagged, &sentences, None);
    detector.find_by(&tagged, &sentences, &entities, Some(By { learner, entities: &entities }));
    Ok(())
}

/// Answers the questions of the quote stage, knowing the entities of the document.
trait Learner {
    fn may_be_cue(&mut self, word: u64) -> bool;

    fn choose(
        &mut self,
        question: Question,
        about: Span,
        candidates: &[Candidate],
        entities: &Entities,
    ) -> Choice;
}

/// Hands on all questions.
struct By<'d, L> {
    learner: &'d mut L,
    entities: &'d Entities,
}

impl<L: Learner> Decide for By<'_, L> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.learner.may_be_cue(word)
    }

    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice {
        self.learner.choose(question, about, candidates, self.entities)
    }
}

/// How often each word is a cue, and how often not.
#[derive(Debug, Default)]
struct Words(HashMap<u64, (u32, u32)>);

impl Words {
    /// The words that may be cues, in order.
    fn cues(&self) -> BTreeSet<u64> {
        let often = |(is, all): (u32, u32)| is > 0 && f64::from(is) >= SELDOM * f64::from(all);
        self.0.iter().filter(|(_, counts)| often(**counts)).map(|(&word, _)| word).collect()
    }
}

/// Asks about all words and counts.
struct Counting<'d> {
    document: &'d Document,
    words: &'d mut Words,
}

impl Learner for Counting<'_> {
    fn may_be_cue(&mut self, _: u64) -> bool {
        true
    }

    fn choose(&mut self, question: Question, about: Span, _: &[Candidate], _: &Entities) -> Choice {
        if question == Question::Cue {
            let counts = self.words.0.entry(hash(about.of(&self.document.text))).or_default();
            counts.0 += u32::from(self.document.reported_by(about).is_some());
            counts.1 += 1;
        }
        Choice { option: None, probability: 1.0 }
    }
}

/// Notes every question with its right answer, and gives the answer.
struct Teacher<'d> {
    document: &'d Document,
    words: &'d BTreeSet<u64>,
    lessons: &'d mut [Examples; Question::ALL.len()],
}

impl Learner for Teacher<'_> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.words.contains(&word)
    }

    fn choose(
        &mut self,
        question: Question,
        about: Span,
        candidates: &[Candidate],
        entities: &Entities,
    ) -> Choice {
        let none = Choice { option: None, probability: 1.0 };
        let Some(right) = self.document.right(question, about, candidates, entities) else { return none };
        self.lessons[question as usize]
            .add_options(candidates.iter().zip(&right).map(|(one, &right)| (&one.features, right)));
        Choice { option: right.iter().position(|&right| right), ..none }
    }
}

/// Lets a model answer, and notes whether it is right.
struct Examiner<'d> {
    document: &'d Document,
    model: &'d QuoteModel,
    score: &'d mut Score,
}

impl Learner for Examiner<'_> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.model.may_be_cue(word)
    }

    fn choose(
        &mut self,
        question: Question,
        about: Span,
        candidates: &[Candidate],
        entities: &Entities,
    ) -> Choice {
        let choice = Decide::choose(&mut self.model, question, about, candidates);
        if let Some(right) = self.document.right(question, about, candidates, entities) {
            let [chosen, possible, both] = &mut self.score.0[question as usize];
            *chosen += u32::from(choice.option.is_some());
            *possible += u32::from(right.contains(&true));
            *both += u32::from(choice.option.is_some_and(|option| right[option]));
        }
        choice
    }
}

impl Document {
    /// Which candidates are right; nothing, where a question teaches nothing.
    fn right(
        &self,
        question: Question,
        about: Span,
        candidates: &[Candidate],
        entities: &Entities,
    ) -> Option<Vec<bool>> {
        if !self.characters.is_empty()
            && !matches!(question, Question::Said | Question::Speaker | Question::Turn)
        {
            return None;
        }
        let all = |is_right: &dyn Fn(Span) -> bool| -> Vec<bool> {
            candidates.iter().map(|candidate| is_right(candidate.span)).collect()
        };
        let attribution = match question {
            Question::Said | Question::Speaker | Question::Turn => self.attribution_of(about),
            Question::Cue | Question::Start | Question::End | Question::Source => self.reported_by(about),
        };
        match question {
            Question::Said | Question::Cue => return Some(vec![attribution.is_some()]),
            Question::Speaker | Question::Source => {
                let attribution = attribution?;
                let right = all(&|span| self.is_source(attribution, span));
                // A source that is no candidate teaches nothing: that none is right would be wrong.
                (attribution.source.is_empty() || right.contains(&true)).then_some(right)
            }
            Question::Turn => {
                let speaker = attribution?.speaker.as_ref()?;
                let right = all(&|span| self.is_character(speaker, span, entities));
                // Who is none of the cast is nobody; who is not on the stage teaches nothing.
                let known = self.characters.contains_key(speaker);
                return (!known || right.contains(&true)).then_some(right);
            }
            Question::Start => {
                let start = attribution?.content.first()?.start;
                Some(all(&|span| self.is_one_place(start, span.start())))
            }
            Question::End => {
                let end = attribution?.content.last()?.end;
                Some(all(&|span| self.is_one_place(end, span.end())))
            }
        }
        .filter(|right| right.contains(&true) || attribution.is_some_and(|one| one.source.is_empty()))
    }

    /// Whether a mention means a character of the novel.
    fn is_character(&self, character: &str, mention: Span, entities: &Entities) -> bool {
        let words = mention.of(&self.text);
        if words == "I" {
            return self.narrator.as_deref() == Some(character);
        }
        let found =
            entities.mentions.iter().find(|other| other.span == mention && other.kind != MentionKind::Role);
        let name = found.and_then(|mention| entities.fullest.get(mention.entity?));
        self.is_called(character, name.map_or(words, String::as_str))
    }

    /// Whether no word stands between two places.
    fn is_one_place(&self, one: usize, other: usize) -> bool {
        !self.text[one.min(other)..one.max(other)].contains(char::is_alphanumeric)
    }

    /// What a word reports, if it is the first word of a cue that can be one alone. What is quoted and nothing else is
    /// not reported.
    fn reported_by(&self, word: Span) -> Option<&Attribution> {
        self.attributions.iter().find(|attribution| {
            let quoted = attribution.quoted.len() == attribution.content.len()
                && attribution.quoted.iter().zip(&attribution.content).all(|(quoted, content)| {
                    self.is_one_place(quoted.start, content.start)
                        && self.is_one_place(quoted.end, content.end)
                });
            let cue = attribution.cue.iter().any(|cue| cue.start <= word.start() && word.end() <= cue.end);
            cue && !quoted
        })
    }

    /// A span without the marks around its words.
    fn words_of(&self, span: &Range<usize>) -> Range<usize> {
        let text = &self.text[span.clone()];
        let start = span.start + text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let end = span.start + text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        start..end.max(start)
    }

    /// The attribution that has said what stands inside some marks: most of one is most of the other.
    fn attribution_of(&self, inner: Span) -> Option<&Attribution> {
        let inner = self.words_of(&(inner.start()..inner.end()));
        self.attributions.iter().find(|attribution| {
            attribution.quoted.iter().any(|quoted| {
                let quoted = self.words_of(quoted);
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

/// For each question how often something was chosen, how often something could be, and how often both agree.
#[derive(Debug, Clone, Copy, Default)]
struct Score([[u32; 3]; Question::ALL.len()]);

impl Score {
    /// The F1 of a question's answers.
    fn f1(&self, question: Question) -> f64 {
        let [chosen, possible, both] = self.0[question as usize];
        2.0 * f64::from(both) / f64::from(chosen + possible).max(1.0)
    }

    fn row(&self) -> String {
        Question::ALL.map(|question| format!("{:.4}", self.f1(question))).join(" | ")
    }
}

/// The models' card: where they come from, what they are worth.
fn card(about: &str, counts: &[usize], scores: &[(&str, Score)]) -> Result<String, Box<dyn Error>> {
    let mut card = about.to_owned();
    let names = Question::ALL.map(|question| format!("{question:?}").to_lowercase()).join(" | ");
    let counts = counts.iter().map(usize::to_string).collect::<Vec<_>>().join(" | ");
    writeln!(
        card,
        "## Scores\n\nF1 of the answers to each question, each asked where the answers before it are the model's.\n"
    )?;
    writeln!(card, "| | {names} |\n|---{} |", "|---".repeat(Question::ALL.len()))?;
    writeln!(card, "| learnt from | {counts} |")?;
    for (name, score) in scores {
        writeln!(card, "| {name} | {} |", score.row())?;
    }
    Ok(card.trim_end().to_owned() + "\n")
}
