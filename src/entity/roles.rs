//! Roles: people, bodies and documents that are described and not named.
//!
//! ```text
//! a senior State Department official   Western officials   the 34-year-old said   his campaign
//! ```
//!
//! A role is a noun group around a noun that can speak, from its determiner on. Whatever noun group stands where only
//! a speaker can stand is one too: right before a verb of saying, behind one that follows a quotation, and behind
//! "according to".

use std::ops::Range;

use super::names::Name;
use crate::{
    lang::{Class, Tagged},
    text::{Span, TokenKind, tokens::is_apostrophe},
};

/// How many words before its noun belong to a noun group at the most.
const REACH: usize = 6;
/// How far before the noun of an account its preposition stands.
const ACCOUNT: usize = 4;
/// Nouns that can speak.
const HEADS: [Class; 3] = [Class::Role, Class::Group, Class::Written];
/// Words that no noun group contains before its noun.
const OUTSIDE: [Class; 5] =
    [Class::Preposition, Class::Conjunction, Class::Auxiliary, Class::Pronoun, Class::Adverb];
/// Verbs; in capitals ("State Department") they are none.
const VERBS: [Class; 3] = [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb];

/// Words that a role is found by.
const LEADS: [Class; 12] = [
    Class::Role,
    Class::Group,
    Class::Written,
    Class::Account,
    Class::SayVerb,
    Class::ReportVerb,
    Class::ThinkVerb,
    Class::According,
    Class::Per,
    Class::Thus,
    Class::Relative,
    Class::Indefinite,
];

/// A noun group in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    /// The words of the group.
    pub(super) span: Span,
    /// Its first token.
    pub(super) first: usize,
    /// Its noun.
    pub(super) noun: usize,
}

/// Finds the roles of a text, in order; those that overlap a name are none.
pub(super) fn find(text: &Tagged, names: &[Name]) -> Vec<Role> {
    let taken = named_tokens(text, names);
    let mut roles: Vec<Role> = Vec::new();
    for token in text.tokens_of(&LEADS) {
        let Some(role) = role_at(text, token, names, &taken) else { continue };
        let role = with_body(text, role, names);
        // Of "the council’s report" the council is a part.
        while roles.last().is_some_and(|last| role.span.covers(last.span)) {
            roles.pop();
        }
        match roles.last_mut() {
            Some(last) if speaks_for(text, *last, role) => {
                last.span = text.span_of(last.first, body_end(text, role.noun, names));
            }
            Some(last) if last.span.end() > role.span.start() => {}
            _ => roles.push(role),
        }
    }
    roles
}

/// The role that a word leads to, without the body that it speaks for. `in_name` tells which tokens belong to names.
fn role_at(text: &Tagged, token: usize, names: &[Name], in_name: &[bool]) -> Option<Role> {
    if is_head(text, token, in_name) {
        group_around(text, token, names)
    } else if is_saying(text, token) {
        let follows_mark = token > 0 && !text.is_word(token - 1) && !text.is_clitic(token - 1);
        if follows_mark {
            group_behind(text, token + 1, in_name)
        } else {
            let either = text.language.grammar.verb_second;
            let behind = || either.then(|| group_behind(text, token + 1, in_name)).flatten();
            subject_before(text, token, in_name).or_else(behind)
        }
    } else if text.has(token, Class::Indefinite) {
        text.has(token + 2, Class::Pronoun).then(|| one_of(text, token + 2)).flatten()
    } else if text.is_one_of(token, text.language.grammar.personal_relatives) {
        let comma = token.checked_sub(1).filter(|&comma| text.is(comma, ","));
        subject_before(text, comma.unwrap_or(token), in_name)
    } else if text.has(token, Class::According) && text.has(token + 1, Class::To) {
        group_behind(text, token + 2, in_name)
    } else if text.any(token, &[Class::Per, Class::Thus])
        || text.has(token, Class::Account) && is_stated(text, token)
    {
        group_behind(text, token + 1, in_name)
    } else {
        None
    }
}

