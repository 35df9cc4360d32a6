//! What a pair of marks and the mentions around it show, as features for the models.
//!
//! The features follow those of quotation attribution by supervised ranking (Elson and `McKeown` 2010, O'Keefe et al.
//! 2012): the words beside the marks and beside the mention, the distance and what stands between, the mention's kind,
//! who spoke before. What the rules say is one more: the models learn how far to trust each.

use std::ops::Range;

use super::{
    cue::{Cue, Source},
    scene::{Scene, Unit},
};
use crate::{
    lang::Class,
    model::{Features, combine, hash},
    text::TokenKind,
};

/// How many tokens of the way between marks and mention are looked at from each end.
const PATH: usize = 4;

/// What the rules and the decisions so far tell of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hints<'h> {
    /// What the rules say that the unit is, as a number.
    pub(super) rule: u64,
    /// How sure they are, in tenths.
    pub(super) sure: u64,
    /// Who they say is the speaker.
    pub(super) source: Option<&'h Source>,
    /// Who said the unit before, and who the one before that with another speaker.
    pub(super) last: [Option<usize>; 2],
    /// Whether the unit before was said by somebody; nothing if there is none.
    pub(super) said_before: Option<bool>,
}

/// A list of features in the making: each is a template's number with a value.
struct Sheet<'f> {
    features: &'f mut Features,
    template: u64,
}

impl Sheet<'_> {
    /// Adds the feature of the next template.
    fn add(&mut self, value: u64) {
        self.template += 1;
        self.features.push(combine(self.template, value));
    }

    fn pair(&mut self, first: u64, second: u64) {
        self.add(combine(first, second));
    }
}

/// A number's size: exact while small, then in ever wider steps.
fn size(count: usize) -> u64 {
    match count {
        0..=4 => count as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=15 => 7,
        16..=30 => 8,
        31..=80 => 9,
        _ => 10,
    }
}

/// What can be said of a unit without regard to who said it.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// How many words.
    words: u64,
    first: u64,
    last: u64,
    /// The token before, and the one behind.
    before: u64,
    behind: u64,
    /// Whether it opens and closes its segment.
    edges: u64,
    /// How it ends, what comes behind it, and how it begins: the shape of its attribution.
    frame: u64,
}

/// How a character looks.
fn look(c: Option<char>) -> u64 {
    match c {
        None => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_lowercase() => 2,
        Some(c) if c.is_numeric() => 3,
        Some(c @ (',' | '.' | '?' | '!' | '—' | '…' | '(' | ':' | ';' | '-')) => u64::from(u32::from(c)),
        Some(_) => 4,
    }
}

fn word(scene: &Scene, token: Option<usize>) -> u64 {
    token.map_or(0, |token| hash(scene.text.word(token)))
}

/// A token by what kind of word it is: the word itself where it is a small word of the language.
fn kind(scene: &Scene, token: usize) -> u64 {
    const SMALL: [Class; 8] = [
        Class::Pronoun,
        Class::Determiner,
        Class::Preposition,
        Class::Conjunction,
        Class::Auxiliary,
        Class::That,
        Class::According,
        Class::Adverb,
    ];
    let text = scene.text;
    if text.any(token, &SMALL) || !text.is_word(token) {
        return hash(text.word(token));
    }
    let verbs = [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb, Class::ReportNoun];
    let verb = verbs.iter().zip(1..).find(|(class, _)| text.has(token, **class)).map_or(0, |(_, number)| number);
    let ending = match text.word(token) {
        word if word.ends_with("ed") => 1,
        word if word.ends_with("ing") => 2,
        word if word.ends_with('s') => 3,
        _ => 0,
    };
    verb * 8 + ending * 2 + u64::from(text.is_capital(token)) + 100
}

impl Shape {
    pub(super) fn new(scene: &Scene, unit: &Unit) -> Self {
        let text = scene.text;
        let inner = text.text.marks()[unit.pair].inner.of(text.text.source());
        let words = unit.tokens.clone().filter(|&token| text.is_word(token)).take(40).count();
        let segment = &scene.segments[unit.segment].tokens;
        let before = word(scene, unit.tokens.start.checked_sub(1));
        let behind = word(scene, Some(unit.tokens.end));
        let (first, last) = (look(inner.chars().next()), look(inner.chars().next_back()));
        let stop = text.is_stop(unit.tokens.end);
        let edges = u64::from(segment.start == unit.tokens.start)
            + 2 * u64::from(segment.end <= unit.tokens.end + usize::from(stop));
        let frame = combine(combine(first, last), edges);
        Self { words: size(words), first, last, before, behind, edges, frame }
    }
}

