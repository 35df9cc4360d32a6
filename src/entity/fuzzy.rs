//! Misspelt words: which words of the gazetteer a word of the text may be meant for.
//!
//! A deletes index, as in `SymSpell`: two words within `d` edits have a form in common that leaves out at most `d`
//! letters of each. Only the first letters are indexed, which bounds the index; every find is then verified.
//!
//! Most near misses of a name are no errors at all ("Russian", "Parish", "Obamas"), so whatever is an ordinary
//! word, a people, or the name with an ending is refused.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{
    edits::{LONGEST, Pattern, distance},
    hash,
    table::{self, Filter},
};
use crate::{
    lang::Lexicon,
    sections::{Numbers, Strings, StringsBuilder},
};

/// Only so many first letters are indexed.
const PREFIX: usize = 8;

/// At most so many words are compared with one word of the text.
const COMPARED: usize = 512;

/// So many words are fetched before they are compared, so that the processor waits for several at once.
const TOGETHER: usize = 16;

/// At most so many words are given for one word of the text.
const GIVEN: usize = 16;

/// Endings that make another word of a name, not a misspelt name.
const ENDINGS: &[&str] = &[
    "es", "n", "an", "ns", "ans", "ian", "ians", "i", "is", "ish", "ese", "er", "ers", "ic", "ism", "ist",
    "ists", "ite", "ites", "al", "ly", "ed", "ing", "d", "in", "ize", "ise", "esque", "like", "land", "man",
    "men",
];

/// What OCR takes for what, where that is more than one letter for one.
const LOOKALIKES: &[(&str, &str)] = &[
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("ii", "u"),
    ("li", "h"),
    ("nn", "m"),
    ("ri", "n"),
    ("in", "m"),
    ("tl", "d"),
    ("fi", "h"),
    ("l<", "k"),
    ("iii", "m"),
];

/// A word that may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    /// How many edits away.
    pub(super) edits: u8,
    /// Its number.
    pub(super) word: u32,
}

/// Names of no more letters have to be written as they are.
pub(super) const SHORT: usize = 4;

/// Longer names may have two edits.
const ONE_EDIT: usize = 8;

/// How many edits a name of so many letters allows.
pub(super) fn budget(letters: usize) -> u8 {
    match letters {
        0..=SHORT => 0,
        5..=ONE_EDIT => 1,
        _ => 2,
    }
}

/// How many edits a single word of a name allows. The name as a whole has to allow them too, so a short word with two
/// is found beside other words only.
fn word_budget(letters: usize) -> u8 {
    match letters {
        0..=1 => 0,
        2..=4 => 1,
        _ => 2,
    }
}

/// Whether a folded word that no name has may be an error.
pub(super) fn may_be_misspelt(lexicon: &Lexicon, folded: &str) -> bool {
    let letters = folded.chars().take(LONGEST + 1).count();
    (2..=LONGEST).contains(&letters)
        && !folded.bytes().all(|b| b.is_ascii_digit())
        && !lexicon.is_ordinary(folded)
}

/// How many sections an index takes.
const SECTIONS: usize = 7;

/// The index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deletes<'a> {
    /// The words by their number.
    words: Strings<'a>,
    /// The hashes of the words.
    hashes: &'a [[u8; 8]],
    /// Shortened forms, hashed, with the word that they come from: [`ENTRY`] times its number, how it stands in names, and how
    /// many letters were left out; sorted.
    entries: &'a [[u8; 8]],
    /// Where the entries begin whose hashes have the same first bits.
    buckets: Numbers<'a>,
    /// Which shortened forms there are, roughly, and which of words that are names by themselves.
    filter: Filter<'a>,
    max: u8,
}

impl<'a> Deletes<'a> {
    /// The index in these sections, if there is one.
    pub(super) fn new(section: impl Fn(usize) -> &'a [u8]) -> Option<Self> {
        let max = *section(SECTIONS - 1).first()?;
        Some(Self {
            words: Strings::new(section(0), section(1)),
            entries: section(2).as_chunks().0,
            buckets: Numbers::new(section(3)),
            filter: Filter::new(section(4)),
            hashes: section(5).as_chunks().0,
            max,
        })
    }

