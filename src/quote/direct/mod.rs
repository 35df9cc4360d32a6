//! What each pair of quotation marks is: words that somebody said, part of a reported clause, or a scare quote.
//!
//! The attribution is looked for behind the marks first, then before them, since a comma or a question mark at the
//! end of a quotation announces it:
//!
//! ```text
//! “It leaks,” said Mara Quist.      behind       Mara Quist said: “It leaks.”      before
//! “A,” he said, “B.” / “B.”         one utterance of two pieces
//! Mara Quist was blunt. “It leaks.” beside: the subject of the sentence before
//! ```

mod rules;

use super::{
    cast::Cast,
    character_features::Asked,
    character_words,
    cue::Cue,
    decide::{Candidates, Decide},
    features::{Hints, Shape, TERM},
    indirect::Clause,
    rule::{Rule, Ruling},
    scene::{Scene, Unit},
    source::{self, Source},
    speaker_features::Candidacy,
    speaker_words,
    stage::Stage,
    turns::Turn,
    unit_features, unit_words,
};
use crate::model::{Choice, Question};

/// How many paragraphs before its own a speaker may stand in.
const BLOCKS_BEFORE: usize = 2;
/// How many mentions before the marks are candidates at the most, and how many behind them.
const MOST_BEFORE: usize = 14;
const MOST_BEHIND: usize = 8;
/// How sure the rules are of an attribution that is likely, and of one that is sure.
const LIKELY: f32 = 0.6;
const SURE: f32 = 0.85;
/// How sure a name must be the speaker for nobody else to be asked about.
const LIKELY_NAME: f32 = 0.5;
/// How sure the label of a turn is.
pub(super) const TURN: f32 = 0.95;
/// How far from a speaker its cue may stand, in tokens.
const CUE_REACH: usize = 4;

/// What a unit is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Somebody's own words, with who says so and how sure that is.
    Said(Attribution),
    /// A further piece of what an earlier unit began.
    Continues(usize),
    /// A fragment inside a reported clause: an index; and who says it.
    Reported(usize, Attribution),
    /// Marks that quote nobody; perhaps inside a reported clause.
    Scare(Option<usize>),
}

/// Who says it, and by which words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Attribution {
    /// The cue: an index.
    pub(super) cue: Option<usize>,
    pub(super) source: Option<Source>,
    /// Whom the source means, where a conversation is told: an index into the cast.
    pub(super) character: Option<usize>,
    pub(super) confidence: f32,
    /// Whether the words are a fragment in somebody else's sentence.
    pub(super) embedded: bool,
    /// The rule that says so.
    pub(super) rule: Rule,
}

/// Decides for every unit, in order: what the rules say is weighed by who decides, if there is somebody.
pub(super) fn attribute(
    scene: &Scene,
    cues: &[Cue],
    clauses: &[Clause],
    cast: &Cast,
    decide: &mut Option<impl Decide>,
) -> Vec<Part> {
    let parts = Vec::with_capacity(scene.units.len());
    let stage = Stage::new(scene, cast);
    let candidates = Candidates::default();
    let mut reader = Reader { scene, cues, clauses, cast, parts, speakers: [None; 2], stage, candidates };
    for unit in 0..scene.units.len() {
        let certain = reader.certain(unit);
        let sure = certain.is_some();
        let part = certain.unwrap_or_else(|| reader.part(unit));
        let part = match decide {
            Some(decide) => {
                decide.hear(|| reader.ruling(unit, &part, sure));
                if sure || !decide.is_asked() { part } else { reader.weighed(unit, part, decide) }
            }
            None => part,
        };
        reader.parts.push(part);
    }
    reader.parts
}

