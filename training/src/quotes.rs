//! The models of who says what.

use std::{
    collections::{BTreeSet, HashMap},
    error::Error,
    fmt::Write,
    fs,
    path::Path,
};

use fastrand::Rng;
use pullquote::{
    entity::{self, Entities},
    lang::{Language, Tagged},
    model::{Choice, Features, Question, QuoteModel, hash_word},
    quote::{self, Candidate, Decide, QuoteDetector, QuoteKind},
    sentence::{Options, SentenceSplitter},
    text::{Span, Text},
};

use crate::{
    attributions::{self, Document, Marks},
    glance,
    key::Key,
    learn::{self, Examples, Settings},
    task::Course,
};

/// What the models of a language are learnt from, and how.
#[derive(Debug)]
struct Plan {
    language: &'static str,
    train: &'static str,
    /// Novels, of which only what is quoted is annotated.
    novels: Option<&'static str>,
    measure: &'static [&'static str],
    /// How all is learnt that is not learnt otherwise.
    usual: Settings,
    /// How much evidence a weight of cues and of the ends of clauses needs.
    clauses: f32,
    /// The marks that scraping makes straight.
    marks: Marks,
    /// What ends the noun of a group besides its first comma: prepositions, conjunctions, relative pronouns.
    ends: &'static [&'static str],
    /// The card up to the scores.
    card: &'static str,
}

const PLANS: &[Plan] = &[
    Plan {
        language: "en",
        train: "polnear-train",
        novels: Some("pdnc-train"),
        measure: &["polnear-dev", "polnear-dev-garbled", "pdnc-dev"],
        usual: USUAL,
        clauses: 2.0,
        marks: Marks { closing: '”', double: "“”", single: "‘’" },
        ends: &[
            "of", "for", "in", "at", "from", "with", "who", "which", "that", "to", "on", "by", "whose",
            "and", "or", "as", "about", "against", "whom", "where", "when", "among",
        ],
        card: include_str!("quotes.en.md"),
    },
    Plan {
        language: "de",
        train: "wikinews-de-train",
        novels: None,
        measure: &["wikinews-de-dev"],
        usual: Settings { minimum: 2, ..USUAL },
        clauses: 2.0,
        marks: Marks { closing: '“', double: "„“”", single: "‚‘’" },
        ends: &[
            "von", "vom", "für", "in", "im", "aus", "an", "am", "bei", "beim", "mit", "zu", "zum", "zur",
            "auf", "und", "oder", "über", "gegen", "unter", "nach", "der", "des", "als",
        ],
        card: include_str!("quotes.de.md"),
    },
];

/// What noise is drawn from.
const SEED: u64 = 1;
/// How many parts a corpus is cut into where it is both taught and examined.
const FOLDS: usize = 5;
/// Scraped copies of each document.
const COPIES: usize = 1;

/// What English is learnt with.
const USUAL: Settings = Settings {
    bits: 18,
    epochs: 8,
    rate: 0.1,
    sparsity: 1.0,
    dropout: 0.2,
    minimum: 3,
    rounds: 3,
    largest: 127,
};

/// How many of the options that a question chooses its glance may lose, of 1: few of the speakers, of whom most are right.
fn lost(question: Question) -> f64 {
    if question == Question::Speaker { 0.001 } else { 0.005 }
}

/// What is said of a thread that panicked.
const BROKEN: &str = "a learner broke off";

/// A word may be a cue if it is one at least this often, of the times that it occurs.
const SELDOM: f64 = 0.005;

impl Plan {
    fn settings(&self, question: Question) -> Settings {
        match question {
            Question::Said => Settings { bits: 17, rounds: 6, ..self.usual },
            Question::Speaker => Settings { bits: 19, rounds: 6, ..self.usual },
            Question::Cue | Question::Start | Question::End => {
                Settings { sparsity: self.clauses, rounds: 8, dropout: 0.5, ..self.usual }
            }
            Question::Turn => Settings { bits: 16, ..self.usual },
            Question::Source => self.usual,
        }
    }

