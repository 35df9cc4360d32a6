//! The ways to find those whom a name means; every key is a number that a folded word has.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{
    links::Group,
    slips::{self, Letters},
    traits::Gender,
};
use crate::{
    model::{combine, hash_plain, hash_word},
    text::fold::folded,
};

/// How many bearers of one surname or given name are kept in mind.
const MOST_BEARERS: usize = 8;
/// A name that stood alone more often than this is somebody's own.
pub(super) const ESTABLISHED: usize = 3;

/// For how many forms there is room at once, and for how many slips of their words: an article has about so many.
const ROOM: usize = 28;
const ROOM_FOR_SLIPS: usize = 224;

/// A table with room for some.
fn table<K, V>(room: usize) -> FxHashMap<K, V> {
    FxHashMap::with_capacity_and_hasher(room, FxBuildHasher)
}

/// Groups by a word of theirs with one letter left out.
#[derive(Default)]
struct BySlip {
    /// The latest word of each number.
    rows: FxHashMap<u64, u32>,
    /// The words: the group of each, and where its letters end.
    words: Vec<(usize, usize)>,
    /// The letters of all words.
    letters: Vec<char>,
}

impl BySlip {
    /// Makes a group findable by a word.
    fn insert(&mut self, group: usize, word: Word) {
        let Ok(number) = u32::try_from(self.words.len()) else { return };
        let Some(letters) = word.letters() else { return };
        if number == 0 {
            self.rows = table(ROOM_FOR_SLIPS);
            self.words.reserve(ROOM);
            self.letters.reserve(ROOM_FOR_SLIPS);
        }
        self.letters.extend_from_slice(letters.as_slice());
        self.words.push((group, self.letters.len()));
        self.rows.extend(letters.deletions().map(|slip| (slip, number)));
    }

    /// The group with a word that is one slip away.
    fn find(&self, word: Word) -> Option<usize> {
        if self.words.is_empty() {
            return None;
        }
        let letters = word.letters()?;
        letters
            .deletions()
            .filter_map(|slip| self.word(*self.rows.get(&slip)? as usize))
            .find(|(_, other)| slips::is_one_slip(letters.as_slice(), other))
            .map(|(group, _)| group)
    }

    /// A word with its group.
    fn word(&self, number: usize) -> Option<(usize, &[char])> {
        let start = number.checked_sub(1).map_or(0, |before| self.words[before].1);
        let &(group, end) = self.words.get(number)?;
        Some((group, &self.letters[start..end]))
    }
}

/// Those who bear a name, at most [`MOST_BEARERS`].
#[derive(Default)]
struct Bearers {
    groups: [usize; MOST_BEARERS],
    count: usize,
}

impl Bearers {
    fn as_slice(&self) -> &[usize] {
        &self.groups[..self.count]
    }

    /// Puts a group first; whoever is too many is forgotten.
    fn put_first(&mut self, group: usize) {
        let known = self.as_slice().iter().position(|&bearer| bearer == group);
        let last = known.unwrap_or_else(|| {
            self.count = MOST_BEARERS.min(self.count + 1);
            self.count - 1
        });
        self.groups[..=last].rotate_right(1);
        self.groups[0] = group;
    }

    /// Puts a group last, if it is not there and there is room.
    fn put_last(&mut self, group: usize) {
        if self.count < MOST_BEARERS && !self.as_slice().contains(&group) {
            self.groups[self.count] = group;
            self.count += 1;
        }
    }
}

/// A word of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'w> {
    written: &'w str,
    /// Whether it has ASCII letters and digits alone.
    is_plain: bool,
    /// The number of what it is folded to.
    pub(super) number: u64,
}

impl<'w> Word<'w> {
    /// A word; nothing where folding leaves nothing of it.
    pub(super) fn new(written: &'w str) -> Option<Self> {
        // Folding makes no more of a run of letters than its number does.
        if let Some(number) = hash_plain(written) {
            return (!written.is_empty()).then_some(Self { written, is_plain: true, number });
        }
        let folded = folded(written);
        (!folded.is_empty()).then(|| Self { written, is_plain: false, number: hash_word(&folded) })
    }

    /// The letters of what it is folded to, if it may have slips.
    fn letters(self) -> Option<Letters> {
        if self.is_plain {
            return Letters::of(self.written.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        }
        Letters::of(folded(self.written).chars())
    }
}

/// The number of words that follow one another.
fn joined(words: &[Word]) -> u64 {
    words.iter().fold(0, |sum, word| combine(sum, word.number))
}

/// What a name of one word tells of its bearer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'n> {
    /// The title before it: "Mrs".
    pub(super) style: Option<Word<'n>>,
    /// The title's gender, or else the given name's.
    pub(super) gender: Option<Gender>,
    /// Whether it is known as a given name.
    pub(super) is_first_name: bool,
}

