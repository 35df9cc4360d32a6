//! What a word shows about whether it is the cue of a reported clause, and the tokens around it about where that clause
//! starts and ends and who its source is.

use std::ops::Range;

use super::{
    clause_facts::{Asked, FACTS, Fact},
    decide::Notes,
    features::{path, size, word},
    scene::COUNTED,
    templates::{put, templates},
};
use crate::{lang::Class, model::combine};

/// How many tokens of the way from a cue are looked at.
const PATH: usize = 7;

/// In place of a side, where there is none.
const NOWHERE: u64 = 99;

templates! {
    /// The features of a word as a cue.
    CUE, fill_cue:
    []
    [Cue]
    [Classes]
    [Left2, Left]
    [Right, Right2]
    [Cue, Left]
    [Cue, Right]
    [Left, Ending, Right]
    [Left3, Left2, Left]
    [Right, Right2, Right3]
    [Rule, Cue]
    [That, Cue]
    [That, Rule, Right]
    [Verb, Cue]
    [Capital, Cue]
    [Capital, FromStart]
    [FromStart, Cue]
    [ToEnd, Cue]
    [Units, Cue]
    [NextUnit, Cue]
    [Classes, Left, Right]
    [Within]
    [Within, Cue]
    [Stem]
    [Stem, Left]
    [Stem, Right]
    [Stem, That]
    [Subject]
    [Subject, Cue]
}

templates! {
    /// The features of a token as the start of a clause.
    START, fill_start:
    [Distance]
    [Distance, Cue]
    [Left]
    [Here]
    [Left, Here]
    [Here, Right]
    [LeftWord, Word]
    [Word, RightWord]
    [Word]
    [LeftWord]
    [Whole]
    [Whole, Cue]
    [Whole, Here]
    [Rule, Distance]
    [Rule, Cue]
    [Rule, Left]
    [Opens, Distance]
    [Opens, Cue]
    [Mention, Distance]
    [Mention, Left]
    [LeftWord, Cue]
    [Word, Cue]
    [AfterCue, Distance]
    [AfterCue, BeforeCue, Distance]
    [SourceSide, Distance]
    [SourceSide, BeforeCue, Opens]
    [Left, Distance]
    [Here, Distance]
    [Left, Here, Distance]
    [Aside, Distance]
    [Stem, Distance]
    [Stem, Here]
    [AfterCue, Here]
}

templates! {
    /// The features of a token as the end of one.
    END, fill_end:
    [Behind, Length]
    [Behind, Rest]
    [Behind, Cue]
    [ToCue, Here]
    [Left, Here]
    [Here]
    [Here, Behind]
    [Here, Right]
    [Here, Right, Right2]
    [Word]
    [Word, RightWord]
    [LeftWord, Word]
    [Here, Cue]
    [Here, Length]
    [Here, Commas]
    [Here, Verbs]
    [Here, Rest]
    [Rule, Here]
    [Rule, Length]
    [Says, Here]
    [Says, Right]
    [First, Here]
    [Verbs, Length, Behind]
    [Here, Right, Rest]
    [Commas, Behind]
    [Aside, ToCue, Behind]
    [BeforeCue, AfterCue, ToCue]
    [AfterCue, Here]
    [Stem, Here]
}

templates! {
    /// The features of a mention as the source.
    SOURCE, fill_source:
    [Place]
    [Place, Distance]
    [Place, Who]
    [Place, Behind]
    [Place, Cue]
    [Place, Whole]
    [Whole, Cue]
    [Whole, Who]
    [Near, Place]
    [Far, Place]
    [Rule, Place]
    [Rule, Who]
    [Rule, Whole]
    [Governed, Place]
    [Governed, Who]
    [Left, Place]
    [Right, Place]
    [Left, Right]
    [Relative, Place]
    [Ending, Place]
    [Ending, Whole]
    [Who]
    [Head]
    [Head, Place]
}

impl Asked<'_, '_, '_, '_> {
    /// Whether the word is a cue.
    pub(super) fn is_cue(&self, notes: &mut Notes) {
        self.is_cue_anywhere(notes);
        if let Some(prefix) = self.prefix() {
            let cue = self.closer.cue;
            notes.push(combine(3100, prefix));
            notes.push(combine(combine(3101, prefix), cue));
        }
        if self.is_mood() {
            self.fill_mood(notes);
        }
    }

    /// What the sentences before show of whether a mood reports: somebody was said to speak, a clause or words in marks.
    fn fill_mood(&self, notes: &mut Notes) {
        let scene = self.scene;
        let since = self.since.map_or(NOWHERE, size).min(5);
        let before = scene.segment_of(self.token).checked_sub(1).map(|before| &scene.segments[before]);
        let quoted = before.map_or(2, |before| u64::from(!before.units.is_empty()));
        let cue = self.closer.cue;
        let first = self.kind(self.segment.start);
        let opens = u64::from(!(self.segment.start..self.token).any(|at| scene.text.is(at, ",")));
        for (number, values) in (3110..).zip([
            [since, quoted],
            [since, cue],
            [since, opens],
            [opens, first],
            [opens, cue],
            [quoted, opens],
        ]) {
            notes.push(values.into_iter().fold(number, combine));
        }
    }

