//! Finds the names of a gazetteer in a text: from every word, along the paths of the table.
//!
//! Each step is one lookup, no path is longer than the longest name that may be given, and forks (a word cut by
//! a hyphen, a misspelt word) share a budget, so that the time is linear in the text whatever the names.

use rustc_hash::FxHashMap;

use super::{
    fuzzy::{self, Near},
    gazetteer::{Form, Gazetteer, NO_WORD, Need},
    matcher::{Options, Overlap},
    overlap::Hit,
    pieces::{self, Gap, Piece, Shape},
};
use crate::{
    lang::Lexicon,
    text::{Span, Text},
};

/// The most steps from one word.
const STEPS: usize = 512;

/// Particles that Korean writes onto a name, longest first.
const PARTICLES: &[&str] = &[
    "에게서",
    "으로부터",
    "이라고",
    "에서는",
    "에서도",
    "께서는",
    "에서",
    "에게",
    "께서",
    "부터",
    "까지",
    "처럼",
    "보다",
    "으로",
    "라고",
    "이나",
    "하고",
    "에는",
    "에도",
    "과의",
    "와의",
    "의",
    "을",
    "를",
    "이",
    "가",
    "은",
    "는",
    "에",
    "와",
    "과",
    "도",
    "로",
    "만",
    "나",
    "씨",
];

/// Commas that a careful writer puts before these, and a careless one does not.
const AFTER_COMMA: &[&str] = &["jr", "sr", "inc", "ltd", "llc", "corp", "plc", "co"];

/// A word of the text.
#[derive(Debug, Clone)]
struct Word {
    piece: Piece,
    /// Its number in the table.
    number: u32,
    /// The number of the word that it makes with the one before, if a hyphen stands between.
    joined: u32,
    /// Words that it may be misspelt for: a range of `Walk::near`.
    near: (u32, u32),
    /// Whether a comma before it tells nothing.
    after_comma: bool,
}

/// A word on the current path.
#[derive(Debug, Clone, Copy)]
struct Step {
    gap: Gap,
    shape: Shape,
    word: u32,
    end: usize,
    after_comma: bool,
}

/// The mentions of a text, in no order.
pub(super) fn find(gazetteer: &Gazetteer, options: Options, lexicon: &Lexicon, text: &Text) -> Vec<Hit> {
    if gazetteer.is_empty() {
        return Vec::new();
    }
    let mut walk = Walk::read(gazetteer, options, lexicon, text);
    for start in 0..walk.words.len() {
        if !walk.words[start].piece.shape.has(Shape::CLITIC) {
            walk.from(start);
        }
    }
    walk.hits
}

struct Walk<'a> {
    gazetteer: &'a Gazetteer,
    options: Options,
    source: &'a str,
    words: Vec<Word>,
    near: Vec<Near>,
    /// Whether the text has no capital letter.
    caseless: bool,
    path: Vec<Step>,
    steps: usize,
    /// Where the hits from the current word begin.
    first_hit: usize,
    hits: Vec<Hit>,
}

impl<'a> Walk<'a> {
    fn read(gazetteer: &'a Gazetteer, options: Options, lexicon: &Lexicon, text: &Text<'a>) -> Self {
        let source = text.source();
        let mut walk = Walk {
            gazetteer,
            options,
            source,
            words: Vec::with_capacity(text.tokens().len()),
            near: Vec::new(),
            caseless: !source.chars().any(char::is_uppercase),
            path: Vec::new(),
            steps: 0,
            first_hit: 0,
            hits: Vec::new(),
        };
        let mut previous = String::new();
        let mut known: FxHashMap<String, (u32, u32)> = FxHashMap::default();
        pieces::read(text, gazetteer.folding, |mut piece, folded| {
            let mut word = gazetteer.word(folded);
            if word == NO_WORD {
                word = walk.without_particle(&mut piece);
            }
            let joined = walk.joined(&mut previous, piece, folded);
            let near = if word == NO_WORD && (walk.caseless || !is_small(piece.shape)) {
                walk.near(lexicon, folded, &mut known)
            } else {
                (0, 0)
            };
            let after_comma = piece.gap == Gap::COMMA && AFTER_COMMA.contains(&folded);
            walk.words.push(Word { piece, number: word, joined, near, after_comma });
        });
        walk
    }

