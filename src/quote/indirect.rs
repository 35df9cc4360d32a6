//! Reported clauses: what somebody says in the writer's words, quoted fragments included.
//!
//! ```text
//! X said (that) CLAUSE        X told Y that CLAUSE        X asked whether CLAUSE
//! according to X, CLAUSE      CLAUSE, according to X      CLAUSE, X said      his claim that CLAUSE
//! ```
//!
//! Without "that", a clause must show itself: it begins as a clause does and has a verb.

use std::ops::Range;

use super::{
    cue::{Cue, CueKind},
    rule::{Rule, Ruling},
    scene::Scene,
    source::{Source, coordinated},
};
use crate::{lang::Class, text::TokenKind};

/// How far behind its verb "that" may stand: "said on Monday in a briefing that".
const REACH: usize = 9;
/// How far into a clause its verb stands, where only the verb shows that it is one.
const VERB_REACH: usize = 14;
/// How many cues behind its own may end a clause.
const CUES: usize = 8;
/// How far into a clause a contrast is looked for.
const LONGEST: usize = 80;
/// The fewest words of a clause.
const SHORTEST: usize = 2;
/// How many words may describe the source of a trailing attribution: "two people familiar with the talks said".
const DESCRIPTION: usize = 8;
/// How much may follow the verb of a trailing attribution: "…, he said in a briefing on Monday."
const TRAIL: usize = 12;

/// What a cue reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// The cue: an index.
    pub(super) cue: usize,
    pub(super) tokens: Range<usize>,
    /// The rule that it is by, if that is sure.
    pub(super) sure: Option<Rule>,
}

impl Clause {
    /// What the rules say of it.
    pub(super) fn ruling(&self, scene: &Scene, cues: &[Cue]) -> Ruling {
        let cue = &cues[self.cue];
        Ruling {
            about: scene.text.span(cue.tokens.start),
            rule: self.sure.unwrap_or(Rule::Clause),
            sure: self.sure.is_some(),
            cue: Some(scene.span_of(&cue.tokens)),
            source: cue.source.as_ref().map(|source| scene.span_of(&source.tokens)),
        }
    }
}

/// Finds the reported clauses of a text, one a cue at the most, in the order of the cues. Clauses do not overlap:
/// what stands inside a clause is part of what is reported.
pub(super) fn find(scene: &Scene, cues: &[Cue]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut behind = 0;
    for (index, cue) in cues.iter().enumerate() {
        if cue.tokens.start < behind || cue.source.is_none() {
            continue;
        }
        let Some(tokens) = clause(scene, cue, behind) else { continue };
        let tokens = cut(scene, &cues[index + 1..], tokens);
        behind = tokens.end.max(cue.tokens.end);
        clauses.push(Clause { cue: index, tokens, sure: None });
    }
    clauses
}

/// The clause up to where somebody else's begins: "…, and he added that …", "…, while the city says …".
fn cut(scene: &Scene, next_cues: &[Cue], clause: Range<usize>) -> Range<usize> {
    let next = next_cues.iter().take(CUES).take_while(|cue| cue.tokens.start < clause.end).find_map(|cue| {
        let source = cue.source.as_ref().filter(|source| source.adjacent && cue.kind == CueKind::Say)?;
        let joins = coordinated(scene, cue.tokens.start, clause.start);
        if joins.is_some() && scene.text.has(cue.tokens.end, Class::That) {
            return joins;
        }
        let begin = source.tokens.start.min(cue.tokens.start);
        // The subject of the clause before goes on: "X, who said …, said …".
        let begin = if begin < clause.start { cue.tokens.start } else { begin };
        let comma = (begin.saturating_sub(3)..begin).rev().find(|&token| scene.text.is(token, ","))?;
        let joined = (comma + 1..begin).all(|token| scene.text.has(token, Class::Conjunction));
        (joined && comma > clause.start && scene.is_outside(comma)).then_some(comma)
    });
    let contrast = (clause.start + 1..clause.end.saturating_sub(1)).take(LONGEST).find(|&token| {
        scene.text.is(token, ",") && scene.is_outside(token) && scene.text.has(token + 1, Class::Contrast)
    });
    let end = next.into_iter().chain(contrast).chain([clause.end]).min().unwrap_or(clause.end);
    let cut = trimmed(scene, clause.start..end);
    if cut.is_empty() { clause } else { cut }
}