    fn glance(&self, question: Question) -> Settings {
        Settings { bits: 14, dropout: self.usual.dropout, ..self.settings(question) }
    }

    /// What the documents teach: the words that may be cues, and the answers to every question.
    fn lessons(
        &self,
        documents: &[Document],
        novels: &[Document],
    ) -> Result<(BTreeSet<u64>, Lessons), Box<dyn Error>> {
        let mut words = Words::default();
        for document in documents {
            self.read(document, &mut Counting { key: self.of(document)?, words: &mut words })?;
        }
        let words = words.cues();
        let mut lessons = Lessons {
            answers: Question::ALL.map(|question| Examples::new(self.settings(question).bits)),
            glances: Question::ALL.map(|question| Examples::new(self.glance(question).bits)),
        };
        let mut random = Rng::with_seed(SEED);
        let copies: Vec<Document> = (0..COPIES)
            .flat_map(|_| documents)
            .map(|document| attributions::scraped(document, self.marks, &mut random))
            .collect();
        let mut conversations = novels.to_vec();
        for novel in novels {
            for excerpt in attributions::excerpts(novel, &mut random) {
                // What tells no conversation would be learnt as news.
                let mut turns = Turns(false);
                self.read(&excerpt, &mut turns)?;
                conversations.extend(turns.0.then_some(excerpt));
            }
        }
        for document in documents.iter().chain(&copies).chain(&conversations) {
            let key = self.of(document)?;
            self.read(document, &mut Teacher::new(key, &words, &mut lessons))?;
        }
        Ok((words, lessons))
    }

    /// The models that documents teach, and how many lessons each question had.
    fn model(
        &self,
        documents: &[Document],
        novels: &[Document],
    ) -> Result<(QuoteModel, Vec<usize>), Box<dyn Error>> {
        let (words, lessons) = self.lessons(documents, novels)?;
        let counts = lessons.answers.iter().map(Examples::len).collect();
        // Questions are learnt side by side; each has its own order, so that the weights are always the same.
        let (rankers, glances) = std::thread::scope(|scope| {
            let glances = Question::GLANCED.map(|question| {
                let seen = (&lessons.glances[question as usize], self.glance(question));
                let asked = (lessons.of(question), self.settings(question));
                (question, scope.spawn(move || glance::learn(seen, asked, lost(question))))
            });
            let learners = Question::ALL.map(|question| {
                let (lessons, settings) = (lessons.of(question), self.settings(question));
                scope.spawn(move || learn::learn(lessons, &settings).ranker())
            });
            let rankers = learners.map(|learner| learner.join().map_err(|_| BROKEN));
            (rankers, glances.map(|(question, glance)| (question, glance.join().map_err(|_| BROKEN))))
        });
        let rankers = rankers.into_iter().collect::<Result<Vec<_>, _>>()?;
        let rankers = rankers.try_into().map_err(|_| "a question has no ranker")?;
        let mut in_front = [const { None }; Question::ALL.len()];
        for (question, glance) in glances {
            in_front[question as usize] = Some(glance?);
        }
        Ok((QuoteModel::new(rankers, words, in_front), counts))
    }

    /// What models are worth on documents.
    fn examine(
        &self,
        model: &QuoteModel,
        documents: &[Document],
        score: &mut Score,
    ) -> Result<(), Box<dyn Error>> {
        for document in documents {
            self.read(document, &mut Examiner { key: self.of(document)?, model, score, worth: Vec::new() })?;
        }
        Ok(())
    }

    /// What models are worth on each of some corpora.
    fn measured<'n>(
        &self,
        model: &QuoteModel,
        data: &Path,
        names: &[&'n str],
    ) -> Result<Vec<(&'n str, Score)>, Box<dyn Error>> {
        let mut scores = Vec::new();
        for &name in names {
            let mut score = Score::default();
            self.examine(model, &attributions::read(data, name)?, &mut score)?;
            println!("{name:20} {}", score.row());
            scores.push((name, score));
        }
        Ok(scores)
    }

