//! Other ways to write a name with the same words: each is made from the name by a rule, again whenever it is found.
//!
//! ```text
//! initials       J.R.R. Tolkien      J. R. R. Tolkien         J. K. Rell     J.K. Rell
//! apostrophes    Sinead O’Connor     Sinead O Connor
//! humps          YouTube             You Tube                 MH17           MH 17
//! umlauts        Müller              Mueller                  Århus          Aarhus
//! words          St. Louis           Saint Louis              Formula 1      Formula One
//! given names    Igor Rell           Ihor Rell                where errors are forgiven
//! ```

use std::borrow::Cow;

use super::hash;
use crate::{
    lang::{other_given_names, other_spelling, spelt_words},
    text::tokens::is_apostrophe,
};

/// What is changed in a name: a bit for each rule, one for each of the first words that have another spelling, and the number
/// of what its first word is in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Writing(u16);

/// So many words with another spelling are told apart.
const WORDS: usize = 3;

/// No more letters stand before an apostrophe that is left out, and no fewer behind it.
const AROUND_APOSTROPHE: (usize, usize) = (2, 3);

/// Both parts of a word that is written as two have so many letters.
const HUMP: usize = 2;

/// Initials without full stops before a surname: "JRR Tolkien".
const INITIALS: std::ops::RangeInclusive<usize> = 2..=3;

/// A letter of a name, as it is changed.
#[derive(Debug, Clone, Copy)]
struct Place<'n> {
    /// What stands before it.
    before: &'n str,
    letter: char,
    /// What stands behind it.
    behind: &'n str,
}

impl Writing {
    /// Initials stand apart that stood together, and the other way round.
    pub(super) const INITIALS: Self = Self(1);
    /// A space in place of an apostrophe.
    pub(super) const APOSTROPHES: Self = Self(2);
    /// A word with a capital letter or a number inside is two.
    pub(super) const HUMPS: Self = Self(4);
    /// Umlauts are spelt with two letters.
    pub(super) const UMLAUTS: Self = Self(8);
    /// The first words that have another spelling are spelt so.
    pub(super) const WORDS: Self = Self(7 << Self::WORD);
    /// The bit of the first of these.
    const WORD: u16 = 4;
    /// The first word is as in another language.
    pub(super) const GIVEN: Self = Self(7 << Self::OTHER);
    /// The first bit of the number of that.
    const OTHER: u16 = 7;
    /// So many bits say all.
    pub(super) const BITS: u32 = 10;

    pub(super) fn new(number: u16) -> Self {
        Self(number)
    }

    pub(super) fn number(self) -> u16 {
        self.0
    }

    /// Whether this is an error, not a custom.
    pub(super) fn is_error(self) -> bool {
        self.has(Self::GIVEN)
    }

    fn has(self, rule: Self) -> bool {
        self.0 & rule.0 != 0
    }

    fn has_word(self, index: usize) -> bool {
        index < WORDS && self.0 & 1 << (usize::from(Self::WORD) + index) != 0
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// A name as each of these rules writes it, and all of them together, where it then is another. Whether it has words with
    /// another spelling is known.
    pub(super) fn all(name: &str, rules: &[Self], has_words: bool) -> Vec<(Self, String)> {
        let signs = signs(name);
        if signs == Self::default() && !has_words {
            return Vec::new();
        }
        let mut writings: Vec<Self> = rules.iter().copied().filter(|&rule| signs.has(rule)).collect();
        if has_words && rules.contains(&Self::WORDS) {
            let words = words(name).filter(|&(start, end)| other_spelling(&name[start..end]).is_some());
            writings
                .extend((0..WORDS).zip(words).map(|(index, _)| Self(1 << (usize::from(Self::WORD) + index))));
        }
        if writings.len() > 1 {
            writings.push(writings.iter().fold(Self::default(), |all, &writing| all.and(writing)));
        }
        if has_words && rules.contains(&Self::GIVEN) {
            let others =
                first_word(name).map_or(0, |(start, end)| other_given_names(&name[start..end]).count());
            writings.extend((1..8).take(others).map(|number| Self(number << Self::OTHER)));
        }
        let mut written: Vec<(Self, String)> = Vec::with_capacity(writings.len());
        for writing in writings {
            let other = writing.of(name);
            if other != name && written.iter().all(|before| before.1 != other) {
                written.push((writing, other.into_owned()));
            }
        }
        written
    }

    /// The name, so written.
    pub(super) fn of(self, name: &str) -> Cow<'_, str> {
        if self == Self::default() {
            return Cow::Borrowed(name);
        }
        let mut written = String::with_capacity(name.len() + 8);
        let mut at = 0;
        if let Some((end, other)) = self.given_name(name) {
            push_like(&name[..end], other, &mut written);
            at = end;
        }
        let words =
            words(name).filter_map(|(start, end)| Some((start, end, other_spelling(&name[start..end])?)));
        let changed = (0..).zip(words).filter(|&(index, (start, ..))| self.has_word(index) && start >= at);
        for (start, end, other) in changed.map(|(_, word)| word).collect::<Vec<_>>() {
            self.push(name, at..start, &mut written);
            push_like(&name[start..end], other, &mut written);
            // An abbreviation takes its full stop with it.
            at = end + usize::from(name[end..].starts_with('.'));
        }
        self.push(name, at..name.len(), &mut written);
        Cow::Owned(written)
    }