struct Reader<'a, 'b, 't, 's, 'm> {
    scene: &'b Scene<'a, 't, 's>,
    cues: &'b [Cue],
    clauses: &'b [Clause],
    cast: &'b Cast,
    parts: Vec<Part>,
    /// The mentions of the last two speakers that were decided on, the last first.
    speakers: [Option<usize>; 2],
    stage: Stage<'b, 'a, 't, 's>,
    /// Those of the question that is asked.
    candidates: Candidates<'m>,
}

impl<'a, 'b, 't, 's, 'm> Reader<'a, 'b, 't, 's, 'm> {
    /// What nobody needs to weigh: what is said in turn, a continued paragraph, and a quotation that is signed or has the
    /// label of its speaker.
    fn certain(&mut self, unit: usize) -> Option<Part> {
        if let Some(turn) = self.unit(unit).turn {
            return Some(self.in_turn(unit, turn));
        }
        if self.is_continued(unit) {
            return Some(self.continues(unit, self.beginning_of(unit - 1)));
        }
        let named = self.signature(unit).or_else(|| self.labelled(unit))?;
        self.remember(named.source.as_ref().map(|source| source.mention));
        Some(Part::Said(named))
    }

    /// A turn, or a further paragraph of one.
    fn in_turn(&mut self, unit: usize, turn: usize) -> Part {
        if let Some(previous) = unit.checked_sub(1).filter(|&previous| self.unit(previous).turn == Some(turn))
        {
            return Part::Continues(self.beginning_of(previous));
        }
        let Turn { name, mention, .. } = &self.scene.turns[turn];
        let source = mention.map(|mention| Source { tokens: name.clone(), mention, adjacent: true });
        self.remember(*mention);
        Part::Said(Attribution { source, confidence: TURN, rule: Rule::Turn, ..Attribution::default() })
    }

    /// What the rules say, by name.
    fn ruling(&self, unit: usize, part: &Part, sure: bool) -> Ruling {
        let attribution = self.rule(part);
        let rule = match part {
            Part::Said(attribution) | Part::Reported(_, attribution) => attribution.rule,
            Part::Continues(_) if self.unit(unit).turn.is_some() => Rule::Turn,
            Part::Continues(_) if sure => Rule::Continued,
            Part::Continues(_) => Rule::GoesOn,
            Part::Scare(_) => Rule::Term,
        };
        let source = attribution.and_then(|attribution| attribution.source.as_ref());
        Ruling {
            about: self.scene.inner(unit),
            rule,
            sure,
            cue: attribution.and_then(|one| one.cue).map(|cue| self.scene.span_of(&self.cues[cue].tokens)),
            source: source.map(|source| self.scene.span_of(&source.tokens)),
        }
    }

    fn part(&self, unit: usize) -> Part {
        if let Some(first) = self.resumed(unit) {
            return Part::Continues(first);
        }
        let behind = self.behind(unit);
        let clause = self.clause_around(unit);
        if let Some(clause) = clause {
            let same = behind.as_ref().is_none_or(|behind| behind.cue == Some(self.clauses[clause].cue));
            if same || !self.announces(unit) {
                return if self.is_term(unit) { Part::Scare(Some(clause)) } else { self.reported(clause) };
            }
        }
        if let Some(behind) = behind {
            return Part::Said(behind);
        }
        if let Some(before) = self.before(unit).or_else(|| self.introduced(unit)) {
            return self.said_or_continued(unit, before);
        }
        if self.is_sentence(unit) {
            return self.beside(unit);
        }
        self.fragment(unit)
    }

    /// A fragment of a clause, which the source of the clause says.
    fn reported(&self, clause: usize) -> Part {
        let cue = self.clauses[clause].cue;
        let source = self.cues[cue].source.clone();
        Part::Reported(
            clause,
            Attribution {
                cue: Some(cue),
                source,
                confidence: 0.8,
                embedded: true,
                character: None,
                rule: Rule::Reported,
            },
        )
    }

