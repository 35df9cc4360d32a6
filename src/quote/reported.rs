//! Reported clauses, as somebody decides who has learnt what they look like.
//!
//! Every word that is ever a cue is asked about: whether it is one here, where its clause starts, where that ends, and
//! who the source is. What the rules of `cue` and `indirect` say is among the features. Where two clauses overlap the
//! surer cue has its clause.

use std::ops::Range;

use super::{
    clause_facts::{self, Asked, Closer},
    cue::{Cue, CueKind},
    decide::{Candidates, Decide},
    drafts::{self, Draft},
    indirect::{self, Clause},
    rule::Rule,
    scene::Scene,
    source::{self, Source},
};
use crate::{
    lang::{Class, Classes},
    model::Question,
    text::{Span, add_places, places},
};

/// How far behind a cue its clause may start, in tokens.
const REACH: usize = 16;
/// How many tokens before a cue its clause may start.
const BACK: usize = 80;
/// How many places a clause may end at.
const ENDS: usize = 24;
/// How many tokens a clause may have.
pub(super) const LONGEST: usize = 150;
/// How many mentions on each side of a cue may be its source.
const SOURCES: usize = 8;
/// How far around a cue its source is looked for, in segments before its own.
const SEGMENTS: usize = 2;

/// How far, where the mood alone reports: what somebody says may go on for sentences.
const MOOD_SEGMENTS: usize = 5;
/// How many cues back the last one with a source may be.
const STANDING: usize = 8;

/// How likely a clause must be, its cue, its start and its end together. A clause that is right once in three times is worth
/// finding; these three are less sure together than apart, so less is asked.
const LIKELY: f32 = 0.2;
/// The same where nobody is found to say it.
const UNSAID: f32 = 0.3;
/// How likely its cue alone must be for the rest to be asked about.
const LIKELY_CUE: f32 = 0.3;

/// The cues and their clauses, in order: those of the rules, weighed by who decides.
pub(super) fn find(scene: &Scene, cues: Vec<Cue>, decide: &mut impl Decide) -> (Vec<Cue>, Vec<Clause>) {
    let clauses = indirect::find(scene, &cues);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut candidates = Candidates::default();
    // The rules' first cue, and their first clause, that do not stand before the token.
    let (mut next_cue, mut next_clause, mut next_within) = (0, 0, 0);
    let mut last_mood = None;
    for token in asked_about(scene, &cues, decide) {
        let token = token as usize;
        let index = scene.segment_of(token);
        if is_noun(scene, token) && token > scene.segments[index].tokens.start {
            continue;
        }
        let is_mood = scene.text.has(token, Class::Subjunctive);
        if is_mood && last_mood.replace(index) == Some(index) {
            // The first verb of a sentence tells its mood.
            continue;
        }
        next_cue += cues[next_cue..].iter().take_while(|cue| cue.tokens.start < token).count();
        let cue = cues.get(next_cue).filter(|cue| cue.tokens.start == token);
        if is_mood && cue.is_none() && !decide.may_be_cue(scene.hash(token)) {
            continue;
        }
        next_clause += clauses[next_clause..].iter().take_while(|clause| clause.cue < next_cue).count();
        let clause = clauses.get(next_clause).filter(|clause| cue.is_some() && clause.cue == next_cue);
        let standing = if is_mood { standing(&cues, drafts.last(), token) } else { None };
        let since = drafts.last().map(|last| index - last.cue.segment);
        let segment = scene.segments[index].tokens.clone();
        let ending = clause_facts::ending_at(scene, token);
        next_within += clauses[next_within..].iter().take_while(|clause| clause.tokens.end <= token).count();
        let within = clauses.get(next_within).map_or(0, |other| within(&cues, other, token));
        let closer = Closer::default();
        let faces = scene.faces(&segment);
        let asked =
            Asked { scene, token, segment, faces, cue, clause, standing, since, ending, within, closer };
        drafts.extend(draft(&asked, index, &mut candidates, decide));
    }
    drafts::join_verbs(scene, &mut drafts);
    drafts::merged(scene, cues, drafts)
}