    /// What the first word is in another language, and where it ends.
    fn given_name(self, name: &str) -> Option<(usize, &'static str)> {
        let number = usize::from(self.0 >> Self::OTHER).checked_sub(1)?;
        let (_, end) = first_word(name)?;
        Some((end, other_given_names(&name[..end]).nth(number)?))
    }

    /// Appends a part of the name, with what the rules change.
    fn push(self, name: &str, part: std::ops::Range<usize>, out: &mut String) {
        for (offset, letter) in name[part.clone()].char_indices() {
            let at = part.start + offset;
            let place = Place { before: &name[..at], letter, behind: &name[at + letter.len_utf8()..] };
            if self.has(Self::INITIALS) && place.is_between_initials() {
                continue;
            }
            if self.has(Self::APOSTROPHES) && place.is_inner_apostrophe() {
                out.push(' ');
                continue;
            }
            if (self.has(Self::INITIALS) && place.is_initial()) || (self.has(Self::HUMPS) && place.is_hump())
            {
                out.push(' ');
            }
            match umlaut(letter).filter(|_| self.has(Self::UMLAUTS)) {
                Some(letters) => out.push_str(letters),
                None => out.push(letter),
            }
        }
    }
}

impl Place<'_> {
    /// The letters right before.
    fn run_before(self) -> usize {
        self.before.chars().rev().take_while(|&c| c.is_alphabetic()).count()
    }

    fn is_inner_apostrophe(self) -> bool {
        let (most, fewest) = AROUND_APOSTROPHE;
        is_apostrophe(self.letter)
            && (1..=most).contains(&self.run_before())
            && self.behind.chars().take(fewest).filter(|c| c.is_alphabetic()).count() == fewest
    }

    /// Whether it is the space between two initials.
    fn is_between_initials(self) -> bool {
        let mut next = self.behind.chars();
        self.letter == ' '
            && next.next().is_some_and(char::is_alphabetic)
            && next.next() == Some('.')
            && self.before.strip_suffix('.').is_some_and(|before| Self { before, ..self }.run_before() == 1)
    }

    /// Whether it is one of several initials, and not the first.
    fn is_initial(self) -> bool {
        let is_behind_stop = || {
            let initial = self.before.strip_suffix('.').and_then(|before| before.chars().next_back());
            let run = Self { before: self.before.strip_suffix('.').unwrap_or_default(), ..self }.run_before();
            run == 1 && initial.is_some_and(char::is_alphabetic)
        };
        let is_first_word = || {
            let rest = self.behind.split(' ').next().unwrap_or_default();
            let is_name = self.behind.len() > rest.len();
            let length = self.before.len() + self.letter.len_utf8() + rest.len();
            is_name
                && INITIALS.contains(&length)
                && !self.before.is_empty()
                && self.before.bytes().chain(rest.bytes()).all(|b| b.is_ascii_uppercase())
                && self.letter.is_ascii_uppercase()
        };
        self.letter.is_alphabetic() && (is_behind_stop() || is_first_word())
    }

    /// Whether a part of a word begins with it.
    fn is_hump(self) -> bool {
        let is_small = |c: char| c.is_lowercase();
        let Some(last) = self.before.chars().next_back() else { return false };
        let is_capital = self.letter.is_uppercase() && is_small(last) && self.behind.starts_with(is_small);
        let is_number = self.letter.is_ascii_digit() && last.is_alphabetic();
        (is_capital || is_number) && self.run_before() >= HUMP
    }
}