    fn of<'d>(&'d self, document: &'d Document) -> Result<Key<'d>, Box<dyn Error>> {
        Ok(Key { document, ends: self.ends, language: Language::get(self.language)? })
    }

    /// Reads a document as the core does, where somebody else decides.
    fn read(&self, document: &Document, learner: &mut impl Learner) -> Result<(), Box<dyn Error>> {
        let splitter =
            SentenceSplitter::new(Options { language: self.language.to_owned(), ..Options::default() })?;
        let detector = QuoteDetector::new(&[], &QuoteKind::ALL);
        let text = Text::new(&document.text);
        let sentences = splitter.spans(&text);
        let tagged = Tagged::new(&text, Language::get(self.language)?);
        let entities = entity::recognize(&tagged, &sentences, None);
        detector.find_by(&tagged, &sentences, &entities, Some(By { learner, entities: &entities }));
        Ok(())
    }
}

/// What there is to learn.
struct Lessons {
    /// The examples of each question.
    answers: [Examples; Question::ALL.len()],
    /// What is seen at a glance of the options of each.
    glances: [Examples; Question::ALL.len()],
}

impl Lessons {
    fn of(&self, question: Question) -> &Examples {
        &self.answers[question as usize]
    }
}

/// Trains the models of a language, or of all, from the corpora below `data` and writes them with their cards into the
/// repository.
pub(crate) fn train(data: &Path, repository: &Path, language: Option<&str>) -> Result<(), Box<dyn Error>> {
    for plan in PLANS.iter().filter(|plan| language.is_none_or(|language| language == plan.language)) {
        let documents = attributions::read(data, plan.train)?;
        let novels = plan.novels.map_or_else(|| Ok(Vec::new()), |name| attributions::read(data, name))?;
        let (model, counts) = plan.model(&documents, &novels)?;
        let scores = plan.measured(&model, data, plan.measure)?;
        let folder = repository.join("src/lang").join(plan.language);
        fs::write(folder.join("quotes.model"), model.to_bytes())?;
        fs::write(folder.join("quotes.md"), card(plan.card, &counts, &scores)?)?;
    }
    Ok(())
}

/// Trains models of English from a user's corpora.
pub(crate) fn follow(course: &Course) -> Result<(), Box<dyn Error>> {
    let plan = &PLANS[0];
    let mut documents = Vec::new();
    for name in &course.train {
        documents.extend(attributions::read(&course.data, name)?);
    }
    let (model, counts) = plan.model(&documents, &[])?;
    let measure: Vec<&str> = course.measure.iter().map(String::as_str).collect();
    let scores = plan.measured(&model, &course.data, &measure)?;
    course.write(&model.to_bytes(), &card(&course.title("quotes"), &counts, &scores)?)
}

/// Scores a language's settings on its training corpus alone: each part by models that the other parts teach.
pub(crate) fn cross_validate(data: &Path, language: &str) -> Result<(), Box<dyn Error>> {
    let plan = PLANS.iter().find(|plan| plan.language == language).ok_or("no such language")?;
    let documents = attributions::read(data, plan.train)?;
    let mut score = Score::default();
    for fold in 0..FOLDS {
        let part = |own: bool| -> Vec<Document> {
            let numbered = documents.iter().enumerate();
            numbered
                .filter(|(number, _)| (number % FOLDS == fold) == own)
                .map(|(_, one)| one.clone())
                .collect()
        };
        let (model, _) = plan.model(&part(false), &[])?;
        plan.examine(&model, &part(true), &mut score)?;
    }
    println!("{:20} {}", plan.train, score.row());
    Ok(())
}

/// Answers the questions of the quote stage, knowing the entities of the document.
trait Learner {
    fn may_be_cue(&mut self, word: u64) -> bool;

    /// Says of each option of a question whether it is worth a close look.
    fn glance(&mut self, _question: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        worth.resize(glances.len(), true);
    }

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