    /// The word of that number.
    pub(super) fn word(&self, word: u32) -> &'a str {
        self.words.get(word as usize)
    }

    /// Whether there may be a shortened form of this hash, of any word or of one that is a name by itself.
    fn has_form(&self, hash: u64, of_any: bool) -> bool {
        let (is_form, is_alone) = self.filter.has_either(hash);
        if of_any { is_form } else { is_alone }
    }

    /// Where the entries stand among which those of a shortened form are.
    fn bucket(&self, hash: u64) -> Range<usize> {
        self.buckets.range(bucket_of(hash >> 32, self.buckets.len().saturating_sub(1)))
    }

    /// The entries of a shortened form, by its hash, from its bucket.
    fn entries(&self, hash: u64, bucket: Range<usize>) -> impl Iterator<Item = u32> {
        let entries = self.entries.get(bucket).unwrap_or_default();
        let entries = entries.iter().map(|&entry| u64::from_le_bytes(entry));
        entries.filter(move |entry| entry >> 32 == hash >> 32).map(|entry| (entry & 0xffff_ffff) as u32)
    }

    /// The hash of the word of that number.
    pub(super) fn hash(&self, word: u32) -> u64 {
        self.hashes.get(word as usize).map_or(0, |&hash| u64::from_le_bytes(hash))
    }

    /// The folded letters of the word of that number, which are no UTF-8 in a damaged file.
    pub(super) fn letters(&self, word: u32) -> &'a [u8] {
        self.words.bytes(word as usize)
    }

    /// The words that the folded word of a search may be meant for, nearest first. One that is found only by leaving two
    /// letters out of the search's has to be a name by itself, which a short one never is, or to stand in names before others
    /// or behind others, where `sides` says that there may be such beside it, and to fit these. What is read in place of what
    /// looks like it has to be a word.
    pub(super) fn near<'s>(
        &self,
        search: &'s mut Search,
        sides: u32,
        is_word: impl Fn(&str) -> bool,
        fits: impl Fn(u64) -> bool,
    ) -> &'s [Near] {
        let word = std::mem::take(&mut search.folded);
        let letters = word.chars().count();
        let may_be_alone = letters + 2 > ONE_EDIT;
        let reach = if sides != 0 || may_be_alone { word_budget(letters + 2) } else { 1 };
        search.found.clear();
        let alone = if may_be_alone { ALONE } else { 0 };
        search.collect(self, &word, reach, 0, [alone, sides], fits);
        lookalikes(&word, |spelling| {
            if is_word(spelling) {
                search.collect(self, spelling, 0, 1, [0; 2], |_| true);
            }
        });
        let found = &mut search.found;
        found.sort_unstable_by_key(|near| (near.word, near.edits));
        found.dedup_by_key(|near| near.word);
        found.retain(|near| !is_derived(self.letters(near.word), word.as_bytes()));
        found.sort_unstable();
        found.truncate(GIVEN);
        search.folded = word;
        &search.found
    }
}

/// What the number of a word is multiplied by in the entries of the index.
const ENTRY: u32 = 32;

/// What is added: how many letters were left out, and how the word stands in names.
const LEFT_OUT: u32 = 3;
/// It is a name by itself, which may have errors.
pub(super) const ALONE: u32 = 4;
/// It stands before other words.
pub(super) const LEADS: u32 = 8;
/// It stands behind other words.
pub(super) const FOLLOWS: u32 = 16;

/// Whether a word of so many letters with two edits is found beside other words of its name only.
pub(super) fn needs_others(letters: u8) -> bool {
    usize::from(letters) + 2 <= ONE_EDIT
}

