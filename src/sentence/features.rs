//! What a gap between two words shows, as features for the model.
//!
//! The features are those of statistical splitters (Palmer and Hearst 1997, Gillick 2009): the words on both sides,
//! their shapes and classes, the marks between. A sentence may also end without a stop, so what the sentence and its
//! line have been so far is among them. What the rules say is one more: the model learns how far to trust each.
//!
//! A feature is a template filled with facts; the network gets the facts alone and joins them by itself. Nothing here looks further
//! than [`WINDOW`] bytes to the left of the sentence, or past the end of the source that it is given to the right.

use super::{
    ahead::Ahead,
    breaks,
    candidates::{Candidate, Gap, Kind, floor},
    pieces::{self, Piece},
    so_far::{Begun, SoFar},
    words::Words,
};
use crate::{
    lang::Classes,
    model::{Features, combine, hash, hash_run, hash_step},
};

/// How many bytes to look back.
pub(super) const WINDOW: usize = 200;

/// A gap and what surrounds it.
#[derive(Debug)]
pub(super) struct View<'a> {
    /// The text, as far to the right as a decision here looks.
    pub(super) source: &'a str,
    pub(super) words: &'a Words,
    pub(super) candidate: Candidate,
    /// How wide the gap is, as a number.
    pub(super) gap: u64,
    /// Where the sentence that may end here began.
    pub(super) sentence: usize,
    /// What the rules say, as a number.
    pub(super) rule: u64,
    /// Where the sentence before began; where this one does, if there is none in the paragraph.
    pub(super) before: usize,
    /// How the sentence before ended.
    pub(super) previous: u64,
    /// How many gaps without a stop this sentence has that one might end at.
    pub(super) passed: usize,
}

/// What templates are filled with. L1 is the piece before the gap and L2 the one before that, R1 the one behind it.
#[derive(Debug, Clone, Copy)]
enum Fact {
    /// How wide the gap is.
    Gap,
    /// The marks that end L1, and the kind of candidate.
    Stop,
    /// The stop, the gap, and the shape of R1.
    Side,
    /// The same with the marks that R1 begins with.
    Whole,
    L1,
    L2,
    L3,
    R1,
    R2,
    L1Shape,
    /// The shapes of L1 and L2.
    LeftShapes,
    L2Shape,
    R1Shape,
    R2Shape,
    /// The shapes of R1 and R2.
    RightShapes,
    /// The marks that end R1.
    R1Tail,
    L1Suffix,
    R1Suffix,
    R1Length,
    Rule,
    /// The classes of L1 and R1, all in one.
    L1Classes,
    R1Classes,
    /// How many words the sentence has.
    Count,
    /// How much the sentence looks like a title.
    Title,
    /// Whether a quotation mark or bracket of the sentence is open.
    Open,
    /// The first word of a short sentence.
    First,
    /// Whether R1 is the sentence's first word, or begins with the same marks.
    Again,
    Previous,
    LineBefore,
    LineAfter,
    /// Whether a margin may have made the line break.
    Filled,
    R3,
    R3Shape,
    /// How far the next stop is, and which.
    NextStop,
    /// How many of the next words have a capital.
    Capitals,
    /// In what the words behind the gap are like those that the sentence began with.
    Parallel,
    /// The marks that both begin with.
    Leads,
    /// How many words the sentence before had.
    PreviousCount,
    /// In what the words behind the gap are like those that the sentence before began with.
    PreviousParallel,
    /// The shapes of those.
    PreviousShapes,
}

/// How many facts there are.
const FACTS: usize = Fact::PreviousShapes as usize + 1;

use Fact::{
    Again, Capitals, Count, Filled, First, L1, L1Classes, L1Shape, L1Suffix, L2, L2Shape, L3, Leads,
    LeftShapes, LineAfter, LineBefore, NextStop, Open, Parallel, Previous, PreviousCount, PreviousParallel,
    PreviousShapes, R1, R1Classes, R1Length, R1Shape, R1Suffix, R1Tail, R2, R2Shape, R3, R3Shape,
    RightShapes, Rule, Side, Stop, Title, Whole,
};

