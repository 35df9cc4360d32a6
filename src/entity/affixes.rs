//! What some languages write onto a name without a space: the name is the rest.
//!
//! ```text
//! 서울에서        서울 · 에서            Korean: particles
//! وبالقاهرة       وب · القاهرة           Arabic: and, so, in, to, as
//! ונתניהו         ו · נתניהו             Hebrew: the same, the article and "that"
//! Ankara’dan      Ankara · ’dan          Turkish: endings behind an apostrophe; so Polish with foreign names
//! ```

use crate::text::tokens::is_apostrophe;

/// With which byte the first letter of Hebrew begins; of what begins so late, most is Arabic, Indian or of East Asia.
pub(super) const FIRST_BYTE: u8 = 0xd7;

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

/// What Arabic writes before a name.
const ARABIC: &[&str] = &["و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك", "أ", "أو"];

/// Behind which Arabic writes an article without its first letter: "للقاهرة" is "ل" and "القاهرة".
const BEFORE_ARTICLE: &[&str] = &["ل", "ول", "فل"];

/// What Hebrew writes before a name.
const HEBREW: &[&str] = &[
    "ו", "ב", "ל", "מ", "ה", "ש", "כ", "וב", "ול", "ומ", "וה", "וש", "וכ", "שב", "של", "שמ", "שה", "מה",
    "בה", "לכ", "כש", "מש",
];

/// The fewest letters of a name that has something written before it.
const SHORTEST: usize = 3;

/// Endings behind an apostrophe, in small letters.
const ENDINGS: &[&str] = &[
    "ya", "ye", "yı", "yi", "yu", "yü", "na", "ne", "nı", "ni", "nu", "nü", "da", "de", "ta", "te", "dan",
    "den", "tan", "ten", "ın", "in", "un", "ün", "nın", "nin", "nun", "nün", "la", "le", "yla", "yle", "nda",
    "nde", "ndan", "nden", "daki", "deki", "taki", "teki", "ndaki", "ndeki", "lı", "li", "lu", "lü", "lar",
    "ler", "ların", "lerin", "dır", "dir", "dur", "dür", "tır", "tir", "tur", "tür", "ego", "emu", "owi",
    "em",
];

/// Endings of one letter: "Erdoğan’a". Names of few letters may end so themselves: "Sana’a".
const ONE_LETTER: &[&str] = &["a", "e", "ı", "i", "u", "ü"];

/// The fewest letters before an ending of one letter.
const BEFORE_ONE: usize = 5;

/// A name without what is written onto it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bare<'a> {
    /// How many bytes stand before it.
    pub(super) skipped: usize,
    /// The name.
    pub(super) name: &'a str,
    /// Whether the first letter of its article is missing.
    pub(super) lacks_alif: bool,
}

/// Whether words of the script in which a word begins may have something written onto them.
pub(super) fn has_affixes(word: &str) -> bool {
    word.starts_with(is_korean) || word.starts_with(is_arabic) || word.starts_with(is_hebrew)
}

fn is_korean(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6d3}')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}

/// What a word may be without what is written onto it.
pub(super) fn bare(word: &str) -> Vec<Bare<'_>> {
    let whole = |name| Bare { skipped: 0, name, lacks_alif: false };
    match word.chars().next() {
        Some(c) if is_korean(c) => {
            PARTICLES.iter().filter_map(|particle| word.strip_suffix(particle)).map(whole).collect()
        }
        Some(c) if is_arabic(c) => {
            let articles = BEFORE_ARTICLE.iter().filter_map(|&before| {
                let name = word.strip_prefix(before).filter(|name| name.starts_with('ل'))?;
                Some(Bare { skipped: before.len(), name, lacks_alif: true })
            });
            without(word, ARABIC).chain(articles).collect()
        }
        Some(c) if is_hebrew(c) => without(word, HEBREW).collect(),
        _ => before_apostrophe(word).map(whole).into_iter().collect(),
    }
}

/// A word without each of what may stand before it.
fn without<'a>(word: &'a str, before: &'static [&str]) -> impl Iterator<Item = Bare<'a>> {
    before.iter().filter_map(move |before| {
        let name = word.strip_prefix(before).filter(|name| name.chars().count() >= SHORTEST)?;
        Some(Bare { skipped: before.len(), name, lacks_alif: false })
    })
}

/// What stands before an ending behind an apostrophe.
fn before_apostrophe(word: &str) -> Option<&str> {
    let (at, mark) = word.char_indices().rev().find(|&(_, c)| is_apostrophe(c))?;
    let (name, ending) = (&word[..at], &word[at + mark.len_utf8()..]);
    let letters = name.chars().count();
    let is_ending = ENDINGS.contains(&ending) || (ONE_LETTER.contains(&ending) && letters >= BEFORE_ONE);
    (is_ending && letters > 1 && name.starts_with(char::is_uppercase)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(word: &str) -> Vec<&str> {
        bare(word).into_iter().map(|bare| bare.name).collect()
    }

    #[test]
    fn particles_come_off() {
        assert!(has_affixes("서울의") && !has_affixes("東京"));
        assert_eq!(names("서울에서"), ["서울"]);
        assert_eq!(names("서울에서는"), ["서울", "서울에서"]);
        assert!("가".as_bytes()[0] >= FIRST_BYTE && "א".as_bytes()[0] == FIRST_BYTE);
    }

    #[test]
    fn what_stands_before_a_name_comes_off() {
        assert_eq!(names("وبالقاهرة"), ["بالقاهرة", "القاهرة"]);
        assert_eq!(names("ונתניהו"), ["נתניהו"]);
        assert!(names("ודן").is_empty());
        let lacking: Vec<Bare> = bare("للقاهرة").into_iter().filter(|bare| bare.lacks_alif).collect();
        assert_eq!(lacking, [Bare { skipped: 2, name: "لقاهرة", lacks_alif: true }]);
    }

    #[test]
    fn endings_behind_an_apostrophe_come_off() {
        assert_eq!(names("Ankara’dan"), ["Ankara"]);
        assert_eq!(names("Erdoğan'a"), ["Erdoğan"]);
        for other in ["Xi'an", "Sana'a", "O'Brien", "ankara'da", "N'Djamena", "Ankara"] {
            assert!(names(other).is_empty(), "{other}");
        }
    }
}