/// A search in the index, with room that its steps share.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The word to look for.
    pub(super) folded: String,
    letters: Vec<char>,
    /// The hashes of shortened forms: whole or with one letter left out, and with two.
    forms: [Vec<u64>; 2],
    buckets: Vec<Range<usize>>,
    /// The words to compare, as they are in the entries of the index, with no letter left out.
    words: Vec<u32>,
    /// Those that have only a form in common of which the spelling is two letters short.
    far: Vec<u32>,
    /// The spelling to which they are compared.
    pattern: Pattern,
    found: Vec<Near>,
}

impl Search {
    /// Finds the indexed words within `reach` of a spelling, which is itself `edits` away from the text. One that is found
    /// only by leaving two letters out of the spelling has to stand in names as the first number of `stands` says, or as the
    /// second says and to fit.
    fn collect(
        &mut self,
        index: &Deletes,
        spelling: &str,
        reach: u8,
        edits: u8,
        stands: [u32; 2],
        fits: impl Fn(u64) -> bool,
    ) {
        let reach = reach.min(index.max);
        self.letters.clear();
        self.letters.extend(spelling.chars());
        self.forms.iter_mut().for_each(Vec::clear);
        shortened(&self.letters, reach, |hash, left_out| self.forms[usize::from(left_out > 1)].push(hash));
        self.words.clear();
        self.far.clear();
        let [alone, sides] = stands;
        keep(&mut self.forms[0], |hash| index.filter.has(hash));
        keep(&mut self.forms[1], |hash| index.has_form(hash, sides != 0));
        self.look_up(index, reach);
        // Most words have only short forms in common with the spelling: they are as far away as they may be.
        keep(&mut self.far, |word| word & (alone | sides) != 0);
        keep(&mut self.far, |word| word & alone != 0 || fits(index.hash(word / ENTRY)));
        self.words.append(&mut self.far);
        self.words.sort_unstable();
        self.words.dedup();
        self.words.truncate(COMPARED);
        if !self.words.is_empty() {
            self.compare(index, spelling, reach, edits);
        }
    }

    /// Adds the words that have a shortened form in common with the spelling, of which they are no more letters short than
    /// `reach`.
    ///
    /// An index of many words is memory to wait for. Each step is taken for all before the next one, so that the
    /// processor waits for several places at once.
    fn look_up(&mut self, index: &Deletes, reach: u8) {
        for (forms, words) in self.forms.iter().zip([&mut self.words, &mut self.far]) {
            self.buckets.clear();
            self.buckets.extend(forms.iter().map(|&hash| index.bucket(hash)));
            for (&hash, bucket) in forms.iter().zip(&self.buckets) {
                let entries = index.entries(hash, bucket.clone()).take(COMPARED);
                let near = entries.filter(|entry| entry & LEFT_OUT <= reach.into());
                words.extend(near.map(|entry| entry & !LEFT_OUT));
            }
        }
    }

    fn compare(&mut self, index: &Deletes, spelling: &str, reach: u8, edits: u8) {
        let is_plain = self.pattern.set(spelling.as_bytes());
        for numbers in self.words.chunks(TOGETHER) {
            let mut words: [&[u8]; TOGETHER] = [&[]; TOGETHER];
            words.iter_mut().zip(numbers).for_each(|(word, &number)| *word = index.letters(number / ENTRY));
            let are_plain = is_plain && words.iter().all(|word| word.is_ascii());
            for (&number, &word) in numbers.iter().zip(&words) {
                let number = number / ENTRY;
                let more = if are_plain || (is_plain && word.is_ascii()) {
                    Some(self.pattern.distance(word)).filter(|&more| more <= reach)
                } else {
                    distance(&index.word(number).chars().collect::<Vec<_>>(), &self.letters, reach)
                };
                let limit = word_budget(word.len()).min(index.max);
                if let Some(more) = more.filter(|more| more + edits <= limit) {
                    self.found.push(Near { edits: (more + edits).max(1), word: number });
                }
            }
        }
    }
}

