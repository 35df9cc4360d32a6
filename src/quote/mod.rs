//! Quotes: who said what.
//!
//! ```text
//! marks ─► scene (segments, units) ─► cues with their sources ─► reported clauses ─┐
//!                                         └─► what each unit is ◄──────────────────┴─► Quotes with speakers
//! ```
//!
//! The rules follow the pattern grammars for quotation attribution of Pouliquen, Steinberger and Best (2007) and
//! Muzny et al. (2017): find the cue that announces a quotation, then the mention that is its source.

mod aside;
mod cast;
mod character_features;
mod character_words;
mod clause_facts;
mod clause_features;
mod clause_glances;
mod clause_words;
mod cue;
mod decide;
mod direct;
mod drafts;
mod explain;
mod features;
mod indirect;
mod nested;
mod reported;
mod rule;
mod scene;
mod source;
mod speaker;
mod speaker_features;
mod speaker_words;
mod stage;
mod templates;
mod turns;
mod unit_features;
mod unit_words;
mod wording;

use std::{cmp::Reverse, ops::Range, sync::Arc};

use serde::{Deserialize, Serialize};

use self::{
    cast::Cast,
    cue::{Cue, Verbs},
    direct::{Attribution, Part},
    explain::Recorder,
    indirect::Clause,
    scene::Scene,
    source::Source,
};
pub use self::{
    decide::{Candidate, Decide, choose_among},
    explain::{Account, Decision, Explanation, Reason, Weighed},
    rule::{Rule, Ruling},
};
use crate::{entity::Entities, lang::Tagged, model::QuoteModel, named::Named, text::Span};

/// How a text reports what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuoteKind {
    /// Word for word, inside marks.
    Direct,
    /// Reported, in part word for word.
    Mixed,
    /// Reported in the writer's words.
    Indirect,
    /// Marks that quote nobody: a title, a nickname, a term, irony.
    Scare,
}

/// Whether a statement was uttered or thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Manner {
    /// Said, written, asked.
    Speech,
    /// Believed, hoped, feared.
    Thought,
}

impl QuoteKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Mixed, Self::Indirect, Self::Scare];
}

impl Named for QuoteKind {
    const WHAT: &'static str = "kind";
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Direct, "direct"),
        (Self::Mixed, "mixed"),
        (Self::Indirect, "indirect"),
        (Self::Scare, "scare"),
    ];
}

impl Named for Manner {
    const WHAT: &'static str = "manner";
    const NAMES: &'static [(Self, &'static str)] = &[(Self::Speech, "speech"), (Self::Thought, "thought")];
}

/// Who said it.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// The words in the article.
    pub span: Span,
    /// The fullest form in the document of whom they stand for.
    pub name: Option<String>,
    /// The caller's entity: an index into the document's roster.
    pub entity: Option<usize>,
    /// Whether the article keeps the name back.
    pub anonymous: bool,
}

/// A quotation or reported statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// From the first piece to the last.
    pub span: Span,
    /// What was said: inside the marks, or the whole reported clause.
    pub pieces: Vec<Span>,
    /// What stands inside marks.
    pub quoted: Vec<Span>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// Said or thought.
    pub manner: Manner,
    /// Who said it, if the text tells.
    pub speaker: Option<Speaker>,
    /// The words that tell that it was said: "said", "according to".
    pub cue: Option<Span>,
    /// How sure the speaker is, 0.0 to 1.0.
    pub confidence: f32,
    /// Whether every opening mark has its closing one.
    pub closed: bool,
    /// The index of the quote that this one is nested in.
    pub parent: Option<usize>,
}

/// Finds the quotes of a text that sentences and entities were found in.
#[derive(Debug, Clone, Default)]
pub struct QuoteDetector {
    verbs: Verbs,
    kinds: Vec<QuoteKind>,
    model: Option<Arc<QuoteModel>>,
}

/// A cue with the source that it has.
#[derive(Debug, Clone, PartialEq)]
struct Attributed {
    cue: Range<usize>,
    source: Option<Source>,
}

impl QuoteDetector {
    /// A detector that knows further cue verbs, given in every form in which they occur, and gives these kinds.
    pub fn new(verbs: &[String], kinds: &[QuoteKind]) -> Self {
        let verbs = verbs.iter().map(|verb| verb.to_lowercase()).collect();
        Self { verbs, kinds: kinds.to_vec(), model: None }
    }

    /// The detector with models of the caller's in place of the language's.
    #[must_use]
    pub fn with_model(self, model: Option<Arc<QuoteModel>>) -> Self {
        Self { model, ..self }
    }

    /// The quotes of a text: in order, an outer one before those inside it.
    pub fn find(&self, text: &Tagged, sentences: &[Span], entities: &Entities) -> Vec<Quote> {
        self.find_by(text, sentences, entities, self.model(text))
    }

    /// The same quotes, each with the reasons why it is what it is.
    pub fn explain(&self, text: &Tagged, sentences: &[Span], entities: &Entities) -> Vec<Explanation> {
        let mut recorder = Recorder::new(self.model(text));
        let quotes = self.find_by(text, sentences, entities, Some(&mut recorder));
        recorder.explain(quotes)
    }