    fn glance(&mut self, question: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        self.learner.glance(question, glances, worth);
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

/// Whether anybody is asked to take a turn.
struct Turns(bool);

impl Learner for Turns {
    fn may_be_cue(&mut self, _: u64) -> bool {
        false
    }

    fn choose(&mut self, question: Question, _: Span, _: &[Candidate], _: &Entities) -> Choice {
        self.0 |= question == Question::Turn;
        Choice { option: Some(0).filter(|_| question == Question::Said), probability: 1.0 }
    }
}

/// Asks about all words and counts.
struct Counting<'d> {
    key: Key<'d>,
    words: &'d mut Words,
}

impl Learner for Counting<'_> {
    fn may_be_cue(&mut self, _: u64) -> bool {
        true
    }

    fn choose(&mut self, question: Question, about: Span, _: &[Candidate], _: &Entities) -> Choice {
        if question == Question::Cue {
            let counts = self.words.0.entry(hash_word(about.of(&self.key.document.text))).or_default();
            counts.0 += u32::from(self.key.reported_by(about).is_some());
            counts.1 += 1;
        }
        Choice { option: None, probability: 1.0 }
    }
}

/// Notes every question with its right answer, and gives the answer.
struct Teacher<'d> {
    key: Key<'d>,
    words: &'d BTreeSet<u64>,
    lessons: &'d mut Lessons,
    /// What was seen at a glance of the options of the question that is asked next.
    glances: Vec<Features>,
}

impl<'d> Teacher<'d> {
    fn new(key: Key<'d>, words: &'d BTreeSet<u64>, lessons: &'d mut Lessons) -> Self {
        Self { key, words, lessons, glances: Vec::new() }
    }
}

impl Learner for Teacher<'_> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.words.contains(&word)
    }

    fn glance(&mut self, _: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        self.glances = glances.iter().map(|glance| glance.features.clone()).collect();
        worth.resize(glances.len(), true);
    }

    fn choose(
        &mut self,
        question: Question,
        about: Span,
        candidates: &[Candidate],
        entities: &Entities,
    ) -> Choice {
        let none = Choice { option: None, probability: 1.0 };
        let glances = std::mem::take(&mut self.glances);
        let Some(right) = self.key.right(question, about, candidates, entities) else { return none };
        if Question::GLANCED.contains(&question) {
            self.lessons.glances[question as usize].add_options(glances.iter().zip(right.iter().copied()));
        }
        self.lessons.answers[question as usize]
            .add_options(candidates.iter().zip(&right).map(|(one, &right)| (&one.features, right)));
        Choice { option: right.iter().position(|&right| right), ..none }
    }
}

/// Lets a model answer, and notes whether it is right.
struct Examiner<'d> {
    key: Key<'d>,
    model: &'d QuoteModel,
    score: &'d mut Score,
    /// Which of the options of the question that is asked next the model would look at.
    worth: Vec<bool>,
}

impl Learner for Examiner<'_> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.model.may_be_cue(word)
    }

    /// Options that the model would not look at are asked about all the same: a right one among them is lost.
    fn glance(&mut self, question: Question, glances: &[Candidate], worth: &mut Vec<bool>) {
        Decide::glance(&mut self.model, question, glances, worth);
        if question != Question::Cue {
            self.worth = std::mem::replace(worth, vec![true; glances.len()]);
        }
    }

    fn choose(
        &mut self,
        question: Question,
        about: Span,
        candidates: &[Candidate],
        entities: &Entities,
    ) -> Choice {
        let worth = std::mem::take(&mut self.worth);
        let choice = quote::choose_among(self.model, question, candidates, &worth);
        if let Some(right) = self.key.right(question, about, candidates, entities) {
            let [chosen, possible, both] = &mut self.score.0[question as usize];
            *chosen += u32::from(choice.option.is_some());
            *possible += u32::from(right.contains(&true));
            *both += u32::from(choice.option.is_some_and(|option| right[option]));
        }
        choice
    }
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
fn card(begin: &str, counts: &[usize], scores: &[(&str, Score)]) -> Result<String, Box<dyn Error>> {
    let mut card = begin.to_owned();
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