/// The tokens that are asked about, in order: ordinary words outside all marks that are ever cues, or are by the rules or by their
/// mood.
fn asked_about(scene: &Scene, cues: &[Cue], decide: &mut impl Decide) -> Vec<u32> {
    let tokens = 0..scene.text.len();
    let mut by_rule = vec![false; tokens.len()];
    for cue in cues {
        by_rule[cue.tokens.start] = true;
    }
    let seen = scene.text.seen_in(tokens.clone()).zip(scene.outside_in(tokens.clone())).zip(by_rule);
    let is_asked = seen.map(|(((hash, own, is_word), is_outside), by_rule)| {
        let may_be = by_rule | decide.may_be_cue(hash) | own.has(Class::Subjunctive);
        is_word & is_outside & may_be & may_be_cue(own)
    });
    places(is_asked, tokens.len())
}

/// Whether a word that no list has among what reports says what somebody is, or is part of a name: "the geochemist", "the Quist
/// campaign".
fn is_noun(scene: &Scene, token: usize) -> bool {
    const REPORTING: [Class; 5] =
        [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb, Class::ReportNoun, Class::Account];
    let text = scene.text;
    let is_name = || text.is_capital(token) && scene.mention_of(token).is_some();
    !text.any(token, &REPORTING) && (text.has(token, Class::Role) || is_name())
}

/// How a token stands to the rules' clause: whether it is part of what another cue reports, on which side, and what that is.
fn within(cues: &[Cue], clause: &Clause, token: usize) -> u64 {
    let cue = &cues[clause.cue];
    if !clause.tokens.contains(&token) || cue.tokens.contains(&token) {
        return 0;
    }
    1 + u64::from(cue.tokens.start > token) + 2 * cue.kind as u64
}

/// Who was said to speak last before a token.
fn standing(cues: &[Cue], last: Option<&Draft>, token: usize) -> Option<usize> {
    let before = cues.partition_point(|cue| cue.tokens.start < token);
    let told = |cue: &&Cue| {
        let surely = matches!(cue.kind, CueKind::Say | CueKind::According | CueKind::Think);
        surely && cue.source.as_ref().is_some_and(|source| source.adjacent)
    };
    let cue = cues[..before].iter().rev().take(STANDING).find(told);
    let last = last.map(|draft| &draft.cue).filter(|cue| cue.source.is_some());
    let latest = cue.into_iter().chain(last).max_by_key(|cue| cue.tokens.start)?;
    latest.source.as_ref().map(|source| source.mention)
}

/// Whether a word of these classes can be a cue: an ordinary one.
fn may_be_cue(classes: Classes) -> bool {
    const NEVER: [Class; 6] = [
        Class::Auxiliary,
        Class::Pronoun,
        Class::Determiner,
        Class::Preposition,
        Class::Conjunction,
        Class::Calendar,
    ];
    const EVER: [Class; 4] = [Class::According, Class::Per, Class::Thus, Class::Subjunctive];
    !classes.any(&NEVER) | classes.any(&EVER)
}

/// The clause of a word, if it is a cue.
fn draft<'m>(
    asked: &Asked,
    segment: usize,
    candidates: &mut Candidates<'m>,
    decide: &mut (impl Decide + 'm),
) -> Option<Draft> {
    let scene = asked.scene;
    let about = scene.text.span(asked.token);
    let certain = certain(asked);
    if source::quotes_other(scene, asked.token)
        || !is_worth_asking(asked, about, candidates, decide) && certain.is_none()
    {
        return None;
    }
    let asked = &asked.closer();
    candidates.begin((*decide).weights(Question::Cue));
    asked.is_cue(&mut candidates.add(about));
    let is_cue = decide.choose(Question::Cue, about, candidates.all());
    decide.take_down(|| asked.cue_account());
    let (tokens, source, sure) = if let Some((tokens, source, rule)) = certain {
        (tokens, source, Some(rule))
    } else {
        let (tokens, likely) = clause(asked, about, is_cue.of_yes(), candidates, decide)?;
        let source = source(asked, &tokens, about, candidates, decide);
        if source.is_none() && likely < UNSAID {
            return None;
        }
        (tokens, source, None)
    };
    let cue = Cue {
        kind: asked.cue.map_or(CueKind::Report, |cue| cue.kind),
        tokens: asked.cue.map_or(asked.token..asked.token + 1, |cue| cue.tokens.clone()),
        segment,
        source,
    };
    let is_said = cue.around(scene, &tokens).next().is_some();
    if is_said && sure.is_none() && is_cue.option.is_none() {
        decide.overrule(Question::Cue, about);
    }
    is_said.then_some(Draft { cue, tokens, sure, probability: is_cue.of_yes() })
}

