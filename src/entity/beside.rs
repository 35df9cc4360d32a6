//! What stands around a name may tell that it is none: addresses, and short forms that are written like short names.
//!
//! ```text
//! www.rell.example/news/quist      mara@quist.example      Li and LI     the LI index
//! ```

use crate::text::{Span, tokens::is_alphanumeric};

/// An address is looked at so many bytes to either side.
const FAR: usize = 200;

/// Whether a text has any address.
pub(super) fn has_addresses(source: &str) -> bool {
    source.contains('@') || source.contains("://") || source.contains("www.")
}

/// Whether the span is part of the address of a page or of a mailbox.
pub(super) fn is_in_address(source: &str, span: Span) -> bool {
    let bytes = source.as_bytes();
    let before = span.start().checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(span.end()..).unwrap_or_default();
    let is_joint = |byte: u8| {
        matches!(byte, b'/' | b'.' | b'@' | b'-' | b'_' | b'=' | b'?' | b'&' | b'#' | b'%' | b'+' | b'~')
    };
    let goes_on = matches!(after, [joint, next, ..] if is_joint(*joint) && next.is_ascii_alphanumeric());
    if !before.is_some_and(is_joint) && !goes_on {
        return false;
    }
    let head = head(source, span.start());
    let tail = tail(source, span.end());
    let is_page = head.contains("://") || head.contains("www.");
    let is_behind_at = head.find('@').is_some_and(|at| at > 0 && tail.contains('.'));
    let is_before_at = tail.find('@').is_some_and(|at| tail[at..].contains('.'));
    is_page || is_behind_at || is_before_at
}

/// Whether the span is, or begins, the name of an account: "@quist".
pub(super) fn is_account(source: &str, span: Span) -> bool {
    source[..span.start()].ends_with('@') && !span.of(source).contains(char::is_whitespace)
}

/// Whether letters stand right beside the letters of the span, as beside a part of a hashtag.
pub(super) fn is_in_word(source: &str, span: Span) -> bool {
    let bytes = source.as_bytes();
    let is_inner = |at: usize| {
        let two = at.checked_sub(1).and_then(|first| bytes.get(first..=at));
        two.is_some_and(|two| two.iter().all(u8::is_ascii_alphanumeric))
    };
    is_inner(span.start()) || is_inner(span.end())
}

/// Whether the words beside the span, as far as there are any in its line, have small letters, all of them.
pub(super) fn is_among_small(source: &str, span: Span) -> bool {
    let is_break = |c: char| matches!(c, '\n' | '\r');
    let before = source[..span.start()].chars().rev().take_while(|&c| !is_break(c));
    let after = source[span.end()..].chars().take_while(|&c| !is_break(c));
    let words = [word(before), word(after)];
    let mut words = words.into_iter().flatten().peekable();
    words.peek().is_some() && words.all(|has_small| has_small)
}

/// Whether the first word of several letters among these has a small one.
fn word(letters: impl Iterator<Item = char>) -> Option<bool> {
    let mut letters = letters.take(FAR).peekable();
    loop {
        while letters.next_if(|c| !c.is_alphabetic()).is_some() {}
        letters.peek()?;
        let (mut count, mut has_small) = (0, false);
        while let Some(letter) = letters.next_if(|c| c.is_alphabetic()) {
            count += 1;
            has_small |= letter.is_lowercase();
        }
        if count > 1 {
            return Some(has_small);
        }
    }
}

/// What stands before `at` without white space, brackets or quotation marks.
fn head(source: &str, at: usize) -> &str {
    let first = (at.saturating_sub(FAR)..=at).find(|&first| source.is_char_boundary(first)).unwrap_or(at);
    source[first..at].rsplit(is_outside).next().unwrap_or_default()
}

/// What stands behind `at` in the same way.
fn tail(source: &str, at: usize) -> &str {
    let last = source.len().min(at + FAR);
    let last = (at..=last).rev().find(|&last| source.is_char_boundary(last)).unwrap_or(at);
    source[at..last].split(is_outside).next().unwrap_or_default()
}

/// Whether no address has the character.
fn is_outside(c: char) -> bool {
    !is_alphanumeric(c)
        && (c.is_whitespace() || !c.is_ascii() || matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | '[' | ']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &str, name: &str) -> Span {
        let start = source.find(name).unwrap();
        Span::new(start, start + name.len())
    }

    #[test]
    fn addresses_are_no_names() {
        for source in [
            "see https://rell.example/news/Quist-left today",
            "www.Quist.example",
            "Quist@rell.example",
            "<a href=\"http://rell.example?by=Quist\">",
            "write to mara.Quist@rell.example",
            "mara@Quist.example",
        ] {
            assert!(is_in_address(source, at(source, "Quist")), "{source}");
        }
        for source in [
            "Quist.In Rell",
            "Rell/Quist",
            "@Quist said",
            "Quist.example",
            "https://rell.example Quist",
            "anti-Quist",
            "#Quist",
            "(https://rell.example)Quist-led",
        ] {
            assert!(!is_in_address(source, at(source, "Quist")), "{source}");
        }
    }

    #[test]
    fn words_beside_have_small_letters_or_not() {
        for (source, is_among) in [
            ("War LI", true),
            ("the LI index", true),
            ("LI", false),
            ("LI LEFT", false),
            ("so LI SAID", false),
            ("it\nLI LEFT\nso", false),
            ("J. LI, 5", false),
        ] {
            assert_eq!(is_among_small(source, at(source, "LI")), is_among, "{source}");
        }
    }
}