    fn is_cue_anywhere(&self, notes: &mut Notes) {
        let token = self.token;
        let left = |by: usize| token.wrapping_sub(by);
        let right = |by: usize| token + by;
        let cue = self.word(token);
        let classes = self.scene.text.classes(token).bits();
        let (l1, l2, l3) = (self.kind(left(1)), self.kind(left(2)), self.kind(left(3)));
        let (r1, r2, r3) = (self.kind(right(1)), self.kind(right(2)), self.kind(right(3)));
        let rule = self.rule();
        let capital = u64::from(self.scene.text.is_capital(token));
        let that = self.first_behind(token, 9, &[Class::That]).map_or(9, size);
        let verb = self.first_behind(token, 12, &[Class::Auxiliary]).map_or(99, size);
        let from_start = size(token - self.segment.start);
        let to_end = size(self.segment.end - token);
        let units = size(self.scene.units_between(&self.segment)).min(2);
        let next_unit = size(self.scene.units_between(&(token..(token + 3).min(self.segment.end)))).min(1);
        let mut facts = [0; FACTS];
        put!(
            facts,
            Cue: cue,
            Classes: combine(classes, 0),
            Ending: self.ending,
            Left: l1,
            Left2: l2,
            Left3: l3,
            Right: r1,
            Right2: r2,
            Right3: r3,
            Rule: rule,
            Capital: capital,
            That: that,
            Verb: verb,
            FromStart: from_start,
            ToEnd: to_end,
            Units: units,
            NextUnit: next_unit,
            Within: self.within,
            Stem: self.closer.stem,
            Subject: self.subject(),
        );
        fill_cue(3000, &facts, notes);
    }

    /// How many tokens of the segment stand between a token and the first of some classes behind it; `within` are looked at.
    fn first_behind(&self, token: usize, within: usize, classes: &[Class]) -> Option<usize> {
        let behind = token + 1..self.segment.end.min(token + 1 + within);
        self.scene.text.classes_in(behind).iter().position(|own| own.any(classes))
    }

    fn whole(&self, way: &Range<usize>) -> u64 {
        if way.len() <= PATH { path(self.scene, way.clone()) } else { 0 }
    }

    /// On which side of the word the rules' source stands, and how much of the segment is left behind it.
    fn source_side(&self) -> u64 {
        let source = self.cue.and_then(|cue| cue.source.as_ref());
        source.map_or(NOWHERE, |source| {
            if source.tokens.start < self.token {
                0
            } else {
                1 + size(self.segment.end.saturating_sub(source.tokens.end))
            }
        })
    }

    /// Whether the clause starts at the token.
    pub(super) fn is_start(&self, token: usize, notes: &mut Notes) {
        self.is_start_anywhere(token, notes);
        if self.is_inside() {
            let commas = combine(u64::from(token > self.token), self.commas(self.way(token)));
            let (before, here) = (self.kind(token.wrapping_sub(1)), self.kind(token));
            notes.push(combine(4100, commas));
            notes.push(combine(combine(4101, commas), before));
            notes.push(combine(combine(4102, commas), here));
            notes.push(combine(combine(4103, commas), self.closer.cue));
        }
    }

    /// How many commas stand among tokens.
    fn commas(&self, tokens: Range<usize>) -> u64 {
        let text = self.scene.text;
        size(tokens.take(COUNTED).filter(|&at| text.is(at, ",") && self.scene.is_outside(at)).count())
    }

    fn is_start_anywhere(&self, token: usize, notes: &mut Notes) {
        let cue = self.closer.cue;
        let behind = u64::from(token > self.token);
        let way = self.way(token);
        let distance = size(way.len()) + 32 * behind;
        let (l1, here, r1) = (self.kind(token.wrapping_sub(1)), self.kind(token), self.kind(token + 1));
        let (lw, w, rw) = (self.word(token.wrapping_sub(1)), self.word(token), self.word(token + 1));
        let whole = self.whole(&way);
        let rule = self.rule_of_place(token, |clause| clause.start);
        let opens = u64::from(token == self.segment.start);
        let mention = u64::from(
            self.scene
                .mention_of(token)
                .is_some_and(|mention| self.scene.mention_tokens(mention).start == token),
        );
        let after_cue = self.closer.after;
        let before_cue = self.closer.before;
        let source = self.source_side();
        let mut facts = [0; FACTS];
        put!(
            facts,
            Distance: distance,
            Cue: cue,
            Left: l1,
            Here: here,
            Right: r1,
            LeftWord: lw,
            Word: w,
            RightWord: rw,
            Whole: whole,
            Rule: rule,
            Opens: opens,
            Mention: mention,
            AfterCue: after_cue,
            BeforeCue: before_cue,
            SourceSide: source,
            Aside: self.closer.aside,
            Stem: self.closer.stem,
        );
        fill_start(4000, &facts, notes);
    }

