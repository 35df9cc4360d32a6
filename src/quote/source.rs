//! Sources: who is said to say what a cue reports.
//!
//! ```text
//! Mara Quist, the former mayor, also said   before its verb, over an apposition
//! Mara Quist of the Osterby Bank said       the noun that prepositions bind the rest to
//! the council that runs the bridge said     whom a relative clause tells of
//! “…,” said the former mayor                behind its verb, where a quotation or a clause comes before
//! according to two officials                behind its preposition
//! his claim that                            the possessor
//! nach Angaben der Polizei, laut Quist      behind its preposition, with a noun for what was said or none
//! Berichten zufolge                         before its postposition
//! …, so Quist                               behind the adverb
//! Am Montag sagte Quist                     where the verb comes second: on either side
//! he said …, adding that                    a participle has the source of the verb before it
//! he said … but denied that                 so has a verb that a conjunction joins
//! quoted her as saying that                 whom somebody else quotes
//! ```

use std::ops::Range;

use super::{
    cue::{self, CueKind},
    scene::Scene,
};
use crate::{entity::MentionKind, lang::Class};

/// How far a source stands from its verb, in words.
const REACH: usize = 14;
/// How long an apposition is at the most.
const APPOSITION: usize = 24;
/// How long a parenthesis is at the most: "(R-Utah)".
const PARENTHESIS: usize = 8;
/// How long a title before a name is at the most.
const LEAD: usize = 6;
/// How many sources "and" and commas join at the most.
const MOST_JOINED: usize = 5;
/// How far into a segment its first subject is looked for.
const OPENING: usize = 40;

/// Who is said to say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The words: one mention, or several joined by "and".
    pub(super) tokens: Range<usize>,
    /// The mention; the first of several.
    pub(super) mention: usize,
    /// Whether it stands right beside the cue.
    pub(super) adjacent: bool,
}

/// How a mention stands to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourcePart {
    /// It is the mention that the source is about.
    Head,
    /// It is joined to that or bound to it: the bank of "Quist of the Osterby Bank".
    Joined,
    /// It is no part of it.
    None,
}

impl Source {
    /// A mention that stands right beside the cue, or needs none.
    pub(super) fn beside(scene: &Scene, mention: usize) -> Self {
        Self { tokens: scene.mention_tokens(mention), mention, adjacent: true }
    }

    /// How a mention that begins at a token stands to the source.
    pub(super) fn part(&self, scene: &Scene, start: usize) -> SourcePart {
        if scene.mention_tokens(self.mention).start == start {
            SourcePart::Head
        } else if self.tokens.contains(&start) {
            SourcePart::Joined
        } else {
            SourcePart::None
        }
    }
}

/// The source of a cue. `previous` is that of the cue before it in its segment.
pub(super) fn of(
    scene: &Scene,
    kind: CueKind,
    cue: &Range<usize>,
    segment: &Range<usize>,
    previous: Option<Source>,
) -> Option<Source> {
    match kind {
        CueKind::According if scene.text.has(cue.start, Class::Postposition) => {
            before_postposition(scene, cue.start)
        }
        CueKind::According if cue.len() > 1 => behind(scene, cue.end, segment.end),
        CueKind::According => governed(scene, cue.end, segment.end),
        CueKind::Noun => possessor(scene, cue.start),
        _ if previous.is_some() && coordinated(scene, cue.start, segment.start).is_some() => previous,
        _ if is_quoted_as(scene, cue.start) => quoted(scene, cue.start - 1, segment.start),
        _ if is_participle(scene, cue.start) => {
            previous.or_else(|| first_subject(scene, cue.start, segment.start))
        }
        _ if follows_statement(scene, cue.start, segment.start) => {
            behind(scene, cue.end, segment.end).or_else(|| before(scene, cue.start, segment.start))
        }
        _ if scene.text.language.grammar.verb_second => {
            let left = before(scene, cue.start, segment.start);
            let beside = left.clone().filter(|source| source.adjacent);
            beside.or_else(|| behind(scene, cue.end, segment.end)).or(left).or(previous)
        }
        _ => before(scene, cue.start, segment.start).or(previous),
    }
}