/// The clause of one cue. `free` is the first token that no clause before has.
fn clause(scene: &Scene, cue: &Cue, free: usize) -> Option<Range<usize>> {
    let segment = &scene.segments[cue.segment].tokens;
    let tokens = match cue.kind {
        CueKind::According => around_source(scene, cue, segment, free)?,
        CueKind::Noun => cue.tokens.end + 1..segment.end,
        CueKind::Say | CueKind::Report | CueKind::Think => match start_behind(scene, cue, segment.end) {
            Some(start) => start..segment.end,
            None => clause_before(scene, cue, segment, free)?,
        },
    };
    let tokens = trimmed(scene, tokens);
    let words = tokens.clone().filter(|&token| scene.text.is_word(token)).take(SHORTEST).count();
    (words >= SHORTEST && !is_one_unit(scene, &tokens)).then_some(tokens)
}

/// Where the clause behind a verb begins.
fn start_behind(scene: &Scene, cue: &Cue, end: usize) -> Option<usize> {
    let text = scene.text;
    let mut next = cue.tokens.end;
    // An inverted source stands between: "said the mayor that".
    if let Some(source) = cue.source.as_ref().filter(|source| source.tokens.start >= next) {
        next = source.tokens.end;
    }
    if let Some(that) = that_behind(scene, next, end) {
        return Some(that + 1);
    }
    let hearer = text.has(cue.tokens.start, Class::Addressing).then(|| behind_hearer(scene, next, end));
    let asks = hearer.is_some() || cue.kind != CueKind::Report;
    if let Some(question) =
        [Some(next), hearer.flatten()].into_iter().flatten().find(|&word| text.has(word, Class::Whether))
    {
        return (asks && question < end).then_some(question);
    }
    if let Some(start) = mood_behind(scene, next, end) {
        return Some(start);
    }
    // "told a story": with no hearer, what follows is what was told.
    next = hearer.unwrap_or(Some(next))?;
    let plain = cue.kind == CueKind::Say || (cue.kind == CueKind::Think && next == cue.tokens.end);
    (plain && next < end && begins_clause(scene, next, end)).then_some(next)
}

/// The "that" of a reported clause, over what tells when, where and to whom.
fn that_behind(scene: &Scene, from: usize, end: usize) -> Option<usize> {
    for token in from..end.min(from + REACH) {
        let closes = scene.text.is_stop(token) || matches!(scene.text.word(token), ";" | ":" | "—");
        if closes || !scene.is_outside(token) {
            return None;
        }
        if scene.text.has(token, Class::That) {
            // "said that day": a determiner.
            let demonstrative = scene.text.any(token + 1, &[Class::Calendar, Class::TimeNoun]);
            return (!demonstrative).then_some(token);
        }
        let verb = scene.text.any(token, &[Class::Auxiliary, Class::SayVerb, Class::ThinkVerb]);
        if verb && token > from {
            return None;
        }
    }
    None
}

/// The clause behind the next comma, if its mood shows that it is reported: "sagte am Montag, die Brücke sei marode".
fn mood_behind(scene: &Scene, from: usize, end: usize) -> Option<usize> {
    let text = scene.text;
    let near = from..end.min(from + REACH);
    let comma = near.take_while(|&token| scene.is_outside(token) && !text.is_stop(token));
    let start = comma.into_iter().find(|&token| text.is(token, ","))? + 1;
    let mut first = (start..end.min(start + VERB_REACH)).take_while(|&token| !text.is_stop(token));
    let relative = text.any(start, &[Class::That, Class::Conjunction]);
    (!relative && first.any(|token| text.has(token, Class::Subjunctive))).then_some(start)
}

/// The first token behind the one spoken to, if somebody is.
fn behind_hearer(scene: &Scene, next: usize, end: usize) -> Option<usize> {
    let mention = (next..end.min(next + 2)).find_map(|token| scene.mention_of(token))?;
    Some(scene.mention_tokens(mention).end)
}

/// Whether a clause without "that" begins here.
fn begins_clause(scene: &Scene, start: usize, end: usize) -> bool {
    let text = scene.text;
    if !scene.is_outside(start) {
        return begins_with_fragment(scene, start, end);
    }
    if !(text.is_word(start) || text.tokens()[start].kind == TokenKind::Number || text.is(start, "$")) {
        return false;
    }
    let subject_pronoun = text.has(start, Class::SubjectPronoun) || text.has(start, Class::Existential);
    if text.any(start, &[Class::Preposition, Class::And, Class::To]) && !subject_pronoun {
        return false;
    }
    subject_pronoun && !text.has(start, Class::Relative) || shows_verb(scene, start, end)
}

/// A quoted fragment that the clause goes on behind: “so far” the plan works.
fn begins_with_fragment(scene: &Scene, start: usize, end: usize) -> bool {
    scene.unit_of(start).is_some_and(|unit| {
        let inner = scene.inner(unit).of(scene.text.text.source());
        let behind = scene.units[unit].tokens.end;
        inner.starts_with(char::is_lowercase)
            && !inner.ends_with(',')
            && scene.text.is_word(behind)
            && shows_verb(scene, behind, end)
    })
}