/// The near features of every gap that join two facts.
const NEAR_PAIRS: &[[Fact; 2]] = &[
    [Fact::Gap, Rule],
    [Rule, Side],
    [Rule, L1],
    [Rule, R1],
    [L1, Stop],
    [L1, Side],
    [L2, Stop],
    [R1, Side],
    [R2, Side],
    [L1Shape, Whole],
    [R2Shape, Whole],
    [L1Suffix, Side],
    [R1Suffix, Side],
    [R1Tail, Side],
    [R1Length, Side],
    [Previous, Whole],
    [NextStop, Side],
    [Capitals, Side],
];

/// Those that join three.
const NEAR_TRIPLES: &[[Fact; 3]] =
    &[[L2, L1, Stop], [R1, R1Shape, Fact::Gap], [R1, R2, Stop], [LeftShapes, RightShapes, Stop]];

/// The far features of every gap that join two facts.
const FAR_PAIRS: &[[Fact; 2]] = &[
    [L3, Stop],
    [R3, RightShapes],
    [Open, Whole],
    [Open, Stop],
    [Again, Whole],
    [Parallel, Side],
    [Leads, Side],
];

/// Those that join three.
const FAR_TRIPLES: &[[Fact; 3]] = &[
    [RightShapes, R3Shape, Stop],
    [Rule, Count, R1Shape],
    [Title, Count, Whole],
    [Title, Previous, Whole],
    [Title, Capitals, Side],
    [First, Count, Stop],
    [First, Count, Whole],
    [Again, Count, Stop],
    [Previous, Count, Whole],
    [NextStop, Count, Side],
    [Parallel, Count, Side],
];

/// Those of a gap with a line break.
const PAIRS_OF_LINES: &[[Fact; 2]] =
    &[[Filled, Fact::Gap], [Filled, Side], [LineBefore, Side], [LineAfter, Side]];
const TRIPLES_OF_LINES: &[[Fact; 3]] =
    &[[Filled, LineBefore, Stop], [Filled, Rule, R1Shape], [LineBefore, LineAfter, Side]];

/// The numbers of the first feature of each table, and of those of classes.
const OF_NEAR_TRIPLES: u64 = 50;
const OF_FAR_PAIRS: u64 = 100;
const OF_FAR_TRIPLES: u64 = 150;
const OF_LINES: u64 = 200;
const OF_TRIPLES_OF_LINES: u64 = 300;
const OF_CLASSES: u64 = 400;