/// Whether a role speaks for the one behind it: "a spokesman for the council".
fn speaks_for(text: &Tagged, role: Role, body: Role) -> bool {
    let of = role.noun + 1;
    of + 1 == body.first && text.has(of, Class::Of) && text.has(role.noun, Class::Role)
}

/// With the body that somebody speaks for: "a spokeswoman for the Osterby Water Company", "a spokesman for energy firm Hestia".
fn with_body(text: &Tagged, role: Role, names: &[Name]) -> Role {
    let of = role.noun + 1;
    if !text.has(of, Class::Of) || !text.has(role.noun, Class::Role) {
        return role;
    }
    let first = of + 1 + usize::from(text.has(of + 1, Class::Article));
    let group = (first..text.len())
        .take(REACH)
        .take_while(|&token| may_modify(text, token) && !text.is_capital(token));
    let noun = group.last().filter(|&noun| text.has(noun, Class::Group));
    let name = name_at(names, noun.map_or(first, |noun| noun + 1));
    name.map_or(role, |name| Role { span: text.span_of(role.first, name.tokens.1), ..role })
}

/// The end of a body's words: of "the industry group Hestia" the last of its name.
fn body_end(text: &Tagged, noun: usize, names: &[Name]) -> usize {
    name_at(names, noun + 1).filter(|_| text.has(noun, Class::Group)).map_or(noun, |name| name.tokens.1)
}

/// The name that begins with a token, its title included.
fn name_at(names: &[Name], token: usize) -> Option<&Name> {
    names.binary_search_by_key(&token, |name| name.begin).ok().map(|name| &names[name])
}

/// For each token, whether it belongs to a name or to a name's title.
fn named_tokens(text: &Tagged, names: &[Name]) -> Vec<bool> {
    let mut taken = vec![false; text.len()];
    for name in names {
        taken[name.with_title()].fill(true);
    }
    taken
}

/// A noun that can speak and that no other such noun follows: "campaign manager" is a manager.
fn is_head(text: &Tagged, token: usize, named: &[bool]) -> bool {
    let follows = token + 1 < text.len()
        && text.any(token + 1, &HEADS)
        && !is_saying(text, token + 1)
        && !named[token + 1];
    let speaks = text.any(token, &HEADS) || is_account(text, token);
    text.is_word(token) && speaks && !named[token] && !follows && is_noun(text, token)
}

/// Whether the word looks like a noun where nouns have a look of their own.
fn is_noun(text: &Tagged, token: usize) -> bool {
    !text.language.grammar.capital_nouns || text.is_capital(token)
}

/// What somebody has said, whoever that is: "Berichten zufolge", "nach eigenen Angaben".
fn is_account(text: &Tagged, noun: usize) -> bool {
    let nobody = !text.any(noun + 1, &[Class::Determiner, Class::Preposition, Class::Of]);
    text.has(noun, Class::Account) && nobody && is_stated(text, noun)
}

/// Whether "zufolge" stands behind the noun, or "nach" before it and what describes it.
fn is_stated(text: &Tagged, noun: usize) -> bool {
    const DESCRIBING: [Class; 3] = [Class::Adjective, Class::Determiner, Class::Demonym];
    let before = (noun.saturating_sub(ACCOUNT)..noun).rev();
    let preposition = before.into_iter().find(|&token| !text.any(token, &DESCRIBING));
    let after = preposition.is_some_and(|token| text.any(token, &[Class::According, Class::Per]));
    after || text.has(noun + 1, Class::Postposition)
}

