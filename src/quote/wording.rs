//! How reasons are put into words.

use std::ops::Range;

use super::{
    explain::Account,
    scene::{Scene, Unit},
};

/// Of more tokens than these the first and the last are shown.
const SHOWN: usize = 8;

/// An account of candidates, each told by its aspects.
pub(super) fn account<F: Copy, A: Copy, C>(
    templates: &[&[F]],
    aspect_of: impl Fn(F) -> usize,
    aspects: &[A],
    candidates: impl Iterator<Item = C>,
    tell: impl Fn(&C, A) -> String,
) -> Account {
    Account {
        aspects: templates.iter().map(|facts| facts.iter().map(|&fact| aspect_of(fact)).collect()).collect(),
        words: candidates.map(|one| aspects.iter().map(|&aspect| tell(&one, aspect)).collect()).collect(),
    }
}

/// "one word", "3 words".
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("one {noun}") } else { format!("{count} {noun}s") }
}

/// Some tokens as they are written, in marks, on one line.
pub(super) fn quoted(scene: &Scene, tokens: Range<usize>) -> String {
    let tokens = tokens.start..tokens.end.min(scene.text.len());
    if tokens.is_empty() {
        return "nothing".to_owned();
    }
    let written = |tokens: Range<usize>| {
        let words = scene.span_of(&tokens).of(scene.text.text.source());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    if tokens.len() <= SHOWN {
        return format!("“{}”", written(tokens));
    }
    let half = SHOWN / 2;
    let last = tokens.end - half;
    format!("“{} … {}”", written(tokens.start..tokens.start + half), written(last..tokens.end))
}

/// What stands before some tokens: "“of” stands before it".
pub(super) fn before(scene: &Scene, tokens: &Range<usize>) -> String {
    let start = tokens.start;
    if scene.segments.get(scene.segment_of(start)).is_none_or(|segment| segment.tokens.start == start) {
        return "it begins its sentence".to_owned();
    }
    format!("{} stands before it", quoted(scene, start - 1..start))
}

/// What stands behind some tokens: "“said” follows it at once".
pub(super) fn behind(scene: &Scene, tokens: &Range<usize>) -> String {
    let end = tokens.end;
    if scene.segments.get(scene.segment_of(end)).is_none_or(|segment| segment.tokens.start == end) {
        return "it ends its sentence".to_owned();
    }
    format!("{} follows it at once", quoted(scene, end..end + 1))
}

/// What stands inside a unit's marks.
pub(super) fn inside(scene: &Scene, unit: &Unit) -> Range<usize> {
    scene.text.text.tokens_in(unit.inner)
}

/// What the inside of a unit's marks ends with.
pub(super) fn ending(scene: &Scene, unit: &Unit) -> String {
    let inside = inside(scene, unit);
    quoted(scene, inside.end.saturating_sub(1).max(inside.start)..inside.end)
}

/// How many of some tokens are words.
pub(super) fn words_in(scene: &Scene, tokens: Range<usize>) -> usize {
    tokens.filter(|&token| scene.text.is_word(token)).count()
}
