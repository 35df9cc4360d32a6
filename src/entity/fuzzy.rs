//! Misspelt words: which words of the gazetteer a word of the text may be meant for.
//!
//! A deletes index, as in `SymSpell`: two words within `d` edits have a form in common that leaves out at most `d`
//! letters of each. Only the first letters are indexed, which bounds the index; every find is then verified.
//! Edits are counted by optimal string alignment: a letter more, less or other, or two neighbours exchanged.
//!
//! Most near misses of a name are no errors at all ("Russian", "Parish", "Obamas"), so whatever is an ordinary
//! word, a people, or the name with an ending is refused.

use rustc_hash::FxHashSet;

use super::{
    hash,
    table::{self, Filter},
};
use crate::{
    lang::{Class, Lexicon},
    sections::{Numbers, Strings, StringsBuilder},
};

/// Only so many first letters are indexed.
const PREFIX: usize = 8;

/// Words longer than this are not compared.
const LONGEST: usize = 40;

/// At most so many words are compared with one word of the text.
const COMPARED: usize = 512;

/// At most so many words are given for one word of the text.
const GIVEN: usize = 16;

/// Endings that make another word of a name, not a misspelt name.
const ENDINGS: &[&str] = &[
    "s", "es", "n", "an", "ns", "ans", "ian", "ians", "i", "is", "ish", "ese", "er", "ers", "ic", "ism",
    "ist", "ists", "ite", "ites", "al", "ly", "ed", "ing", "d", "in", "ize", "ise", "esque", "like", "land",
    "man", "men",
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

/// Whether a folded word that no name has may be an error: not an ordinary word, a people or a frequent name.
pub(super) fn may_be_misspelt(lexicon: &Lexicon, folded: &str) -> bool {
    let letters = folded.chars().take(LONGEST + 1).count();
    (2..=LONGEST).contains(&letters)
        && !folded.bytes().all(|b| b.is_ascii_digit())
        && !lexicon.classes(folded).any(&[Class::Common, Class::Demonym, Class::OtherName])
}

/// How many sections an index takes.
const SECTIONS: usize = 7;

/// The index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deletes<'a> {
    /// The words by their number.
    words: Strings<'a>,
    /// The signs of the words.
    signs: &'a [[u8; 8]],
    /// Shortened forms, hashed, with the word that they come from; sorted.
    entries: &'a [[u8; 8]],
    /// Where the entries begin whose hashes have the same first bits.
    buckets: Numbers<'a>,
    /// Which shortened forms there are, roughly.
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
            signs: section(5).as_chunks().0,
            max,
        })
    }

    /// The word of that number.
    pub(super) fn word(&self, word: u32) -> &'a str {
        self.words.get(word as usize)
    }

    /// The words with a shortened form, by its hash.
    fn entries(&self, hash: u64) -> impl Iterator<Item = u32> {
        let hash = hash >> 32;
        let bucket = self.buckets.range(bucket_of(hash, self.buckets.len().saturating_sub(1)));
        let entries = self.entries.get(bucket).unwrap_or_default();
        let entries = entries.iter().map(|&entry| u64::from_le_bytes(entry));
        entries.filter(move |entry| entry >> 32 == hash).map(|entry| (entry & 0xffff_ffff) as u32)
    }

    fn sign(&self, word: u32) -> Sign {
        self.signs.get(word as usize).map_or(Sign(0), |&sign| Sign(u64::from_le_bytes(sign)))
    }

    /// Appends the words that `word` may be meant for, nearest first. Beside no other word of a name it may only be a
    /// name by itself, which a short word with two edits never is.
    pub(super) fn near(&self, word: &str, is_beside: bool, out: &mut Vec<Near>) {
        let first = out.len();
        let letters = word.chars().count();
        let reach = if is_beside || letters + 2 > ONE_EDIT { word_budget(letters + 2) } else { 1 };
        self.collect(word, reach, 0, out);
        for spelling in lookalikes(word) {
            self.collect(&spelling, 0, 1, out);
        }
        let found = &mut out[first..];
        found.sort_unstable_by_key(|near| (near.word, near.edits));
        let mut found: Vec<Near> = found.to_vec();
        found.dedup_by_key(|near| near.word);
        found.retain(|near| !is_derived(self.word(near.word), word));
        found.sort_unstable();
        found.truncate(GIVEN);
        out.truncate(first);
        out.extend(found);
    }

    /// Appends the indexed words within `reach` of a spelling, which is itself `edits` away from the text.
    fn collect(&self, spelling: &str, reach: u8, edits: u8, out: &mut Vec<Near>) {
        let letters: Vec<char> = spelling.chars().collect();
        let reach = reach.min(self.max);
        let sign = Sign::of(&letters);
        let mut forms = Vec::with_capacity(MOST_FORMS);
        shortened(&letters, reach, |hash| forms.push(hash));
        forms.retain(|&hash| self.filter.has(hash));
        let mut numbers: Vec<u32> = Vec::new();
        for hash in forms {
            let entries = self.entries(hash).take(COMPARED);
            numbers.extend(entries.filter(|&number| self.sign(number).is_within(reach, sign)));
        }
        numbers.sort_unstable();
        numbers.dedup();
        for &number in numbers.iter().take(COMPARED) {
            let word = self.words.bytes(number as usize);
            let more = if word.is_ascii() && spelling.is_ascii() {
                distance(word, spelling.as_bytes(), reach)
            } else {
                distance(&self.word(number).chars().collect::<Vec<_>>(), &letters, reach)
            };
            let limit = word_budget(word.len()).min(self.max);
            if let Some(more) = more.filter(|more| more + edits <= limit) {
                out.push(Near { edits: (more + edits).max(1), word: number });
            }
        }
    }
}