/// Whether a word may be a cue at a glance. That sees nothing of what makes a mood a report.
fn is_worth_asking<'m>(
    asked: &Asked,
    about: Span,
    candidates: &mut Candidates<'m>,
    decide: &mut (impl Decide + 'm),
) -> bool {
    let question = (Question::Cue, about);
    candidates.is_worth(question, decide, |notes| asked.glance(notes)) || asked.is_mood()
}

/// The rules' clause and source, where nobody need be asked: "Norrland states that …", "…, said the mayor."
fn certain(asked: &Asked) -> Option<(Range<usize>, Option<Source>, Rule)> {
    let (cue, clause) = (asked.cue?, asked.clause?.tokens.clone());
    let (text, who) = (asked.scene.text, cue.source.as_ref()?.tokens.clone());
    let beside = who.end == asked.token
        || source::is_quoted_as(asked.scene, asked.token) && who.end + 1 == asked.token
        || source::coordinated(asked.scene, asked.token, asked.segment.start).is_some()
            && who.end < asked.token;
    let conjunction = beside && text.has(asked.token + 1, Class::That) && clause.start == asked.token + 2;
    let follows = || who.start == asked.token + 1 || asked.scene.is_title(asked.token + 1..who.start);
    let signed = clause.start == asked.segment.start
        && text.is(clause.end, ",")
        && clause.end + 1 == asked.token
        && who.start > asked.token
        && (who.end == asked.segment.end || text.is_stop(who.end) || text.is_colon(who.end))
        && follows();
    let rule = if conjunction { Rule::That } else { Rule::Signed };
    (conjunction || signed).then(|| (clause, cue.source.clone(), rule))
}

/// The tokens of the clause of a word that is a cue with the probability `is_cue`.
fn clause<'m>(
    asked: &Asked,
    about: Span,
    is_cue: f32,
    candidates: &mut Candidates<'m>,
    decide: &mut (impl Decide + 'm),
) -> Option<(Range<usize>, f32)> {
    if is_cue < LIKELY_CUE {
        return None;
    }
    let scene = asked.scene;
    let mut places = Vec::with_capacity(BACK + REACH);
    add_starts(asked, &mut places);
    let question = (Question::Start, about);
    candidates.shortlist(question, &mut places, decide, |&start, notes| asked.glance_at_start(start, notes));
    candidates.begin((*decide).weights(Question::Start));
    for &start in &places {
        asked.is_start(start, &mut candidates.add(scene.text.span(start)));
    }
    let choice = decide.choose(Question::Start, about, candidates.all());
    decide.take_down(|| asked.start_account(&places));
    let start = places[choice.option?];
    let so_far = is_cue * choice.probability;
    if so_far < LIKELY {
        return None;
    }
    places.clear();
    add_ends(asked, start, &mut places);
    let question = (Question::End, about);
    candidates.shortlist(question, &mut places, decide, |&end, notes| asked.glance_at_end(start, end, notes));
    candidates.begin((*decide).weights(Question::End));
    for &end in &places {
        asked.is_end(start, end, &mut candidates.add(scene.span_of(&(start..end))));
    }
    let choice = decide.choose(Question::End, about, candidates.all());
    decide.take_down(|| asked.end_account(start, &places));
    let end = choice.option?;
    let likely = so_far * choice.probability;
    if likely < LIKELY {
        return None;
    }
    // "said that it leaks": the conjunction is the writer's.
    let that = scene.is_outside(start) && scene.text.has(start, Class::That) && start > asked.token;
    let end = places[end];
    let tokens = indirect::trimmed(scene, start + usize::from(that)..end);
    let is_what_is_said = says_something(scene, &tokens)
        && !is_source(asked, &tokens)
        && !is_subject(asked, &tokens)
        && !indirect::is_one_unit(scene, &tokens);
    is_what_is_said.then_some((tokens, likely))
}

/// Whether words in marks begin here that end as what is quoted word for word does.
fn opens_with_sentence(scene: &Scene, start: usize) -> bool {
    scene.unit_of(start).is_some_and(|unit| {
        scene.inner(unit).of(scene.text.text.source()).ends_with([',', '.', '?', '!', '…', '—', '-'])
    })
}

