//! From the words that name a source to who that is.

use super::{
    Speaker,
    cast::{Character, Known},
    scene::Scene,
    source::Source,
    turns::Turn,
};
use crate::{entity::MentionKind, lang::Class};

/// How far around a source the words stand that say that a name is kept back.
const REACH: usize = 24;

/// The speaker that a source stands for; where a conversation is told, the character.
pub(super) fn speaker(scene: &Scene, source: &Source, character: Option<&Character>) -> Speaker {
    let mention = &scene.entities.mentions[source.mention];
    let known = match character.map(|character| character.known) {
        Some(Known::Name(entity)) => Some(entity),
        Some(Known::Role(_) | Known::Narrator) => None,
        None => mention.entity,
    };
    let role = character.and_then(|character| match character.known {
        Known::Role(mention) => Some(written(scene, mention)),
        Known::Name(_) | Known::Narrator => None,
    });
    Speaker {
        span: scene.span_of(&source.tokens),
        name: known.map(|entity| scene.entities.fullest[entity].clone()).or(role),
        entity: known.filter(|&entity| scene.entities.given[entity]),
        anonymous: character.is_none()
            && known.is_none()
            && mention.kind == MentionKind::Role
            && is_kept_back(scene, source),
    }
}

/// A mention as it is written, but with single spaces.
fn written(scene: &Scene, mention: usize) -> String {
    let words = scene.entities.mentions[mention].span.of(scene.text.text.source());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The speaker of a turn whose label is no mention: "Q".
pub(super) fn labelled(scene: &Scene, turn: &Turn) -> Speaker {
    Speaker { span: scene.span_of(&turn.name), name: None, entity: None, anonymous: false }
}

/// Whether a role stands for somebody whose name the article keeps back: "a senior official", "two people", or
/// whoever speaks on condition of anonymity.
fn is_kept_back(scene: &Scene, source: &Source) -> bool {
    let text = scene.text;
    let person = scene
        .mention_tokens(source.mention)
        .any(|token| text.any(token, &[Class::Role, Class::PluralPronoun]));
    let definite = text.any(source.tokens.start, &[Class::Determiner])
        && !text.has(source.tokens.start, Class::Indefinite);
    let around = source.tokens.start.saturating_sub(REACH)..text.len().min(source.tokens.end + REACH);
    person && (!definite || around.into_iter().any(|token| text.has(token, Class::Anonymity)))
}
