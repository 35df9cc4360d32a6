//! Which of the hits that share words become mentions.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Mention, MentionKind, matcher::Overlap};
use crate::text::Span;

/// What a name tells of its entity to the rest of the text, where forms are derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// Nothing.
    Nothing,
    /// It names the entity in full.
    InFull,
    /// It is a short form, and counts only behind a full one.
    ShortForm,
}

/// What a gazetteer or a pattern found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit {
    pub(super) span: Span,
    kind: MentionKind,
    pub(super) entity: u32,
    /// Which of the entities of one name comes first: the one of the lowest rank.
    rank: u32,
    /// Other entities of the same name, with their ranks.
    others: Vec<(u32, u32)>,
    score: f32,
    pub(super) tells: Tells,
}

impl Hit {
    /// An entity's name.
    pub(super) fn name(span: Span, entity: u32, score: f32) -> Self {
        let (kind, tells) = (MentionKind::Gazetteer, Tells::Nothing);
        Self { span, kind, entity, rank: 0, others: Vec::new(), score, tells }
    }

    /// The hit with what it tells.
    pub(super) fn telling(self, tells: Tells) -> Self {
        Self { tells, ..self }
    }

    /// The hit with a rank.
    pub(super) fn ranked(self, rank: u32) -> Self {
        Self { rank, ..self }
    }

    /// What an entity's regular expression matches.
    pub(super) fn pattern(span: Span, entity: u32) -> Self {
        Self { kind: MentionKind::Pattern, ..Self::name(span, entity, 1.0) }
    }

    /// Whether nothing had to be forgiven.
    pub(super) fn is_exact(&self) -> bool {
        self.score >= 1.0
    }

    fn mention(mut self) -> Mention {
        let mut entity = self.entity;
        let mut others = Vec::new();
        if !self.others.is_empty() {
            self.others.push((self.rank, self.entity));
            self.others.sort_unstable();
            self.others.dedup();
            entity = self.others.remove(0).1;
            others.extend(self.others.into_iter().map(|(_, entity)| entity as usize));
        }
        Mention { span: self.span, kind: self.kind, entity: Some(entity as usize), others, score: self.score }
    }
}

/// Of the hits from one word, the longest exact ones and the longest misspelt ones stay.
pub(super) fn keep_longest(hits: &mut Vec<Hit>, first: usize) {
    if hits.len() - first < 2 {
        return;
    }
    let longest = |exact: bool| {
        hits[first..].iter().filter(|hit| hit.is_exact() == exact).map(|hit| hit.span.end()).max()
    };
    let ends = [longest(true), longest(false)];
    let mut kept = hits.split_off(first);
    kept.retain(|hit| Some(hit.span.end()) == ends[usize::from(!hit.is_exact())]);
    hits.append(&mut kept);
}

/// Turns hits into mentions, in order. Those that are part of `longer` names, misspelt, are none.
pub(super) fn resolve(mut hits: Vec<Hit>, longer: &[Span], overlap: Overlap) -> Vec<Mention> {
    let order = |a: &Hit, b: &Hit| order(a).cmp(&order(b)).then(b.score.total_cmp(&a.score));
    // One gazetteer finds them in order.
    if !hits.is_sorted_by(|a, b| order(a, b).is_le()) {
        hits.sort_by(order);
    }
    merge(&mut hits);
    let hits = match overlap {
        Overlap::All => hits,
        Overlap::Priority => first_given(hits),
        Overlap::Longest if hits.iter().all(Hit::is_exact) => without(leftmost(hits), longer),
        Overlap::Longest => {
            let (exact, near): (Vec<Hit>, Vec<Hit>) = hits.into_iter().partition(Hit::is_exact);
            with_near(leftmost(exact), near)
        }
    };
    hits.into_iter().map(Hit::mention).collect()
}

/// Leftmost first, then longest, then names before patterns.
fn order(hit: &Hit) -> (usize, Reverse<usize>, MentionKind) {
    (hit.span.start(), Reverse(hit.span.end()), hit.kind)
}

/// Hits of one kind at one place become one, of the best score.
fn merge(hits: &mut Vec<Hit>) {
    hits.dedup_by(|hit, first| {
        let is_one = first.span == hit.span && first.kind == hit.kind;
        if is_one && first.score <= hit.score {
            first.others.push((hit.rank, hit.entity));
            first.others.append(&mut hit.others);
        }
        is_one
    });
}

/// Hits that overlap nothing before them.
fn leftmost(mut hits: Vec<Hit>) -> Vec<Hit> {
    let mut end = 0;
    hits.retain(|hit| {
        let is_free = hit.span.start() >= end;
        end = if is_free { hit.span.end() } else { end };
        is_free
    });
    hits
}

/// The hits, which share no words, without those that these spans cover. A span gives way to one that it shares words with
/// and does not cover.
fn without(mut hits: Vec<Hit>, longer: &[Span]) -> Vec<Hit> {
    let mut gone: Vec<Span> = Vec::new();
    for span in longer {
        let first = hits.partition_point(|hit| hit.span.end() <= span.start());
        let inside = hits[first..].iter().take_while(|hit| hit.span.start() < span.end());
        if inside.clone().all(|hit| span.covers(hit.span)) {
            gone.extend(inside.map(|hit| hit.span));
        }
    }
    gone.sort_unstable();
    hits.retain(|hit| gone.binary_search(&hit.span).is_err());
    hits
}

