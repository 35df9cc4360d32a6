//! What shows at a glance of whether a word is the cue of a reported clause, a token its start or its end, and a mention its
//! source. Nobody is told of these features.

use std::ops::Range;

use super::{
    clause_facts::{Asked, FACTS, Fact},
    decide::Notes,
    features::size,
    templates::{put, templates},
};
use crate::model::combine;

templates! {
    /// The features of a word as a cue.
    ///
    fill_glance:
    []
    [Cue]
    [Classes, Ending]
    [Cue, Left]
    [Cue, Right]
    [Left2, Left]
    [Right, Right2]
    [Cue, Rule]
    [Left, Ending, Right]
    [Capital, Rule, NextUnit]
    [Cue, NextUnit]
}

templates! {
    /// Those of a token as the start of a clause.
    ///
    fill_start_glance:
    [Word]
    [Left, Here]
    [Distance, Cue]
    [Distance, AfterCue]
    [Distance, Rule]
    [Distance, Left]
    [Distance, Here]
}

templates! {
    /// Those of a token as the end of one.
    ///
    fill_end_glance:
    [Behind, Length]
    [Behind, Rest]
    [Behind, Here]
    [Left, Here]
    [Here, Right]
    [Length, Here]
    [Rule, Here]
}

templates! {
    /// Those of a mention as the source.
    ///
    fill_source_glance:
    [Place, Distance]
    [Place, Rule]
    [Place, Who]
    [Place, Cue]
    [Place, Left]
    [Place, Right]
    [Left, Right]
}

impl Asked<'_, '_, '_, '_> {
    /// What shows at a glance of whether the word is a cue.
    #[inline]
    pub(super) fn glance(&self, notes: &mut Notes) {
        let token = self.token;
        let next = token..(token + 3).min(self.segment.end);
        let mut facts = [0; FACTS];
        put!(
            facts,
            Cue: self.word(token),
            Classes: combine(self.scene.text.classes(token).bits(), 0),
            Ending: self.ending,
            Left: self.kind(token.wrapping_sub(1)),
            Left2: self.kind(token.wrapping_sub(2)),
            Right: self.kind(token + 1),
            Right2: self.kind(token + 2),
            Rule: self.rule(),
            Capital: u64::from(self.scene.text.is_capital(token)),
            NextUnit: size(self.scene.units_between(&next)).min(1),
        );
        fill_glance(2900, &facts, notes);
    }

    /// What shows at a glance of whether the clause starts at the token.
    #[inline]
    pub(super) fn glance_at_start(&self, token: usize, notes: &mut Notes) {
        let mut facts = [0; FACTS];
        put!(
            facts,
            Distance: size(self.way(token).len()) + 32 * u64::from(token > self.token),
            Cue: self.closer.cue,
            AfterCue: self.closer.after,
            Left: self.kind(token.wrapping_sub(1)),
            Here: self.kind(token),
            Word: self.word(token),
            Rule: self.rule_of_place(token, |clause| clause.start),
        );
        fill_start_glance(2920, &facts, notes);
    }

    /// What shows at a glance of whether the clause that starts at `start` ends before the token `end`.
    #[inline]
    pub(super) fn glance_at_end(&self, start: usize, end: usize, notes: &mut Notes) {
        let mut facts = [0; FACTS];
        put!(
            facts,
            Behind: self.side_of_end(start, end),
            Length: size(end - start),
            Rest: size(self.segment.end - end).min(9),
            Left: self.kind(end.wrapping_sub(1)),
            Here: self.kind(end),
            Right: self.kind(end + 1),
            Rule: self.rule_of_place(end, |clause| clause.end),
        );
        fill_end_glance(2940, &facts, notes);
    }

    /// What shows at a glance of whether the mention is the source.
    #[inline]
    pub(super) fn glance_at_source(
        &self,
        mention: usize,
        rank: usize,
        clause: &Range<usize>,
        notes: &mut Notes,
    ) {
        let scene = self.scene;
        let tokens = scene.mention_tokens(mention);
        let kind = scene.entities.mentions[mention].kind as u64;
        let speaks = u64::from(scene.can_speak(mention));
        let mut facts = [0; FACTS];
        put!(
            facts,
            Place: self.place(&tokens, rank, clause),
            Distance: size(self.way_to_source(&tokens).len()),
            Who: 4 * kind + 2 * speaks + u64::from(scene.is_governed(tokens.start)),
            Cue: self.closer.cue,
            Left: self.kind(tokens.start.wrapping_sub(1)),
            Right: self.kind(tokens.end),
            Rule: self.rule_of_source(&tokens),
        );
        fill_source_glance(2960, &facts, notes);
    }
}
