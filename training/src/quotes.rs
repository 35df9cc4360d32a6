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
    entity,
    lang::{Class, Language, Tagged},
    model::{Choice, Question, QuoteModel, hash},
    quote::{Candidate, Decide, QuoteDetector, QuoteKind},
    sentence::{Options, SentenceSplitter},
    text::{Span, Text},
};

use crate::{
    attributions::{self, Attribution, Document, Marks},
    learn::{self, Examples, Settings},
};

/// What the models of a language are learnt from, and how.
#[derive(Debug)]
struct Course {
    language: &'static str,
    train: &'static str,
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

const COURSES: &[Course] = &[
    Course {
        language: "en",
        train: "polnear-train",
        measure: &["polnear-dev", "polnear-dev-garbled"],
        usual: USUAL,
        clauses: 2.0,
        marks: Marks { closing: '”', double: "“”", single: "‘’" },
        ends: &[
            "of", "for", "in", "at", "from", "with", "who", "which", "that", "to", "on", "by", "whose",
            "and", "or", "as", "about", "against", "whom", "where", "when", "among",
        ],
        card: include_str!("quotes.en.md"),
    },
    Course {
        language: "de",
        train: "wikinews-de-train",
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
const USUAL: Settings =
    Settings { bits: 18, epochs: 8, rate: 0.1, sparsity: 1.0, dropout: 0.2, minimum: 3, rounds: 3 };

/// A word may be a cue if it is one at least this often, of the times that it occurs.
const SELDOM: f64 = 0.005;

impl Course {
    fn settings(&self, question: Question) -> Settings {
        match question {
            Question::Said => Settings { bits: 16, rounds: 6, ..self.usual },
            Question::Speaker => Settings { rounds: 6, ..self.usual },
            Question::Cue | Question::Start | Question::End => {
                Settings { sparsity: self.clauses, ..self.usual }
            }
            Question::Source => self.usual,
        }
    }

    /// What the documents teach: the words that may be cues, and the answers to every question.
    fn lessons(&self, documents: &[Document]) -> Result<(BTreeSet<u64>, Lessons), Box<dyn Error>> {
        let mut words = Words::default();
        for document in documents {
            self.read(document, &mut Counting { key: self.of(document)?, words: &mut words })?;
        }
        let words = words.cues();
        let mut lessons = Question::ALL.map(|question| Examples::new(self.settings(question).bits));
        let mut random = Rng::with_seed(SEED);
        let copies: Vec<Document> = (0..COPIES)
            .flat_map(|_| documents)
            .map(|document| attributions::scraped(document, self.marks, &mut random))
            .collect();
        for document in documents.iter().chain(&copies) {
            let key = self.of(document)?;
            self.read(document, &mut Teacher { key, words: &words, lessons: &mut lessons })?;
        }
        Ok((words, lessons))
    }

    /// The models that documents teach, and how many lessons each question had.
    fn model(&self, documents: &[Document]) -> Result<(QuoteModel, Vec<usize>), Box<dyn Error>> {
        let (words, lessons) = self.lessons(documents)?;
        let counts = lessons.iter().map(Examples::len).collect();
        let rankers = Question::ALL
            .map(|question| learn::learn(&lessons[question as usize], &self.settings(question)).ranker());
        Ok((QuoteModel::new(rankers, words), counts))
    }

    /// What models are worth on documents.
    fn examine(
        &self,
        model: &QuoteModel,
        documents: &[Document],
        score: &mut Score,
    ) -> Result<(), Box<dyn Error>> {
        for document in documents {
            self.read(document, &mut Examiner { key: self.of(document)?, model, score })?;
        }
        Ok(())
    }

    fn of<'d>(&'d self, document: &'d Document) -> Result<Key<'d>, Box<dyn Error>> {
        Ok(Key { document, ends: self.ends, language: Language::get(self.language)? })
    }

    /// Reads a document as the core does, where somebody else decides.
    fn read(&self, document: &Document, decide: &mut impl Decide) -> Result<(), Box<dyn Error>> {
        let splitter =
            SentenceSplitter::new(Options { language: self.language.to_owned(), ..Options::default() })?;
        let detector = QuoteDetector::new(&[], &QuoteKind::ALL);
        let text = Text::new(&document.text);
        let sentences = splitter.spans(&text);
        let tagged = Tagged::new(&text, Language::get(self.language)?);
        let entities = entity::recognize(&tagged, &sentences, None);
        detector.find_by(&tagged, &sentences, &entities, Some(By(decide)));
        Ok(())
    }
}

/// The examples of each question.
type Lessons = [Examples; Question::ALL.len()];

/// Trains the models of a language, or of all, from the corpora below `data` and writes them with their cards into the
/// repository.
pub(crate) fn train(data: &Path, repository: &Path, language: Option<&str>) -> Result<(), Box<dyn Error>> {
    for course in COURSES.iter().filter(|course| language.is_none_or(|language| language == course.language))
    {
        let documents = attributions::read(data, course.train)?;
        let (model, counts) = course.model(&documents)?;
        let mut scores = Vec::new();
        for &name in course.measure {
            let mut score = Score::default();
            course.examine(&model, &attributions::read(data, name)?, &mut score)?;
            println!("{name:20} {}", score.row());
            scores.push((name, score));
        }
        let folder = repository.join("src/lang").join(course.language);
        fs::write(folder.join("quotes.model"), model.to_bytes())?;
        fs::write(folder.join("quotes.md"), card(course, &counts, &scores)?)?;
    }
    Ok(())
}

/// Scores a language's settings on its training corpus alone: each part by models that the other parts teach.
pub(crate) fn cross_validate(data: &Path, language: &str) -> Result<(), Box<dyn Error>> {
    let course = COURSES.iter().find(|course| course.language == language).ok_or("no such language")?;
    let documents = attributions::read(data, course.train)?;
    let mut score = Score::default();
    for fold in 0..FOLDS {
        let part = |own: bool| -> Vec<Document> {
            let numbered = documents.iter().enumerate();
            numbered
                .filter(|(number, _)| (number % FOLDS == fold) == own)
                .map(|(_, one)| one.clone())
                .collect()
        };
        let (model, _) = course.model(&part(false))?;
        course.examine(&model, &part(true), &mut score)?;
    }
    println!("{:20} {}", course.train, score.row());
    Ok(())
}

/// Hands on all questions.
struct By<'d, D>(&'d mut D);

impl<D: Decide> Decide for By<'_, D> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.0.may_be_cue(word)
    }

    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice {
        self.0.choose(question, about, candidates)
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
    key: Key<'d>,
    words: &'d mut Words,
}

impl Decide for Counting<'_> {
    fn may_be_cue(&mut self, _: u64) -> bool {
        true
    }