/// The noun group whose noun is `noun`. Without a determiner it begins where its clause does, or at its noun; with a possessor
/// at that: "Quist’s lawyer".
fn group_around(text: &Tagged, noun: usize, names: &[Name]) -> Option<Role> {
    let mut first = noun;
    while first > 0 && noun - first < REACH && may_modify(text, first - 1) && !begins_line(text, first, 2) {
        if let Some(first) = possessor(text, first - 1, names) {
            return Some(Role { span: text.span_of(first, noun), first, noun });
        }
        first -= 1;
    }
    let determined = first > 0 && is_determiner(text, first - 1);
    // Where nouns have capitals, one that can speak needs no more to show itself.
    let plural = is_plural(text, noun) || text.language.grammar.capital_nouns;
    let subject = begins_clause(text, first) && is_subject(text, noun) || is_signed(text, first, noun);
    if !determined && (text.any(noun, &VERBS) || !(plural || subject)) {
        return None;
    }
    if determined {
        first = one_among(text, first_determiner(text, first - 1));
    } else if begins_clause(text, first) {
        first = without_participles(text, first, noun);
    } else {
        // Nothing says where the group begins: keep what can only be an adjective or a name.
        first =
            (first..=noun).rev().take_while(|&token| token == noun || is_adjective(text, token)).last()?;
    }
    Some(Role { span: text.span_of(first, noun), first, noun })
}

/// Where a group begins of which one or some are meant: "one of the officials".
fn one_among(text: &Tagged, first: usize) -> usize {
    let partitive = first > 1 && text.has(first - 1, Class::Of) && stands_for_one(text, first - 2);
    if partitive { first - 2 } else { first }
}

/// Whether a verb or what is said follows a noun that begins a clause: "Mayor urges calm", "Prime minister: “…”". In "Man
/// charged" nothing is reported.
fn is_subject(text: &Tagged, noun: usize) -> bool {
    let next = noun + 1;
    let reports = text.any(next, &[Class::ReportVerb, Class::ThinkVerb]) && text.word(next).ends_with('s');
    let announces =
        text.is_colon(next) && text.marked_by(next).is_none() && text.marked_by(next + 1).is_some();
    text.any(next, &[Class::SayVerb, Class::Auxiliary]) || reports || announces
}

/// Whether a noun stands alone behind a verb of saying: "Jobs ‘safe’, says owner".
fn is_signed(text: &Tagged, first: usize, noun: usize) -> bool {
    first > 0 && text.has(first - 1, Class::SayVerb) && !text.is_word(noun + 1) && !text.is_clitic(noun + 1)
}

/// Where the name begins that a clitic makes a possessor.
fn possessor(text: &Tagged, clitic: usize, names: &[Name]) -> Option<usize> {
    let last = clitic.checked_sub(1).filter(|_| text.is_possessive(clitic))?;
    let name = names.partition_point(|name| name.tokens.1 < last);
    names.get(name).filter(|name| name.tokens.1 == last).map(|name| name.begin)
}

/// The noun group with a determiner right before a verb of saying, or before the groups there that prepositions bind to it:
/// of "a person familiar with the matter said", the person.
fn subject_before(text: &Tagged, verb: usize, named: &[bool]) -> Option<Role> {
    /// How many groups stand behind the subject at the most.
    const BOUND: usize = 3;
    // Where the verb comes second, its subject may stand behind it.
    if text.language.grammar.verb_second {
        return group_before(text, verb, named);
    }
    let mut end = verb;
    for _ in 0..=BOUND {
        let role = group_before(text, end, named);
        let first = role.map_or_else(|| name_before(text, end, named), |role| Some(role.first))?;
        match first.checked_sub(1).filter(|&before| binds(text, before)) {
            Some(preposition) => end = preposition,
            None => return role,
        }
    }
    None
}

/// The first token of the name that ends before a token, or of its article.
fn name_before(text: &Tagged, end: usize, named: &[bool]) -> Option<usize> {
    let first = (0..end).rev().take_while(|&token| named[token]).last()?;
    Some(first - usize::from(first > 0 && text.has(first - 1, Class::Article)))
}

/// Whether a preposition binds what stands behind it to the noun before it.
fn binds(text: &Tagged, token: usize) -> bool {
    let follows_word = token > 0 && text.is_word(token - 1);
    follows_word && text.any(token, &[Class::Preposition, Class::To]) && !text.has(token, Class::Conjunction)
}

