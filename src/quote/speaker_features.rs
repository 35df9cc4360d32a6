//! What speaks for a mention as who said what stands in a pair of marks.

use std::ops::Range;

use super::{
    cue::Cue,
    decide::Notes,
    features::{Hints, Shape, kind, path, size, word},
    scene::{Scene, Unit},
    source::SourcePart,
    templates::{put, templates},
};
use crate::{lang::Class, model::combine};

/// How many tokens a short way between marks and mention has at the most.
const PATH: usize = 8;
/// No cue is as near as this.
const NOWHERE: u64 = 99;

/// What templates are filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fact {
    /// Before the unit or behind it, and how many sentences and paragraphs away.
    Position,
    /// The same, and how many candidates stand between.
    Side,
    /// How many tokens stand between.
    Distance,
    /// What kind of mention and entity it is, which pronoun, and whether it can be a subject.
    Who,
    Head,
    HeadClasses,
    /// The words and kinds of words around it.
    Left,
    Right,
    LeftKind,
    Left2Kind,
    RightKind,
    Right2Kind,
    /// Whether a preposition governs it.
    Governed,
    /// Whether the rules make it the source of the next cue, or of the one before.
    SourceOf,
    /// How near the cues on both sides are.
    Subject,
    NextCue,
    /// How many other units stand between.
    Units,
    /// The tokens of a short way.
    Whole,
    Commas,
    Verbs,
    /// Whether it spoke last, or last but one.
    Spoke,
    /// Whether the rules say that it speaks, and what and how surely they say so.
    IsRule,
    Sure,
    /// The unit.
    Frame,
    Before,
}

const FACTS: usize = Fact::Before as usize + 1;

templates! {
    /// The features: each a fact, or several together.
    TEMPLATES, fill_templates:
    [Head]
    [HeadClasses]
    [Left]
    [Right]
    [LeftKind]
    [RightKind]
    [SourceOf]
    [Subject]
    [NextCue]
    [Whole]
    [Spoke]
    [Side]
    [Position, Distance]
    [Position, Who]
    [Position, RightKind]
    [Position, LeftKind]
    [Side, Who]
    [Side, Frame]
    [Side, Before]
    [Side, SourceOf]
    [Side, IsRule]
    [Who, Subject]
    [Who, RightKind]
    [Who, LeftKind]
    [Subject, Position]
    [Subject, Frame]
    [LeftKind, RightKind]
    [RightKind, Right2Kind, Position]
    [Left2Kind, LeftKind, Position]
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
}