/// Which words have another spelling, roughly: most have none, and are asked about for each name.
#[derive(Debug)]
pub(super) struct Spelt([u64; 64]);

impl Spelt {
    /// All of them, in small letters and with capitals.
    pub(super) fn new() -> Self {
        let mut spelt = Self([0; 64]);
        for word in spelt_words() {
            let large = word.to_ascii_uppercase();
            let first = [&large[..1], &word[1..]].concat();
            for word in [word, &large, &first] {
                let (index, bit) = Self::place(hash::word(word.as_bytes()));
                spelt.0[index] |= bit;
            }
        }
        spelt
    }

    /// Whether the word of this hash may be one.
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let (index, bit) = Self::place(hash);
        self.0[index] & bit != 0
    }

    fn place(hash: u64) -> (usize, u64) {
        ((hash >> 58) as usize, 1 << (hash >> 52 & 63))
    }
}

/// The rules that a look at each byte does not rule out.
fn signs(name: &str) -> Writing {
    let bytes = name.as_bytes();
    let (mut signs, mut last) = (0, 0);
    for &byte in if is_plain(bytes) { &[] } else { bytes } {
        let kind = usize::from(KINDS[usize::from(byte)] & 15);
        signs |= SIGNS[last][kind];
        last = kind;
    }
    let are_initials = |count: usize| {
        let initials = bytes.get(..count).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase));
        initials && bytes.get(count) == Some(&b' ')
    };
    let may_be_initials = bytes.get(1).is_some_and(u8::is_ascii_uppercase);
    let initials =
        if may_be_initials && INITIALS.into_iter().any(are_initials) { Writing::INITIALS.0 } else { 0 };
    let apart = |five: &[u8]| matches!(five, [_, b'.', b' ', _, b'.']);
    let are_apart = signs & SPACE != 0 && bytes.windows(5).any(apart);
    let apart = if are_apart { Writing::INITIALS.0 } else { 0 };
    Writing(signs & !SPACE | initials | apart)
}

/// Whether a name has nothing but ASCII letters, spaces, commas and hyphens, and no capital right behind a small letter: so
/// most are, and eight bytes are looked at together.
pub(super) fn is_plain(name: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    let mut carried = 0;
    name.chunks(8).all(|chunk| {
        let mut room = [b' '; 8];
        room[..chunk.len()].copy_from_slice(chunk);
        let bytes = u64::from_le_bytes(room);
        // The high bit of each byte that is no less than `first`; of ASCII alone.
        let from = |first: u8| (bytes & !HIGH).wrapping_add(u64::from(0x80 - first) * ONES) & HIGH;
        let within = |first: u8, last: u8| from(first) & !from(last + 1);
        let (small, large) = (within(b'a', b'z'), within(b'A', b'Z'));
        let plain = small | large | within(b',', b'-') | within(b' ', b' ');
        let humps = (small << 8 | carried) & large;
        carried = small >> 56;
        bytes & HIGH == 0 && plain == HIGH && humps == 0
    })
}

/// Says that a space stands behind a stop.
const SPACE: u16 = 1 << 15;

/// What a byte of a name is: a space, a small letter, a capital, a digit, a stop, an apostrophe or the beginning of one, the beginning of a
/// letter that may be an umlaut, the end of one, any other byte of letters outside ASCII, or another.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 255;
    loop {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            b'.' => 4,
            b'\'' | b'`' | 0xe2 | 0xca | 0xc2 => 5,
            0xc3 => 6,
            0x84 | 0x85 | 0x96 | 0x98 | 0x9c | 0xa4 | 0xa5 | 0xb6 | 0xb8 | 0xbc => 7,
            0x80.. => 8,
            b' ' => 9,
            _ => 0,
        };
        if byte == 0 {
            break kinds;
        }
        byte -= 1;
    }
};

/// The rules that a byte of a kind behind one of another is a sign of.
const SIGNS: [[u16; 16]; 16] = {
    let mut signs = [[0; 16]; 16];
    let mut last = 0;
    while last < 16 {
        signs[last][5] = Writing::APOSTROPHES.0;
        last += 1;
    }
    signs[6][7] = Writing::UMLAUTS.0;
    signs[1][2] = Writing::HUMPS.0;
    signs[7][2] = Writing::HUMPS.0;
    signs[8][2] = Writing::HUMPS.0;
    signs[1][3] = Writing::HUMPS.0;
    signs[2][3] = Writing::HUMPS.0;
    signs[4][9] = SPACE;
    signs[4][1] = Writing::INITIALS.0;
    signs[4][2] = Writing::INITIALS.0;
    signs[4][6] = Writing::INITIALS.0;
    signs[4][8] = Writing::INITIALS.0;
    signs
};