    /// The caller's models, or the language's.
    fn model<'m>(&'m self, text: &Tagged) -> Option<&'m QuoteModel> {
        self.model.as_deref().or(text.language.quote_model.as_ref())
    }

    /// The quotes of a text, as somebody else decides; the rules, if nobody does.
    pub fn find_by(
        &self,
        text: &Tagged,
        sentences: &[Span],
        entities: &Entities,
        mut decide: Option<impl Decide>,
    ) -> Vec<Quote> {
        let scene = Scene::new(text, sentences, entities);
        let cues = cue::find(&scene, &self.verbs);
        let (cues, clauses) = match &mut decide {
            Some(decide) if decide.is_asked() => reported::find(&scene, cues, decide),
            _ => {
                let clauses = indirect::find(&scene, &cues);
                (cues, clauses)
            }
        };
        if let Some(decide) = &mut decide {
            for clause in &clauses {
                decide.hear(|| clause.ruling(&scene, &cues));
            }
        }
        let cast = Cast::new(&scene);
        let parts = direct::attribute(&scene, &cues, &clauses, &cast, &mut decide);
        let mut drafts = Drafts::new(&scene, &cues, &cast);
        drafts.add_clauses(&clauses);
        drafts.add_units(&parts);
        drafts.add_nested();
        ordered(drafts.quotes, &self.kinds)
    }
}

/// Quotes in the making; indexes of parents point into it.
struct Drafts<'b, 'a, 't, 's> {
    scene: &'b Scene<'a, 't, 's>,
    cues: &'b [Cue],
    cast: &'b Cast,
    quotes: Vec<Quote>,
    /// For each pair of marks, the quote that it belongs to.
    quote_of: Vec<Option<usize>>,
    /// The same for each unit.
    quote_of_unit: Vec<usize>,
}

impl<'b, 'a, 't, 's> Drafts<'b, 'a, 't, 's> {
    fn new(scene: &'b Scene<'a, 't, 's>, cues: &'b [Cue], cast: &'b Cast) -> Self {
        let quote_of = vec![None; scene.text.text.marks().len()];
        let quote_of_unit = Vec::with_capacity(scene.units.len());
        Self { scene, cues, cast, quotes: Vec::new(), quote_of, quote_of_unit }
    }

    /// One quote a clause, so that a clause's index is its quote's.
    fn add_clauses(&mut self, clauses: &[Clause]) {
        self.quotes.reserve(clauses.len() + self.scene.units.len());
        for clause in clauses {
            let span = self.scene.span_of(&clause.tokens);
            let adjacent = self.cues[clause.cue].source.as_ref().is_some_and(|source| source.adjacent);
            let confidence = if adjacent { 0.85 } else { 0.65 };
            let attribution = Attribution {
                cue: Some(clause.cue),
                source: self.cues[clause.cue].source.clone(),
                confidence,
                embedded: true,
                character: None,
                rule: Rule::Clause,
            };
            let pieces = self.pieces(clause);
            let span = pieces.first().zip(pieces.last()).map_or(span, |(first, last)| first.to(*last));
            self.quotes.push(self.quote(span, pieces, QuoteKind::Indirect, Some(&attribution)));
        }
    }

    /// What a clause says, without the words in the midst of it that tell who says it; where its own verb does, what it has in
    /// marks: "Quist nannte die Brücke „marode“."
    fn pieces(&self, clause: &Clause) -> Vec<Span> {
        let (scene, cue) = (self.scene, &self.cues[clause.cue]);
        let first = scene.units.partition_point(|unit| unit.tokens.start < clause.tokens.start);
        let units = first..first + scene.units_between(&clause.tokens);
        if !units.is_empty() && clause.tokens.contains(&cue.tokens.start) && cue.is_second(scene) {
            return units.map(|unit| scene.inner(unit)).collect();
        }
        cue.around(scene, &clause.tokens).map(|tokens| scene.span_of(&tokens)).collect()
    }

    fn add_units(&mut self, parts: &[Part]) {
        for (unit, part) in parts.iter().enumerate() {
            let inner = self.scene.inner(unit);
            let quote = match part {
                Part::Said(attribution) => {
                    let kind = if attribution.embedded { QuoteKind::Mixed } else { QuoteKind::Direct };
                    self.push(self.quote(inner, vec![inner], kind, Some(attribution)))
                }
                Part::Continues(first) => {
                    let quote = self.quote_of_unit[*first];
                    self.quotes[quote].pieces.push(inner);
                    self.quotes[quote].span = self.quotes[quote].span.to(inner);
                    quote
                }
                Part::Reported(clause, attribution) => {
                    let speaker = self.speaker(attribution);
                    let reported = &mut self.quotes[*clause];
                    if reported.kind == QuoteKind::Indirect {
                        reported.kind = QuoteKind::Mixed;
                        reported.speaker = speaker;
                        reported.confidence = attribution.confidence;
                    }
                    *clause
                }
                Part::Scare(clause) => {
                    let scare = self.quote(inner, vec![inner], QuoteKind::Scare, None);
                    self.push(Quote { parent: *clause, ..scare })
                }
            };
            self.quote_of_unit.push(quote);
            if let Some(pair) = self.scene.units[unit].pair {
                self.quotes[quote].quoted.push(inner);
                self.close(quote, pair);
            }
            if let (Some(turn), None) = (self.scene.units[unit].turn, &self.quotes[quote].speaker) {
                self.quotes[quote].speaker = Some(speaker::labelled(self.scene, &self.scene.turns[turn]));
                self.quotes[quote].confidence = direct::TURN;
            }
        }
    }

