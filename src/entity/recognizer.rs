//! Everybody and everything that a document mentions, and who is the same.

use std::{cmp::Reverse, sync::Arc};

use super::{
    EntityMatcher, Gender, Mention, Roster, links,
    names::{self, Name},
    pronouns,
    roles::{self, Role},
};
use crate::{
    lang::{Class, Tagged},
    text::Span,
};

/// The mentions of a document with the entities that they point to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entities {
    /// The mentions in order, an outer one before what it covers.
    pub mentions: Vec<Mention>,
    /// The entities: first those that are mentioned, in the order of their first mention, then mere candidates.
    pub roster: Roster,
    /// How many of the roster are mentioned.
    pub mentioned: usize,
    /// For each mentioned entity, the fullest form of its name in the document.
    pub fullest: Vec<String>,
    /// For each mentioned entity, whether it is the caller's.
    pub given: Vec<bool>,
    /// For each mentioned entity, which pronouns take it up, as far as the text tells.
    pub genders: Vec<Option<Gender>>,
}

/// A mention before it is linked.
#[derive(Debug)]
pub(super) enum Found<'f> {
    /// The matcher's: one of the caller's entities.
    Given(&'f mut Mention),
    Name(&'f Name),
    Role(&'f Role),
    /// The token.
    Pronoun(usize),
}

impl Found<'_> {
    pub(super) fn span(&self, text: &Tagged) -> Span {
        match self {
            Self::Given(mention) => mention.span,
            Self::Name(name) => name.span,
            Self::Role(role) => role.span,
            Self::Pronoun(token) => text.span(*token),
        }
    }
}

/// Finds the mentions of a document and links them.
pub fn recognize(text: &Tagged, sentences: &[Span], matcher: Option<&Arc<EntityMatcher>>) -> Entities {
    let starts = sentence_starts(text, sentences);
    let mut given = matcher.map_or_else(Vec::new, |matcher| matcher.find(text.text));
    // Without a list of ordinary words nothing tells a name from any other word with a capital.
    let knows_words = text.language.lexicon.lists(Class::Common);
    let names = if knows_words { names::find(text, &starts) } else { Vec::new() };
    let roles = roles::find(text, &names);
    let names = without_overlaps(names, &given);
    let mut found = Vec::with_capacity(2 * (names.len() + given.len() + roles.len()));
    let called =
        merged(placed(text, names.iter().map(Found::Name)), placed(text, given.iter_mut().map(Found::Given)));
    let described = merged(
        placed(text, roles.iter().map(Found::Role)),
        placed(text, pronouns::find(text).map(Found::Pronoun)),
    );
    found.extend(merged(called, described).map(|(_, found)| found));
    links::link(text, sentences, found, matcher.map(Arc::as_ref))
}

/// What was found, with its place in the order of the text: from left to right, an outer one before what it covers.
type Placed<'f> = ((usize, Reverse<usize>), Found<'f>);

fn placed<'f>(text: &Tagged, found: impl Iterator<Item = Found<'f>>) -> impl Iterator<Item = Placed<'f>> {
    found.map(|found| {
        let span = found.span(text);
        ((span.start(), Reverse(span.end())), found)
    })
}

/// Both in order; of two that cover the same, the left one first.
fn merged<'f>(
    left: impl Iterator<Item = Placed<'f>>,
    right: impl Iterator<Item = Placed<'f>>,
) -> impl Iterator<Item = Placed<'f>> {
    let (mut left, mut right) = (left.peekable(), right.peekable());
    std::iter::from_fn(move || match (left.peek(), right.peek()) {
        (Some((first, _)), Some((second, _))) if second < first => right.next(),
        (Some(_), _) => left.next(),
        (None, _) => right.next(),
    })
}

/// The names where the caller's entities are not: what the caller names is the caller's.
fn without_overlaps(names: Vec<Name>, given: &[Mention]) -> Vec<Name> {
    let mut next = 0;
    let mut is_free = |name: &Name| {
        while given.get(next).is_some_and(|mention| mention.span.end() <= name.span.start()) {
            next += 1;
        }
        given.get(next).is_none_or(|mention| !mention.span.overlaps(name.span))
    };
    names.into_iter().filter(|name| is_free(name)).collect()
}

/// For each token, whether it is the first word of a sentence, of a quotation, after a colon or a dateline.
fn sentence_starts(text: &Tagged, sentences: &[Span]) -> Vec<bool> {
    let mut starts = vec![false; text.len()];
    let begins = sentences.iter().map(|sentence| sentence.start());
    let opens = text.text.marks().iter().map(|pair| pair.inner.start());
    for offset in begins.chain(opens) {
        if let Some(start) = starts.get_mut(text.text.token_at(offset)) {
            *start = true;
        }
    }
    for dateline in text.datelines() {
        if let Some(start) = starts.get_mut(dateline.end) {
            *start = true;
        }
    }
    // Marks do not count as words: the start moves on behind them.
    let mut moves_on = false;
    for (token, starts) in starts.iter_mut().enumerate() {
        *starts |= moves_on;
        moves_on = !text.is_word(token) & (*starts | text.is_colon(token));
    }
    starts
}
