//! Which words of a text become pieces: those with which a name may begin, those with which it may go on, and where errors
//! are forgiven those that may be misspelt for either.
//!
//! Plain words are asked about many at once and before anything else is known of them, so that the processor waits for many
//! places of the filter together, and most words end here.

use super::{
    gazetteer::Gazetteer,
    pieces::{Gap, Piece, Shape, Words, at_most_255},
    plain,
};
use crate::{lang::Lexicon, model::hash_run, text::fold::Folding};

/// So many plain words are asked about together: as many as a number has bits.
const MANY: usize = 64;

/// Takes the words of a text and lets through those that may be of a name. Behind those that are left out no name goes on.
pub(super) struct Sieve<'a, const FORGIVES: bool> {
    bytes: &'a [u8],
    gazetteer: &'a Gazetteer<'a>,
    lexicon: &'a Lexicon,
    /// Whether the text has no capital letter, so that every word stands out.
    caseless: bool,
    /// How many plain words wait to be asked about.
    waiting: usize,
    hashes: [u64; MANY],
    places: [(usize, usize); MANY],
    /// What stands before each.
    gaps: [Gap; MANY],
    /// Those beside a hyphen, which may be read as one word.
    held: u64,
    /// Those with a capital letter or a digit, if errors are forgiven.
    capital: u64,
    /// Whether the word before those that wait was let through.
    is_kept: bool,
    /// Whether a word in small letters may be an error behind the word before those that wait.
    is_led: bool,
    pieces: &'a mut Vec<Piece>,
}

impl<'a, const FORGIVES: bool> Sieve<'a, FORGIVES> {
    pub(super) fn new(
        source: &'a str,
        gazetteer: &'a Gazetteer<'a>,
        lexicon: &'a Lexicon,
        caseless: bool,
        pieces: &'a mut Vec<Piece>,
    ) -> Self {
        Self {
            bytes: source.as_bytes(),
            gazetteer,
            lexicon,
            caseless,
            waiting: 0,
            hashes: [0; MANY],
            places: [(0, 0); MANY],
            gaps: [Gap::NONE; MANY],
            held: 0,
            capital: 0,
            is_kept: false,
            is_led: false,
            pieces,
        }
    }

    /// Keeps the last word and the next one, if a hyphen stands between them.
    #[inline]
    fn hold(&mut self, gap: Gap) {
        let next = u64::from(gap == Gap::HYPHEN) << self.waiting;
        self.held |= next | next >> 1;
    }

    /// Lets through those that wait, if they may be of a name. Behind the last one stands `gap`.
    #[inline(never)]
    fn make_room(&mut self, gap: Gap) {
        if self.waiting == 0 {
            return;
        }
        self.held |= u64::from(gap == Gap::HYPHEN) << (self.waiting - 1);
        let [first, inner] = self.ask();
        let doubtful = if FORGIVES { self.doubtful(first, inner) } else { 0 };
        let kept = with_runs(first | doubtful | self.held | (inner & u64::from(self.is_kept)), inner);
        let mut rest = kept;
        while rest != 0 {
            let index = rest.trailing_zeros();
            rest &= rest - 1;
            let has = |bits: u64| bits >> index & 1 != 0;
            let facts = Shape::FIRST.when(has(first)).and(Shape::INNER.when(has(inner)));
            let follows = has(kept << 1 | u64::from(self.is_kept));
            let index = index as usize % MANY;
            let gap = if follows { self.gaps[index] } else { Gap::WALL };
            let ((start, end), hash) = (self.places[index], self.hashes[index]);
            let shape = facts.and(self.shape(index));
            self.pieces.push(Piece { start, end, hash, gap, shape, letters: at_most_255(end - start) });
        }
        self.is_kept = kept >> (self.waiting - 1) & 1 != 0;
        (self.waiting, self.held, self.capital) = (0, 0, 0);
    }

    /// What is known of the letters of a word that waits.
    fn shape(&self, index: usize) -> Shape {
        if !FORGIVES {
            return Shape::UNSEEN;
        }
        let is_small = self.capital >> index & 1 == 0;
        let is_number = self.bytes[self.places[index].0].is_ascii_digit();
        Shape::UNSEEN.and(Shape::LOWER.when(is_small)).and(Shape::OTHER.when(is_number))
    }

    /// Those that may be errors, and those that stand out and may be known, behind both of which a word in small letters may
    /// be one.
    fn doubtful(&mut self, first: u64, inner: u64) -> u64 {
        let waiting = u64::MAX >> (MANY - self.waiting);
        let unknown = waiting & !(first | inner);
        let out = if self.caseless { waiting } else { self.capital };
        let mut doubtful = out & !unknown;
        let mut asked = (out | doubtful << 1 | u64::from(self.is_led)) & unknown;
        while asked != 0 {
            let index = asked.trailing_zeros();
            asked &= asked - 1;
            let bit = 1 << index;
            if !self.is_ordinary(index as usize % MANY) {
                doubtful |= bit;
                asked |= bit << 1 & unknown;
            }
        }
        self.is_led = doubtful >> (self.waiting - 1) & 1 != 0;
        doubtful
    }

