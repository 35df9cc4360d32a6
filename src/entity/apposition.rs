//! A name and a role that stand side by side mean the same one.
//!
//! ```text
//! the mayor, Mara Quist, said       Mara Quist, a teacher in Osterby, said       Quist’s lawyer Jonas Abelard
//! ```
//!
//! An apposition stands between marks; what has none behind it may be the subject of the sentence: "After talks with Quist, a
//! spokesman said".

use std::ops::Range;

use super::{
    roles::{Role, is_plural},
    salience::VERBS,
};
use crate::lang::{Class, Tagged};

/// How many words an apposition has at the most.
const LONGEST: usize = 10;

/// Whether a name that has these tokens, its title among them, says who a role before it is.
pub(super) fn names(text: &Tagged, role: Role, name: &Range<usize>) -> bool {
    let end = text.text.tokens_in(role.span).end;
    let beside = name.start == end && !(role.first > 0 && text.has(role.first - 1, Class::Addressing));
    let apart = || {
        let comma = behind_whole(text, end);
        text.is(comma, ",") && begin_of(text, name.start, comma) == comma + 1 && closes(text, name.end)
    };
    is_one(text, role) && (beside || apart()) && in_one_paragraph(text, role.first, name.start)
}

/// The token behind what a role is of, if anything: "the leader of the opposition, …".
fn behind_whole(text: &Tagged, end: usize) -> usize {
    if !text.has(end, Class::Of) {
        return end;
    }
    let whole = (end..text.len())
        .take(LONGEST)
        .take_while(|&token| (text.is_word(token) || text.is_possessive(token)) && !text.any(token, &VERBS));
    whole.last().map_or(end, |last| last + 1)
}

/// Where a name that begins at a token begins with whose member its bearer is: "Progress’s Sigrun Moe".
fn begin_of(text: &Tagged, first: usize, after: usize) -> usize {
    let may_own = |&token: &usize| text.is_capital(token) || text.is_possessive(token);
    let owned = first.checked_sub(1).is_some_and(|clitic| text.is_possessive(clitic));
    if owned { (after + 1..first).rev().take_while(may_own).last().unwrap_or(first) } else { first }
}

/// Whether a role says who a name before it is.
pub(super) fn describes(text: &Tagged, name: &Range<usize>, role: Role) -> bool {
    let end = text.text.tokens_in(role.span).end;
    let follows = text.is(name.end, ",") && role.first == name.end + 1;
    follows && is_one(text, role) && stands_apart(text, name, end)
}

/// The noun of a description behind a name that may have no determiner: "Marek Dahl, former ambassador to Norrland, said".
pub(super) fn noun_behind(text: &Tagged, name: &Range<usize>) -> Option<usize> {
    if !text.is(name.end, ",") {
        return None;
    }
    let first = name.end + 1;
    let group = (first..text.len()).take(LONGEST).take_while(|&token| {
        text.is_word(token) && !text.any(token, &VERBS) && !text.has(token, Class::Preposition)
    });
    let noun = group.filter(|&token| text.has(token, Class::Role)).last()?;
    // "…, former mayor Marek Dahl said": the description is of somebody else.
    (!text.is_capital(noun + 1) && stands_apart(text, name, noun + 1)).then_some(noun)
}

/// Whether what stands behind a name and its comma, the first words of it up to the token `end`, tells of the name.
fn stands_apart(text: &Tagged, name: &Range<usize>, end: usize) -> bool {
    let rest = (end..text.len()).take(LONGEST);
    let stop = rest.into_iter().find(|&token| !text.is_word(token) && !text.is_possessive(token));
    let has_verb = |stop: usize| (end..stop).any(|token| text.any(token, &VERBS) && !text.is_capital(token));
    let ends = stop.is_some_and(|stop| !has_verb(stop) && closes(text, stop)) || end == text.len();
    ends && !is_place(text, name.start) && in_one_paragraph(text, name.start, end - 1)
}

/// Whether an apposition may end before a token: a mark that no "and" follows, as it does in lists.
fn closes(text: &Tagged, token: usize) -> bool {
    let comma = text.is(token, ",") && !text.has(token + 1, Class::And) && !text.is_capital(token + 1);
    comma || token == text.len() || text.is_stop(token) || text.is_dash(token) || text.is(token, ")")
}

/// Whether it is one person or body that is described, whom a name can tell.
fn is_one(text: &Tagged, role: Role) -> bool {
    text.any(role.noun, &[Class::Role, Class::Group]) && !is_plural(text, role.noun)
}

/// Whether a name that begins at a token stands where places do: "In Osterby, a spokesman said".
pub(super) fn is_place(text: &Tagged, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| text.is_one_of(before, text.language.grammar.locatives))
}

/// Whether two tokens, the second not far behind the first, stand in one paragraph.
fn in_one_paragraph(text: &Tagged, first: usize, second: usize) -> bool {
    let blocks = text.text.blocks();
    let block = |token: usize| blocks.partition_point(|block| block.start() <= text.span(token).start());
    second < text.len() && block(first) == block(second)
}
