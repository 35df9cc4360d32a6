//! Which words of the gazetteer each word of a text may be misspelt for.

use rustc_hash::FxHashMap;

use super::{
    fuzzy::{self, Deletes, Near, Search},
    gazetteer::Gazetteer,
    hash,
    pieces::{Gap, Piece, Shape},
};
use crate::{lang::Lexicon, model::hash_run, text::fold::Folding};

/// A word that may be meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) near: Near,
    /// The hash of the right word.
    pub(super) hash: u64,
}

/// The readings of a text's words.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// For each word that has any, by its index, where its readings are in the list.
    places: Vec<(usize, (u32, u32))>,
    list: Vec<Reading>,
}

/// What is needed to read a text in another way.
pub(super) struct Reader<'a> {
    /// A word that any of these has is no error.
    pub(super) all: &'a [Gazetteer<'a>],
    /// The one whose words may be meant.
    pub(super) gazetteer: &'a Gazetteer<'a>,
    pub(super) deletes: Deletes<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) folding: Folding,
    pub(super) source: &'a str,
    /// Whether the text has no capital letter.
    pub(super) caseless: bool,
}

impl Readings {
    /// The words that the word at `index` may be misspelt for.
    pub(super) fn of(&self, index: usize) -> &[Reading] {
        let place = self.places.binary_search_by_key(&index, |place| place.0);
        place.map_or(&[], |place| self.at(self.places[place].1))
    }

    /// The words that have readings, with these.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &[Reading])> {
        self.places.iter().map(|&(index, place)| (index, self.at(place)))
    }

    fn at(&self, (start, end): (u32, u32)) -> &[Reading] {
        self.list.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Reader<'_> {
    /// Finds for every unknown word the words that it may be misspelt for.
    pub(super) fn read(&self, words: &[Piece]) -> Readings {
        let mut readings = Readings::default();
        let mut found: FxHashMap<(u64, u64), (u32, u32)> = FxHashMap::default();
        let mut beside = Beside::default();
        let mut search = Search::default();
        let mut before_is_name = false;
        for (index, word) in words.iter().enumerate() {
            let stands_out = self.stands_out(word);
            before_is_name &= !word.gap.is_wall();
            let mut place = (0, 0);
            let is_name = stands_out && self.knows(word);
            if !is_name && (stands_out || before_is_name) {
                let is_beside = before_is_name
                    || words.get(index + 1).is_some_and(|next| self.is_name(next) && !next.gap.is_wall());
                // A word in small letters only goes on with a name, and a very short one is no name by itself.
                let is_alone = stands_out && word.end - word.start >= fuzzy::SHORT;
                let is_asked = (is_alone || is_beside) && !self.is_ordinary(word);
                if is_asked && !(is_small(word.shape) && self.knows(word)) {
                    beside.look(self.gazetteer, words, index, is_beside);
                    place = *found
                        .entry((word.hash, beside.key()))
                        .or_insert_with(|| self.near(word, &beside, &mut search, &mut readings.list));
                }
            }
            let is_read = place != (0, 0);
            readings.places.extend(is_read.then_some((index, place)));
            before_is_name = is_name || is_read;
        }
        readings
    }

    /// Whether a word is plainly no error: by far the most are none.
    fn is_ordinary(&self, word: &Piece) -> bool {
        let written = &self.source.as_bytes()[word.start..word.end];
        written.iter().all(u8::is_ascii_alphanumeric) && self.lexicon.is_ordinary_run(hash_run(written))
    }

    fn stands_out(&self, word: &Piece) -> bool {
        self.caseless || !is_small(word.shape)
    }

    fn is_name(&self, word: &Piece) -> bool {
        self.stands_out(word) && self.knows(word)
    }

    fn knows(&self, word: &Piece) -> bool {
        // Of the only gazetteer it was asked already with which words names begin or go on.
        let may_be_known = self.all.len() > 1 || word.shape.has(Shape::FIRST.and(Shape::INNER));
        may_be_known && self.all.iter().any(|gazetteer| gazetteer.knows(word.hash))
    }

    /// Appends the words that an unknown word may be misspelt for to `list` and says where they stand.
    fn near(
        &self,
        word: &Piece,
        beside: &Beside,
        search: &mut Search,
        list: &mut Vec<Reading>,
    ) -> (u32, u32) {
        let place = |length: usize| u32::try_from(length).unwrap_or(0);
        let start = place(list.len());
        search.folded.clear();
        word.fold(self.source, self.folding, &mut search.folded);
        if fuzzy::may_be_misspelt(self.lexicon, &search.folded) {
            let fits = |word| beside.fits(self.gazetteer, word);
            let is_word = |word: &str| {
                let (begins, is_inner) = self.gazetteer.may_have(hash::word(word.as_bytes()));
                begins | is_inner
            };
            let near = self.deletes.near(search, beside.sides, is_word, fits).iter();
            list.extend(near.map(|&near| Reading { near, hash: self.deletes.hash(near.word) }));
        }
        let end = place(list.len());
        if start < end { (start, end) } else { (0, 0) }
    }
}