/// Hits that share no word with one of an entity that was given before theirs, or a longer one of the same; an exact hit
/// comes before a misspelt one.
fn first_given(mut hits: Vec<Hit>) -> Vec<Hit> {
    let first = |hit: &Hit| hit.others.iter().map(|other| other.1).fold(hit.entity, u32::min);
    hits.sort_by_key(|hit| (!hit.is_exact(), first(hit), Reverse(hit.span.len()), hit.span.start()));
    let mut taken: BTreeMap<usize, Hit> = BTreeMap::new();
    for hit in hits {
        let before = taken.range(..hit.span.end()).next_back();
        if before.is_none_or(|(_, other)| other.span.end() <= hit.span.start()) {
            taken.insert(hit.span.start(), hit);
        }
    }
    taken.into_values().collect()
}

/// Adds misspelt names: one may swallow exact hits that it covers, and gives way to all others.
fn with_near(exact: Vec<Hit>, near: Vec<Hit>) -> Vec<Hit> {
    if near.is_empty() {
        return exact;
    }
    let fits = |hit: &Hit| {
        let first = exact.partition_point(|other| other.span.end() <= hit.span.start());
        exact[first..]
            .iter()
            .take_while(|other| other.span.start() < hit.span.end())
            .all(|other| hit.span.covers(other.span) && hit.span != other.span)
    };
    let near = leftmost(near.into_iter().filter(fits).collect());
    let mut kept: Vec<Hit> = exact
        .into_iter()
        .filter(|hit| {
            let first = near.partition_point(|other| other.span.end() <= hit.span.start());
            near.get(first).is_none_or(|other| !other.span.overlaps(hit.span))
        })
        .collect();
    kept.extend(near);
    kept.sort_by_key(|hit| hit.span);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(start: usize, end: usize, entity: u32, score: f32) -> Hit {
        Hit::name(Span::new(start, end), entity, score)
    }

    fn spans(hits: Vec<Hit>, overlap: Overlap) -> Vec<(usize, usize)> {
        resolve(hits, &[], overlap).iter().map(|mention| (mention.span.start(), mention.span.end())).collect()
    }

    #[test]
    fn the_longest_of_the_leftmost_wins() {
        let hits = vec![hit(4, 9, 0, 1.0), hit(0, 3, 1, 1.0), hit(0, 6, 2, 1.0), hit(6, 9, 3, 1.0)];
        assert_eq!(spans(hits.clone(), Overlap::Longest), [(0, 6), (6, 9)]);
        assert_eq!(spans(hits, Overlap::All), [(0, 6), (0, 3), (4, 9), (6, 9)]);
    }

    #[test]
    fn who_is_given_first_wins_by_priority() {
        let hits = vec![hit(0, 6, 2, 1.0), hit(4, 9, 0, 1.0), hit(7, 12, 1, 1.0), hit(12, 14, 3, 1.0)];
        assert_eq!(spans(hits, Overlap::Priority), [(4, 9), (12, 14)]);
        let hits = vec![hit(0, 3, 1, 1.0), hit(0, 6, 1, 1.0), hit(2, 9, 0, 0.9)];
        assert_eq!(spans(hits, Overlap::Priority), [(0, 6)]);
    }

    #[test]
    fn one_place_is_one_mention_of_all_candidates() {
        let mentions =
            resolve(vec![hit(0, 3, 7, 1.0), hit(0, 3, 2, 1.0), hit(0, 3, 1, 0.8)], &[], Overlap::Longest);
        assert_eq!(mentions.len(), 1);
        assert_eq!((mentions[0].entity, &*mentions[0].others), (Some(2), &[7][..]));
    }

    #[test]
    fn what_begins_a_longer_name_is_no_mention() {
        let left = |longer: &[(usize, usize)]| -> Vec<usize> {
            let hits = vec![hit(0, 3, 0, 1.0), hit(4, 9, 1, 1.0), hit(9, 12, 2, 1.0)];
            let longer: Vec<Span> = longer.iter().map(|&(start, end)| Span::new(start, end)).collect();
            resolve(hits, &longer, Overlap::Longest).iter().map(|mention| mention.span.start()).collect()
        };
        assert_eq!(left(&[(0, 4)]), [4, 9]);
        assert_eq!(left(&[(4, 9), (0, 4)]), [9]);
        assert_eq!(left(&[(0, 9)]), [9]);
        assert_eq!(left(&[(0, 8), (9, 11)]), [0, 4, 9]);
    }

    #[test]
    fn a_misspelt_name_gives_way_unless_it_covers() {
        assert_eq!(spans(vec![hit(0, 6, 0, 0.9), hit(4, 9, 1, 1.0)], Overlap::Longest), [(4, 9)]);
        assert_eq!(spans(vec![hit(0, 9, 0, 0.9), hit(4, 9, 1, 1.0)], Overlap::Longest), [(0, 9)]);
    }
}