    /// Whether the clause that starts at `start` ends before the token `end`.
    pub(super) fn is_end(&self, start: usize, end: usize, notes: &mut Notes) {
        self.is_end_anywhere(start, end, notes);
        if self.is_inside() || start < self.token && self.token < end {
            let from = start.max(self.token);
            let commas = combine(u64::from(end > self.token), self.commas(from..end.max(from)));
            let last = u64::from(end + 1 >= self.segment.end);
            notes.push(combine(5100, commas));
            notes.push(combine(combine(5101, commas), self.kind(end + 1)));
            notes.push(combine(combine(5102, commas), last));
            notes.push(combine(combine(5103, last), self.closer.cue));
        }
    }

    fn is_end_anywhere(&self, start: usize, end: usize, notes: &mut Notes) {
        let cue = self.closer.cue;
        let text = self.scene.text;
        let words = size(end - start);
        let rest = size(self.segment.end - end).min(9);
        let to_cue = match () {
            () if end <= self.token => size(self.token - end),
            () if start <= self.token => 40 + size(end - self.token),
            () => 77,
        };
        let (l1, here, r1, r2) =
            (self.kind(end.wrapping_sub(1)), self.kind(end), self.kind(end + 1), self.kind(end + 2));
        let (lw, w, rw) = (self.word(end.wrapping_sub(1)), self.word(end), self.word(end + 1));
        let inside = self.scene.tally(&(start..end));
        let (commas, verbs) = (size(inside.commas as usize), size(inside.auxiliaries as usize).min(3));
        let rule = self.rule_of_place(end, |clause| clause.end);
        let near = end..self.segment.end.min(end + 6);
        let says = text
            .classes_in(near.clone())
            .iter()
            .zip(near)
            .position(|(own, at)| own.any(&[Class::SayVerb, Class::ThinkVerb]) && at != self.token)
            .map_or(9, size);
        let first = self.word(start);
        let side = self.side_of_end(start, end);
        let mut facts = [0; FACTS];
        put!(
            facts,
            Behind: side,
            Length: words,
            Rest: rest,
            Cue: cue,
            ToCue: to_cue,
            Left: l1,
            Here: here,
            Right: r1,
            Right2: r2,
            Word: w,
            RightWord: rw,
            LeftWord: lw,
            Commas: commas,
            Verbs: verbs,
            Rule: rule,
            Says: says,
            First: first,
            AfterCue: self.closer.after,
            BeforeCue: self.closer.before,
            Aside: self.closer.aside,
            Stem: self.closer.stem,
        );
        fill_end(5000, &facts, notes);
    }

    /// Whether the mention is the source, where the clause is `clause`.
    pub(super) fn is_source(&self, mention: usize, rank: usize, clause: &Range<usize>, notes: &mut Notes) {
        self.is_source_anywhere(mention, rank, clause, notes);
        if self.is_mood() {
            let stands = self.standing.map_or(2, |standing| u64::from(self.scene.is_same(standing, mention)));
            let is_it = u64::from(self.standing == Some(mention));
            notes.push(combine(6100, stands));
            notes.push(combine(6101, combine(stands, is_it)));
            notes.push(combine(6102, combine(is_it, size(rank))));
        }
    }

    fn is_source_anywhere(&self, mention: usize, rank: usize, clause: &Range<usize>, notes: &mut Notes) {
        let text = self.scene.text;
        let tokens = self.scene.mention_tokens(mention);
        let cue = self.closer.cue;
        let way = self.way_to_source(&tokens);
        let distance = size(way.len());
        let place = self.place(&tokens, rank, clause);
        let entry = &self.scene.entities.mentions[mention];
        let pronoun =
            if text.has(tokens.start, Class::Pronoun) { word(self.scene, Some(tokens.start)) } else { 0 };
        let entity = self.scene.type_of(entry.entity);
        let speaks = u64::from(self.scene.can_speak(mention));
        let who = combine(combine(entry.kind as u64, pronoun), combine(entity, speaks));
        let (l1, r1) = (self.kind(tokens.start.wrapping_sub(1)), self.kind(tokens.end));
        let whole = self.whole(&way);
        let near = path(self.scene, way.clone().take(3));
        let far = path(self.scene, way.rev().take(3));
        let rule = self.rule_of_source(&tokens);
        let governed = u64::from(self.scene.is_governed(tokens.start));
        let relative = u64::from(text.has(tokens.end, Class::Relative));
        let side = u64::from(clause.start > self.token);
        let head = word(self.scene, tokens.end.checked_sub(1));
        let mut facts = [0; FACTS];
        put!(
            facts,
            Place: place,
            Distance: distance,
            Who: who,
            Behind: side,
            Cue: cue,
            Whole: whole,
            Near: near,
            Far: far,
            Rule: rule,
            Governed: governed,
            Left: l1,
            Right: r1,
            Relative: relative,
            Ending: self.ending,
            Head: head,
        );
        fill_source(6000, &facts, notes);
    }
}
