//! Quotations inside quotations.

use super::{Attributed, scene::Scene, source::Source};
use crate::lang::Class;

/// How many words stand between a verb of saying and the inner marks at the most.
const GAP: usize = 2;
/// How far before its verb the inner speaker stands.
const REACH: usize = 3;

/// Who says what stands in the pair of marks `pair` inside another, by the outer speaker's account: nobody, unless
/// a verb of saying stands right before the inner marks or right behind them.
pub(super) fn attribute(scene: &Scene, pair: usize) -> Option<Attributed> {
    let text = scene.text;
    let outer = text.text.marks()[pair].outer;
    let tokens = text.text.token_at(outer.start())..text.text.token_at(outer.end());
    let inside = Inside { scene, around: text.text.marks()[pair].parent };
    inside.before(tokens.start).or_else(|| inside.behind(tokens.end))
}

/// The words between an inner pair of marks and the pair around it.
struct Inside<'b, 'a, 't, 's> {
    scene: &'b Scene<'a, 't, 's>,
    around: Option<usize>,
}

impl Inside<'_, '_, '_, '_> {
    fn is_inside(&self, token: usize) -> bool {
        token < self.scene.text.len() && self.scene.text.marked_by(token) == self.around
    }

    fn is_verb(&self, token: usize) -> bool {
        self.is_inside(token) && self.scene.text.has(token, Class::SayVerb)
    }

    fn source(&self, token: usize) -> Option<Source> {
        let mention = self.scene.mention_of(token).filter(|&mention| self.scene.can_speak(mention))?;
        let tokens = self.scene.mention_tokens(mention);
        self.is_inside(token).then_some(Source { tokens, mention, adjacent: true })
    }

    /// "Quist said ‘…’"
    fn before(&self, opening: usize) -> Option<Attributed> {
        let back = |from: usize, reach: usize| {
            (from.saturating_sub(reach)..from).rev().take_while(|&token| token > 0 && self.is_inside(token))
        };
        let verb = back(opening, GAP + 1).find(|&token| self.is_verb(token))?;
        let source = back(verb, REACH).find_map(|token| self.source(token));
        Some(Attributed { cue: verb..verb + 1, source })
    }

    /// "‘…’ said Quist", "‘…’ Quist said"
    fn behind(&self, closing: usize) -> Option<Attributed> {
        if self.is_verb(closing) {
            let source = (closing + 1..closing + 1 + REACH).find_map(|token| self.source(token))?;
            return Some(Attributed { cue: closing..closing + 1, source: Some(source) });
        }
        let source = self.source(closing)?;
        let verb = source.tokens.end;
        self.is_verb(verb).then_some(Attributed { cue: verb..verb + 1, source: Some(source) })
    }
}
