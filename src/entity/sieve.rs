//! Which words of a text become pieces: those with which a name may begin, and those with which it may go on.
//!
//! Plain words are asked about many at once and before anything else is known of them, so that the processor waits for many
//! places of the filter together, and most words end here.

use super::{
    gazetteer::Gazetteer,
    pieces::{Gap, Piece, Words},
    plain,
};

/// So many plain words are asked about together: as many as a number has bits.
const MANY: usize = 64;

/// Takes the words of a text and lets through those that may be of a name. Behind those that are left out no name goes on.
pub(super) struct Sieve<'a> {
    source: &'a str,
    gazetteer: &'a Gazetteer<'a>,
    /// How many plain words wait to be asked about.
    waiting: usize,
    hashes: [u64; MANY],
    places: [(usize, usize); MANY],
    /// What stands before those that are `marked`, a bit for each.
    gaps: [Gap; MANY],
    marked: u64,
    /// Those beside a hyphen, which may be read as one word.
    held: u64,
    /// Whether the word before those that wait was let through.
    is_kept: bool,
    pieces: &'a mut Vec<Piece>,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(source: &'a str, gazetteer: &'a Gazetteer<'a>, pieces: &'a mut Vec<Piece>) -> Self {
        Self {
            source,
            gazetteer,
            waiting: 0,
            hashes: [0; MANY],
            places: [(0, 0); MANY],
            gaps: [Gap::NONE; MANY],
            marked: 0,
            held: 0,
            is_kept: false,
            pieces,
        }
    }

    /// Takes note of what stands before the next word.
    fn mark(&mut self, gap: Gap) {
        self.marked |= 1 << self.waiting;
        self.gaps[self.waiting] = gap;
        if gap == Gap::HYPHEN {
            self.held |= 1 << self.waiting;
        }
    }

    /// Keeps the last word, if a hyphen stands behind it.
    fn hold(&mut self, gap: Gap) {
        if gap == Gap::HYPHEN && self.waiting > 0 {
            self.held |= 1 << (self.waiting - 1);
        }
    }

    /// Lets through those that wait, if they may be of a name.
    fn sift(&mut self) {
        let kept = self.kept();
        let mut rest = kept;
        while rest != 0 {
            let index = rest.trailing_zeros() as usize % MANY;
            rest &= rest - 1;
            let follows = if index == 0 { self.is_kept } else { kept >> (index - 1) & 1 != 0 };
            let gap = match (follows, self.marked >> index & 1 != 0) {
                (false, _) => Gap::WALL,
                (true, false) => Gap::NONE,
                (true, true) => self.gaps[index],
            };
            let (start, end) = self.places[index];
            let piece = plain::piece(self.source, start, end, self.hashes[index], gap);
            self.pieces.push(self.known(piece));
        }
        self.is_kept = kept >> (self.waiting - 1) & 1 != 0;
        (self.waiting, self.marked, self.held) = (0, 0, 0);
    }

    /// A bit for each that may be of a name: one may begin with it, or go on with it behind another.
    fn kept(&self) -> u64 {
        let (mut first, mut inner) = (0_u64, 0_u64);
        // No branch is taken on what is asked: guessing wrong, the processor would wait for memory each time.
        for &hash in self.hashes[..self.waiting].iter().rev() {
            let (begins, is_inner) = self.gazetteer.may_have(hash);
            first = first << 1 | u64::from(begins);
            inner = inner << 1 | u64::from(is_inner);
        }
        let mut kept = first | self.held | (inner & u64::from(self.is_kept));
        loop {
            let more = kept | (kept << 1 & inner);
            if more == kept {
                return kept;
            }
            kept = more;
        }
    }

    /// A word with what is known of names with it.
    fn known(&self, piece: Piece) -> Piece {
        Piece { shape: piece.shape.and(self.gazetteer.facts(piece.hash)), ..piece }
    }
}

impl Words for Sieve<'_> {
    #[inline]
    fn plain(&mut self, start: usize, end: usize, hash: u64, gap: Gap) {
        if self.waiting == MANY {
            self.hold(gap);
            self.sift();
        }
        if gap != Gap::NONE {
            self.hold(gap);
            self.mark(gap);
        }
        self.hashes[self.waiting] = hash;
        self.places[self.waiting] = (start, end);
        self.waiting += 1;
    }

    fn other(&mut self, piece: Piece) {
        self.hold(piece.gap);
        self.end();
        let gap = if self.is_kept { piece.gap } else { Gap::WALL };
        self.pieces.push(self.known(Piece { gap, ..piece }));
        self.is_kept = true;
    }

    fn end(&mut self) {
        if self.waiting > 0 {
            self.sift();
        }
    }
}
