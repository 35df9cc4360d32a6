//! Clauses that cues would have: which of them stay, each with its cue.

use std::{cmp::Reverse, ops::Range};

use super::{
    cue::Cue,
    indirect::{self, Clause},
    reported::LONGEST,
    rule::Rule,
    scene::Scene,
    source,
};
use crate::lang::Class;

/// How many marks stand between two sentences of one statement at the most.
const SEAM: usize = 3;

/// A clause that a cue would have.
pub(super) struct Draft {
    pub(super) cue: Cue,
    pub(super) tokens: Range<usize>,
    /// The rule that it is by, if that is sure.
    pub(super) sure: Option<Rule>,
    pub(super) probability: f32,
}

/// The tokens of a clause, and the rule that is sure of them.
type Bounds = (Range<usize>, Option<Rule>);

/// Gives verbs that a conjunction joins the source of the first, and ends a clause where its source goes on to say something else for
/// sure: "told the court that … but denied that …".
pub(super) fn join_verbs(scene: &Scene, drafts: &mut [Draft]) {
    for next in 1..drafts.len() {
        let (before, behind) = drafts.split_at_mut(next);
        let (first, second) = (&mut before[next - 1], &mut behind[0]);
        let start = scene.segments[second.cue.segment].tokens.start;
        let Some(joins) = source::coordinated(scene, second.cue.tokens.start, start) else { continue };
        if first.cue.segment != second.cue.segment || joins < first.cue.tokens.end {
            continue;
        }
        if first.cue.source.is_some() {
            second.cue.source.clone_from(&first.cue.source);
        }
        if second.sure.is_some() && first.tokens.contains(&joins) {
            let rest = indirect::trimmed(scene, first.tokens.start..joins);
            first.tokens = if rest.is_empty() { first.tokens.clone() } else { rest };
        }
    }
}

/// The cues of the rules and of the drafts, and the clauses that do not overlap, the surest first.
pub(super) fn merged(scene: &Scene, cues: Vec<Cue>, drafts: Vec<Draft>) -> (Vec<Cue>, Vec<Clause>) {
    let mut kept = apart(&drafts).into_iter();
    let kept = drafts.into_iter().filter(|_| kept.next() == Some(true));
    let mut all: Vec<(Cue, Option<Bounds>)> =
        joined(scene, kept).map(|draft| (draft.cue, Some((draft.tokens, draft.sure)))).collect();
    all.extend(cues.into_iter().map(|cue| (cue, None)));
    all.sort_by_key(|(cue, clause)| (cue.tokens.start, Reverse(clause.is_some())));
    all.dedup_by_key(|(cue, _)| cue.tokens.start);
    let clauses = all.iter().enumerate().filter_map(|(cue, (_, clause))| {
        let (tokens, sure) = clause.clone()?;
        Some(Clause { cue, tokens, sure })
    });
    let clauses = clauses.collect();
    (all.into_iter().map(|(cue, _)| cue).collect(), clauses)
}

/// Which drafts are kept, the surest first, so that none overlaps another. They are in the order of their cues, and one that
/// overlaps another has its cue near by.
fn apart(drafts: &[Draft]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by(|&one, &other| drafts[other].probability.total_cmp(&drafts[one].probability));
    let mut kept = vec![false; drafts.len()];
    for index in order {
        let draft = &drafts[index];
        let first = draft.tokens.start.min(draft.cue.tokens.start).saturating_sub(LONGEST);
        let end = draft.tokens.end.max(draft.cue.tokens.end) + LONGEST;
        let before = (0..index).rev().take_while(|&other: &usize| drafts[other].cue.tokens.start >= first);
        let behind = (index + 1..drafts.len()).take_while(|&other| drafts[other].cue.tokens.start < end);
        kept[index] = !before.chain(behind).any(|other| kept[other] && draft.overlaps(&drafts[other]));
    }
    kept
}

impl Draft {
    /// Whether two clauses share words, or one has the other's cue.
    fn overlaps(&self, other: &Self) -> bool {
        let shared = other.tokens.start < self.tokens.end && self.tokens.start < other.tokens.end;
        shared
            || other.tokens.contains(&self.cue.tokens.start)
            || self.tokens.contains(&other.cue.tokens.start)
    }
}

/// Sentences one behind the other that report by their mood are one statement.
fn joined(scene: &Scene, drafts: impl Iterator<Item = Draft>) -> impl Iterator<Item = Draft> {
    let mut joined: Vec<Draft> = Vec::new();
    for draft in drafts {
        let is_next = |last: &&mut Draft| {
            let mut between = last.tokens.end..draft.tokens.start;
            let moods = is_mood(scene, last.cue.tokens.start) && is_mood(scene, draft.cue.tokens.start);
            moods && between.len() <= SEAM && between.all(|token| !scene.text.is_word(token))
        };
        match joined.last_mut().filter(is_next) {
            Some(last) => last.tokens.end = draft.tokens.end,
            None => joined.push(draft),
        }
    }
    joined.into_iter()
}

/// Whether the token is a verb whose mood alone reports.
fn is_mood(scene: &Scene, token: usize) -> bool {
    scene.text.has(token, Class::Subjunctive) && scene.is_outside(token)
}
