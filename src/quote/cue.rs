//! Cues: the words that tell that something was said, each with its source.
//!
//! ```text
//! Mara Quist also said   according to two officials   his claim that   nach Angaben der Polizei   …, so Quist
//!                 └──┘   └──────────┘                     └───┘        └──┘                           └┘
//! ```

use std::ops::Range;

use super::{
    Manner,
    indirect::trimmed,
    scene::Scene,
    source::{self, Source},
};
use crate::lang::{Class, Classes};

/// How far behind its preposition the noun of an account stands: "nach den ersten offiziellen Angaben".
const ACCOUNT: usize = 4;
/// How long an attribution in the midst of a clause is at the most.
const ASIDE: usize = 24;

/// What a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CueKind {
    /// A verb of saying.
    Say,
    /// A verb that mostly does something else.
    Report,
    /// A verb of thinking.
    Think,
    /// "according to".
    According,
    /// "claim that".
    Noun,
}

/// Words that tell that something was said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cue {
    pub(super) kind: CueKind,
    pub(super) tokens: Range<usize>,
    pub(super) segment: usize,
    pub(super) source: Option<Source>,
}

impl Cue {
    pub(super) fn manner(&self, classes: Classes) -> Manner {
        let thought =
            self.kind == CueKind::Think || (self.kind == CueKind::Noun && classes.has(Class::ThinkVerb));
        if thought { Manner::Thought } else { Manner::Speech }
    }
}

impl Cue {
    /// The words that are not part of what is said where it is said around them: "…, so Quist, …". A verb whose mood alone
    /// reports is part of it, and where the verb comes second, so is one that no comma sets apart: "Die Partei fordert Hilfe."
    fn aside(&self, scene: &Scene) -> Option<Range<usize>> {
        let tokens = self.with_source();
        let own = !self.is_second(scene) && !self.is_mood(scene);
        let near = if tokens.len() <= ASIDE { tokens } else { self.tokens.clone() };
        own.then_some(near)
    }

    /// The tokens from the first of the cue and its source to the last of both.
    fn with_source(&self) -> Range<usize> {
        let source = self.source.as_ref().map_or(&self.tokens, |source| &source.tokens);
        self.tokens.start.min(source.start)..self.tokens.end.max(source.end)
    }

    /// Whether it is a verb whose mood alone reports.
    fn is_mood(&self, scene: &Scene) -> bool {
        scene.text.has(self.tokens.start, Class::Subjunctive)
    }

    /// Whether it is the verb in the second place of what it reports, which no comma sets apart.
    pub(super) fn is_second(&self, scene: &Scene) -> bool {
        let text = scene.text;
        let Range { start, end } = self.with_source();
        let apart = text.is(end, ",") || start > 0 && text.is(start - 1, ",");
        let is_verb = matches!(self.kind, CueKind::Say | CueKind::Report | CueKind::Think);
        text.language.grammar.verb_second && is_verb && !apart && !self.is_mood(scene)
    }

    /// What is left of a clause before and behind such words.
    pub(super) fn around(&self, scene: &Scene, clause: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let Range { start, end } = *clause;
        let rest = match self.aside(scene) {
            Some(aside) if start <= aside.start && aside.end <= end => [start..aside.start, aside.end..end],
            _ => [start..end, end..end],
        };
        rest.map(|tokens| trimmed(scene, tokens)).into_iter().filter(|tokens| !tokens.is_empty())
    }
}

/// The verbs of the caller besides the language's.
pub(super) type Verbs = rustc_hash::FxHashSet<String>;

/// Finds the cues outside quotation marks, in order.
pub(super) fn find(scene: &Scene, verbs: &Verbs) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for (index, segment) in scene.segments.iter().enumerate() {
        let classes = scene.text.classes_in(segment.tokens.clone()).iter();
        for (token, classes) in segment.tokens.clone().zip(classes) {
            if !classes.any(&EVER) && verbs.is_empty() {
                continue;
            }
            let Some((kind, length)) = cue_at(scene, token, segment.tokens.start, verbs) else { continue };
            let tokens = token..token + length;
            let previous = cues.last().filter(|cue| cue.segment == index).and_then(|cue| cue.source.clone());
            let source = source::of(scene, kind, &tokens, &segment.tokens, previous)
                .filter(|source| source.adjacent || !scene.text.has(token, Class::NounVerb));
            cues.push(Cue { kind, tokens, segment: index, source });
        }
    }
    cues
}