/// Which letters a word has, and above them how many: words that differ in more than a few edits seldom are alike in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign(u64);

/// Where in a sign the length stands.
const LENGTH: u32 = 56;

impl Sign {
    fn of(letters: &[char]) -> Self {
        let bit = |&letter: &char| match letter {
            'a'..='z' => 1 << (u32::from(letter) - u32::from('a')),
            _ => 1_u64 << (26 + u32::from(letter) % (LENGTH - 26)),
        };
        let length = u64::try_from(letters.len().min(255)).unwrap_or_default();
        Self(letters.iter().map(bit).fold(length << LENGTH, |sign, bit| sign | bit))
    }

    /// Whether so many edits may lead from one word to the other. One edit takes a letter away and puts another in.
    fn is_within(self, edits: u8, other: Self) -> bool {
        let letters = (self.0 ^ other.0) << (64 - LENGTH);
        (self.0 >> LENGTH).abs_diff(other.0 >> LENGTH) <= edits.into()
            && letters.count_ones() <= 2 * u32::from(edits)
    }
}

/// The bucket of a hash, of so many.
fn bucket_of(hash: u64, buckets: usize) -> usize {
    usize::try_from((hash * buckets as u64) >> 32).unwrap_or(0)
}

/// Words, each once.
#[derive(Debug)]
pub(super) struct Vocabulary {
    seen: FxHashSet<u64>,
    words: StringsBuilder,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { seen: FxHashSet::default(), words: StringsBuilder::new() }
    }
}

impl Vocabulary {
    /// Adds a folded word, known by its hash.
    pub(super) fn add(&mut self, hash: u64, folded: &str) -> Result<(), String> {
        if self.seen.insert(hash) { self.words.push(folded) } else { Ok(()) }
    }
}