    /// The number of a Korean name whose particle is left outside.
    fn without_particle(&self, piece: &mut Piece) -> u32 {
        let word = &self.source[piece.start..piece.end];
        if !word.starts_with(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c)) {
            return NO_WORD;
        }
        let mut folded = String::new();
        for name in PARTICLES.iter().filter_map(|particle| word.strip_suffix(particle)) {
            folded.clear();
            self.gazetteer.folding.fold(name, &mut folded);
            let number = self.gazetteer.word(&folded);
            if number != NO_WORD {
                piece.end = piece.start + name.len();
                return number;
            }
        }
        NO_WORD
    }

    /// The number of the word that was cut by a hyphen before this piece; remembers this one in `previous`.
    fn joined(&self, previous: &mut String, piece: Piece, folded: &str) -> u32 {
        if piece.gap != Gap::HYPHEN || piece.shape.has(Shape::CLITIC) {
            previous.clear();
            previous.push_str(folded);
            return NO_WORD;
        }
        previous.push_str(folded);
        let word = self.gazetteer.word(previous);
        previous.drain(..previous.len() - folded.len());
        word
    }

    /// The words that an unknown word may be misspelt for.
    fn near(
        &mut self,
        lexicon: &Lexicon,
        folded: &str,
        known: &mut FxHashMap<String, (u32, u32)>,
    ) -> (u32, u32) {
        let Some(deletes) = &self.gazetteer.deletes else { return (0, 0) };
        if !fuzzy::may_be_misspelt(lexicon, folded) {
            return (0, 0);
        }
        if let Some(&range) = known.get(folded) {
            return range;
        }
        let start = self.near.len();
        deletes.near(folded, &mut self.near);
        let bound = |n: usize| u32::try_from(n).unwrap_or(0);
        let range = (bound(start), bound(self.near.len()));
        known.insert(folded.to_owned(), range);
        range
    }

    fn from(&mut self, start: usize) {
        self.steps = STEPS;
        self.first_hit = self.hits.len();
        self.go(0, start, start, 0);
        if self.options.overlap == Overlap::Longest {
            self.keep_longest();
        }
    }

    /// Takes every path that goes on from `node` with the word at `at`.
    fn go(&mut self, node: u32, start: usize, at: usize, edits: u8) {
        let Some(word) = self.words.get(at).cloned() else { return };
        if self.steps == 0 || (at > start && word.piece.gap.is_wall()) {
            return;
        }
        self.steps -= 1;
        let whole = Step {
            gap: word.piece.gap.marks(),
            shape: word.piece.shape,
            word: word.number,
            end: word.piece.end,
            after_comma: word.after_comma,
        };
        self.step(node, start, at + 1, edits, whole);
        if let Some(next) = self.words.get(at + 1).filter(|next| next.joined != NO_WORD) {
            let shape = word.piece.shape.and(next.piece.shape);
            let joined = Step { word: next.joined, end: next.piece.end, shape, ..whole };
            self.step(node, start, at + 2, edits, joined);
        }
        for index in word.near.0..word.near.1 {
            let near = self.near[index as usize];
            if edits + near.edits <= self.options.fuzzy {
                self.step(node, start, at + 1, edits + near.edits, Step { word: near.word, ..whole });
            }
        }
    }

    fn step(&mut self, node: u32, start: usize, next: usize, edits: u8, step: Step) {
        if step.word == NO_WORD {
            return;
        }
        let Some(node) = self.gazetteer.next(node, step.word) else { return };
        self.path.push(step);
        for form in self.gazetteer.forms(node) {
            if let Some(hit) = self.hit(form, start, next, edits) {
                self.hits.push(hit);
            }
        }
        self.go(node, start, next, edits);
        self.path.pop();
    }

    /// The mention of `form` whose words are the current path, if marks, case and errors allow it.
    fn hit(&self, form: &Form, start: usize, next: usize, edits: u8) -> Option<Hit> {
        let edits = edits + u8::from(form.closed);
        if edits > fuzzy::budget(form.letters).min(self.options.fuzzy)
            || !self.has_gaps(form)
            || !self.has_case(form.case)
        {
            return None;
        }
        let (mut first, mut last) = (self.words[start].piece.start, self.path.last()?.end);
        if !form.tail.is_empty() {
            let room = self.words.get(next).map_or(self.source.len(), |word| word.piece.start);
            if self.source[last..room].starts_with(&*form.tail) {
                last += form.tail.len();
            } else if form.needs_ends {
                return None;
            }
        }
        if !form.head.is_empty() {
            let room = if start == 0 { 0 } else { self.words[start - 1].piece.end };
            if self.source[room..first].ends_with(&*form.head) {
                first -= form.head.len();
            } else if form.needs_ends {
                return None;
            }
        }
        let score = 1.0 - f32::from(edits) / form.letters.max(1) as f32;
        Some(Hit::name(Span::new(first, last), form.entities.clone(), score))
    }

    /// A text may leave out a mark that a name has; it has no other ones, but the stop of an abbreviation.
    fn has_gaps(&self, form: &Form) -> bool {
        self.path.windows(2).enumerate().all(|(index, pair)| {
            let wanted = form.gaps.get(index + 1).copied().unwrap_or(Gap::NONE);
            let gap = pair[1].gap;
            gap == Gap::NONE
                || gap == wanted
                || (gap == Gap::STOP
                    && (pair[0].shape.has(Shape::INITIAL) || self.gazetteer.is_abbreviation(pair[0].word)))
                || pair[1].after_comma
        })
    }

    fn has_case(&self, need: Need) -> bool {
        let has_capital = || self.path.iter().any(|step| step.shape.has(Shape::UPPER));
        match need {
            Need::Nothing => true,
            Need::CapitalIfAny => self.caseless || has_capital(),
            Need::Capital => has_capital(),
            Need::Capitals => {
                let is_small = |step: &Step| step.shape.has(Shape::LOWER) && !step.shape.has(Shape::CLITIC);
                !self.path.iter().any(is_small) && has_capital()
            }
        }
    }

    /// Of the hits from one word, the longest exact one and the longest misspelt one stay.
    fn keep_longest(&mut self) {
        let longest = |exact: bool, hits: &[Hit]| {
            hits.iter().filter(|hit| hit.is_exact() == exact).map(|hit| hit.span.end()).max()
        };
        let found = &self.hits[self.first_hit..];
        if found.len() < 2 {
            return;
        }
        let ends = [longest(true, found), longest(false, found)];
        let mut kept = self.hits.split_off(self.first_hit);
        kept.retain(|hit| Some(hit.span.end()) == ends[usize::from(!hit.is_exact())]);
        self.hits.append(&mut kept);
    }
}

/// Whether a word has small letters and no capital.
fn is_small(shape: Shape) -> bool {
    shape.has(Shape::LOWER) && !shape.has(Shape::UPPER)
}