/// Leaves out what is not to be kept. No branch is taken on what is asked: guessing wrong, the processor would wait for
/// memory each time.
fn keep<T: Copy>(list: &mut Vec<T>, is_kept: impl Fn(T) -> bool) {
    let mut count = 0;
    for index in 0..list.len() {
        list[count] = list[index];
        count += usize::from(is_kept(list[index]));
    }
    list.truncate(count);
}

/// The bucket of a hash, of so many.
fn bucket_of(hash: u64, buckets: usize) -> usize {
    usize::try_from((hash * buckets as u64) >> 32).unwrap_or(0)
}

/// Words, each once.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// The number of each word, by its hash.
    seen: FxHashMap<u64, u32>,
    words: StringsBuilder,
    hashes: Vec<u8>,
    /// How each stands in names: [`ALONE`], [`LEADS`], [`FOLLOWS`].
    stands: Vec<u32>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let (seen, words) = (FxHashMap::default(), StringsBuilder::new());
        Self { seen, words, hashes: Vec::new(), stands: Vec::new() }
    }
}

impl Vocabulary {
    /// Adds a folded word, known by its hash, that so stands in a name.
    pub(super) fn add(&mut self, hash: u64, folded: &str, stands: u32) -> Result<(), String> {
        let next = u32::try_from(self.stands.len()).ok().filter(|&next| next < u32::MAX / ENTRY);
        let number = *self.seen.entry(hash).or_insert(next.ok_or("too many words")?) as usize;
        if number == self.stands.len() {
            self.words.push(folded)?;
            self.hashes.extend(hash.to_le_bytes());
            self.stands.push(0);
        }
        self.stands[number] |= stands;
        Ok(())
    }
}

/// Indexes words for up to `max` edits.
pub(super) fn build(vocabulary: Vocabulary, max: u8) -> [Vec<u8>; SECTIONS] {
    let words = vocabulary.words.strings();
    let mut entries: Vec<u64> = Vec::new();
    let (mut hashes, mut alone): (Vec<u64>, Vec<u64>) = (Vec::new(), Vec::new());
    for (index, &stands) in vocabulary.stands.iter().enumerate() {
        let word = words.get(index);
        let entry = index as u64 * u64::from(ENTRY) + u64::from(stands);
        let letters: Vec<char> = word.chars().collect();
        let edits = word_budget(letters.len()).min(max);
        if edits > 0 && letters.len() <= LONGEST && !word.starts_with(char::is_numeric) {
            shortened(&letters, edits, |hash, left_out| {
                entries.push(hash >> 32 << 32 | entry | u64::from(left_out));
                hashes.push(hash);
                alone.extend((stands & ALONE != 0).then_some(hash));
            });
        }
    }
    for list in [&mut entries, &mut hashes, &mut alone] {
        list.sort_unstable();
        list.dedup();
    }
    let buckets = buckets(&entries);
    let filter = table::filter(hashes.len(), hashes.into_iter(), &alone);
    let entries = entries.into_iter().flat_map(u64::to_le_bytes).collect();
    let [text, ends] = vocabulary.words.finish();
    [text, ends, entries, buckets, filter, vocabulary.hashes, vec![max]]
}