/// Indexes words for up to `max` edits.
pub(super) fn build(vocabulary: Vocabulary, max: u8) -> [Vec<u8>; SECTIONS] {
    let words = vocabulary.words.strings();
    let mut entries: Vec<u64> = Vec::new();
    let mut hashes: Vec<u64> = Vec::new();
    let mut signs: Vec<u8> = Vec::with_capacity(8 * words.len());
    for (number, index) in (0_u64..).zip(0..words.len()) {
        let word = words.get(index);
        let letters: Vec<char> = word.chars().collect();
        signs.extend(Sign::of(&letters).0.to_le_bytes());
        let edits = word_budget(letters.len()).min(max);
        if edits > 0 && letters.len() <= LONGEST && !word.starts_with(char::is_numeric) {
            shortened(&letters, edits, |hash| {
                entries.push(hash >> 32 << 32 | number);
                hashes.push(hash);
            });
        }
    }
    entries.sort_unstable();
    entries.dedup();
    hashes.sort_unstable();
    hashes.dedup();
    let buckets = buckets(&entries);
    let filter = table::filter(&hashes);
    let entries = entries.into_iter().flat_map(u64::to_le_bytes).collect();
    let [text, ends] = vocabulary.words.finish();
    [text, ends, entries, buckets, filter, signs, vec![max]]
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

/// Calls `each` with the hash of the first letters, whole and with up to `edits` of them left out.
///
/// The hash is a sum over the letters by their places. A letter behind one that is left out moves up a place, so sums up
/// to each letter, for it and for those moved up once or twice, give every hash with a few additions.
fn shortened(letters: &[char], edits: u8, mut each: impl FnMut(u64)) {
    let prefix = &letters[..letters.len().min(PREFIX)];
    let mut sums = [[0_u64; PREFIX + 1]; 3];
    for (place, &letter) in prefix.iter().enumerate() {
        let letter = (u64::from(letter) + 1).wrapping_mul(LETTER);
        for (moved, sums) in sums.iter_mut().enumerate() {
            let weighed = hash::mix(letter, PLACES[place + 2 - moved]);
            sums[place + 1] = sums[place].wrapping_add(weighed);
        }
    }
    let [whole, once, twice] = sums;
    let end = prefix.len();
    let mut give = |sum: u64| each(hash::mix(sum, LETTER));
    give(whole[end]);
    for first in 0..end * usize::from(edits > 0) {
        let before = whole[first].wrapping_sub(once[first + 1]);
        give(before.wrapping_add(once[end]));
        for second in first + 1..end * usize::from(edits > 1) {
            let between = before.wrapping_add(once[second]);
            give(between.wrapping_add(twice[end].wrapping_sub(twice[second + 1])));
        }
    }
}

/// As many forms as [`shortened`] gives at most.
const MOST_FORMS: usize = 1 + PREFIX + PREFIX * (PREFIX - 1) / 2;

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

/// Other readings of what looks like it, each with one confusion undone.
fn lookalikes(word: &str) -> Vec<String> {
    let mut readings = Vec::new();
    for &(left, right) in LOOKALIKES {
        for (from, to) in [(left, right), (right, left)] {
            let places = word.as_bytes().windows(from.len()).enumerate();
            let places = places.filter(|(_, letters)| *letters == from.as_bytes());
            for (at, _) in places.take(3) {
                readings.push([&word[..at], to, &word[at + from.len()..]].concat());
            }
        }
    }
    readings
}

/// Whether one of two words is the other with an ending: "Russian" of Russia, "Cubans" of Cuba.
fn is_derived(name: &str, word: &str) -> bool {
    let has_ending = |long: &str, short: &str| {
        let stem = short.strip_suffix(['a', 'e', 'o', 'y']).unwrap_or(short);
        [short, stem].iter().any(|stem| long.strip_prefix(stem).is_some_and(|end| ENDINGS.contains(&end)))
    };
    has_ending(word, name) || name.strip_suffix('s').is_some_and(|singular| singular == word)
}

/// The edits between two words, if there are at most `limit` and neither word is too long.
pub(super) fn distance<T: Copy + PartialEq>(a: &[T], b: &[T], limit: u8) -> Option<u8> {
    if a.len().abs_diff(b.len()) > limit.into() || a.len().max(b.len()) > LONGEST {
        return None;
    }
    let same = a.iter().zip(b).take_while(|(left, right)| left == right).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(left, right)| left == right).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    (0..).zip(&mut rows[0]).for_each(|(edits, cell)| *cell = edits);
    for (i, (done, &left)) in (1_u8..).zip(a).enumerate() {
        let [row, above, before] = [i + 1, i, i + 2].map(|row| row % 3);
        rows[row][0] = done;
        let mut least = done;
        for (j, &right) in b.iter().enumerate() {
            let changed = rows[above][j] + u8::from(left != right);
            let mut edits = changed.min(rows[above][j + 1] + 1).min(rows[row][j] + 1);
            if i > 0 && j > 0 && left == b[j - 1] && right == a[i - 1] {
                edits = edits.min(rows[before][j - 1] + 1);
            }
            rows[row][j + 1] = edits;
            least = least.min(edits);
        }
        if least > limit {
            return None;
        }
    }
    Some(rows[a.len() % 3][b.len()]).filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    #[test]
    fn edits_are_counted() {
        for (left, right, edits) in [
            ("quist", "quist", 0),
            ("quist", "qiust", 1),
            ("quist", "quits", 1),
            ("quist", "qust", 1),
            ("rell", "bells", 2),
        ] {
            assert_eq!(distance(&chars(left), &chars(right), 2), Some(edits), "{left} {right}");
        }
        assert_eq!(distance(&chars("quist"), &chars("quark"), 2), None);
    }

    #[test]
    fn every_pair_within_reach_shares_a_shortened_form() {
        let mut vocabulary = Vocabulary::default();
        for (hash, word) in [(1, "zelenskyy"), (2, "vorrander")] {
            vocabulary.add(hash, word).unwrap();
        }
        let sections = build(vocabulary, 2);
        let index = Deletes::new(|section| &sections[section]).unwrap();
        for (word, edits) in
            [("zelensky", 1), ("selenskyj", 2), ("ezlenskyy", 1), ("vorader", 2), ("vorranderrr", 2)]
        {
            let mut near = Vec::new();
            index.near(word, false, &mut near);
            assert_eq!(near.first().map(|near| near.edits), Some(edits), "{word}");
        }
    }

    #[test]
    fn endings_make_other_words() {
        for (name, word) in
            [("russia", "russian"), ("cuba", "cubans"), ("ukraine", "ukrainian"), ("trump", "trumpian")]
        {
            assert!(is_derived(name, word), "{word}");
        }
        assert!(!is_derived("zelenskyy", "zelensky"));
    }
}
