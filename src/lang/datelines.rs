//! Datelines: where the news of a paragraph is from.
//!
//! ```text
//! OSTERBY (Northwire) — Shares in …       VORRAND, Norrland, March 3 – The council …
//! └─── dateline ───┘                      └────── dateline ──────┘
//! ```

use std::ops::Range;

use super::Tagged;

/// How many tokens stand between the first word of the place and the dash at the most.
const REACH: usize = 9;

impl Tagged<'_, '_> {
    /// The datelines of a text, in order, each with its dash: what its paragraph begins with.
    pub fn datelines(&self) -> impl Iterator<Item = Range<usize>> {
        let firsts = self.text.blocks().iter().map(|block| self.text.token_at(block.start()));
        firsts.filter_map(|first| Some(first..self.dateline_dash(first)? + 1))
    }

    /// The dash that ends the dateline that begins with a token.
    pub fn dateline_dash(&self, first: usize) -> Option<usize> {
        if !self.is_all_capitals(first) {
            return None;
        }
        let is_dash = |token: usize| self.is_dash(token) && !self.is_glued(token);
        let names_places =
            |token: usize| self.is_capital(token) || !self.is_word(token) && !self.is_stop(token);
        let mut rest = first + 1..self.len().min(first + 1 + REACH);
        rest.find(|&token| is_dash(token) || !names_places(token)).filter(|&token| is_dash(token))
    }
}