/// Where each bucket of sorted entries begins, and where the last one ends.
fn buckets(entries: &[u64]) -> Vec<u8> {
    let count = entries.len() / 2 + 1;
    let mut starts = vec![0_u32; count + 1];
    for entry in entries {
        starts[bucket_of(entry >> 32, count) + 1] += 1;
    }
    for bucket in 1..starts.len() {
        starts[bucket] += starts[bucket - 1];
    }
    starts.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Calls `each` with the hash of the first letters, whole and with up to `edits` of them left out, and with how many
/// are.
///
/// The hash is a sum over the letters by their places. A letter behind one that is left out moves up a place, so sums up
/// to each letter, for it and for those moved up once or twice, give every hash with a few additions.
fn shortened(letters: &[char], edits: u8, mut each: impl FnMut(u64, u8)) {
    let prefix = &letters[..letters.len().min(PREFIX)];
    let mut sums = [[0_u64; PREFIX + 1]; 3];
    for (place, &letter) in prefix.iter().enumerate() {
        let letter = (u64::from(letter) + 1).wrapping_mul(LETTER);
        for (moved, sums) in sums.iter_mut().enumerate().take(1 + usize::from(edits)) {
            let weighed = hash::mix(letter, PLACES[place + 2 - moved]);
            sums[place + 1] = sums[place].wrapping_add(weighed);
        }
    }
    let [whole, once, twice] = sums;
    let end = prefix.len();
    let mut give = |sum: u64, left_out| each(hash::mix(sum, LETTER), left_out);
    give(whole[end], 0);
    for first in 0..end * usize::from(edits > 0) {
        let before = whole[first].wrapping_sub(once[first + 1]);
        give(before.wrapping_add(once[end]), 1);
        for second in first + 1..end * usize::from(edits > 1) {
            let between = before.wrapping_add(once[second]);
            give(between.wrapping_add(twice[end].wrapping_sub(twice[second + 1])), 2);
        }
    }
}

const LETTER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A number for each place, and for the two before the first.
const PLACES: [u64; PREFIX + 2] = {
    let mut places = [LETTER; PREFIX + 2];
    let mut place = 1;
    while place < places.len() {
        places[place] = places[place - 1].wrapping_mul(0xd6e8_feb8_6659_fd93) ^ places[place - 1] >> 29;
        place += 1;
    }
    places
};

/// Calls `each` with the other readings of what looks like it, each with one confusion undone.
pub(super) fn lookalikes(word: &str, mut each: impl FnMut(&str)) {
    let mut spelling = String::new();
    for (at, &letter) in word.as_bytes().iter().enumerate() {
        let mut pairs = BY_FIRST_LETTER.get(usize::from(letter)).copied().unwrap_or(0);
        while pairs != 0 {
            let pair = pairs.trailing_zeros() as usize;
            pairs &= pairs - 1;
            let (left, right) = LOOKALIKES[pair / 2];
            let (from, to) = if pair.is_multiple_of(2) { (left, right) } else { (right, left) };
            if let Some(rest) = word[at..].strip_prefix(from) {
                spelling.clear();
                spelling.extend([&word[..at], to, rest]);
                each(&spelling);
            }
        }
    }
}

/// For each character of ASCII a bit for each half of a pair of [`LOOKALIKES`] that begins with it.
const BY_FIRST_LETTER: [u32; 128] = {
    let mut pairs = [0; 128];
    let mut pair = 0;
    while pair < LOOKALIKES.len() {
        pairs[LOOKALIKES[pair].0.as_bytes()[0] as usize] |= 1 << (2 * pair);
        pairs[LOOKALIKES[pair].1.as_bytes()[0] as usize] |= 2 << (2 * pair);
        pair += 1;
    }
    pairs
};

/// Whether one of two words is the other with an ending: "Russian" of Russia, "Mexican" of Mexico.
pub(super) fn is_derived(name: &[u8], word: &[u8]) -> bool {
    let is_plural =
        || word.strip_suffix(b"s").is_some_and(|singular| singular == name) && !name.ends_with(b"s");
    is_plural() || has_ending(word, name) || name.strip_suffix(b"s").is_some_and(|singular| singular == word)
}

/// Whether a word is a name with an ending other than that of a plural; its last vowel gives way to one that begins with a
/// vowel. "Zelenskyi" and "Zelenski" are no more than other spellings of Zelensky, and "Virginis" is an error.
fn has_ending(word: &[u8], name: &[u8]) -> bool {
    let stem = if let [stem @ .., b'a' | b'e' | b'o' | b'y'] = name { stem } else { name };
    let is_ending = |end: &[u8]| ENDINGS.iter().any(|ending| ending.as_bytes() == end);
    let is_of_whole = |end: &[u8]| is_ending(end) && !(end == b"i" && name.ends_with(b"y"));
    let is_of_stem = |end: &[u8]| is_ending(end) && !matches!(end, [_] | b"is" | b"in" | b"es" | b"ns");
    word.strip_prefix(name).is_some_and(is_of_whole)
        || (stem.len() < name.len() && word.strip_prefix(stem).is_some_and(is_of_stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_within_reach_shares_a_shortened_form() {
        let mut vocabulary = Vocabulary::default();
        for (hash, word) in [(1, "zelenskyy"), (2, "vorrander")] {
            vocabulary.add(hash, word, ALONE | LEADS).unwrap();
        }
        let sections = build(vocabulary, 2);
        let index = Deletes::new(|section| &sections[section]).unwrap();
        for (word, edits) in
            [("zelensky", 1), ("selenskyj", 2), ("ezlenskyy", 1), ("vorader", 2), ("vorranderrr", 2)]
        {
            let mut search = Search { folded: word.to_owned(), ..Search::default() };
            let near = index.near(&mut search, 0, |_| true, |_| true);
            assert_eq!(near.first().map(|near| near.edits), Some(edits), "{word}");
        }
    }

    #[test]
    fn a_short_word_with_two_edits_has_to_fit() {
        let mut vocabulary = Vocabulary::default();
        for (hash, word) in [(1, "quist"), (2, "quart")] {
            vocabulary.add(hash, word, ALONE | LEADS).unwrap();
        }
        let sections = build(vocabulary, 2);
        let index = Deletes::new(|section| &sections[section]).unwrap();
        let near = |word: &str, fits: fn(u64) -> bool| -> Vec<(u32, u8)> {
            let mut search = Search { folded: word.to_owned(), ..Search::default() };
            index
                .near(&mut search, LEADS, |_| true, fits)
                .iter()
                .map(|near| (near.word, near.edits))
                .collect()
        };
        assert_eq!(near("quarst", |_| true), [(1, 1), (0, 2)]);
        assert_eq!(near("quarst", |hash| hash == 2), [(1, 1)]);
    }

    #[test]
    fn a_word_with_two_letters_more_is_a_name_by_itself_or_fits() {
        for (stands, sides, is_found) in [
            (ALONE, 0, true),
            (LEADS, 0, false),
            (LEADS, LEADS, true),
            (LEADS, FOLLOWS, false),
            (FOLLOWS, LEADS | FOLLOWS, true),
        ] {
            let mut vocabulary = Vocabulary::default();
            vocabulary.add(1, "vorrander", 0).unwrap();
            vocabulary.add(1, "vorrander", stands).unwrap();
            let sections = build(vocabulary, 2);
            let index = Deletes::new(|section| &sections[section]).unwrap();
            let mut search = Search { folded: "xvorzrander".to_owned(), ..Search::default() };
            let near = index.near(&mut search, sides, |_| true, |hash| hash == 1);
            assert_eq!(!near.is_empty(), is_found, "{stands} {sides}");
            let near = index.near(&mut search, sides, |_| true, |_| false);
            assert_eq!(!near.is_empty(), stands == ALONE, "{stands} {sides}");
        }
    }

    #[test]
    fn endings_make_other_words() {
        for (name, word) in
            [("russia", "russian"), ("cuba", "cubans"), ("ukraine", "ukrainian"), ("trump", "trumpian")]
        {
            assert!(is_derived(name.as_bytes(), word.as_bytes()), "{word}");
        }
        assert!(is_derived(b"trump", b"trumps") && is_derived(b"mexico", b"mexican"));
        for (name, word) in [("virginia", "virginis"), ("properties", "propertiess")] {
            assert!(!is_derived(name.as_bytes(), word.as_bytes()), "{word}");
        }
        for other in ["zelenskyy", "zelenski", "zelenskyi"] {
            assert!(!is_derived(b"zelensky", other.as_bytes()), "{other}");
        }
    }
}
