//! Mentions that say nothing, wherever they stand.
//!
//! ```text
//! OSTERBY (Northwire) — Shares in …       Osterby mayor Mara Quist said
//! └─────┘ dateline                        └─────┘ title
//! ```

use std::ops::Range;

use super::scene::Scene;
use crate::{entity::MentionKind, lang::Class};

/// For each mention, whether it is one.
pub(super) fn all(scene: &Scene) -> Vec<bool> {
    let count = scene.entities.mentions.len();
    let mut aside: Vec<bool> = (0..count).map(|mention| scene.entitles(mention)).collect();
    for dateline in scene.text.datelines() {
        aside[scene.mentions_before(dateline.start)..scene.mentions_before(dateline.end)].fill(true);
    }
    aside
}

impl Scene<'_, '_, '_> {
    /// Whether a name is part of the title of the name behind it.
    fn entitles(&self, mention: usize) -> bool {
        /// How many words a title has at the most.
        const TITLE: usize = 5;
        let Range { start, end } = self.mention_tokens(mention);
        if self.entities.mentions[mention].kind == MentionKind::Pronoun || !self.text.is_word(end) {
            return false;
        }
        let next = (end..self.text.len()).take(TITLE).find(|&token| self.mention_of(token).is_some());
        next.is_some_and(|next| self.mention_of(next) != self.mention_of(start) && self.is_title(end..next))
    }

    /// Whether some words are the title before a name: ordinary words of which the last says what somebody is.
    pub(super) fn is_title(&self, words: Range<usize>) -> bool {
        const NEVER: [Class; 7] = [
            Class::SayVerb,
            Class::ThinkVerb,
            Class::Auxiliary,
            Class::Preposition,
            Class::Conjunction,
            Class::Pronoun,
            Class::Determiner,
        ];
        let text = self.text;
        let ends = words.end.checked_sub(1).is_some_and(|last| text.has(last, Class::Role));
        ends && !words.is_empty()
            && words.clone().all(|token| text.is_word(token) && !text.any(token, &NEVER))
    }
}
