//! What speaks for a mention as who said what stands in a pair of marks.

use std::ops::Range;

use super::{
    cue::Cue,
    features::{Hints, Shape, kind, path, size, word},
    scene::{Scene, Unit},
    templates::templates,
};
use crate::{
    lang::Class,
    model::{Features, combine, hash},
};

/// How many tokens of the way between marks and mention are looked at from each end.
const PATH: usize = 4;
/// No cue is as near as this.
const NOWHERE: u64 = 99;

/// What templates are filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fact {
    /// Before the unit or behind it, and how many sentences and paragraphs away.
    Position,
    /// How many candidates stand between.
    Rank,
    /// Both.
    Side,
    /// How many tokens stand between.
    Distance,
    /// What kind of mention and entity it is, which pronoun, and whether it can be a subject.
    Who,
    Kind,
    Entity,
    Pronoun,
    First,
    Head,
    HeadClasses,
    /// The words and kinds of words around it.
    Left,
    Right,
    Right2,
    LeftKind,
    Left2Kind,
    RightKind,
    Right2Kind,
    Right3Kind,
    /// Whether a preposition governs it.
    Governed,
    /// Whether the rules make it the source of the next cue, or of the one before.
    SourceOf,
    /// How near the cues on both sides are.
    Subject,
    NextCue,
    /// How many other units stand between.
    Units,
    /// The tokens of the way beside the mention, those beside the marks, and all of a short one.
    Near,
    Far,
    Whole,
    Commas,
    Verbs,
    /// Whether it spoke last, or last but one.
    Spoke,
    /// Whether the rules say that it speaks, and what and how surely they say so.
    IsRule,
    Sure,
    Rule,
    /// The unit.
    Frame,
    Words,
    Before,
    Behind,
}

const FACTS: usize = Fact::Behind as usize + 1;

templates! {
    /// The features: each a fact, or several together.
    TEMPLATES, fill_templates:
    [Position]
    [Rank]
    [Distance]
    [Who]
    [Kind]
    [Entity]
    [Pronoun]
    [Head]
    [HeadClasses]
    [First]
    [Left]
    [Right]
    [Right2]
    [LeftKind]
    [RightKind]
    [Governed]
    [SourceOf]
    [Subject]
    [NextCue]
    [Units]
    [Near]
    [Far]
    [Whole]
    [Spoke]
    [IsRule]
    [Sure]
    [Frame]
    [Commas]
    [Verbs]
    [Side]
    [Position, Distance]
    [Position, Who]
    [Position, RightKind]
    [Position, LeftKind]
    [Side, Who]
    [Side, Frame]
    [Side, Words]
    [Side, Behind]
    [Side, Before]
    [Side, Subject]
    [Side, SourceOf]
    [Side, Rule]
    [Side, IsRule]
    [Who, Subject]
    [Who, RightKind]
    [Who, LeftKind]
    [Subject, Position]
    [Subject, Frame]
    [LeftKind, RightKind]
    [RightKind, Right2Kind, Position]
    [RightKind, Right2Kind, Right3Kind]
    [Left2Kind, LeftKind, Position]
    [Near, Position]
    [Far, Position]
    [Whole, Frame]
    [Near, Words]
    [Far, Words]
    [Spoke, Position]
    [Spoke, Frame]
    [Spoke, Who]
    [Units, Position]
    [Governed, Position]
    [Governed, Who]
    [IsRule, Who]
    [Sure, Who]
    [Sure, Position]
    [Commas, Verbs, Position]
    [Head, Position]
}

/// A mention, seen from a unit.
#[derive(Debug, Clone)]
pub(super) struct Candidacy<'c, 'a, 't, 's> {
    pub(super) scene: &'c Scene<'a, 't, 's>,
    pub(super) cues: &'c [Cue],
    pub(super) unit: &'c Unit,
    pub(super) shape: &'c Shape,
    pub(super) hints: Hints<'c>,
    pub(super) mention: usize,
    /// The tokens of the mention.
    pub(super) tokens: Range<usize>,
    /// How many candidates stand between it and the unit.
    pub(super) rank: usize,
}