/// What is to be seen around one gap: first the near facts, of the two pieces on either side and how the text goes on,
/// and then the far ones, of the third pieces, of the sentence as a whole and of the one before.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    values: [u64; FACTS],
    /// The two pieces before the gap, the nearer first, and where the second begins.
    left: ([Piece<'a>; 2], usize),
    /// The two pieces behind the gap, and where the second ends.
    right: ([Piece<'a>; 2], usize),
    /// The classes of L1, R1, R2 and L2.
    classes: [Classes; 4],
    /// Whether there is a line break.
    has_line: bool,
}

/// How wide the gap of a candidate is, as a number.
#[inline]
pub(super) fn width(source: &str, &Candidate { gap, end, next, .. }: &Candidate) -> u64 {
    match gap {
        Gap::None => 0,
        Gap::Space if next == end + 1 && source.as_bytes()[end] == b' ' => 1,
        Gap::Space if &source[end..next] == "\u{a0}" => 2,
        Gap::Space => 3,
        Gap::Line | Gap::Certain => 4,
    }
}

impl<'a> View<'a> {
    /// Where what is seen of the sentence begins.
    fn from(&self) -> usize {
        floor(self.source, self.candidate.end.saturating_sub(WINDOW)).max(self.sentence)
    }

    /// Where what is seen of the sentence before begins.
    fn start_of_previous(&self) -> usize {
        floor(self.source, self.sentence.saturating_sub(WINDOW)).max(self.before)
    }

    /// The last piece of the sentence before `end`, and where it begins.
    fn before(&self, end: usize) -> (Piece<'a>, usize) {
        pieces::before(self.source, self.from(), end)
    }

    fn kind(&self) -> u64 {
        match self.candidate.kind {
            Kind::Stop(run) => 1 + run.stop as u64,
            Kind::Address => 6,
            Kind::Break | Kind::Plain => 7,
            Kind::Bracket => 8,
            Kind::Bullet => 9,
            Kind::Colon | Kind::Semicolon => 10,
        }
    }

    /// How long the lines before and after a line break are.
    fn lines(&self) -> (u64, u64) {
        const WIDTH: usize = 15;
        if self.candidate.gap != Gap::Line {
            return (0, 0);
        }
        let (before, after) = breaks::lines(self.source, self.candidate);
        ((before / WIDTH) as u64, (after / WIDTH) as u64)
    }

    /// How well the lines around a line break fit a margin.
    fn filled(&self) -> u64 {
        match self.candidate.gap {
            Gap::Line => breaks::filled(self.source, self.candidate) as u64,
            _ => 0,
        }
    }

    /// How the sentence ends, if it ends here.
    pub(super) fn ending(&self) -> u64 {
        let tail = pieces::tail_before(self.source, self.from(), self.candidate.end);
        combine(pieces::marks(tail), self.gap)
    }
}

impl<'a> Facts<'a> {
    /// The near facts of a gap.
    pub(super) fn of_near(view: &View<'a>) -> Self {
        let (l1, start) = view.before(view.candidate.end);
        let (l2, start) = view.before(start);
        let (r1, end) = pieces::after(view.source, view.candidate.next);
        let (r2, end) = pieces::after(view.source, end);
        let classes = [&l1, &r1, &r2, &l2].map(|piece| piece.classes(view.words));
        let (left, right) = (([l1, l2], start), ([r1, r2], end));
        let has_line = view.candidate.gap == Gap::Line;
        let mut facts = Self { values: [0; FACTS], left, right, classes, has_line };
        facts.set_sides(view, &l1, &r1);
        facts.set_near(view, [&l1, &l2], [&r1, &r2]);
        facts
    }

    /// The facts of the pieces beside the gap and those beside them, and of how the text goes on.
    fn set_near(&mut self, view: &View<'_>, [l1, l2]: [&Piece<'_>; 2], [r1, r2]: [&Piece<'_>; 2]) {
        let ahead = Ahead::read(view.source, view.candidate.next);
        self.set(&[
            (L2, l2.hash),
            (R2, r2.hash),
            (L2Shape, l2.shape as u64),
            (LeftShapes, l1.shape as u64 | (l2.shape as u64) << 8),
            (R2Shape, right_shape(r2)),
            (RightShapes, right_shape(r1) | right_shape(r2) << 8),
            (L1Suffix, suffix(l1.word)),
            (R1Suffix, suffix(r1.word)),
            (R1Length, r1.word.len().min(8) as u64),
            (Previous, view.previous),
            (NextStop, ahead.stop()),
            (Capitals, ahead.capitals()),
        ]);
    }

    /// Adds the far facts.
    pub(super) fn look_far(&mut self, view: &View<'_>) {
        let (_, start) = self.left;
        let ([r1, r2], end) = self.right;
        let (l3, _) = view.before(start);
        let (r3, _) = pieces::after(view.source, end);
        let so_far = SoFar::read(view.source[view.from()..view.candidate.end].trim_start());
        let (begun, begins) = (so_far.begun(), Begun::of([&r1, &r2]));
        let previous = SoFar::read(&view.source[view.start_of_previous()..view.sentence]);
        let before = previous.begun();
        let (line_before, line_after) = view.lines();
        self.set(&[
            (L3, l3.hash),
            (Count, so_far.count()),
            (Title, so_far.title()),
            (Open, so_far.open()),
            (First, if so_far.count() > 4 { 0 } else { begun.word }),
            (Again, u64::from(begun.word == r1.hash) + 2 * u64::from(begun.marks == pieces::marks(r1.lead))),
            (LineBefore, line_before),
            (LineAfter, line_after),
            (Filled, view.filled()),
            (R3, r3.hash),
            (R3Shape, right_shape(&r3)),
            (Parallel, begun.likeness(&begins)),
            (Leads, combine(begun.marks, begins.marks)),
            (PreviousCount, previous.count()),
            (PreviousParallel, before.likeness(&begins)),
            (PreviousShapes, before.shapes()),
        ]);
    }

    fn set(&mut self, values: &[(Fact, u64)]) {
        for &(fact, value) in values {
            self.values[fact as usize] = value;
        }
    }

    /// The facts of the gap and the pieces beside it.
    fn set_sides(&mut self, view: &View<'_>, left: &Piece<'_>, right: &Piece<'_>) {
        let gap = view.gap;
        let stop = combine(pieces::marks(left.tail), view.kind());
        let side = combine(stop, combine(gap, right_shape(right)));
        self.set(&[
            (Fact::Gap, gap),
            (Stop, stop),
            (Side, side),
            (Whole, combine(side, pieces::marks(right.lead))),
            (L1, left.hash),
            (R1, right.hash),
            (L1Shape, left.shape as u64),
            (R1Shape, right_shape(right)),
            (R1Tail, pieces::marks(right.tail)),
            (Rule, view.rule),
            (L1Classes, self.classes[0].bits()),
            (R1Classes, self.classes[1].bits()),
        ]);
    }

    /// Shows the features that join near facts.
    #[inline]
    pub(super) fn join_near(&self, mut see: impl FnMut(u64)) {
        self.fill(0, NEAR_PAIRS, &mut see);
        self.fill(OF_NEAR_TRIPLES, NEAR_TRIPLES, &mut see);
        self.join_classes(see);
    }

    /// Shows the features that join far facts.
    #[inline]
    pub(super) fn join_far(&self, mut see: impl FnMut(u64)) {
        self.fill(OF_FAR_PAIRS, FAR_PAIRS, &mut see);
        self.fill(OF_FAR_TRIPLES, FAR_TRIPLES, &mut see);
        if self.has_line {
            self.fill(OF_LINES, PAIRS_OF_LINES, &mut see);
            self.fill(OF_TRIPLES_OF_LINES, TRIPLES_OF_LINES, &mut see);
        }
    }

    /// Writes the facts, each as a feature of its own.
    pub(super) fn write(&self, to: &mut Features) {
        to.clear();
        to.extend((1..).zip(&self.values).map(|(number, &value)| combine(number, value)));
        for (number, classes) in (FACTS as u64 + 1..).zip(self.classes) {
            to.extend(classes.iter().map(|class| combine(number, class)));
        }
    }

    /// Shows a feature for each template, numbered from `first` on.
    #[inline]
    fn fill<const N: usize>(&self, first: u64, templates: &[[Fact; N]], see: &mut impl FnMut(u64)) {
        for (number, template) in (first + 1..).zip(templates) {
            see(self.feature(number, template));
        }
    }

    /// One template filled with the facts.
    #[inline]
    fn feature<const N: usize>(&self, number: u64, template: &[Fact; N]) -> u64 {
        template.iter().fold(number, |sum, &fact| hash_step(sum, self.values[fact as usize]))
    }

    /// Shows the features of each class of L1, of R1 and of R2, and of each two classes of L1 and R1.
    #[inline]
    fn join_classes(&self, mut see: impl FnMut(u64)) {
        let [l1, r1, r2, _] = self.classes;
        let feature = |number: u64, values: [u64; 2]| values.into_iter().fold(OF_CLASSES + number, hash_step);
        let [side, word, shapes] = [Side, L1, RightShapes].map(|fact| self.values[fact as usize]);
        for left in l1.iter() {
            see(feature(1, [left, side]));
            r1.iter().for_each(|right| see(hash_step(feature(2, [left, right]), side)));
        }
        for right in r1.iter() {
            see(feature(3, [right, side]));
            see(hash_step(feature(4, [right, word]), side));
        }
        r2.iter().for_each(|second| see(hash_step(feature(5, [second, shapes]), side)));
    }
}

/// The shape of a piece behind a gap, and whether marks stand before its word.
fn right_shape(piece: &Piece<'_>) -> u64 {
    piece.shape as u64 * 2 + u64::from(piece.lead.is_empty())
}

/// The last letters of a word.
fn suffix(word: &str) -> u64 {
    const LETTERS: usize = 3;
    let last = &word.as_bytes()[word.len().saturating_sub(LETTERS)..];
    if last.is_ascii() {
        return hash_run(last);
    }
    hash(&word[word.char_indices().rev().take(LETTERS).last().map_or(0, |(at, _)| at)..])
}
