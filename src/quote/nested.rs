//! Quotations inside quotations.

use super::{Attributed, cue::Source, scene::Scene};
use crate::lang::Class;

/// How many words stand between a verb of saying and the inner marks at the most.
const GAP: usize = 2;
/// How far before its verb the inner speaker stands.
const REACH: usize = 3;

/// Who says what stands in the pair of marks `pair` inside another, by the outer speaker's account: nobody, unless
/// a verb of saying stands right before the inner marks.
pub(super) fn attribute(scene: &Scene, pair: usize) -> Option<Attributed> {
    let text = scene.text;
    let opening = text.text.token_at(text.text.marks()[pair].outer.start());
    let same_marks = |token: usize| token > 0 && text.marked_by(token) == text.text.marks()[pair].parent;
    let verb = (opening.saturating_sub(GAP + 1)..opening)
        .rev()
        .take_while(|&token| same_marks(token))
        .find(|&token| text.has(token, Class::SayVerb))?;
    let source =
        (verb.saturating_sub(REACH)..verb).rev().take_while(|&token| same_marks(token)).find_map(|token| {
            let mention = scene.mention_of(token).filter(|&mention| scene.can_speak(mention))?;
            Some(Source { tokens: scene.mention_tokens(mention), mention, adjacent: true })
        });
    Some(Attributed { cue: verb..verb + 1, source })
}