    /// The pairs inside other pairs, each a quote of its own.
    fn add_nested(&mut self) {
        let marks = self.scene.text.text.marks();
        for (pair, marked) in marks.iter().enumerate() {
            if !self.is_nested(pair) {
                continue;
            }
            let parent = match marked.parent {
                Some(parent) => self.quote_of[parent],
                None => self.turn_around(pair).map(|unit| self.quote_of_unit[unit]),
            };
            let attributed = nested::attribute(self.scene, pair);
            let kind = if attributed.is_some() { QuoteKind::Direct } else { QuoteKind::Scare };
            let mut quote = self.quote(marked.inner, vec![marked.inner], kind, None);
            if let Some(Attributed { cue, source }) = attributed {
                quote.cue = Some(self.scene.span_of(&cue));
                quote.speaker = source.map(|source| speaker::speaker(self.scene, &source, None));
                quote.confidence = if quote.speaker.is_some() { 0.7 } else { 0.0 };
            }
            quote.quoted.push(marked.inner);
            let index = self.push(Quote { parent, ..quote });
            self.close(index, pair);
        }
    }

    fn speaker(&self, attribution: &Attribution) -> Option<Speaker> {
        let character = attribution.character.map(|character| &self.cast.characters[character]);
        attribution.source.as_ref().map(|source| speaker::speaker(self.scene, source, character))
    }

    /// Whether a pair is no unit, but stands inside one.
    fn is_nested(&self, pair: usize) -> bool {
        let marked = &self.scene.text.text.marks()[pair];
        self.quote_of[pair].is_none() && (marked.parent.is_some() || self.turn_around(pair).is_some())
    }

    /// The unit of a turn that a pair stands in.
    fn turn_around(&self, pair: usize) -> Option<usize> {
        let inner = self.scene.text.text.marks()[pair].inner;
        let unit = self.scene.unit_of(self.scene.text.text.token_at(inner.start()));
        unit.filter(|&unit| self.scene.units[unit].turn.is_some())
    }

    fn push(&mut self, quote: Quote) -> usize {
        self.quotes.push(quote);
        self.quotes.len() - 1
    }

    /// Notes that a pair belongs to a quote.
    fn close(&mut self, quote: usize, pair: usize) {
        let marked = &self.scene.text.text.marks()[pair];
        self.quotes[quote].closed &= marked.closed || marked.continued;
        self.quote_of[pair] = Some(quote);
    }

    /// A quote with nothing in marks as yet.
    fn quote(
        &self,
        span: Span,
        pieces: Vec<Span>,
        kind: QuoteKind,
        attribution: Option<&Attribution>,
    ) -> Quote {
        let cue = attribution.and_then(|attribution| attribution.cue).map(|cue| &self.cues[cue]);
        let source = attribution.and_then(|attribution| attribution.source.as_ref());
        Quote {
            span,
            pieces,
            quoted: Vec::new(),
            kind,
            manner: cue.map_or(Manner::Speech, |cue| cue.manner(self.scene.text.classes(cue.tokens.start))),
            speaker: attribution.and_then(|attribution| self.speaker(attribution)),
            cue: cue.map(|cue| self.scene.span_of(&cue.tokens)),
            confidence: source.and(attribution).map_or(0.0, |attribution| attribution.confidence),
            closed: true,
            parent: None,
        }
    }
}

/// The quotes of these kinds in the order of the text, with their parents' indexes put right.
fn ordered(quotes: Vec<Quote>, kinds: &[QuoteKind]) -> Vec<Quote> {
    let mut order: Vec<usize> =
        (0..quotes.len()).filter(|&index| kinds.contains(&quotes[index].kind)).collect();
    order.sort_by_key(|&index| (quotes[index].span.start(), Reverse(quotes[index].span.end()), index));
    let mut rank: Vec<Option<usize>> = vec![None; quotes.len()];
    for (position, &index) in order.iter().enumerate() {
        rank[index] = Some(position);
    }
    let mut quotes: Vec<Option<Quote>> = quotes.into_iter().map(Some).collect();
    let mut taken = Vec::with_capacity(order.len());
    taken.extend(order.into_iter().filter_map(|index| quotes[index].take()));
    for quote in &mut taken {
        quote.parent = quote.parent.and_then(|parent| rank[parent]);
    }
    taken
}