/// Whether a unit is something that somebody said.
pub(super) fn of_unit(scene: &Scene, unit: &Unit, cues: &[Cue], hints: Hints, features: &mut Features) {
    features.clear();
    let text = scene.text;
    let shape = Shape::new(scene, unit);
    let mut sheet = Sheet { features, template: 1000 };
    let inside = unit.tokens.start + 1..unit.tokens.end.max(unit.tokens.start + 2) - 1;
    let capitals = inside.clone().take(12).filter(|&token| text.is_capital(token)).count();
    let words = inside.clone().take(12).filter(|&token| text.is_word(token)).count();
    let title = size(words - capitals) + 16 * u64::from(capitals == words);
    let start = unit.tokens.start;
    let two_before = combine(word(scene, start.checked_sub(2)), shape.before);
    let behind_kind = kind(scene, unit.tokens.end.min(text.len().saturating_sub(1)));
    let before_kind = start.checked_sub(1).map_or(0, |token| kind(scene, token));
    let cue = governing(scene, cues, unit);
    let cue_word = cue.map_or(0, |(cue, _)| hash(text.word(cue.tokens.start)));
    let cue_gap = cue.map_or(99, |(_, gap)| size(gap));
    let mark = hash(text.word(start));
    for value in [
        0,
        shape.words,
        shape.first,
        shape.last,
        shape.before,
        shape.behind,
        shape.edges,
        shape.frame,
        title,
        two_before,
        before_kind,
        behind_kind,
        word(scene, Some(unit.tokens.end + 1)),
        word(scene, Some(inside.start)),
        word(scene, inside.end.checked_sub(1)),
        cue_word,
        cue_gap,
        hints.rule,
        mark,
        hints.said_before.map_or(2, u64::from),
    ] {
        sheet.add(value);
    }
    sheet.pair(shape.words, shape.frame);
    sheet.pair(shape.words, title);
    sheet.pair(shape.words, hints.rule);
    sheet.pair(hints.rule, shape.frame);
    sheet.pair(shape.before, shape.words);
    sheet.pair(shape.behind, shape.last);
    sheet.pair(before_kind, behind_kind);
    sheet.pair(cue_word, cue_gap);
    sheet.pair(cue_gap, shape.words);
    sheet.pair(combine(title, before_kind), shape.words);
    sheet.pair(hints.rule, hints.sure);
    sheet.pair(hints.said_before.map_or(2, u64::from), shape.words);
    sheet.pair(mark, shape.words);
    if words <= 3 {
        sheet.add(inside.clone().fold(1, |sum, token| combine(sum, hash(text.word(token)))));
    }
    let short = u64::from(words <= 3);
    sheet.template = 1500;
    for token in inside.take(8) {
        sheet.add(combine(hash(text.word(token)), short));
        sheet.template = 1500;
    }
}

/// The nearest cue before the unit in its segment, and how far it stands.
fn governing<'c>(scene: &Scene, cues: &'c [Cue], unit: &Unit) -> Option<(&'c Cue, usize)> {
    let index = cues.partition_point(|cue| cue.tokens.start < unit.tokens.start).checked_sub(1)?;
    let cue = &cues[index];
    (cue.tokens.start >= scene.segments[unit.segment].tokens.start)
        .then(|| (cue, unit.tokens.start.saturating_sub(cue.tokens.end)))
}

/// A mention, seen from a unit.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) mention: usize,
    pub(super) tokens: Range<usize>,
    /// How many candidates stand between it and the unit.
    pub(super) rank: usize,
}