/// "as saying".
pub(super) fn is_quoted_as(scene: &Scene, verb: usize) -> bool {
    let quoted_as = scene.text.language.grammar.quoted_as;
    verb.checked_sub(1).is_some_and(|before| scene.text.is_one_of(before, &[quoted_as]))
        && scene.text.word(verb).ends_with("ing")
}

/// Whether somebody else’s words follow a verb: "quoted her as saying".
pub(super) fn quotes_other(scene: &Scene, verb: usize) -> bool {
    let text = scene.text;
    let mut near = (verb + 1..text.len().min(verb + REACH))
        .take_while(|&token| scene.is_outside(token) && !text.is_stop(token));
    text.has(verb, Class::ReportVerb)
        && !text.language.grammar.quoted_as.is_empty()
        && near.any(|token| is_quoted_as(scene, token))
}

/// Who is quoted before the word "as": whom the verb before is about, or its subject, where it is passive.
fn quoted(scene: &Scene, quoted_as: usize, start: usize) -> Option<Source> {
    let limit = start.max(quoted_as.saturating_sub(REACH));
    let verb = (limit..quoted_as).rev().find(|&token| scene.text.has(token, Class::ReportVerb))?;
    if cue::passive(scene, verb, start).is_some() {
        return before(scene, verb, start);
    }
    let mention = (verb + 1..quoted_as).find_map(|token| scene.mention_of(token))?;
    Some(Source::beside(scene, mention))
}

/// "adding", but not "is adding".
fn is_participle(scene: &Scene, verb: usize) -> bool {
    let progressive = verb.checked_sub(1).is_some_and(|before| scene.text.has(before, Class::Being));
    scene.text.word(verb).ends_with("ing") && !progressive
}

/// The conjunction before a verb that has the subject of the verb before it: "told the court that … but denied that …".
pub(super) fn coordinated(scene: &Scene, verb: usize, start: usize) -> Option<usize> {
    let adverb = |&token: &usize| scene.text.has(token, Class::Adverb) && !scene.text.has(token, Class::And);
    let mut before = (start..verb).rev().skip_while(adverb);
    let but = scene.text.language.grammar.adversative;
    let joins = |before: usize| is_and(scene, before) || scene.text.is_one_of(before, &[but]);
    before.next().filter(|&before| joins(before) && scene.is_outside(before))
}

/// Whether a quotation, or a clause with its comma, ends right before the verb.
pub(super) fn follows_statement(scene: &Scene, verb: usize, start: usize) -> bool {
    let mut token = verb;
    while token > start && scene.text.any(token - 1, &[Class::Adverb]) {
        token -= 1;
    }
    if token > start && scene.text.is(token - 1, ",") {
        // "Quist, the mayor, said": the comma closes an apposition.
        return apposed(scene, token - 1, start).is_none();
    }
    // "— It leaks, — said Quist": a dash may stand between.
    if token > start && matches!(scene.text.word(token - 1), "—" | "–" | "―") {
        token -= 1;
    }
    token == start || scene.unit_of(token - 1).is_some()
}

/// The mention right before a postposition.
fn before_postposition(scene: &Scene, postposition: usize) -> Option<Source> {
    let mention = scene.mention_of(postposition.checked_sub(1)?)?;
    Some(Source::beside(scene, mention))
}

/// The subject that begins right at `token`, perhaps behind an adverb or a determiner.
pub(super) fn behind(scene: &Scene, token: usize, end: usize) -> Option<Source> {
    governed(scene, token, end).filter(|source| scene.can_speak(source.mention))
}

