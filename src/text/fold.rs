//! Folding: the form in which two spellings of a word are the same.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::tokens::is_apostrophe;

/// Which differences folding removes, besides apostrophes, invisible characters and the stops of an acronym.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folding {
    /// Upper and lower case become one.
    pub case: bool,
    /// Letters lose their diacritics.
    pub accents: bool,
}

impl Folding {
    /// Appends the folded form of `word` to `out`.
    pub fn fold(self, word: &str, out: &mut String) {
        if word.is_ascii() {
            out.extend(word.bytes().filter(u8::is_ascii_alphanumeric).map(|b| self.ascii(b)));
        } else if self.case && self.accents && word.chars().all(is_common) {
            word.chars().for_each(|c| common(c, out));
        } else {
            self.fold_any(word, out);
        }
    }

    fn fold_any(self, word: &str, out: &mut String) {
        if self.accents {
            word.nfkd().filter(|&c| !is_accent(c)).for_each(|c| self.fold_char(c, out));
        } else {
            word.nfkc().for_each(|c| self.fold_char(c, out));
        }
    }

    fn ascii(self, byte: u8) -> char {
        char::from(if self.case { byte.to_ascii_lowercase() } else { byte })
    }

    fn fold_char(self, c: char, out: &mut String) {
        if is_apostrophe(c) || is_invisible(c) || c == '.' {
            return;
        }
        match undecomposed(c) {
            Some(letters) if self.accents && (self.case || !c.is_uppercase()) => out.push_str(letters),
            Some(letters) if self.accents => out.push_str(&letters.to_uppercase()),
            // Not an accent, but a matter of case: ß has been SS in capitals.
            Some(_) if self.case && matches!(c, 'ß' | 'ẞ') => out.push_str("ss"),
            _ if self.case => lower(c, out),
            _ => out.push(c),
        }
    }
}

/// Letters and marks of which each is folded by itself, so that a table has them: Latin, Greek, Cyrillic and, below
/// U+00C0, ASCII and the marks of Latin-1.
const COMMON: u32 = 0x530;

/// Whether [`common`] knows the character; all but marks that are written onto another letter.
fn is_common(c: char) -> bool {
    u32::from(c) < COMMON && !matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}')
        || is_folded(c)
        || is_quote(c)
}

/// Letters of Hebrew, Arabic and Chinese that nothing is done to.
fn is_folded(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}' | '\u{627}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{4e00}'..='\u{9fff}')
}

/// Apostrophes outside the table.
fn is_quote(c: char) -> bool {
    matches!(c, '’' | '‘')
}

/// Appends what a common character becomes when case and accents are folded.
fn common(c: char, out: &mut String) {
    static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| {
        let folding = Folding { case: true, accents: true };
        let fold = |c: char| {
            let mut out = String::new();
            folding.fold_any(c.encode_utf8(&mut [0; 4]), &mut out);
            out
        };
        (0..COMMON).map(|c| char::from_u32(c).map_or_else(String::new, fold)).collect()
    });
    if is_folded(c) {
        out.push(c);
    } else {
        out.push_str(FOLDED.get(u32::from(c) as usize).map_or("", String::as_str));
    }
}

/// Lower case, where a final sigma is a sigma.
fn lower(c: char, out: &mut String) {
    if c == 'ς' {
        out.push('σ');
    } else if has_no_case(c) {
        out.push(c);
    } else {
        out.extend(c.to_lowercase());
    }
}

/// Scripts that know no capitals: from Hebrew to Georgian's first letters, those of East Asia.
fn has_no_case(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{109f}' | '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{d7ff}')
}

/// Marks that a careless hand leaves out: accents, and the vowel points of Arabic and Hebrew. The vowel signs
/// of Indian and Thai script are combining marks too, but they are letters: a word is another one without.
fn is_accent(c: char) -> bool {
    is_vowel_point(c)
        || matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// The points that Arabic and Hebrew write above and below letters, and the stroke that stretches Arabic ones.
pub fn is_vowel_point(c: char) -> bool {
    matches!(c,
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}')
}

/// Soft hyphens, zero-width characters, direction marks.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Letters that are spelt with plain ones where their own is missing, and that Unicode does not decompose.
fn undecomposed(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ə' | 'Ə' => "a",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ß' | 'ẞ' => "ss",
        'þ' | 'Þ' => "th",
        _ => return None,
    })
}

/// The folded form of `word`, case and accents folded.
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    Folding { case: true, accents: true }.fold(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (left, right) in
            [("Łódź", "Lodz"), ("O’Brien", "OBrien"), ("U.S.", "US"), ("Straße", "STRASSE"), ("Ａｂ", "ab")]
        {
            assert_eq!(folded(left), folded(right));
        }
    }

    #[test]
    fn common_letters_are_folded_like_all_others() {
        let folding = Folding { case: true, accents: true };
        for c in (0x80..0xa000).filter_map(char::from_u32).filter(|&c| is_common(c)) {
            let word = format!("a{c}b’s.é");
            let (mut fast, mut slow) = (String::new(), String::new());
            folding.fold(&word, &mut fast);
            folding.fold_any(&word, &mut slow);
            assert_eq!(fast, slow, "{c:?}");
        }
    }

    #[test]
    fn scripts_without_case_have_none() {
        for c in ('\u{80}'..='\u{ffff}').filter(|&c| has_no_case(c)) {
            assert!(c.to_lowercase().eq([c]), "{c:?}");
        }
    }

    #[test]
    fn vowel_signs_are_letters_and_points_are_not() {
        assert_ne!(folded("मोदी"), folded("मद"));
        assert_eq!(folded("الْقَاهِرَة"), folded("القاهرة"));
        assert_eq!(folded("ΟΔΟΣ"), folded("οδός"));
    }

    #[test]
    fn case_stays_when_asked() {
        let mut out = String::new();
        Folding { case: false, accents: true }.fold("ØrstedÉ", &mut out);
        assert_eq!(out, "OrstedE");
    }

    #[test]
    fn accents_stay_when_asked() {
        let mut out = String::new();
        Folding { case: true, accents: false }.fold("Café", &mut out);
        assert_eq!(out, "café");
    }
}
