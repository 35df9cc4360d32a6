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
    model::{Features, combine, hash, hash_step},
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
    L2Shape,
    R1Shape,
    R2Shape,
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
    LineAfter, LineBefore, NextStop, Open, Parallel, Previous, PreviousCount, PreviousParallel,
    PreviousShapes, R1, R1Classes, R1Length, R1Shape, R1Suffix, R1Tail, R2, R2Shape, R3, R3Shape, Rule, Side,
    Stop, Title, Whole,
};

/// The features of every gap.
const TEMPLATES: &[&[Fact]] = &[
    &[Fact::Gap],
    &[Whole, L1Shape],
    &[L1, Stop],
    &[L1, Stop, R1Shape],
    &[R1, R1Shape, Stop],
    &[R1, R1Shape, Fact::Gap],
    &[L2, Stop],
    &[L2, L1, Stop],
    &[R1, R2, Stop],
    &[R1Shape, R2Shape, Whole],
    &[R1Tail, R1Shape, Stop],
    &[L1Suffix, Stop, R1Shape],
    &[R1Suffix, Stop, R1Shape],
    &[R2, R1Shape, Stop],
    &[L3, Stop],
    &[L1Shape, L2Shape, R1Shape, R2Shape, Stop],
    &[R1Length, Side],
    &[Rule],
    &[Rule, L1],
    &[Rule, R1],
    &[Rule, Count, R1Shape],
    &[Title, Count, Whole],
    &[Open, Whole],
    &[Open, Stop],
    &[First, Count, Stop],
    &[First, Count, Whole],
    &[Again, Whole],
    &[Again, Count, Stop],
    &[Previous, Whole],
    &[Previous, Count, Whole],
    &[Previous, Title, Whole],
    &[R1Shape, R2Shape, R3Shape, Stop],
    &[R3, R1Shape, R2Shape],
    &[NextStop, Side],
    &[NextStop, Count, Side],
    &[Capitals, Side],
    &[Capitals, Title, Side],
    &[Parallel, Side],
    &[Parallel, Count, Side],
    &[Leads, Side],
];

/// The features of a gap with a line break.
const LINES: &[&[Fact]] = &[
    &[LineBefore, Stop, R1Shape],
    &[LineAfter, Stop, R1Shape],
    &[LineBefore, LineAfter, Stop, R1Shape],
    &[Filled],
    &[Filled, Stop, R1Shape],
    &[Filled, LineBefore, Stop],
    &[Filled, Rule, R1Shape],
];

/// The features of each class of L1, of R1 and of R2, and of each two classes of L1 and R1.
const L1_CLASS: &[&[Fact]] = &[&[Stop, R1Shape]];
const R1_CLASS: &[&[Fact]] = &[&[Stop, R1Shape], &[Side], &[L1, R1Shape]];
const R2_CLASS: &[&[Fact]] = &[&[R1Shape, R2Shape, Stop]];
const BOTH_CLASSES: &[&[Fact]] = &[&[Stop, R1Shape]];

/// The tables one after the other, each with the number of its first feature.
const OF_LINES: usize = TEMPLATES.len();
const OF_L1: usize = OF_LINES + LINES.len();
const OF_R1: usize = OF_L1 + L1_CLASS.len();
const OF_R2: usize = OF_R1 + R1_CLASS.len();
const OF_BOTH: usize = OF_R2 + R2_CLASS.len();

/// The facts of one gap.
#[derive(Debug)]
struct Facts([u64; FACTS]);

impl<'a> View<'a> {
    /// Writes the features of the gap, and its facts.
    pub(super) fn write(&self, to: &mut Features, alone: &mut Features) {
        to.clear();
        alone.clear();
        let (l1, start) = self.before(self.candidate.end);
        let (l2, start) = self.before(start);
        let (l3, _) = self.before(start);
        let (r1, end) = pieces::after(self.source, self.candidate.next);
        let (r2, end) = pieces::after(self.source, end);
        let (r3, _) = pieces::after(self.source, end);
        let mut facts = Facts([0; FACTS]);
        facts.set_sides(self, &l1, &r1);
        self.set_rest(&mut facts, [&l1, &l2, &l3], [&r1, &r2, &r3]);
        facts.fill(0, TEMPLATES, 0, to);
        if self.candidate.gap == Gap::Line {
            facts.fill(OF_LINES, LINES, 0, to);
        }
        let classes = [&l1, &r1, &r2, &l2].map(|piece| self.words.classes_of(piece.hash));
        facts.fill_classes(classes[0], classes[1], classes[2], to);
        facts.write(alone);
        for (number, of) in (FACTS as u64..).zip(classes) {
            of.iter().for_each(|class| alone.push(combine(number + 1, class)));
        }
    }

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