/// The mention that begins right at `token`, in whatever case.
fn governed(scene: &Scene, token: usize, end: usize) -> Option<Source> {
    let possesses = |token: usize| {
        scene.text.is_possessive(token)
            || scene.mention_of(token).is_some_and(|owner| scene.is_possessor(owner))
    };
    let near = token..end.min(token + LEAD);
    let first = near.into_iter().find(|&token| scene.mention_of(token).is_some() && !possesses(token))?;
    let clear =
        scene.is_title(token..first) || (token..first).all(|token| scene.leads(token) || possesses(token));
    let mention = scene.mention_of(first).filter(|_| clear && scene.is_outside(first))?;
    let mut tokens = scene.mention_tokens(mention);
    if let Some(list) = list_end(scene, tokens.end, end) {
        tokens.end = list;
    }
    for _ in 1..MOST_JOINED {
        if tokens.end + 1 >= end || !is_and(scene, tokens.end) {
            break;
        }
        match scene.mention_of(tokens.end + 1) {
            Some(next) if scene.mention_tokens(next).start == tokens.end + 1 => {
                tokens.end = scene.mention_tokens(next).end;
            }
            _ => break,
        }
    }
    Some(Source { tokens, mention, adjacent: true })
}

/// The subject before the verb.
fn before(scene: &Scene, verb: usize, start: usize) -> Option<Source> {
    let text = scene.text;
    let mut token = verb;
    let mut adjacent = true;
    // "funded by the council, which said": whom a relative clause tells of may be an object.
    let mut told_of = false;
    let limit = start.max(verb.saturating_sub(REACH));
    while token > limit {
        let left = token - 1;
        if !scene.is_outside(left) {
            return None;
        }
        if let Some(mention) = scene.mention_of(left) {
            let tokens = scene.mention_tokens(mention);
            let relative = text.has(left, Class::Relative);
            let may_be_subject = told_of || !is_object(scene, tokens.start);
            if let Some(head) = told_of_by(scene, tokens.start, limit) {
                let end = scene.mention_tokens(head).end;
                return Some(joined(scene, head_of(scene, head, start), end, start, true));
            }
            if !relative && scene.can_speak(mention) && may_be_subject {
                return Some(joined(scene, head_of(scene, mention, start), tokens.end, start, adjacent));
            }
            token = tokens.start.min(left);
            (adjacent, told_of) = (false, relative);
            continue;
        }
        told_of = text.has(left, Class::Relative) || told_of && text.is(left, ",");
        if let Some(opening) = parenthesis(scene, left, limit) {
            token = opening;
            continue;
        }
        if text.is(left, ",") {
            if let Some(mention) = apposed(scene, left, start) {
                let end = scene.mention_tokens(mention).end;
                return Some(joined(scene, mention, end, start, true));
            }
            // A parenthesis between subject and verb, or the end of another clause.
            adjacent = false;
        } else if text.is_stop(left) || text.is(left, ";") || text.is(left, ":") {
            return None;
        } else if !text.any(left, &[Class::Adverb, Class::Auxiliary, Class::Relative, Class::To])
            && !text.is_clitic(left)
        {
            adjacent = false;
        }
        token = left;
    }
    None
}

/// Whom a relative clause tells of, of which a mention is the object: of "the council that runs the bridge", the council.
pub(super) fn told_of_by(scene: &Scene, object: usize, limit: usize) -> Option<usize> {
    const NO_VERBS: [Class; 5] =
        [Class::Determiner, Class::Pronoun, Class::Preposition, Class::Conjunction, Class::Adverb];
    let text = scene.text;
    let is_plain = |token: usize| text.is_word(token) && scene.is_outside(token);
    let limit = limit.max(object.saturating_sub(REACH));
    let mut before = (limit + 1..object).rev().take_while(|&token| is_plain(token));
    let relative = before.find(|&token| text.any(token, &[Class::Relative, Class::That]))?;
    let verb = relative + 1;
    let is_verb = verb < object && !text.any(verb, &NO_VERBS) && scene.mention_of(verb).is_none();
    let noun = if text.is(relative - 1, ",") { relative.checked_sub(2)? } else { relative - 1 };
    let head =
        scene.mention_of(noun).filter(|&head| is_verb && scene.is_outside(noun) && scene.can_speak(head));
    head.filter(|&head| scene.mention_tokens(head).end == noun + 1)
}

