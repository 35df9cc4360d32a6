//! What a pair of marks shows about whether somebody said what stands in it.

use std::ops::Range;

use super::{
    cue::Cue,
    features::{Hints, Shape, kind, size, word},
    scene::{Scene, Unit},
    templates::templates,
};
use crate::model::{Features, combine, hash};

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
pub(super) fn fill(scene: &Scene, unit: &Unit, cues: &[Cue], hints: Hints, features: &mut Features) {
    features.clear();
    let inside = unit.tokens.start + 1..unit.tokens.end.max(unit.tokens.start + 2) - 1;
    let facts = facts(scene, unit, &inside, cues, hints);
    features.extend(fill_templates(scene.register(), &facts).into_iter());
    let before = unit.tokens.start.checked_sub(1).filter(|&before| scene.text.is_capital(before));
    if let Some(before) = before.filter(|_| scene.text.language.grammar.capital_nouns) {
        // What kind of noun stands before: “Kurier” is one thing behind "die Zeitung" and another behind "sagte Quist".
        let classes = scene.text.classes(before).bits();
        features.push(combine(NOUN, classes));
        features.push(combine(combine(NOUN + 1, classes), facts[Fact::Title as usize]));
    }
    let words = inside.clone().take(WORDS).filter(|&token| scene.text.is_word(token)).count();
    let few = u64::from(words <= FEW);
    for token in inside.clone().take(WORDS) {
        features.push(combine(scene.register() + INSIDE + few, word(scene, Some(token))));
    }
    if words <= FEW {
        features.push(
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
    for (fact, value) in [
        (Fact::Words, shape.words),
        (Fact::First, shape.first),
        (Fact::Last, shape.last),
        (Fact::Before, shape.before),
        (Fact::Behind, shape.behind),
        (Fact::Edges, shape.edges),
        (Fact::Frame, shape.frame),
        (Fact::Title, size(words - capitals) + 16 * u64::from(capitals == words)),
        (Fact::TwoBefore, combine(word(scene, start.checked_sub(2)), shape.before)),
        (Fact::BeforeKind, start.checked_sub(1).map_or(0, |token| kind(scene, token))),
        (Fact::BehindKind, kind(scene, end)),
        (Fact::SecondBehind, word(scene, Some(end + 1))),
        (Fact::FirstWord, word(scene, Some(inside.start))),
        (Fact::LastWord, word(scene, inside.end.checked_sub(1))),
        (Fact::Cue, cue.map_or(0, |(cue, _)| hash(text.word(cue.tokens.start)))),
        (Fact::CueGap, cue.map_or(99, |(_, gap)| size(gap))),
        (Fact::Rule, hints.rule),
        (Fact::Sure, hints.sure),
        (Fact::Mark, hash(text.word(start))),
        (Fact::SaidBefore, hints.said_before.map_or(2, u64::from)),
    ] {
        facts[fact as usize] = value;
    }
    facts
}

/// The nearest cue before the unit in its segment, and how far it stands.
pub(super) fn governing<'c>(scene: &Scene, cues: &'c [Cue], unit: &Unit) -> Option<(&'c Cue, usize)> {
    let index = cues.partition_point(|cue| cue.tokens.start < unit.tokens.start).checked_sub(1)?;
    let cue = &cues[index];
    (cue.tokens.start >= scene.segments[unit.segment].tokens.start)
        .then(|| (cue, unit.tokens.start.saturating_sub(cue.tokens.end)))
}