    fn choose(&mut self, question: Question, about: Span, _: &[Candidate]) -> Choice {
        if question == Question::Cue {
            let counts = self.words.0.entry(hash(about.of(&self.key.document.text))).or_default();
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
}

impl Decide for Teacher<'_> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.words.contains(&word)
    }

    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice {
        let none = Choice { option: None, probability: 1.0 };
        let Some(right) = self.key.right(question, about, candidates) else { return none };
        self.lessons[question as usize]
            .add_options(candidates.iter().zip(&right).map(|(one, &right)| (&one.features, right)));
        Choice { option: right.iter().position(|&right| right), ..none }
    }
}

/// Lets a model answer, and notes whether it is right.
struct Examiner<'d> {
    key: Key<'d>,
    model: &'d QuoteModel,
    score: &'d mut Score,
}

impl Decide for Examiner<'_> {
    fn may_be_cue(&mut self, word: u64) -> bool {
        self.model.may_be_cue(word)
    }

    fn choose(&mut self, question: Question, about: Span, candidates: &[Candidate]) -> Choice {
        let choice = Decide::choose(&mut self.model, question, about, candidates);
        if let Some(right) = self.key.right(question, about, candidates) {
            let [chosen, possible, both] = &mut self.score.0[question as usize];
            *chosen += u32::from(choice.option.is_some());
            *possible += u32::from(right.contains(&true));
            *both += u32::from(choice.option.is_some_and(|option| right[option]));
        }
        choice
    }
}

/// A document and what is known of its language.
#[derive(Debug, Clone, Copy)]
struct Key<'d> {
    document: &'d Document,
    ends: &'d [&'d str],
    language: &'d Language,
}

impl<'d> Key<'d> {
    /// Which candidates are right; nothing, where a question teaches nothing.
    fn right(&self, question: Question, about: Span, candidates: &[Candidate]) -> Option<Vec<bool>> {
        let all = |is_right: &dyn Fn(Span) -> bool| -> Vec<bool> {
            candidates.iter().map(|candidate| is_right(candidate.span)).collect()
        };
        let attribution = match question {
            Question::Said | Question::Speaker => self.attribution_of(about),
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

    /// Whether no word stands between two places.
    fn is_one_place(&self, one: usize, other: usize) -> bool {
        !self.document.text[one.min(other)..one.max(other)].contains(char::is_alphanumeric)
    }

    /// What a word reports, if it is the first word of a cue that can be one alone, or if its mood reports and nothing else
    /// does. What is quoted and nothing else is not reported.
    fn reported_by(&self, word: Span) -> Option<&'d Attribution> {
        let mood = self.language.lexicon.classes(word.of(&self.document.text)).has(Class::Subjunctive);
        self.document.attributions.iter().find(|attribution| {
            let quoted = attribution.quoted.len() == attribution.content.len()
                && attribution.quoted.iter().zip(&attribution.content).all(|(quoted, content)| {
                    self.is_one_place(quoted.start, content.start)
                        && self.is_one_place(quoted.end, content.end)
                });
            let within = |span: &Range<usize>| span.start <= word.start() && word.end() <= span.end;
            let cue = attribution.cue.iter().any(within);
            let mood = mood && attribution.cue.is_empty() && attribution.content.iter().any(within);
            (cue || mood) && !quoted
        })
    }

    /// The attribution that has said what stands inside some marks: most of one is most of the other.
    fn attribution_of(&self, inner: Span) -> Option<&'d Attribution> {
        let inner = inner.start()..inner.end();
        self.document.attributions.iter().find(|attribution| {
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
        let head = |group: &Range<usize>| head(&self.document.text, group, self.ends);
        attribution
            .source
            .iter()
            .any(|source| contains(&mention, &head(source)) || contains(source, &head(&mention)))
    }
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The last word of a noun group before its first comma, preposition or relative pronoun, which are among `ends`.
fn head(text: &str, group: &Range<usize>, ends: &[&str]) -> Range<usize> {
    let mut head = group.clone();
    let mut at = group.start;
    for word in text[group.clone()].split_inclusive(|c: char| !(c.is_alphanumeric() || "’'-.".contains(c)))
    {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare);
        if at > group.start && ends.contains(&bare.to_lowercase().as_str()) {
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
fn card(course: &Course, counts: &[usize], scores: &[(&str, Score)]) -> Result<String, Box<dyn Error>> {
    let mut card = course.card.to_owned();
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