/// "… of Paris", "… in Moscow": the object of a preposition is no subject; the group around it may be.
fn is_object(scene: &Scene, first: usize) -> bool {
    scene.governor(first).is_some_and(|preposition| {
        !scene.text.has(preposition, Class::Conjunction)
            && preposition > 0
            && scene.mention_of(preposition - 1).is_none()
    })
}

/// The mention that a preposition binds this one to: of "the mayor of Paris", the mayor.
fn head_of(scene: &Scene, mention: usize, start: usize) -> usize {
    let governor = scene.governor(scene.mention_tokens(mention).start);
    let noun = governor.filter(|&governor| governor > start).map(|governor| governor - 1);
    let head = noun.filter(|&noun| scene.is_outside(noun)).and_then(|noun| scene.mention_of(noun));
    head.filter(|&head| scene.can_speak(head)).unwrap_or(mention)
}

/// A mention with those that "and" joins to it.
fn joined(scene: &Scene, mention: usize, end: usize, start: usize, adjacent: bool) -> Source {
    let mut first = mention;
    let mut tokens = scene.mention_tokens(mention).start..end;
    for joins in 1..MOST_JOINED {
        let Some(previous) = joined_before(scene, tokens.start, start, joins > 1) else { break };
        first = previous;
        tokens.start = scene.mention_tokens(previous).start;
    }
    Source { tokens, mention: first, adjacent }
}

/// The mention that is joined to what begins at `first`: "A and"; "A," where a list has begun; "A, B, and".
fn joined_before(scene: &Scene, first: usize, start: usize, in_list: bool) -> Option<usize> {
    if first < start + 2 {
        return None;
    }
    if is_and(scene, first - 1) {
        let serial = first > start + 2 && scene.text.is(first - 2, ",");
        let last = if serial { listed(scene, first - 2, start) } else { scene.mention_of(first - 2) };
        let last = last.filter(|&previous| scene.can_speak(previous))?;
        // "… in Norrland, and Quist said": only a list has a comma before its "and".
        let begins = scene.mention_tokens(last).start;
        return (!serial || begins > start && listed(scene, begins - 1, start).is_some()).then_some(last);
    }
    listed(scene, first - 1, start).filter(|_| in_list)
}

/// The mention that a comma of a list stands behind: somebody who may be a subject.
fn listed(scene: &Scene, comma: usize, start: usize) -> Option<usize> {
    let last = comma.checked_sub(1).filter(|&last| last >= start && scene.text.is(comma, ","))?;
    let mention = scene.mention_of(last).filter(|_| scene.is_outside(last))?;
    let tokens = scene.mention_tokens(mention);
    let named = scene.entities.mentions[mention].kind != MentionKind::Pronoun;
    (tokens.end == comma && named && !scene.is_governed(tokens.start)).then_some(mention)
}

/// The end of the list that goes on behind its first mention: ", B and C", where a stop or a comma ends it. "…, and C"
/// may begin another clause.
fn list_end(scene: &Scene, first: usize, end: usize) -> Option<usize> {
    let text = scene.text;
    let mut last = first;
    for _ in 1..MOST_JOINED {
        let next = last + 1;
        let mention = scene.mention_of(next).filter(|_| next < end && scene.is_outside(next))?;
        let and = is_and(scene, last);
        // "Quist, a lawyer and the mayor’s brother": who that is.
        let tells = || {
            text.has(next, Class::Indefinite)
                && scene.mention_of(last - 1).is_some_and(|last| scene.is_name(last))
        };
        let joins = and || text.is(last, ",") && !tells();
        if !joins || scene.mention_tokens(mention).start != next {
            return None;
        }
        last = scene.mention_tokens(mention).end;
        if and {
            return (last >= end || text.is_stop(last) || text.is(last, ",")).then_some(last);
        }
    }
    None
}