/// The noun group with a determiner that ends before a token.
fn group_before(text: &Tagged, end: usize, named: &[bool]) -> Option<Role> {
    let mut noun = end.checked_sub(1)?;
    while text.any(noun, &[Class::Adverb, Class::Auxiliary]) {
        noun = noun.checked_sub(1)?;
    }
    if text.has(noun, Class::Share) || text.is(noun, "%") {
        return share(text, noun);
    }
    if text.has(noun, Class::Pronoun) {
        return one_of(text, noun);
    }
    if stands_for_one(text, noun) {
        let first = noun - usize::from(noun > 0 && text.has(noun - 1, Class::Article));
        return begins_clause(text, first).then(|| Role { span: text.span_of(first, noun), first, noun });
    }
    if !may_modify(text, noun) || named[noun] || text.has(noun, Class::Calendar) || !is_noun(text, noun) {
        return None;
    }
    let mut first = noun;
    while first > 0 && noun - first < REACH && may_modify(text, first - 1) && !begins_line(text, first, 2) {
        first -= 1;
    }
    let noun = without_description(text, first.saturating_sub(1), noun);
    let first = match first.checked_sub(1).filter(|&token| is_determiner(text, token)) {
        Some(determiner) => first_determiner(text, determiner),
        None if is_plural(text, noun) && begins_clause(text, first) => without_participles(text, first, noun),
        None => return None,
    };
    if is_told_of(text, first) {
        return None;
    }
    Some(Role { span: text.span_of(first, noun), first, noun })
}

/// Whether a noun group that begins at a token is an object in a relative clause: "the man who built the bridge said".
fn is_told_of(text: &Tagged, first: usize) -> bool {
    let mut before =
        (first.saturating_sub(REACH)..first).rev().take_while(|&token| text.is_word(token)).peekable();
    let follows_word = before.peek().is_some_and(|&token| !text.any(token, &OUTSIDE));
    follows_word && before.any(|token| text.any(token, &[Class::Relative, Class::That]))
}

/// The noun group with a determiner that begins at `first`.
fn group_behind(text: &Tagged, first: usize, named: &[bool]) -> Option<Role> {
    if first >= text.len() || !is_determiner(text, first) {
        return None;
    }
    if stands_for_one(text, first) && !text.is_word(first + 1) {
        return Some(Role { span: text.span(first), first, noun: first });
    }
    // Right behind a determiner stands no verb, and no adverb alone: "the charge sheet", "the first".
    let is_in = |token: usize| may_modify(text, token) || token == first + 1 && may_be_noun(text, token);
    let end = (first + 1..text.len().min(first + 1 + REACH))
        .find(|&token| !is_in(token) || named[token] || text.has(token, Class::Calendar));
    let noun = end.unwrap_or_else(|| text.len().min(first + 1 + REACH)) - 1;
    let noun = if text.language.grammar.capital_nouns {
        first_noun(text, first..noun + 1)?
    } else {
        without_description(text, first, noun)
    };
    (noun > first && text.is_word(noun)).then(|| Role { span: text.span_of(first, noun), first, noun })
}

/// Where a group without a determiner begins behind the participles that have it: "and carrying banners".
fn without_participles(text: &Tagged, first: usize, noun: usize) -> usize {
    (first..noun).find(|&token| !text.word(token).ends_with("ing")).unwrap_or(noun)
}

/// The noun that a participle or an adjective stands behind: of "two people briefed on the plans", the people.
fn without_description(text: &Tagged, first: usize, last: usize) -> usize {
    let describes = binds(text, last + 1) && !text.any(last, &HEADS) || text.word(last).ends_with("ed");
    if describes && last > first + 1 && text.any(last - 1, &HEADS) { last - 1 } else { last }
}

/// The first noun with the parts that follow it: what comes behind is another group.
fn first_noun(text: &Tagged, group: Range<usize>) -> Option<usize> {
    let first = group.clone().find(|&token| text.is_capital(token))?;
    let joins = |&token: &usize| text.is_capital(token) || text.is(token, "-") && text.is_glued(token);
    (first..group.end).take_while(joins).filter(|&token| text.is_capital(token)).last()
}

pub(super) fn is_plural(text: &Tagged, noun: usize) -> bool {
    let word = text.word(noun);
    ["s", "men", "people"].iter().any(|ending| word.ends_with(ending)) && !word.ends_with("ss")
}