impl Candidacy<'_, '_, '_, '_> {
    pub(super) fn fill(&self, features: &mut Features) {
        features.clear();
        let mut facts = [0; FACTS];
        put(&mut facts, self.place());
        put(&mut facts, self.mention());
        put(&mut facts, self.neighbours());
        put(&mut facts, self.cues());
        put(&mut facts, self.way());
        put(&mut facts, self.history());
        features.extend(fill_templates(self.scene.register(), &facts).into_iter());
    }

    pub(super) fn is_before(&self) -> bool {
        self.tokens.start < self.unit.tokens.start
    }

    /// The tokens between the mention and the unit.
    pub(super) fn between(&self) -> Range<usize> {
        if self.is_before() {
            self.tokens.end..self.unit.tokens.start
        } else {
            self.unit.tokens.end..self.tokens.start
        }
    }

    fn place(&self) -> [(Fact, u64); 8] {
        let segment = self.scene.segment_of(self.tokens.start);
        let own = &self.scene.segments[self.unit.segment];
        let segments = size(segment.abs_diff(self.unit.segment)).min(4);
        let blocks = size(self.scene.segments[segment].block.abs_diff(own.block)).min(4);
        let position = u64::from(self.is_before()) + 2 * segments + 16 * blocks;
        let rank = size(self.rank);
        [
            (Fact::Position, position),
            (Fact::Rank, rank),
            (Fact::Side, combine(position, rank)),
            (Fact::Distance, size(self.between().len())),
            (Fact::Frame, self.shape.frame),
            (Fact::Words, self.shape.words),
            (Fact::Before, self.shape.before),
            (Fact::Behind, self.shape.behind),
        ]
    }

    fn mention(&self) -> [(Fact, u64); 8] {
        let text = self.scene.text;
        let mention = &self.scene.entities.mentions[self.mention];
        let kind = mention.kind as u64;
        let entity = mention.entity.map_or(0, |entity| hash(&self.scene.entities.roster[entity].kind));
        let head = self.tokens.end.saturating_sub(1);
        let first = word(self.scene, Some(self.tokens.start));
        let pronoun = if text.has(self.tokens.start, Class::Pronoun) { first } else { 0 };
        let speaks = u64::from(self.scene.can_speak(self.mention));
        [
            (Fact::Who, combine(combine(kind, entity), combine(pronoun, speaks))),
            (Fact::Kind, kind),
            (Fact::Entity, entity),
            (Fact::Pronoun, pronoun),
            (Fact::First, first),
            (Fact::Head, word(self.scene, Some(head))),
            (Fact::HeadClasses, text.classes(head).bits()),
            (Fact::Governed, u64::from(self.scene.is_governed(self.tokens.start))),
        ]
    }

    fn neighbours(&self) -> [(Fact, u64); 8] {
        let Range { start, end } = self.tokens;
        let kind = |token: Option<usize>| {
            let token = token.filter(|&token| token < self.scene.text.len());
            token.map_or(0, |token| if self.scene.is_outside(token) { kind(self.scene, token) } else { 1 })
        };
        [
            (Fact::Left, word(self.scene, start.checked_sub(1))),
            (Fact::Right, word(self.scene, Some(end))),
            (Fact::Right2, word(self.scene, Some(end + 1))),
            (Fact::LeftKind, kind(start.checked_sub(1))),
            (Fact::Left2Kind, kind(start.checked_sub(2))),
            (Fact::RightKind, kind(Some(end))),
            (Fact::Right2Kind, kind(Some(end + 1))),
            (Fact::Right3Kind, kind(Some(end + 2))),
        ]
    }

