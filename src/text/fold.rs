//! Folding: the form in which two spellings of a word are the same.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::tokens::is_apostrophe;

/// Appends the folded form of `word` to `out`: lower case without apostrophes, invisible characters and the
/// stops of an acronym; with `accents`, also without diacritics.
pub fn fold_word(word: &str, accents: bool, out: &mut String) {
    if word.is_ascii() {
        out.extend(
            word.bytes().filter(|&b| b.is_ascii_alphanumeric()).map(|b| char::from(b.to_ascii_lowercase())),
        );
    } else if accents {
        word.nfkd().filter(|&c| !is_combining_mark(c)).for_each(|c| fold_char(c, out));
    } else {
        word.nfkc().for_each(|c| fold_char(c, out));
    }
}

fn fold_char(c: char, out: &mut String) {
    if is_apostrophe(c) || is_invisible(c) || c == '.' {
        return;
    }
    match undecomposed(c) {
        Some(letters) => out.push_str(letters),
        None => out.extend(c.to_lowercase()),
    }
}

/// Soft hyphens, zero-width characters, direction marks.
fn is_invisible(c: char) -> bool {
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
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ß' | 'ẞ' => "ss",
        'þ' | 'Þ' => "th",
        _ => return None,
    })
}

/// The folded form of `word`, accents folded too.
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_word(word, true, &mut out);
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
    fn accents_stay_when_asked() {
        let mut out = String::new();
        fold_word("Café", false, &mut out);
        assert_eq!(out, "café");
    }
}