/// Whether some tokens are more than whom or what a verb is about, "the referee", "it": more than a word, a name, or a noun
/// with its determiner. Words in marks are.
fn says_something(scene: &Scene, tokens: &Range<usize>) -> bool {
    let text = scene.text;
    let mut words = tokens.clone().filter(|&token| text.is_content(token));
    let (first, second, third) = (words.next(), words.next(), words.next());
    let is_noun = |first: usize, second: usize| {
        // "What does the club say?"
        let asks = text.has(second, Class::Auxiliary) && text.has(first, Class::Whether);
        let determined = text.has(first, Class::Determiner) && !text.has(first, Class::SubjectPronoun);
        asks || determined
            || scene.mention_of(first).is_some_and(|mention| scene.mention_of(second) == Some(mention))
    };
    third.is_some()
        || scene.units_between(tokens) > 0
        || first.zip(second).is_some_and(|(first, second)| !is_noun(first, second))
}

/// Whether some tokens are no more than what a participle behind a comma is about: "The harbour, known as …".
fn is_subject(asked: &Asked, tokens: &Range<usize>) -> bool {
    /// A determiner and one word more say nothing.
    const WORDS: usize = 2;
    let text = asked.scene.text;
    let apart = text.is(tokens.end, ",") && tokens.end + 1 == asked.token;
    let has_source = asked.cue.is_some_and(|cue| cue.source.is_some());
    apart && !has_source && tokens.len() <= WORDS && text.has(tokens.start, Class::Determiner)
}

/// Whether some tokens are no more than who says it, perhaps with a title: what the rules take for the source, or, behind
/// a cue that follows marks, somebody who can be it.
fn is_source(asked: &Asked, tokens: &Range<usize>) -> bool {
    let scene = asked.scene;
    let source = asked.cue.and_then(|cue| cue.source.as_ref()).filter(|source| source.adjacent);
    let behind = || {
        let mention = scene.mention_of(tokens.end - 1).filter(|&mention| scene.can_speak(mention))?;
        let follows = tokens.start == asked.token + 1
            && (1..=2)
                .any(|back| asked.token.checked_sub(back).is_some_and(|before| !scene.is_outside(before)));
        follows.then(|| scene.mention_tokens(mention))
    };
    // "… — said Quist. — Badly.": what comes behind the stop is no part of a clause.
    let stops = |source: usize| scene.text.is_stop(source) && !scene.text.is_word(source + 1);
    source.map(|source| source.tokens.clone()).or_else(behind).is_some_and(|source| {
        let whole = tokens.end <= source.end || tokens.start <= source.start && stops(source.end);
        whole && (tokens.start..source.start).all(|token| scene.leads(token))
    })
}

/// Where the clause may start: right behind the cue, or before it where something starts.
fn add_starts(asked: &Asked, places: &mut Vec<usize>) {
    let scene = asked.scene;
    let first = asked.segment.start.max(asked.token.saturating_sub(BACK));
    let may_start =
        |token: usize| (scene.text.is_content(token) & scene.is_outside(token)) | scene.opens_unit(token);
    let starts = |token: usize| {
        (token == asked.segment.start) | scene.opens_unit(token) | !scene.text.is_word(token.wrapping_sub(1))
    };
    add_places(places, first..asked.token, |token| may_start(token) & starts(token));
    add_places(places, asked.token + 1..asked.segment.end.min(asked.token + REACH), may_start);
}

/// Where the clause may end: before marks and small words, and where the segment does.
fn add_ends(asked: &Asked, start: usize, places: &mut Vec<usize>) {
    const STARTS: [Class; 5] =
        [Class::Preposition, Class::Conjunction, Class::And, Class::That, Class::Adverb];
    let scene = asked.scene;
    let reach = asked.segment.end.min(start + LONGEST);
    let is_before = start < asked.token;
    let begins_mention = |token: usize| {
        scene.mention_of(token).is_some_and(|mention| scene.mention_tokens(mention).start == token)
    };
    let may_end = |end: usize| {
        let closes = if scene.is_outside(end) {
            scene.text.any(end, &STARTS) | !scene.text.is_content(end) | scene.closes_unit(end - 1)
        } else {
            scene.opens_unit(end)
        };
        closes | (is_before && begins_mention(end))
    };
    // “It leaks,” Quist said on Monday: what is quoted word for word does not go on behind its cue, nor into who says it, nor
    // does what a comma sets apart on one side alone.
    let quoted = is_before && opens_with_sentence(scene, start);
    let told = if quoted { title_before(scene, asked.with_source().start, start) } else { asked.token };
    let cue = if is_before { told.clamp(start + 1, reach) } else { reach };
    let reach = if quoted || is_before && asked.is_tail() { cue } else { reach };
    // The nearest to the start, the cue, the nearest behind it, and the last of all.
    add_places(places, start + 1..cue, may_end);
    places.truncate(ENDS);
    places.push(cue);
    let before = places.len();
    add_places(places, cue + 1..reach, may_end);
    places.truncate(before + ENDS);
    places.extend(Some(reach).filter(|&reach| reach > cue));
}