/// Whether a mention is who said a unit.
pub(super) fn of_speaker(
    scene: &Scene,
    unit: &Unit,
    shape: &Shape,
    cues: &[Cue],
    place: &Place,
    hints: Hints,
    features: &mut Features,
) {
    features.clear();
    let text = scene.text;
    let mut sheet = Sheet { features, template: 0 };
    let Range { start, end } = place.tokens.clone();
    let before = start < unit.tokens.start;
    let way = if before { end..unit.tokens.start } else { unit.tokens.end..start };
    let own = &scene.segments[unit.segment];
    let segment = scene.segment_of(start);
    let there = &scene.segments[segment];
    let segments = size(segment.abs_diff(unit.segment));
    let blocks = size(there.block.abs_diff(own.block));
    let position = u64::from(before) + 2 * segments.min(4) + 16 * blocks.min(4);
    let rank = size(place.rank);
    let distance = size(way.len());

    let mention = &scene.entities.mentions[place.mention];
    let entity = mention.entity;
    let kind_of = mention.kind as u64;
    let what = entity.map_or(0, |entity| hash(&scene.entities.roster[entity].kind));
    let first = hash(text.word(start));
    let head = hash(text.word(end.saturating_sub(1)));
    let head_classes = text.classes(end.saturating_sub(1)).bits();
    let pronoun = if text.has(start, Class::Pronoun) { first } else { 0 };
    let speaks = u64::from(scene.can_speak(place.mention));
    let who = combine(combine(kind_of, what), combine(pronoun, speaks));

    let at = |token: Option<usize>| token.map_or(0, |token| word(scene, Some(token)));
    let kind_at = |token: Option<usize>| {
        token.filter(|&token| token < text.len()).map_or(0, |token| {
            if scene.is_outside(token) { kind(scene, token) } else { 1 }
        })
    };
    let (left, left2) = (start.checked_sub(1), start.checked_sub(2));
    let (right, right2, right3) = (Some(end), Some(end + 1), Some(end + 2));
    let governed = u64::from(scene.is_governed(start));

    // The cue that stands nearest on each side in the mention's segment.
    let index = cues.partition_point(|cue| cue.tokens.start < end);
    let next = cues.get(index).filter(|cue| cue.segment == segment);
    let previous = index.checked_sub(1).map(|index| &cues[index]).filter(|cue| cue.segment == segment);
    let next_gap = next.map_or(99, |cue| size(cue.tokens.start - end));
    let previous_gap = previous.map_or(99, |cue| size(start.saturating_sub(cue.tokens.end)));
    let has = |cue: Option<&Cue>| {
        cue.and_then(|cue| cue.source.as_ref()).is_some_and(|source| source.tokens.contains(&start))
    };
    let source_of = u64::from(has(next)) + 2 * u64::from(has(previous));
    let cue_kind = |cue: Option<&Cue>| cue.map_or(9, |cue| cue.kind as u64);
    let subject = combine(combine(next_gap.min(5), cue_kind(next)), combine(previous_gap.min(5), cue_kind(previous)));

    // What stands between the marks and the mention.
    let units = scene.units_between(&way).min(3) as u64;
    let near = if before {
        path(scene, (end..unit.tokens.start).take(PATH))
    } else {
        path(scene, (unit.tokens.end..start).rev().take(PATH))
    };
    let far = if before {
        path(scene, (end..unit.tokens.start).rev().take(PATH))
    } else {
        path(scene, (unit.tokens.end..start).take(PATH))
    };
    let whole = if way.len() <= 2 * PATH { path(scene, way.clone()) } else { 0 };
    let commas = way.clone().take(60).filter(|&token| text.is(token, ",")).count();
    let verbs = way
        .clone()
        .take(60)
        .filter(|&token| text.any(token, &[Class::SayVerb, Class::ReportVerb, Class::Auxiliary]))
        .count();

    let same = |other: Option<usize>| {
        other.is_some_and(|other| {
            other == place.mention || entity.is_some() && entity == scene.entities.mentions[other].entity
        })
    };
    let spoke = u64::from(same(hints.last[0])) + 2 * u64::from(same(hints.last[1]));
    let is_rule = hints.source.map_or(3, |source| {
        if source.tokens.contains(&start) {
            2
        } else {
            u64::from(same(Some(source.mention)))
        }
    });
    let rule = combine(is_rule, combine(hints.rule, hints.sure));

    for value in [
        position,
        rank,
        distance,
        who,
        kind_of,
        what,
        pronoun,
        head,
        head_classes,
        first,
        at(left),
        at(right),
        at(right2),
        kind_at(left),
        kind_at(right),
        governed,
        source_of,
        subject,
        next.map_or(0, |cue| hash(text.word(cue.tokens.start))),
        units,
        near,
        far,
        whole,
        spoke,
        is_rule,
        rule,
        shape.frame,
        size(commas),
        size(verbs),
    ] {
        sheet.add(value);
    }
    let side = combine(position, rank);
    for (one, other) in [
        (position, rank),
        (position, distance),
        (position, who),
        (position, kind_at(right)),
        (position, kind_at(left)),
        (side, who),
        (side, shape.frame),
        (side, shape.words),
        (side, shape.behind),
        (side, shape.before),
        (side, subject),
        (side, source_of),
        (side, hints.rule),
        (side, is_rule),
        (who, subject),
        (who, kind_at(right)),
        (who, kind_at(left)),
        (subject, position),
        (subject, shape.frame),
        (kind_at(left), kind_at(right)),
        (combine(kind_at(right), kind_at(right2)), position),
        (combine(kind_at(right), kind_at(right2)), kind_at(right3)),
        (combine(kind_at(left2), kind_at(left)), position),
        (near, position),
        (far, position),
        (whole, shape.frame),
        (near, shape.words),
        (far, shape.words),
        (spoke, position),
        (spoke, shape.frame),
        (spoke, who),
        (units, position),
        (governed, position),
        (governed, who),
        (is_rule, who),
        (rule, who),
        (rule, position),
        (combine(size(commas), size(verbs)), position),
        (head, position),
    ] {
        sheet.pair(one, other);
    }
}

/// Some tokens, each by its kind.
fn path(scene: &Scene, tokens: impl Iterator<Item = usize>) -> u64 {
    tokens.fold(7, |sum, token| {
        let step = if !scene.is_outside(token) {
            3
        } else if scene.mention_of(token).is_some() {
            5
        } else if scene.text.tokens()[token].kind == TokenKind::Number {
            4
        } else {
            kind(scene, token)
        };
        combine(sum, step)
    })
}