templates! {
    /// The features that are seen at a glance; nobody is told of them.
    fill_glance:
    [Side, IsRule]
    [Side, Frame]
    [Position, Distance]
    [Position, RightKind]
    [Position, LeftKind]
    [Position, Spoke]
    [Position, Who]
    [LeftKind, RightKind]
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
    /// What shows at a glance.
    #[inline]
    pub(super) fn glance(&self, notes: &mut Notes) {
        let scene = self.scene;
        let Range { start, end } = self.tokens;
        let [position, side, distance] = self.place();
        let kind = scene.entities.mentions[self.mention].kind as u64;
        let mut facts = [0; FACTS];
        put!(
            facts,
            Position: position,
            Side: side,
            Distance: distance,
            Frame: self.shape.frame,
            Who: 2 * kind + u64::from(scene.can_speak(self.mention)),
            LeftKind: scene.plain_kind(start.wrapping_sub(1)),
            RightKind: scene.plain_kind(end),
            Spoke: self.has_spoken(),
            IsRule: self.is_rule(),
        );
        fill_glance(scene.register() + 500, &facts, notes);
    }

    pub(super) fn fill(&self, notes: &mut Notes) {
        let mut facts = [0; FACTS];
        let [position, side, distance] = self.place();
        put!(
            facts,
            Position: position,
            Side: side,
            Distance: distance,
            Frame: self.shape.frame,
            Before: self.shape.before,
        );
        self.put_mention(&mut facts);
        self.put_neighbours(&mut facts);
        self.put_cues(&mut facts);
        self.put_way(&mut facts);
        self.put_history(&mut facts);
        fill_templates(self.scene.register(), &facts, notes);
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

    /// Where it stands: before the unit or behind it, how many sentences and paragraphs away; that and how many candidates
    /// stand between; how many tokens do.
    #[inline]
    fn place(&self) -> [u64; 3] {
        let segment = self.scene.segment_of(self.tokens.start);
        let own = &self.scene.segments[self.unit.segment];
        let segments = size(segment.abs_diff(self.unit.segment)).min(4);
        let blocks = size(self.scene.segments[segment].block.abs_diff(own.block)).min(4);
        let position = u64::from(self.is_before()) + 2 * segments + 16 * blocks;
        [position, combine(position, size(self.rank)), size(self.between().len())]
    }

    fn put_mention(&self, facts: &mut [u64; FACTS]) {
        let text = self.scene.text;
        let mention = &self.scene.entities.mentions[self.mention];
        let kind = mention.kind as u64;
        let entity = self.scene.type_of(mention.entity);
        let head = self.tokens.end.saturating_sub(1);
        let first = self.tokens.start;
        let pronoun = if text.has(first, Class::Pronoun) { word(self.scene, Some(first)) } else { 0 };
        let speaks = u64::from(self.scene.can_speak(self.mention));
        put!(
            facts,
            Who: combine(combine(kind, entity), combine(pronoun, speaks)),
            Head: word(self.scene, Some(head)),
            HeadClasses: combine(text.classes(head).bits(), 0),
            Governed: u64::from(self.scene.is_governed(self.tokens.start)),
        );
    }

    fn put_neighbours(&self, facts: &mut [u64; FACTS]) {
        let Range { start, end } = self.tokens;
        let kind = |token: Option<usize>| {
            let token = token.filter(|&token| token < self.scene.text.len());
            token.map_or(0, |token| if self.scene.is_outside(token) { kind(self.scene, token) } else { 1 })
        };
        put!(
            facts,
            Left: word(self.scene, start.checked_sub(1)),
            Right: word(self.scene, Some(end)),
            LeftKind: kind(start.checked_sub(1)),
            Left2Kind: kind(start.checked_sub(2)),
            RightKind: kind(Some(end)),
            Right2Kind: kind(Some(end + 1)),
        );
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
        source.is_some_and(|source| source.part(self.scene, self.tokens.start) == SourcePart::Head)
    }

    fn put_cues(&self, facts: &mut [u64; FACTS]) {
        let [next, previous] = self.cues_beside();
        let next_gap = next.map_or(NOWHERE, |cue| size(cue.tokens.start - self.tokens.end)).min(5);
        let gap = |cue: &Cue| size(self.tokens.start.saturating_sub(cue.tokens.end));
        let previous_gap = previous.map_or(NOWHERE, gap).min(5);
        let kind = |cue: Option<&Cue>| cue.map_or(NOWHERE, |cue| cue.kind as u64);
        let has = |cue| u64::from(self.is_source_of(cue));
        let subject = combine(combine(next_gap, kind(next)), combine(previous_gap, kind(previous)));
        put!(
            facts,
            SourceOf: has(next) + 2 * has(previous),
            Subject: subject,
            NextCue: next.map_or(0, |cue| word(self.scene, Some(cue.tokens.start))),
        );
    }

    /// What stands between the marks and the mention.
    fn put_way(&self, facts: &mut [u64; FACTS]) {
        let way = self.between();
        let whole = if way.len() <= PATH { path(self.scene, way.clone()) } else { 0 };
        let tally = self.scene.tally(&way);
        put!(
            facts,
            Units: size(self.scene.units_between(&way)).min(3),
            Whole: whole,
            Commas: size(tally.commas as usize),
            Verbs: size(tally.verbs as usize),
        );
    }

    /// What was decided so far, and what the rules say.
    fn put_history(&self, facts: &mut [u64; FACTS]) {
        let is_rule = self.is_rule();
        put!(
            facts,
            Spoke: self.has_spoken(),
            IsRule: is_rule,
            Sure: combine(is_rule, combine(self.hints.rule, self.hints.sure)),
        );
    }

    /// Whether it spoke last, and last but one.
    #[inline]
    pub(super) fn spoke(&self) -> [bool; 2] {
        self.hints.last.map(|speaker| self.is_same(speaker))
    }

    /// The same as a number.
    fn has_spoken(&self) -> u64 {
        let [last, last_but_one] = self.spoke().map(u64::from);
        last + 2 * last_but_one
    }

    /// Whether the rules name it: 3, if they name nobody; 2, if they name this mention; 4, if this is part of whom they name; 1,
    /// if they name another mention of the same.
    pub(super) fn is_rule(&self) -> u64 {
        self.hints.source.map_or(3, |source| match source.part(self.scene, self.tokens.start) {
            SourcePart::Head => 2,
            SourcePart::Joined => 4,
            SourcePart::None => u64::from(self.is_same(Some(source.mention))),
        })
    }

    fn is_same(&self, other: Option<usize>) -> bool {
        other.is_some_and(|other| self.scene.is_same(self.mention, other))
    }
}