/// A mention with those that "and" joins to it in its segment.
pub(super) fn joined_source(scene: &Scene, mention: usize) -> Source {
    let tokens = scene.mention_tokens(mention);
    let segment = &scene.segments[scene.segment_of(tokens.start)].tokens;
    joined(scene, mention, tokens.end, segment.start, true)
}

fn is_and(scene: &Scene, token: usize) -> bool {
    scene.text.has(token, Class::And)
}

/// The opening of the parenthesis that closes at the token.
fn parenthesis(scene: &Scene, closing: usize, start: usize) -> Option<usize> {
    let limit = start.max(closing.saturating_sub(PARENTHESIS));
    let opening = (limit..closing).rev().find(|&token| scene.text.is(token, "("))?;
    scene.text.is(closing, ")").then_some(opening)
}

/// The mention before the apposition that the comma at `comma` closes; an apposition may have commas of its own.
fn apposed(scene: &Scene, comma: usize, start: usize) -> Option<usize> {
    let limit = start.max(comma.saturating_sub(APPOSITION));
    (limit + 1..comma)
        .rev()
        .take_while(|&token| {
            scene.is_outside(token) && !scene.text.any(token, &[Class::SayVerb, Class::That])
        })
        .filter(|&token| scene.text.is(token, ","))
        .find_map(|opening| {
            let end = behind_head(scene, opening, limit);
            let mention = scene.mention_of(end - 1).filter(|_| scene.is_outside(end - 1))?;
            let tokens = scene.mention_tokens(mention);
            let subject = tokens.end == end && !scene.is_governed(tokens.start);
            (subject && scene.can_speak(mention)).then_some(mention)
        })
}

/// The end of the noun that is of something, where that something ends at a token: of "the leader of the opposition", the leader’s.
fn behind_head(scene: &Scene, end: usize, limit: usize) -> usize {
    /// How many words a noun is of at the most.
    const WHOLE: usize = 6;
    let text = scene.text;
    let near = (limit + 1..end).rev().take(WHOLE);
    let mut words = near.take_while(|&token| text.is_word(token) || text.is_clitic(token));
    let of = words.find(|&token| text.has(token, Class::Of));
    of.filter(|&of| scene.mention_of(of - 1).is_some()).unwrap_or(end)
}

/// Whose it is: "his claim", "the mayor’s claim".
pub(super) fn possessor(scene: &Scene, noun: usize) -> Option<Source> {
    let mut owner = noun.checked_sub(1)?;
    while scene.text.has(owner, Class::Adjective) {
        owner = owner.checked_sub(1)?;
    }
    if scene.text.is_clitic(owner) {
        owner = owner.checked_sub(1)?;
    } else if !(scene.text.has(owner, Class::Pronoun) && scene.text.has(owner, Class::Determiner)) {
        return None;
    }
    let mention = scene.mention_of(owner)?;
    let words = scene.mention_tokens(mention);
    let tokens = if words.contains(&noun) { words.start..owner + 1 } else { words };
    Some(Source { tokens, mention, adjacent: true })
}

/// The first mention of the segment that no preposition governs.
fn first_subject(scene: &Scene, before: usize, start: usize) -> Option<Source> {
    let mut token = start;
    while token < before.min(start + OPENING) {
        match scene.mention_of(token) {
            Some(mention) if scene.is_outside(token) => {
                let tokens = scene.mention_tokens(mention);
                if scene.can_speak(mention) && !scene.is_governed(token) {
                    return Some(Source { tokens, mention, adjacent: false });
                }
                token = tokens.end.max(token + 1);
            }
            _ => token += 1,
        }
    }
    None
}