    fn is_ordinary(&self, index: usize) -> bool {
        let (start, end) = self.places[index];
        self.lexicon.is_ordinary_run(hash_run(&self.bytes[start..end]))
    }

    /// A bit for each that waits: those with which a name may begin, and those with which it may go on.
    fn ask(&self) -> [u64; 2] {
        let mut bits = [0; 2];
        // No branch is taken on what is asked: guessing wrong, the processor would wait for memory each time.
        for &hash in self.hashes[..self.waiting].iter().rev() {
            let (begins, is_inner) = self.gazetteer.may_have(hash);
            bits = [bits[0] << 1 | u64::from(begins), bits[1] << 1 | u64::from(is_inner)];
        }
        bits
    }
}

/// The bits with those of `more` that follow one another behind them.
fn with_runs(mut bits: u64, more: u64) -> u64 {
    loop {
        let with_next = bits | (bits << 1 & more);
        if with_next == bits {
            return bits;
        }
        bits = with_next;
    }
}

impl<const FORGIVES: bool> Words for Sieve<'_, FORGIVES> {
    #[inline]
    fn plain(&mut self, start: usize, end: usize, folding: Folding, gap: Gap) {
        if self.waiting == MANY {
            self.make_room(gap);
        }
        self.hold(gap);
        let index = self.waiting % MANY;
        self.hashes[index] = if FORGIVES {
            let (hash, is_capital) = plain::hash_and_capital(self.bytes, start, end, folding);
            self.capital |= u64::from(is_capital) << index;
            hash
        } else {
            plain::hash(self.bytes, start, end, folding)
        };
        self.places[index] = (start, end);
        self.gaps[index] = gap;
        self.waiting = index + 1;
    }

    fn other(&mut self, piece: Piece) {
        self.make_room(piece.gap);
        let gap = if self.is_kept { piece.gap } else { Gap::WALL };
        let shape = piece.shape.and(self.gazetteer.facts(piece.hash));
        self.pieces.push(Piece { gap, shape, ..piece });
        (self.is_kept, self.is_led) = (true, true);
    }

    fn end(&mut self) {
        self.make_room(Gap::NONE);
    }

    fn may_know(&self, hash: u64) -> bool {
        let (begins, is_inner) = self.gazetteer.may_have(hash);
        begins || is_inner
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        entity::{EntityMatcher, Options, Record},
        text::Text,
    };

    #[test]
    fn names_are_let_through_wherever_they_stand() {
        let names = ["Mara Quist", "Quay Trust of Norrland", "Mcdonalds", "Trust"];
        let matcher = EntityMatcher::new(Record::named(&names), Options::default()).unwrap();
        let written = [
            "Mara Quist",
            "Quay, Trust",
            "Quay Trust of Norrland",
            "Mc-donalds",
            "Mara it Quist",
            "Mara. Quist",
        ];
        // Words are taken in lots, and the names stand at the bounds of these, too.
        for filler in (0..140).map(|count| "it went ".repeat(count)) {
            let text = format!("{filler}{}", written.join(" so "));
            let found = matcher.find(&Text::new(&text));
            let found: Vec<&str> = found.iter().map(|mention| mention.span.of(&text)).collect();
            assert_eq!(found, ["Mara Quist", "Trust", "Quay Trust of Norrland", "Mc-donalds"], "{text}");
        }
    }

    #[test]
    fn misspelt_names_are_let_through_wherever_they_stand() {
        let options = Options { fuzzy: 2, ..Options::default() };
        let matcher = EntityMatcher::new(Record::named(&["Mara Quistberg", "Vorrander"]), options).unwrap();
        let written =
            ["Mara Quitsberg", "Mara quitsberg", "Maro Quistberg", "Mara. Quistberg", "Vorander", "vorander"];
        for filler in (0..140).map(|count| "it went ".repeat(count)) {
            let text = format!("{filler}{}", written.join(" so "));
            let found = matcher.find(&Text::new(&text));
            let found: Vec<&str> = found.iter().map(|mention| mention.span.of(&text)).collect();
            assert_eq!(found, ["Mara Quitsberg", "Mara quitsberg", "Maro Quistberg", "Vorander"], "{text}");
        }
        let text = "mara quitsberg and vorander";
        assert_eq!(matcher.find(&Text::new(text)).len(), 2);
    }
}