    /// The facts beyond the pieces beside the gap.
    fn set_rest(&self, facts: &mut Facts, left: [&Piece<'_>; 3], right: [&Piece<'_>; 3]) {
        let [l1, l2, l3] = left;
        let [r1, r2, r3] = right;
        let so_far = SoFar::read(self.source[self.from()..self.candidate.end].trim_start());
        let (first, first_lead) = so_far.first();
        let ahead = Ahead::read(self.source, self.candidate.next);
        let (begun, begins) = (so_far.begun(), Begun::of([r1, r2]));
        let previous = SoFar::read(&self.source[self.start_of_previous()..self.sentence]);
        let (line_before, line_after) = self.lines();
        facts.set(&[
            (L2, l2.hash),
            (L3, l3.hash),
            (R2, r2.hash),
            (L2Shape, l2.shape as u64),
            (R2Shape, right_shape(r2)),
            (L1Suffix, suffix(l1.word)),
            (R1Suffix, suffix(r1.word)),
            (R1Length, r1.word.chars().take(8).count() as u64),
            (Count, so_far.count()),
            (Title, so_far.title()),
            (Open, so_far.open()),
            (First, if so_far.count() > 4 { 0 } else { first }),
            (Again, u64::from(first == r1.hash) + 2 * u64::from(first_lead == pieces::marks(r1.lead))),
            (Previous, self.previous),
            (LineBefore, line_before),
            (LineAfter, line_after),
            (Filled, self.filled()),
            (R3, r3.hash),
            (R3Shape, right_shape(r3)),
            (NextStop, ahead.stop()),
            (Capitals, ahead.capitals()),
            (Parallel, begun.likeness(&begins)),
            (Leads, combine(begun.marks, begins.marks)),
            (PreviousCount, previous.count()),
            (PreviousParallel, previous.begun().likeness(&begins)),
            (PreviousShapes, previous.begun().shapes()),
        ]);
    }

    pub(super) fn gap(&self) -> u64 {
        let white = &self.source[self.candidate.end..self.candidate.next];
        match self.candidate.gap {
            Gap::None => 0,
            Gap::Space if white == " " => 1,
            Gap::Space if white == "\u{a0}" => 2,
            Gap::Space => 3,
            Gap::Line | Gap::Certain => 4,
        }
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
        combine(pieces::marks(tail), self.gap())
    }
}

impl Facts {
    fn set(&mut self, values: &[(Fact, u64)]) {
        for &(fact, value) in values {
            self.0[fact as usize] = value;
        }
    }

    /// The facts of the gap and the pieces beside it.
    fn set_sides(&mut self, view: &View<'_>, left: &Piece<'_>, right: &Piece<'_>) {
        let gap = view.gap();
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
            (L1Classes, view.words.classes_of(left.hash).bits()),
            (R1Classes, view.words.classes_of(right.hash).bits()),
        ]);
    }

    /// Adds a feature for each template, numbered from `number` on.
    fn fill(&self, number: usize, templates: &[&[Fact]], with: u64, to: &mut Features) {
        to.extend(
            templates
                .iter()
                .enumerate()
                .map(|(row, template)| self.feature(combine((number + row) as u64 + 1, with), template)),
        );
    }

    /// One template filled with the facts.
    #[inline]
    fn feature(&self, start: u64, template: &[Fact]) -> u64 {
        template.iter().fold(start, |sum, &fact| hash_step(sum, self.0[fact as usize]))
    }

    /// Adds the facts, each as a feature of its own.
    fn write(&self, to: &mut Features) {
        for (number, &value) in (1..).zip(&self.0) {
            to.push(combine(number, value));
        }
    }

    fn fill_classes(&self, l1: Classes, r1: Classes, r2: Classes, to: &mut Features) {
        for left in l1.iter() {
            self.fill(OF_L1, L1_CLASS, left, to);
            for right in r1.iter() {
                self.fill(OF_BOTH, BOTH_CLASSES, combine(left, right), to);
            }
        }
        for right in r1.iter() {
            self.fill(OF_R1, R1_CLASS, right, to);
        }
        for second in r2.iter() {
            self.fill(OF_R2, R2_CLASS, second, to);
        }
    }
}

/// The shape of a piece behind a gap, and whether marks stand before its word.
fn right_shape(piece: &Piece<'_>) -> u64 {
    piece.shape as u64 * 2 + u64::from(piece.lead.is_empty())
}

fn suffix(word: &str) -> u64 {
    const LETTERS: usize = 3;
    hash(&word[word.char_indices().rev().take(LETTERS).last().map_or(0, |(at, _)| at)..])
}