/// Whether a verb stands in the first words, or behind what commas set apart there: "said the bridge, which is old, was shut".
fn shows_verb(scene: &Scene, start: usize, end: usize) -> bool {
    let text = scene.text;
    let goes_on = |token: usize| scene.is_outside(token) && !text.is_stop(token);
    let comma = |from: usize| {
        let near = from..end.min(from + VERB_REACH);
        near.take_while(|&token| goes_on(token)).find(|&token| text.is(token, ","))
    };
    let opening = comma(start + 1);
    let is_verb = |token: usize| {
        text.has(token, Class::Auxiliary)
            || is_contracted_verb(text.word(token))
            || text.word(token).ends_with("ed")
    };
    let first = start + 1..opening.unwrap_or(end).min(end).min(start + VERB_REACH);
    let behind = || opening.and_then(|opening| comma(opening + 1)).filter(|closing| closing + 1 < end);
    first.take_while(|&token| goes_on(token)).any(is_verb)
        || behind().is_some_and(|closing| text.has(closing + 1, Class::Auxiliary))
}

fn is_contracted_verb(clitic: &str) -> bool {
    matches!(clitic, "’re" | "'re" | "’ll" | "'ll" | "’ve" | "'ve" | "’d" | "'d")
}

/// "According to X, CLAUSE" or "CLAUSE, according to X".
fn around_source(scene: &Scene, cue: &Cue, segment: &Range<usize>, free: usize) -> Option<Range<usize>> {
    let source = cue.source.as_ref()?;
    let start = segment.start.max(free);
    let first = cue.tokens.start.min(source.tokens.start);
    if first > start + SHORTEST {
        return Some(start..first);
    }
    if scene.text.language.grammar.verb_second {
        return Some(cue.tokens.end.max(source.tokens.end)..segment.end);
    }
    let comma = (source.tokens.end..segment.end)
        .take(TRAIL * 2)
        .find(|&token| scene.text.is(token, ",") && scene.is_outside(token))?;
    Some(comma + 1..segment.end)
}

/// "CLAUSE, X said": the verb and its source come last; "two people familiar with the talks said" is one source.
fn clause_before(scene: &Scene, cue: &Cue, segment: &Range<usize>, free: usize) -> Option<Range<usize>> {
    let is_one = |source: &&Source| {
        let mut described = source.tokens.end..cue.tokens.start;
        let is_short = described.len() <= DESCRIPTION;
        let is_plain = |token: usize| scene.text.is_word(token) && scene.is_outside(token);
        source.adjacent || is_short && described.all(is_plain)
    };
    let source = cue.source.as_ref().filter(is_one)?;
    let first = source.tokens.start.min(cue.tokens.start);
    let comma = (first.saturating_sub(3)..first).rev().find(|&token| scene.text.is(token, ","))?;
    let start = segment.start.max(free);
    let trail = cue.tokens.end.max(source.tokens.end)..segment.end;
    // "…, says Quist: “…”"
    let announces = scene.text.is_colon(trail.start);
    let ends = announces
        || trail.len() <= TRAIL
            && trail.clone().all(|token| scene.is_outside(token))
            && !takes_object(scene, &trail);
    let mood = || (start..comma).rev().take(LONGEST).any(|token| scene.text.has(token, Class::Subjunctive));
    let alone = comma > start && scene.is_outside(comma) && cue.kind == CueKind::Say;
    (alone && (ends || mood())).then_some(start..comma)
}

/// "agreed to hold", "announced a plan": the verb says what stands behind it, not before.
fn takes_object(scene: &Scene, trail: &Range<usize>) -> bool {
    scene.text.any(trail.start, &[Class::To, Class::Determiner, Class::That]) && !trail.is_empty()
}

/// Without the marks and conjunctions at the ends.
pub(super) fn trimmed(scene: &Scene, tokens: Range<usize>) -> Range<usize> {
    let text = scene.text;
    let is_edge = |token: usize| {
        scene.is_outside(token) && !text.is_word(token) && text.tokens()[token].kind == TokenKind::Mark
    };
    let mut tokens = tokens;
    while tokens.end > tokens.start
        && is_edge(tokens.end - 1)
        && !matches!(text.word(tokens.end - 1), "%" | ")" | "]")
    {
        tokens.end -= 1;
    }
    while tokens.start < tokens.end
        && (is_edge(tokens.start) && !text.is(tokens.start, "$")
            || text.has(tokens.start, Class::And) && scene.is_outside(tokens.start))
    {
        tokens.start += 1;
    }
    tokens
}

/// Whether the tokens are one pair of marks and no more: a direct quotation.
pub(super) fn is_one_unit(scene: &Scene, tokens: &Range<usize>) -> bool {
    scene.unit_of(tokens.start).is_some_and(|unit| scene.units[unit].tokens.end >= tokens.end)
}