/// Where the words of a name stand that are runs of ASCII letters and digits with no letter beside them, and that no mark
/// inside a word joins to another.
fn words(name: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = name.as_bytes();
    let is_inner = |at: usize| bytes.get(at).is_some_and(|&b| b >= 0x80 || matches!(b, b'\'' | b'.' | b','));
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_alphanumeric)?;
            let run = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            at = start + run;
            let goes_on = is_inner(at) && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
            let is_part = start > 0 && is_inner(start - 1);
            if !goes_on && !is_part {
                return Some((start, at));
            }
        }
    })
}

/// The word with which a name of several words begins.
fn first_word(name: &str) -> Option<(usize, usize)> {
    words(name).next().filter(|&(start, end)| start == 0 && name[end..].starts_with(' '))
}

/// Appends a word, with a capital letter if the one that it stands for has any.
fn push_like(written: &str, word: &str, out: &mut String) {
    let is_large = written.starts_with(|c: char| !c.is_lowercase());
    let is_all_large = written.len() > 1 && written.bytes().all(|b| b.is_ascii_uppercase());
    let mut letters = word.chars();
    if is_all_large {
        out.extend(letters.map(|c| c.to_ascii_uppercase()));
    } else {
        out.extend(letters.next().map(|c| if is_large { c.to_ascii_uppercase() } else { c }));
        out.push_str(letters.as_str());
    }
}

/// The two letters that stand for one where it is missing.
fn umlaut(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ä' => "ae",
        'Ä' => "Ae",
        'ö' | 'ø' => "oe",
        'Ö' | 'Ø' => "Oe",
        'ü' => "ue",
        'Ü' => "Ue",
        'å' => "aa",
        'Å' => "Aa",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [Writing; 6] = [
        Writing::INITIALS,
        Writing::APOSTROPHES,
        Writing::HUMPS,
        Writing::UMLAUTS,
        Writing::WORDS,
        Writing::GIVEN,
    ];

    fn written(name: &str) -> Vec<String> {
        Writing::all(name, &RULES, true).into_iter().map(|writing| writing.1).collect()
    }

    #[test]
    fn names_are_written_in_other_ways() {
        for (name, ways) in [
            ("J.R.R. Quist", &["J. R. R. Quist"][..]),
            ("J. K. Quist", &["J.K. Quist"]),
            ("JK Quist", &["J K Quist"]),
            ("U.S.", &["U. S."]),
            ("Mara O’Quist", &["Mara O Quist"]),
            ("YouRell", &["You Rell"]),
            ("MH17", &["MH 17"]),
            ("Müller-Århus", &["Mueller-Aarhus"]),
            ("St. Quist", &["Saint Quist"]),
            ("Saint Quist", &["St. Quist"]),
            ("ST. QUIST", &["SAINT QUIST"]),
            ("Form 1", &["Form One"]),
            ("St. Rell Corp.", &["Saint Rell Corp.", "St. Rell Corporation", "Saint Rell Corporation"]),
            ("Igor Quist", &["Ihor Quist", "Ihar Quist"]),
            ("Igor", &[]),
            ("D’Örnquist", &["D Örnquist", "D’Oernquist", "D Oernquist"]),
        ] {
            assert_eq!(written(name), ways, "{name}");
        }
    }

    #[test]
    fn plain_names_are_of_letters_and_spaces() {
        for name in ["Mara Quist", "Quist, Mara", "Vorrand-Rellinghausen", "NATO", "", "abcdefgh Ijkl"] {
            assert!(is_plain(name.as_bytes()), "{name}");
        }
        for name in [
            "MaraQuist",
            "abcdefgH",
            "abcdefghI",
            "O'Quist",
            "St. Rell",
            "Qué",
            "F1",
            "a@b",
            "a[",
            "a`",
            "{a",
        ] {
            assert!(!is_plain(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn most_names_are_written_in_one_way() {
        for name in
            ["Mara Quist", "St.Quist", "F1", "McD", "iRell", "2.1", "Quist's", "NATO", "Rock’n", "Zoë"]
        {
            assert!(written(name).is_empty(), "{name} {:?}", written(name));
        }
    }
}