/// "47 percent", "about 40 % of voters": the number with what it counts.
fn share(text: &Tagged, unit: usize) -> Option<Role> {
    let number = unit.checked_sub(1).filter(|&token| text.tokens()[token].kind == TokenKind::Number)?;
    Some(Role { span: text.span_of(number, unit), first: number, noun: unit })
}

/// Whether a determiner stands for whom it introduces: "Another said", "Some say".
fn stands_for_one(text: &Tagged, token: usize) -> bool {
    text.has(token, Class::Indefinite) && !text.has(token, Class::Article)
}

/// "one of them", "some of us".
fn one_of(text: &Tagged, pronoun: usize) -> Option<Role> {
    let first = pronoun.checked_sub(2)?;
    let partitive = text.has(pronoun - 1, Class::Of) && text.has(first, Class::Indefinite);
    partitive.then(|| Role { span: text.span_of(first, pronoun), first, noun: first })
}

/// The first of two determiners: "the two governments", "all the men".
fn first_determiner(text: &Tagged, determiner: usize) -> usize {
    match determiner.checked_sub(1) {
        Some(before) if is_determiner(text, before) => before,
        _ => determiner,
    }
}

/// A verb of saying that is no noun, or one of reporting beside marks.
fn is_saying(text: &Tagged, token: usize) -> bool {
    let beside_marks = || {
        let near = [token.wrapping_sub(1), token + 1];
        near.into_iter().any(|next| text.marked_by(next) != text.marked_by(token))
    };
    let reports = text.has(token, Class::ReportVerb) && beside_marks();
    let says = text.any(token, &[Class::SayVerb, Class::ThinkVerb]) && !text.has(token, Class::NounVerb);
    !text.is_capital(token) && (reports || says)
}

/// "that" before a noun is a conjunction more often than not.
fn is_determiner(text: &Tagged, token: usize) -> bool {
    text.has(token, Class::Determiner) && !text.has(token, Class::That)
}

/// Whether a token may stand between the determiner and the noun.
fn may_modify(text: &Tagged, token: usize) -> bool {
    match text.tokens()[token].kind {
        TokenKind::Word | TokenKind::Acronym => {
            let verb = text.any(token, &VERBS) && !text.any(token, &HEADS) && !text.is_capital(token);
            let outside = text.any(token, &OUTSIDE) && !text.is_all_capitals(token);
            !outside && !is_determiner(text, token) && !verb
        }
        // No time of day: "18:20 Mayor urges calm".
        TokenKind::Number => !text.word(token).contains(':'),
        // "the mayor’s spokesman": the possessor is part of the group.
        TokenKind::Clitic => text.is_possessive(token),
        // Hyphens, and the apostrophe of a plural: "the visitors’ fans".
        TokenKind::Mark => {
            let possesses =
                text.word(token).chars().all(is_apostrophe) && token > 0 && is_plural(text, token - 1);
            text.is_glued(token) && (text.is(token, "-") || possesses)
        }
    }
}

/// Whether a word may be a noun though it may also be a verb or an adverb.
fn may_be_noun(text: &Tagged, token: usize) -> bool {
    const NEVER: [Class; 5] =
        [Class::Preposition, Class::Conjunction, Class::Auxiliary, Class::Pronoun, Class::Determiner];
    text.is_word(token) && !text.any(token, &NEVER)
}

/// Whether nothing but a mark, a line break or a conjunction stands before.
fn begins_clause(text: &Tagged, token: usize) -> bool {
    token == 0
        || begins_line(text, token, 1)
        || !(text.is_word(token - 1) || text.is_clitic(token - 1))
        || text.has(token - 1, Class::Conjunction)
}

/// Whether so many line breaks stand before a token, which is not the first; two end a paragraph.
fn begins_line(text: &Tagged, token: usize, breaks: usize) -> bool {
    let gap = text.span(token - 1).end()..text.span(token).start();
    gap.len() >= breaks && text.text.source()[gap].matches('\n').take(breaks).count() == breaks
}

fn is_adjective(text: &Tagged, token: usize) -> bool {
    text.any(token, &[Class::Demonym, Class::Adjective]) || text.is_capital(token)
}