    /// The cues that stand nearest in the mention's segment, the one behind it first.
    pub(super) fn cues_beside(&self) -> [Option<&Cue>; 2] {
        let segment = self.scene.segment_of(self.tokens.start);
        let index = self.cues.partition_point(|cue| cue.tokens.start < self.tokens.end);
        let there = |cue: &&Cue| cue.segment == segment;
        let previous = index.checked_sub(1).map(|index| &self.cues[index]);
        [self.cues.get(index).filter(there), previous.filter(there)]
    }

    /// Whether the rules make the mention the source of a cue.
    pub(super) fn is_source_of(&self, cue: Option<&Cue>) -> bool {
        let source = cue.and_then(|cue| cue.source.as_ref());
        source.is_some_and(|source| source.tokens.contains(&self.tokens.start))
    }

    fn cues(&self) -> [(Fact, u64); 3] {
        let [next, previous] = self.cues_beside();
        let next_gap = next.map_or(NOWHERE, |cue| size(cue.tokens.start - self.tokens.end)).min(5);
        let gap = |cue: &Cue| size(self.tokens.start.saturating_sub(cue.tokens.end));
        let previous_gap = previous.map_or(NOWHERE, gap).min(5);
        let kind = |cue: Option<&Cue>| cue.map_or(NOWHERE, |cue| cue.kind as u64);
        let has = |cue| u64::from(self.is_source_of(cue));
        let subject = combine(combine(next_gap, kind(next)), combine(previous_gap, kind(previous)));
        [
            (Fact::SourceOf, has(next) + 2 * has(previous)),
            (Fact::Subject, subject),
            (Fact::NextCue, next.map_or(0, |cue| word(self.scene, Some(cue.tokens.start)))),
        ]
    }

    /// What stands between the marks and the mention.
    fn way(&self) -> [(Fact, u64); 6] {
        let way = self.between();
        let left = path(self.scene, way.clone().take(PATH));
        let right = path(self.scene, way.clone().rev().take(PATH));
        let (near, far) = if self.is_before() { (left, right) } else { (right, left) };
        let whole = if way.len() <= 2 * PATH { path(self.scene, way.clone()) } else { 0 };
        let tally = self.scene.tally(&way);
        [
            (Fact::Units, size(self.scene.units_between(&way)).min(3)),
            (Fact::Near, near),
            (Fact::Far, far),
            (Fact::Whole, whole),
            (Fact::Commas, size(tally.commas)),
            (Fact::Verbs, size(tally.verbs)),
        ]
    }

    /// What was decided so far, and what the rules say.
    fn history(&self) -> [(Fact, u64); 4] {
        let [last, last_but_one] = self.spoke().map(u64::from);
        let is_rule = self.is_rule();
        [
            (Fact::Spoke, last + 2 * last_but_one),
            (Fact::IsRule, is_rule),
            (Fact::Sure, combine(is_rule, combine(self.hints.rule, self.hints.sure))),
            (Fact::Rule, self.hints.rule),
        ]
    }

    /// Whether it spoke last, and last but one.
    pub(super) fn spoke(&self) -> [bool; 2] {
        self.hints.last.map(|speaker| self.is_same(speaker))
    }

    /// Whether the rules name it: 3, if they name nobody; 2, if they name this mention; 1, if another of the same.
    pub(super) fn is_rule(&self) -> u64 {
        self.hints.source.map_or(3, |source| {
            if source.tokens.contains(&self.tokens.start) {
                2
            } else {
                u64::from(self.is_same(Some(source.mention)))
            }
        })
    }

    fn is_same(&self, other: Option<usize>) -> bool {
        other.is_some_and(|other| self.scene.is_same(self.mention, other))
    }
}

/// Puts a group of facts in their places.
#[inline]
fn put<const N: usize>(facts: &mut [u64; FACTS], group: [(Fact, u64); N]) {
    for (fact, value) in group {
        facts[fact as usize] = value;
    }
}
