//! Line breaks: `\n`, `\r`, form feed, and Unicode's line and paragraph separators.

use super::bits::{is, positions};

/// Whether a character ends a line.
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}')
}

/// Where the line breaks of a text are, in bytes: of `\r\n` both.
pub fn line_breaks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let may_be = |lanes| is(lanes, b'\n') | is(lanes, b'\r') | is(lanes, b'\x0c') | is(lanes, 0xE2);
    positions(bytes, may_be)
        .filter(|&at| matches!(bytes[at..], [b'\n' | b'\r' | b'\x0c', ..] | [_, 0x80, 0xA8 | 0xA9, ..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_those_of_the_characters() {
        let text = "a\nb\r\nc\u{c}d\u{2028}e\u{2029}“f”\u{b}g\u{85}\u{2027}".repeat(9);
        let of_chars = text.char_indices().filter(|&(_, c)| is_line_break(c)).map(|(at, _)| at);
        assert!(line_breaks(&text).eq(of_chars));
    }
}