    /// What the unit is, where the rules say `part`.
    fn weighed(&mut self, unit: usize, part: Part, decide: &mut (impl Decide + 'm)) -> Part {
        let rule = self.rule(&part).cloned().unwrap_or_default();
        let inner = self.scene.inner(unit);
        let here = &self.scene.units[unit];
        let hints = self.hints(unit, &part, &rule);
        let announced = self.is_announced(unit, &rule);
        if !(announced || self.is_said_by(unit, hints, decide)) {
            return Part::Scare(self.clause_around(unit));
        }
        match part {
            Part::Continues(first) if self.is_one_turn(unit) => return self.continues(unit, first),
            _ => {}
        }
        let shape = &Shape::new(self.scene, here);
        let candidacies = self.find_candidates(here, shape, hints, decide);
        let choice = decide.choose(Question::Speaker, inner, self.candidates.all());
        decide.take_down(|| speaker_words::account(candidacies.iter().cloned()));
        let chosen = choice.option.map(|option| candidacies[option].mention);
        let turn = self.turn(unit, chosen, choice, decide);
        let chosen = turn.map_or(chosen, |(character, _)| Some(self.mention_of(character, chosen)));
        if chosen.is_none() && matches!(part, Part::Scare(_)) {
            // A few words that nobody is there to have said are a term.
            return part;
        }
        let probability = turn.map_or(choice.probability, |(_, probability)| probability);
        let attribution = Attribution {
            character: turn.map(|(character, _)| character),
            ..self.attribution(here, &rule, chosen, probability)
        };
        self.remember(chosen);
        match part {
            Part::Continues(first) if !self.scene.is_dialogue && self.is_speaker(first, chosen) => part,
            Part::Reported(clause, _) | Part::Scare(Some(clause)) => Part::Reported(clause, attribution),
            Part::Scare(None) => Part::Said(Attribution { embedded: true, ..attribution }),
            Part::Said(_) | Part::Continues(_) => Part::Said(attribution),
        }
    }

    /// Whether who decides takes it for said.
    fn is_said_by(&mut self, unit: usize, hints: Hints, decide: &mut (impl Decide + 'm)) -> bool {
        let (inner, here) = (self.scene.inner(unit), &self.scene.units[unit]);
        self.candidates.begin((*decide).weights(Question::Said));
        unit_features::fill(self.scene, here, self.cues, hints, &mut self.candidates.add(inner));
        let said = decide.choose(Question::Said, inner, self.candidates.all());
        decide.take_down(|| unit_words::account(self.scene, here, self.cues, &hints));
        said.option.is_some()
    }

    /// A further piece of an utterance.
    fn continues(&mut self, unit: usize, first: usize) -> Part {
        if let Some(attribution) = self.attribution_of(first) {
            let character = attribution.character;
            self.stage.take(unit, character);
        }
        Part::Continues(first)
    }

    /// Whether what goes on is the same turn: in a told conversation nobody else speaks in the paragraph.
    fn is_one_turn(&self, unit: usize) -> bool {
        let block = |unit: usize| self.scene.segments[self.unit(unit).segment].block;
        self.scene.is_dialogue && unit > 0 && block(unit - 1) == block(unit)
    }

    /// Which character takes the turn of a unit, and how likely that is; `chosen` was taken for the speaker.
    fn turn(
        &mut self,
        unit: usize,
        chosen: Option<usize>,
        choice: Choice,
        decide: &mut (impl Decide + 'm),
    ) -> Option<(usize, f32)> {
        if !self.scene.is_dialogue {
            return None;
        }
        self.stage.advance(&self.scene.units[unit]);
        // A name says who it is, if it is the speaker at all.
        if let Some(character) = chosen.and_then(|mention| self.cast.of(mention))
            && choice.probability >= LIKELY_NAME
        {
            self.stage.take(unit, Some(character));
            return Some((character, choice.probability));
        }
        let chosen = chosen.filter(|&mention| self.cast.of(mention).is_none());
        let asked = Asked::new(self.scene, self.cast, &self.stage, unit, chosen, choice);
        let characters = self.stage.characters();
        self.candidates.begin((*decide).weights(Question::Turn));
        for (place, &character) in characters.iter().enumerate() {
            if let Some(mention) = self.stage.last_mention[character] {
                asked.fill(place, &mut self.candidates.add(self.scene.entities.mentions[mention].span));
            }
        }
        let choice = decide.choose(Question::Turn, self.scene.inner(unit), self.candidates.all());
        decide.take_down(|| character_words::account(&asked, 0..characters.len()));
        let character = choice.option.map(|place| characters[place]);
        self.stage.take(unit, character);
        character.map(|character| (character, choice.probability))
    }

    /// The mention that stands for who speaks: the one that was chosen, unless it names somebody else.
    fn mention_of(&self, character: usize, chosen: Option<usize>) -> usize {
        let other = |&mention: &usize| self.cast.of(mention).is_some_and(|named| named != character);
        chosen.filter(|mention| !other(mention)).or(self.stage.last_mention[character]).unwrap_or_default()
    }

    /// What the rules and the decisions so far tell of a unit.
    fn hints<'h>(&self, unit: usize, part: &Part, rule: &'h Attribution) -> Hints<'h> {
        let kind = match part {
            Part::Said(rule) => 1 + u64::from(rule.embedded) + 2 * u64::from(rule.cue.is_some()),
            Part::Continues(_) => 5,
            Part::Reported(..) => 6,
            Part::Scare(clause) => TERM + u64::from(clause.is_some()),
        };
        Hints {
            rule: kind,
            sure: u64::from(rule.confidence > LIKELY) + u64::from(rule.confidence > SURE),
            source: rule.source.as_ref(),
            last: self.speakers,
            said_before: unit.checked_sub(1).map(|previous| !matches!(self.parts[previous], Part::Scare(_))),
        }
    }

    /// What the rules say about who says it.
    fn rule<'p>(&'p self, part: &'p Part) -> Option<&'p Attribution> {
        match part {
            Part::Said(attribution) | Part::Reported(_, attribution) => Some(attribution),
            Part::Continues(first) => self.attribution_of(*first),
            Part::Scare(_) => None,
        }
    }

    /// Whether the source of an earlier unit is the mention that was chosen, or nobody is either.
    fn is_speaker(&self, unit: usize, chosen: Option<usize>) -> bool {
        let source = self.attribution_of(unit).and_then(|attribution| attribution.source.as_ref());
        match (source, chosen) {
            (Some(source), Some(chosen)) => self.scene.is_same(source.mention, chosen),
            (source, chosen) => source.is_none() && chosen.is_none(),
        }
    }

    fn remember(&mut self, speaker: Option<usize>) {
        let Some(speaker) = speaker else { return };
        if self.speakers[0].is_some_and(|last| !self.scene.is_same(speaker, last)) {
            self.speakers.rotate_right(1);
        }
        self.speakers[0] = Some(speaker);
    }

    /// Makes candidates of those mentions around a unit that are worth a close look.
    fn find_candidates<'c>(
        &mut self,
        unit: &'c Unit,
        shape: &'c Shape,
        hints: Hints<'c>,
        decide: &mut (impl Decide + 'm),
    ) -> Vec<Candidacy<'c, 'a, 't, 's>>
    where
        'b: 'c,
    {
        let (scene, cues) = (self.scene, self.cues);
        let candidacy = |&(rank, mention): &(usize, usize)| {
            let tokens = scene.mention_tokens(mention);
            Candidacy { scene, cues, unit, shape, hints, mention, tokens, rank }
        };
        let mut mentions = Vec::with_capacity(MOST_BEFORE + MOST_BEHIND);
        mentions.extend(mentions_around(scene, unit));
        let question = (Question::Speaker, unit.inner);
        self.candidates.shortlist(question, &mut mentions, decide, |one, notes| candidacy(one).glance(notes));
        let candidacies: Vec<Candidacy> = mentions.iter().map(candidacy).collect();
        self.candidates.begin((*decide).weights(Question::Speaker));
        for candidacy in &candidacies {
            candidacy.fill(&mut self.candidates.add(scene.entities.mentions[candidacy.mention].span));
        }
        candidacies
    }

    /// The rules' attribution, with the source that was decided on.
    fn attribution(
        &self,
        unit: &Unit,
        rule: &Attribution,
        chosen: Option<usize>,
        probability: f32,
    ) -> Attribution {
        let confidence = if chosen.is_some() { probability } else { 0.0 };
        if rule.source.as_ref().map(|source| source.mention) == chosen {
            return Attribution { confidence, ..rule.clone() };
        }
        let source = chosen.map(|mention| source::joined_source(self.scene, mention));
        let cue = chosen.and_then(|mention| self.cue_beside(mention, unit));
        Attribution { cue, source, confidence, ..rule.clone() }
    }

    /// The cue of which the mention is the source, or else one that stands beside it.
    fn cue_beside(&self, mention: usize, unit: &Unit) -> Option<usize> {
        let tokens = self.scene.mention_tokens(mention);
        let first = self.cues.partition_point(|cue| cue.tokens.end + CUE_REACH < tokens.start);
        let near = self.cues[first..].iter().take_while(|cue| cue.tokens.start < tokens.end + CUE_REACH);
        let segment = self.scene.segment_of(tokens.start);
        near.zip(first..)
            .filter(|(cue, _)| cue.segment == segment && !unit.tokens.contains(&cue.tokens.start))
            .min_by_key(|(cue, _)| {
                let own = cue.source.as_ref().is_some_and(|source| source.mention == mention);
                (!own, cue.tokens.start.abs_diff(tokens.end))
            })
            .map(|(_, index)| index)
    }

    /// Whether print's convention makes the unit a further paragraph of the one before.
    fn is_continued(&self, unit: usize) -> bool {
        let Some(previous) = unit.checked_sub(1) else { return false };
        let pair = self.unit(previous).pair.filter(|_| self.unit(unit).turn == self.unit(previous).turn);
        pair.is_some_and(|pair| self.scene.text.text.marks()[pair].continued) && self.is_said(previous)
    }

    /// The first unit of the utterance that a unit belongs to.
    fn beginning_of(&self, unit: usize) -> usize {
        match self.parts[unit] {
            Part::Continues(first) => first,
            _ => unit,
        }
    }

    fn is_said(&self, unit: usize) -> bool {
        matches!(self.parts[unit], Part::Said(_) | Part::Continues(_))
    }

    fn attribution_of(&self, unit: usize) -> Option<&Attribution> {
        match &self.parts[self.beginning_of(unit)] {
            Part::Said(attribution) => Some(attribution),
            _ => None,
        }
    }

    fn unit(&self, unit: usize) -> &Unit {
        &self.scene.units[unit]
    }

    fn inner(&self, unit: usize) -> &str {
        self.scene.inner(unit).of(self.scene.text.text.source())
    }
}

/// The mentions that may be who says the unit: those nearest in the paragraphs around it, and how many stand between.
fn mentions_around(scene: &Scene, unit: &Unit) -> impl Iterator<Item = (usize, usize)> {
    let block = scene.segments[unit.segment].block;
    let from = scene.block_start(block.saturating_sub(BLOCKS_BEFORE), unit.tokens.start);
    let to = scene.block_start(block + 2, unit.tokens.end);
    let before = scene.mentions_in(from..unit.tokens.start).rev().take(MOST_BEFORE).enumerate();
    let behind = scene.mentions_in(unit.tokens.end..to).take(MOST_BEHIND).enumerate();
    before.chain(behind).filter(|&(_, mention)| !scene.is_aside(mention))
}
