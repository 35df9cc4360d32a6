//! What a pair of marks shows about whether somebody said what stands in it.

use std::ops::Range;

use super::{
    cue::Cue,
    decide::Notes,
    features::{Hints, Shape, kind, size, word},
    scene::{Scene, Unit},
    templates::{put, templates},
};
use crate::model::{combine, hash};

/// How many words of a unit are looked at.
const WORDS: usize = 12;
/// A unit of so few words is known by all of them.
const FEW: usize = 3;

/// What templates are filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fact {
    /// Always the same.
    Any,
    /// How many words it has.
    Words,
    First,
    Last,
    Before,
    Behind,
    Edges,
    Frame,
    /// How many of its words have capitals.
    Title,
    /// The two tokens before.
    TwoBefore,
    BeforeKind,
    BehindKind,
    /// The second token behind.
    SecondBehind,
    FirstWord,
    LastWord,
    /// The nearest cue before it in its sentence, and how far that is.
    Cue,
    CueGap,
    /// What the rules say, and how sure they are.
    Rule,
    Sure,
    /// The mark that opens it.
    Mark,
    SaidBefore,
}

const FACTS: usize = Fact::SaidBefore as usize + 1;

templates! {
    /// The features: each a fact, or two together.
    TEMPLATES, fill_templates:
    [Any]
    [Words]
    [First]
    [Last]
    [Before]
    [Behind]
    [Edges]
    [Frame]
    [Title]
    [TwoBefore]
    [BeforeKind]
    [BehindKind]
    [SecondBehind]
    [FirstWord]
    [LastWord]
    [Cue]
    [CueGap]
    [Rule]
    [Mark]
    [SaidBefore]
    [Words, Frame]
    [Words, Title]
    [Words, Rule]
    [Rule, Frame]
    [Before, Words]
    [Behind, Last]
    [BeforeKind, BehindKind]
    [Cue, CueGap]
    [CueGap, Words]
    [Title, BeforeKind, Words]
    [Rule, Sure]
    [SaidBefore, Words]
    [Mark, Words]
}

/// Templates that take what stands inside.
const INSIDE: u64 = 500;
/// Templates that take the noun before.
const NOUN: u64 = 510;
const WHOLE: u64 = 501;

/// Whether a unit is something that somebody said.
pub(super) fn fill(scene: &Scene, unit: &Unit, cues: &[Cue], hints: Hints, notes: &mut Notes) {
    let inside = unit.tokens.start + 1..unit.tokens.end.max(unit.tokens.start + 2) - 1;
    let facts = facts(scene, unit, &inside, cues, hints);
    fill_templates(scene.register(), &facts, notes);
    let before = unit.tokens.start.checked_sub(1).filter(|&before| scene.text.is_capital(before));
    if let Some(before) = before.filter(|_| scene.text.language.grammar.capital_nouns) {
        // What kind of noun stands before: “Kurier” is one thing behind "die Zeitung" and another behind "sagte Quist".
        let classes = scene.text.classes(before).bits();
        notes.push(combine(NOUN, classes));
        notes.push(combine(combine(NOUN + 1, classes), facts[Fact::Title as usize]));
    }
    let words = inside.clone().take(WORDS).filter(|&token| scene.text.is_word(token)).count();
    let few = u64::from(words <= FEW);
    for token in inside.clone().take(WORDS) {
        notes.push(combine(scene.register() + INSIDE + few, word(scene, Some(token))));
    }
    if words <= FEW {
        notes.push(
            inside.fold(scene.register() + WHOLE + 1, |sum, token| combine(sum, word(scene, Some(token)))),
        );
    }
}

fn facts(scene: &Scene, unit: &Unit, inside: &Range<usize>, cues: &[Cue], hints: Hints) -> [u64; FACTS] {
    let text = scene.text;
    let shape = Shape::new(scene, unit);
    let Range { start, end } = unit.tokens.clone();
    let capitals = inside.clone().take(WORDS).filter(|&token| text.is_capital(token)).count();
    let words = inside.clone().take(WORDS).filter(|&token| text.is_word(token)).count();
    let cue = governing(scene, cues, unit);
    let mut facts = [0; FACTS];
    put!(
        facts,
        Words: shape.words,
        First: shape.first,
        Last: shape.last,
        Before: shape.before,
        Behind: shape.behind,
        Edges: shape.edges,
        Frame: shape.frame,
        Title: size(words - capitals) + 16 * u64::from(capitals == words),
        TwoBefore: combine(word(scene, start.checked_sub(2)), shape.before),
        BeforeKind: start.checked_sub(1).map_or(0, |token| kind(scene, token)),
        BehindKind: kind(scene, end),
        SecondBehind: word(scene, Some(end + 1)),
        FirstWord: word(scene, Some(inside.start)),
        LastWord: word(scene, inside.end.checked_sub(1)),
        Cue: cue.map_or(0, |(cue, _)| hash(text.word(cue.tokens.start))),
        CueGap: cue.map_or(99, |(_, gap)| size(gap)),
        Rule: hints.rule,
        Sure: hints.sure,
        Mark: hash(text.word(start)),
        SaidBefore: hints.said_before.map_or(2, u64::from),
    );
    facts
}

/// The nearest cue before the unit in its segment, and how far it stands.
pub(super) fn governing<'c>(scene: &Scene, cues: &'c [Cue], unit: &Unit) -> Option<(&'c Cue, usize)> {
    let index = cues.partition_point(|cue| cue.tokens.start < unit.tokens.start).checked_sub(1)?;
    let cue = &cues[index];
    (cue.tokens.start >= scene.segments[unit.segment].tokens.start)
        .then(|| (cue, unit.tokens.start.saturating_sub(cue.tokens.end)))
}