/// Where the title of who begins at a token starts: of “…,” chairman Sid Ellery said, the chairman.
fn title_before(scene: &Scene, first: usize, after: usize) -> usize {
    let leads = |&token: &usize| scene.is_outside(token) && scene.text.is_word(token);
    let title = (after..first).rev().take_while(leads).last();
    title.filter(|&title| scene.is_title(title..first)).unwrap_or(first)
}

/// Who the source of the cue is.
fn source<'m>(
    asked: &Asked,
    clause: &Range<usize>,
    about: Span,
    candidates: &mut Candidates<'m>,
    decide: &mut (impl Decide + 'm),
) -> Option<Source> {
    let scene = asked.scene;
    let segments = if asked.is_mood() { MOOD_SEGMENTS } else { SEGMENTS };
    let segment = scene.segment_of(asked.token).saturating_sub(segments);
    let from = scene.segments[segment].tokens.start;
    // Who was told or accused says nothing; whoever does, stands behind: "by two officials".
    let speakers = if asked.closer.is_passive { 0 } else { SOURCES };
    let before = scene.mentions_in(from..asked.token + 1).rev().take(speakers).enumerate();
    let behind = scene.mentions_in(asked.token + 1..asked.segment.end).take(SOURCES).enumerate();
    let mut mentions = Vec::with_capacity(2 * SOURCES);
    let may_be =
        |mention: usize| !scene.is_aside(mention) && !owns_other(asked, mention) && !is_bound(asked, mention);
    mentions.extend(before.chain(behind).filter(|&(_, mention)| may_be(mention)));
    let question = (Question::Source, about);
    candidates.shortlist(question, &mut mentions, decide, |&(rank, mention), notes| {
        asked.glance_at_source(mention, rank, clause, notes);
    });
    candidates.begin((*decide).weights(Question::Source));
    for &(rank, mention) in &mentions {
        asked.is_source(mention, rank, clause, &mut candidates.add(scene.entities.mentions[mention].span));
    }
    let choice = decide.choose(Question::Source, about, candidates.all());
    decide.take_down(|| asked.source_account(&mentions, clause));
    let (_, mention) = mentions[choice.option?];
    let rule = asked.cue.and_then(|cue| cue.source.clone()).filter(|source| source.mention == mention);
    rule.or_else(|| Some(source::joined_source(scene, mention)))
}

/// Whether a mention right before the cue is the object of a preposition or of a relative clause: "a man in his sixties said", "the
/// council that runs the bridge said". Where the verb comes second, what stands before it may be anything.
fn is_bound(asked: &Asked, mention: usize) -> bool {
    /// How far before its preposition the noun stands: "people close to".
    const HEAD: usize = 2;
    let (scene, text) = (asked.scene, asked.scene.text);
    let tokens = scene.mention_tokens(mention);
    let verb = (tokens.end..asked.token).all(|token| text.any(token, &[Class::Adverb, Class::Auxiliary]));
    if text.language.grammar.verb_second || tokens.end > asked.token || !verb {
        return false;
    }
    let governed = scene.governor(tokens.start).is_some_and(|governor| {
        let near = asked.segment.start.max(governor.saturating_sub(HEAD))..governor;
        let mut words = near.rev().take_while(|&token| text.is_word(token));
        !text.has(governor, Class::Conjunction) && words.any(|token| scene.mention_of(token).is_some())
    });
    governed || source::told_of_by(scene, tokens.start, asked.segment.start).is_some()
}

/// Whether a mention says whose something is that is not the cue: "her label wanted"; "her view" is.
fn owns_other(asked: &Asked, mention: usize) -> bool {
    let (scene, text) = (asked.scene, asked.scene.text);
    let Range { start, end } = scene.mention_tokens(mention);
    let own = end <= asked.token && (end..asked.token).all(|token| text.has(token, Class::Adjective));
    text.is_owner(start) && text.is_word(end) && !own
}