/// At most so many words before a short one are looked at.
const BEFORE: usize = 8;

/// What stands beside a word. One with two edits that is no name by itself is found beside words that are written as in the
/// name.
#[derive(Debug, Default)]
struct Beside {
    /// Before which words of names it may stand and behind which, as [`fuzzy::LEADS`] and [`fuzzy::FOLLOWS`].
    sides: u32,
    /// Whether what is meant has to fit.
    is_asked: bool,
    /// The paths before the word.
    before: Vec<u64>,
    /// The word behind it; zero if there is none with which a name may go on.
    after: u64,
}

impl Beside {
    /// Looks around the word at `index`, which a short word is asked for beside words of names only.
    fn look(&mut self, gazetteer: &Gazetteer, words: &[Piece], index: usize, is_beside: bool) {
        let is_any = is_beside || !fuzzy::needs_others(words[index].letters);
        let first = if is_any { run_before(words, index) } else { index };
        // Words may be cut by hyphens; these are not put together here.
        let is_cut = || words[first..words.len().min(index + 3)].iter().any(|word| word.gap == Gap::HYPHEN);
        self.is_asked = is_any && !is_cut();
        self.before.clear();
        self.after = 0;
        if self.is_asked {
            let before = (first..index).filter_map(|start| path(gazetteer, &words[start..index]));
            self.before.extend(before);
            let next =
                words.get(index + 1).filter(|next| next.shape.has(Shape::INNER) && !next.gap.is_wall());
            self.after = next.map_or(0, |next| next.hash);
        }
        let sides = [(fuzzy::LEADS, self.after != 0), (fuzzy::FOLLOWS, !self.before.is_empty())];
        let sides = sides.into_iter().filter(|&(_, is_there)| is_there || !self.is_asked).map(|side| side.0);
        self.sides = if is_any { sides.sum() } else { 0 };
    }

    /// A number for all that decides what fits.
    fn key(&self) -> u64 {
        let all = self.before.iter().fold(self.after, |key, &path| hash::path(key, path));
        all ^ u64::from(self.sides) ^ u64::from(self.is_asked) << 3
    }

    fn fits(&self, gazetteer: &Gazetteer, word: u64) -> bool {
        !self.is_asked
            || (self.after != 0 && gazetteer.may_lead(hash::path(word, self.after)))
            || self.before.iter().any(|&path| gazetteer.may_lead(hash::path(path, word)))
    }
}

/// Where the words begin that stand before the one at `index` without a wall between them.
fn run_before(words: &[Piece], index: usize) -> usize {
    let first = index.saturating_sub(BEFORE);
    (first..=index).rev().find(|&at| words[at].gap.is_wall()).unwrap_or(first)
}

/// The path of all these words, if a name may go on from it.
fn path(gazetteer: &Gazetteer, words: &[Piece]) -> Option<u64> {
    let may_lead = |path: &u64| gazetteer.may_lead(*path);
    let path = words.iter().try_fold(0, |path, word| Some(hash::path(path, word.hash)).filter(may_lead))?;
    gazetteer.node(path).filter(|node| node.goes_on()).map(|_| path)
}

/// Whether a word has small letters and no capital.
fn is_small(shape: Shape) -> bool {
    shape.has(Shape::LOWER) && !shape.has(Shape::UPPER)
}