/// The classes of the words that cues begin with, besides the caller's verbs.
const EVER: [Class; 8] = [
    Class::According,
    Class::Per,
    Class::Postposition,
    Class::Thus,
    Class::ReportNoun,
    Class::SayVerb,
    Class::ThinkVerb,
    Class::ReportVerb,
];

/// The kind of the cue that begins at the token, and how many tokens it has.
fn cue_at(scene: &Scene, token: usize, start: usize, verbs: &Verbs) -> Option<(CueKind, usize)> {
    let text = scene.text;
    let classes = text.classes(token);
    if !scene.is_outside(token) || !text.is_word(token) {
        return None;
    }
    if classes.has(Class::According) && text.has(token + 1, Class::To) {
        return Some((CueKind::According, 2));
    }
    if classes.any(&[Class::Per, Class::Postposition])
        || classes.has(Class::According) && has_account(scene, token + 1)
    {
        return Some((CueKind::According, 1));
    }
    if classes.has(Class::Thus)
        && source::follows_statement(scene, token, start)
        && source::behind(scene, token + 1, text.len()).is_some()
    {
        return Some((CueKind::Say, 1));
    }
    if classes.has(Class::ReportNoun)
        && text.has(token + 1, Class::That)
        && source::possessor(scene, token).is_some()
    {
        return Some((CueKind::Noun, 1));
    }
    let kind = if classes.has(Class::SayVerb)
        || !verbs.is_empty() && verbs.contains(&text.word(token).to_lowercase())
    {
        CueKind::Say
    } else if classes.has(Class::ThinkVerb) {
        CueKind::Think
    } else if classes.has(Class::ReportVerb) {
        CueKind::Report
    } else {
        return None;
    };
    (is_verb(scene, token, start) && !source::quotes_other(scene, token)).then_some((kind, 1))
}

/// Whether a noun of what somebody has said stands here, perhaps behind its determiner and an adjective.
fn has_account(scene: &Scene, token: usize) -> bool {
    let mut near = (token..token + ACCOUNT).take_while(|&token| scene.text.is_word(token));
    near.any(|token| scene.text.has(token, Class::Account) && scene.text.is_capital(token))
}

/// Whether a word that can be a verb is one here: nothing before it makes it a noun, a name or a passive.
fn is_verb(scene: &Scene, token: usize, start: usize) -> bool {
    let text = scene.text;
    if text.is_capital(token) && token > start {
        return false;
    }
    if scene.mention_of(token).is_some_and(|mention| scene.mention_tokens(mention).len() > 1) {
        return false;
    }
    let Some(before) = token.checked_sub(1).filter(|&before| before >= start) else {
        return true;
    };
    // "he’s said" is a verb, "the mayor’s proposed budget" is none.
    let contracted = before > start && text.has(before - 1, Class::Pronoun) && is_finite(text.word(token));
    let possessed = text.is_possessive(before) && !contracted;
    // "another said": the determiner is who says it.
    let nominal = text.any(before, &[Class::Determiner, Class::Preposition])
        && scene.mention_of(before).is_none()
        && !text.any(before, &[Class::Pronoun, Class::To, Class::Conjunction]);
    !(possessed || nominal || text.is_owner(before) || passive(scene, token, start).is_some())
}

/// The auxiliary of "was told", "has been asked": what happened to the subject.
pub(super) fn passive(scene: &Scene, token: usize, start: usize) -> Option<usize> {
    let text = scene.text;
    let mut before = token;
    while before > start && text.has(before - 1, Class::Adverb) {
        before -= 1;
    }
    let being = before.checked_sub(1).filter(|_| before > start)?;
    (text.has(being, Class::Being) && !text.word(token).ends_with("ing")).then_some(being)
}

/// "said", "told", "argued": no noun looks like that.
fn is_finite(word: &str) -> bool {
    word.ends_with('d')
}
