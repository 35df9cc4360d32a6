//! Differences that tell names apart because the caller says so.
//!
//! A path of folded words finds a name however it is written. What is not to be folded is compared afterwards: the
//! *outline* of a name is all that is left when its letters and whatever is folded are taken away.
//!
//! ```text
//! strict         "Jean-Luc O’Brien"     "Jean Luc O'Brien"
//! hyphens        - ␠                    ␠ ␠
//! apostrophes    ’                      '
//! nothing
//! ```

use serde::{Deserialize, Serialize};

use super::pieces::is_hyphen;
use crate::{
    error::Error,
    text::{
        fold::{is_invisible, is_vowel_point},
        tokens::is_apostrophe,
    },
};

/// A difference that is folded unless the caller says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// `O’Brien` and `O'Brien` and `OBrien`.
    Apostrophes,
    /// `Jean-Luc` and `Jean Luc` and `JeanLuc`, also where a hyphen cuts a word at a line's end.
    Hyphens,
    /// Any white space: a space, two, a line break, a no-break space.
    Spaces,
    /// Zero-width characters, soft hyphens, marks of direction.
    Invisible,
    /// "ＮＡＴＯ" and "NATO".
    Width,
    /// A letter with its accent in one character, or in two.
    Composition,
    /// "U.S." and "US", "St. Olav" and "St Olav".
    Dots,
    /// "Rell & Quist" and "Rell and Quist".
    Ampersand,
    /// The vowel points of Arabic and Hebrew.
    Vowels,
    /// "St. Olav" and "Saint Olav", "Centre" and "Center", "1" and "One".
    Words,
}

/// All, as callers name them.
const NAMES: [(Difference, &str); 10] = [
    (Difference::Apostrophes, "apostrophes"),
    (Difference::Hyphens, "hyphens"),
    (Difference::Spaces, "spaces"),
    (Difference::Invisible, "invisible"),
    (Difference::Width, "width"),
    (Difference::Composition, "composition"),
    (Difference::Dots, "dots"),
    (Difference::Ampersand, "ampersand"),
    (Difference::Vowels, "vowels"),
    (Difference::Words, "words"),
];

/// The differences that are not folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Strict(u16);

impl Strict {
    /// The differences of these names.
    ///
    /// # Errors
    /// There is none of a name; the error has the names that there are.
    pub fn parse<S: AsRef<str>>(names: &[S]) -> Result<Self, Error> {
        let mut strict = Self::default();
        for name in names.iter().map(AsRef::as_ref) {
            let Some(&(difference, _)) = NAMES.iter().find(|known| known.1 == name) else {
                return Err(Error::unknown_option("strict", name, &NAMES.map(|known| known.1).join(", ")));
            };
            strict.0 |= 1 << difference as u16;
        }
        Ok(strict)
    }

    /// The names of the differences.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.iter().filter(move |known| self.has(known.0)).map(|known| known.1)
    }

    /// Whether all is folded.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn has(self, difference: Difference) -> bool {
        self.0 & 1 << difference as u16 != 0
    }

    /// Whether a name is written with what tells it apart. The space that a misspelt name has lost is no matter of
    /// hyphens.
    pub(super) fn allows(self, name: &str, written: &str, is_exact: bool) -> bool {
        let gaps = is_exact && self.has(Difference::Hyphens);
        self.outline(name.trim(), gaps).eq(self.outline(written, gaps))
    }

    /// What is left of a text when its letters and what is folded are gone; where `gaps` matter, a space for each.
    fn outline(self, text: &str, gaps: bool) -> impl Iterator<Item = char> + '_ {
        let mut after_space = false;
        text.chars().filter_map(move |c| {
            let is_first = !std::mem::replace(&mut after_space, c.is_whitespace());
            let kept = if c.is_whitespace() {
                let kept = self.has(Difference::Spaces).then_some(c);
                return kept.or_else(|| (gaps && is_first).then_some(' '));
            } else if is_hyphen(c) {
                self.has(Difference::Hyphens).then_some('-')
            } else if is_apostrophe(c) {
                self.has(Difference::Apostrophes).then_some(c)
            } else {
                difference(c).filter(|&difference| self.has(difference)).map(|_| c)
            };
            kept.or_else(|| (self.has(Difference::Width) && is_wide(c)).then_some(c))
        })
    }
}

/// The difference that a character makes, if any.
fn difference(c: char) -> Option<Difference> {
    Some(match c {
        '.' | '．' => Difference::Dots,
        '&' | '＆' => Difference::Ampersand,
        '\u{300}'..='\u{36f}' => Difference::Composition,
        _ if is_invisible(c) => Difference::Invisible,
        _ if is_vowel_point(c) => Difference::Vowels,
        _ => return None,
    })
}

/// Whether a character is a usual one written wide, or a wide one written narrow.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ffee}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_has_its_switch() {
        for (strict, name, other) in [
            ("apostrophes", "Mara O'Brien", "Mara O’Brien"),
            ("apostrophes", "Mara O'Brien", "Mara OBrien"),
            ("hyphens", "Jean-Luc Marie", "Jean Luc-Marie"),
            ("hyphens", "Jean-Luc", "JeanLuc"),
            ("hyphens", "Vorrand", "Vor-\nrand"),
            ("spaces", "Mara Quist", "Mara  Quist"),
            ("spaces", "Mara Quist", "Mara\nQuist"),
            ("invisible", "Quist", "Qui\u{ad}st"),
            ("width", "NATO", "ＮＡＴＯ"),
            ("composition", "Orbán", "Orba\u{301}n"),
            ("dots", "U.S.", "US"),
            ("ampersand", "Rell & Quist", "Rell and Quist"),
            ("vowels", "القاهرة", "الْقَاهِرَة"),
        ] {
            let one = Strict::parse(&[strict]).unwrap();
            let others: Vec<&str> =
                NAMES.iter().map(|known| known.1).filter(|&other| other != strict).collect();
            assert!(one.allows(name, name, true) && !one.allows(name, other, true), "{strict} {other}");
            let folds =
                |other_switch: &&str| Strict::parse(&[other_switch]).unwrap().allows(name, other, true);
            // A hyphen at a line's end stands beside white space.
            let rest = others.iter().filter(|switch| !(other.contains("-\n") && **switch == "spaces"));
            let rest: Vec<_> = rest.filter(|switch| !(name.contains('-') && **switch == "spaces")).collect();
            assert!(rest.into_iter().all(folds), "{strict} {other}");
            assert!(Strict::default().allows(name, other, true));
        }
    }

    #[test]
    fn names_are_read_and_given() {
        let strict = Strict::parse(&["dots", "hyphens"]).unwrap();
        assert_eq!(strict.names().collect::<Vec<_>>(), ["hyphens", "dots"]);
        let error = Strict::parse(&["case"]).unwrap_err().to_string();
        assert!(error.starts_with("strict=\"case\" is not one of apostrophes, hyphens"), "{error}");
    }

    #[test]
    fn a_lost_space_is_no_matter_of_hyphens() {
        let hyphens = Strict::parse(&["hyphens"]).unwrap();
        assert!(
            hyphens.allows("Toma Rell", "TomaRell", false) && !hyphens.allows("Toma-Rell", "TomaRell", false)
        );
    }
}