/// What is known of a form that is registered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// Whether its group had it for the first time.
    pub(super) is_new: bool,
    /// Whether it is one of the caller's entities.
    pub(super) is_given: bool,
    pub(super) may_be_person: bool,
}

/// Groups by what they are called.
#[derive(Default)]
pub(super) struct Index {
    pub(super) by_given: FxHashMap<usize, usize>,
    by_form: FxHashMap<u64, usize>,
    by_ends: FxHashMap<(u64, u64), usize>,
    /// Surnames with the title before them: "mrs", "quist".
    by_style: FxHashMap<(u64, u64), usize>,
    /// Those who bear a surname, the latest first.
    by_surname: FxHashMap<u64, Bearers>,
    /// Those who bear a given name, the earliest first.
    by_first_name: FxHashMap<u64, Bearers>,
    /// Surnames of full names.
    by_slip: BySlip,
    /// Names of one word.
    lone_by_slip: BySlip,
    pub(super) by_title: FxHashMap<u64, usize>,
}

impl Index {
    /// The group that a name belongs to, by its words; of one word, by what is known of the bearer.
    pub(super) fn group_of(&self, groups: &[Group], words: &[Word], known: Known) -> Option<usize> {
        let (first, last) = (words.first()?, words.last()?);
        if words.len() > 1 {
            let ends = (first.number, last.number);
            return self.by_form.get(&joined(words)).or_else(|| self.by_ends.get(&ends)).copied();
        }
        let styled = known.style.and_then(|style| self.by_style.get(&(style.number, last.number)).copied());
        styled
            .or_else(|| {
                self.bearer(*last, known.is_first_name, |group| groups[group].fits(known.gender), groups)
            })
            .or_else(|| {
                self.bearer(*last, known.is_first_name, |group| groups[group].is_open_to(&known), groups)
            })
    }

    /// The bearer of a name of one word, among those that fit.
    fn bearer(
        &self,
        name: Word,
        is_first_name: bool,
        fits: impl Fn(usize) -> bool,
        groups: &[Group],
    ) -> Option<usize> {
        let lone = self.by_form.get(&joined(&[name])).copied().filter(|&group| fits(group));
        let own = lone.filter(|&group| groups[group].mentions > ESTABLISHED);
        let among = |bearers: &FxHashMap<u64, Bearers>| {
            bearers.get(&name.number)?.as_slice().iter().copied().find(|&group| fits(group))
        };
        let (first, second) = if is_first_name {
            (&self.by_first_name, &self.by_surname)
        } else {
            (&self.by_surname, &self.by_first_name)
        };
        own.or_else(|| among(first))
            .or_else(|| among(second))
            .or(lone)
            .or_else(|| self.by_slip.find(name).filter(|&group| fits(group)))
    }

    /// The group of a name of one word that a full name turns out to mean: its surname, as behind a headline, or its given
    /// name.
    pub(super) fn lone(&self, groups: &[Group], words: &[Word], gender: Option<Gender>) -> Option<usize> {
        let (given, surname) = (*words.first()?, *words.last()?);
        let of_form = |word: Word| self.by_form.get(&joined(&[word])).copied();
        let by_surname = of_form(surname).or_else(|| self.lone_by_slip.find(surname));
        let by_surname =
            by_surname.filter(|&group| !groups[group].styled || groups[group].mentions <= ESTABLISHED);
        let by_given = of_form(given).filter(|&group| groups[group].mentions <= ESTABLISHED);
        by_surname.or(by_given).filter(|&group| groups[group].fits(gender))
    }

    /// Makes a group findable by a form and, if that is a person's full name, by its parts; by slips of it, unless that form
    /// was registered before.
    pub(super) fn register(&mut self, group: usize, words: &[Word], form: Form) {
        let Some((&first, &last)) = words.first().zip(words.last()) else {
            return;
        };
        if self.by_form.is_empty() {
            self.by_form = table(2 * ROOM);
        }
        self.by_form.insert(joined(words), group);
        if words.len() == 1 && form.is_new && !form.is_given {
            self.lone_by_slip.insert(group, last);
        }
        if words.len() < 2 || !form.may_be_person {
            return;
        }
        if self.by_ends.is_empty() {
            (self.by_ends, self.by_surname, self.by_first_name) = (table(ROOM), table(ROOM), table(ROOM));
        }
        if words.len() > 2 {
            // "Ms Quist-Dahl" after "Mara Quist-Dahl", "Van Dahl" after "Mara van Dahl".
            self.by_form.entry(joined(&words[1..])).or_insert(group);
        }
        self.by_ends.insert((first.number, last.number), group);
        self.by_surname.entry(last.number).or_default().put_first(group);
        self.by_first_name.entry(first.number).or_default().put_last(group);
        if form.is_new {
            self.by_slip.insert(group, last);
        }
    }

    /// Makes a group findable by a surname with its title.
    pub(super) fn register_style(&mut self, group: usize, style: Word, surname: Word) {
        self.by_style.insert((style.number, surname.number), group);
    }
}
