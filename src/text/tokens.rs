//! Words, numbers and marks.
//!
//! Close to Unicode's word boundaries, but made for glued text: a full stop never joins two words
//! ("Norrland.U.N." is `Norrland` `.` `U.N.`), and a clitic stands alone (`Veltmark` `’s`), so that a name is a
//! run of whole tokens. Inside a run of letters outside ASCII, `unicode-segmentation` has the word.

use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use super::{
    Span,
    bits::{Runs, letters, within},
    fold::is_invisible,
};

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; never empty.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits and inner apostrophes: `talks`, `O’Brien`, `G7`.
    Word,
    /// Single letters, each with a full stop: `U.S.`, `p.m.`; the last stop may be missing.
    Acronym,
    /// Begins with a digit: `2.5`, `100,000`, `7th`.
    Number,
    /// A word's tail that is no part of its name: `’s`, `'re`, a plural's lone `’`.
    Clitic,
    /// One character that is none of these.
    Mark,
}

impl Token {
    /// Whether it is a word or an acronym.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Acronym)
    }
}

/// The characters that stand for an apostrophe inside a word.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '＇')
}

/// The full stop and its wide form.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | '．')
}

/// The letters of clitics, behind their apostrophe.
pub(crate) const CLITICS: [&str; 7] = ["s", "re", "ve", "ll", "d", "m", "t"];

/// Cuts a text into tokens, in one pass.
pub(super) fn tokenize(source: &str) -> Vec<Token> {
    let bytes = source.as_bytes();
    let mut runs = Runs::new(bytes, |lanes| letters(lanes) | within(lanes, b'0', b'9'));
    let mut tokens: Vec<Token> = Vec::with_capacity(source.len() / 4 + 1);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b' ' {
            at += 1;
        } else if let Some(token) = plain_token(bytes, at, |at| runs.end(at)) {
            at = token.span.end();
            tokens.push(token);
        } else {
            at = unlike_most(source, at, &mut tokens);
        }
    }
    tokens
}

/// What any token and any white space at `at` is, however it is written; says where it ends.
fn unlike_most(source: &str, at: usize, tokens: &mut Vec<Token>) -> usize {
    match source[at..].chars().next() {
        Some(c) if c.is_whitespace() => at + c.len_utf8(),
        _ => {
            let after_word =
                tokens.last().is_some_and(|last| last.span.end() == at && last.kind == TokenKind::Word);
            next_token(source, at, after_word, tokens)
        }
    }
}

/// The token at `at`, if a look at the byte behind it is enough to know it, as it is for most: a run of ASCII letters and
/// digits that nothing joins to what follows, or a mark that is no apostrophe. `run_end` says where such a run ends.
#[inline]
fn plain_token(bytes: &[u8], at: usize, run_end: impl FnOnce(usize) -> usize) -> Option<Token> {
    let first = bytes[at];
    if !first.is_ascii_alphabetic() {
        if is_printed_mark(&bytes[at..]) {
            return Some(Token { span: Span::new(at, at + 3), kind: TokenKind::Mark });
        }
        let is_mark = first.is_ascii_punctuation() && !matches!(first, b'\'' | b'`');
        return is_mark.then(|| Token { span: Span::new(at, at + 1), kind: TokenKind::Mark });
    }
    let end = run_end(at);
    let is_plain = match bytes.get(end) {
        Some(b'.') => end > at + 1,
        Some(b'\'' | b'`') => false,
        Some(0x80..) => is_printed_mark(&bytes[end..]),
        _ => true,
    };
    is_plain.then(|| Token { span: Span::new(at, end), kind: TokenKind::Word })
}

/// Whether a text begins with a mark between U+2010 and U+2027, the marks of printed text, that is no apostrophe.
fn is_printed_mark(text: &[u8]) -> bool {
    matches!(text, [0xe2, 0x80, 0x90..=0x97 | 0x9a..=0xa7, ..])
}

/// Pushes what begins at `at`, which is no white space, and says where it ends. `after_word` tells whether a
/// [`TokenKind::Word`] ends at `at`. Where a script has no spaces this may be several tokens.
pub fn next_token(source: &str, at: usize, after_word: bool, tokens: &mut Vec<Token>) -> usize {
    let Some(first) = source[at..].chars().next() else { return source.len() };
    let mut push = |end: usize, kind| {
        tokens.push(Token { span: Span::new(at, end), kind });
        end
    };
    if first.is_numeric() {
        return push(number_end(source, at), TokenKind::Number);
    }
    if is_word_char(first) {
        if let Some(end) = acronym_end(source, at) {
            return push(end, TokenKind::Acronym);
        }
        let end = word_end(source, at);
        if source[at..end].is_ascii() {
            return push(end, TokenKind::Word);
        }
        push_wide(source, Span::new(at, end), tokens);
        return end;
    }
    if after_word
        && is_apostrophe(first)
        && let Some(end) = clitic_end(source, at, first)
    {
        return push(end, TokenKind::Clitic);
    }
    push(at + first.len_utf8(), TokenKind::Mark)
}

/// Letters, digits, and the marks and joiners that belong to the letter before them.
fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // The marks of printed text, by far the most of what is not ASCII.
        '\u{2010}'..='\u{2027}' => false,
        '\u{900}'..='\u{963}' | '\u{e01}'..='\u{e3a}' => true,
        '\u{2000}'..='\u{206f}' => is_attached(c),
        _ => is_alphanumeric(c) || is_attached(c),
    }
}

/// `char::is_alphanumeric`, quicker for the letters of most names.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{3a3}'..='\u{3e1}'
        | '\u{400}'..='\u{481}'
        | '\u{531}'..='\u{556}'
        | '\u{561}'..='\u{587}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{657}'
        | '\u{660}'..='\u{669}'
        | '\u{66e}'..='\u{6d3}'
        | '\u{904}'..='\u{93b}'
        | '\u{93d}'..='\u{94c}'
        | '\u{e01}'..='\u{e39}'
        | '\u{10d0}'..='\u{10fa}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        '\u{30fb}' | '\u{2000}'..='\u{206f}' => false,
        '\u{250}'..'\u{2000}' => LETTERS[c as usize / 64] >> (c as usize % 64) & 1 != 0,
        _ => c.is_alphanumeric(),
    }
}

/// A bit for each character of the alphabets before U+2000: asking the standard library takes a thousand steps there.
static LETTERS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut letters = vec![0; 0x2000 / 64];
    for c in ('\0'..'\u{2000}').filter(|c| c.is_alphanumeric()) {
        letters[c as usize / 64] |= 1 << (c as usize % 64);
    }
    letters
});

/// Combining marks, and what cannot be seen but direction marks, which stand between words too.
fn is_attached(c: char) -> bool {
    (is_invisible(c) && !matches!(c, '\u{200e}' | '\u{200f}'))
        || unicode_normalization::char::is_combining_mark(c)
}

/// The end of the run of word characters at `at`; an apostrophe joins unless a clitic follows it.
fn word_end(source: &str, at: usize) -> usize {
    let mut chars = source[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let mut joins = || {
            is_apostrophe(c)
                && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic() || is_invisible(next))
                && clitic_end(source, at + offset, c).is_none()
        };
        if !(is_word_char(c) || joins()) {
            return at + offset;
        }
    }
    source.len()
}

/// The end of the clitic that the apostrophe at `at` begins; a lone apostrophe after a plural is none here,
/// since it looks just like a closing mark.
fn clitic_end(source: &str, at: usize, apostrophe: char) -> Option<usize> {
    let tail_start = at + apostrophe.len_utf8();
    // No clitic is longer than two letters, so three characters decide.
    let length: usize =
        source[tail_start..].chars().take(3).take_while(|&c| is_word_char(c)).map(char::len_utf8).sum();
    let tail = &source[tail_start..tail_start + length];
    CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(tail)).then_some(tail_start + length)
}

/// The end of a run of single letters with full stops: at least two letters and one stop between them.
fn acronym_end(source: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let mut letters = 0;
    let mut chars = source[at..].char_indices().peekable();
    while let Some((offset, letter)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        if next.is_some_and(is_word_char) || !letter.is_alphabetic() {
            break;
        }
        letters += 1;
        end = at + offset + letter.len_utf8();
        let Some(stop) = next.filter(|&c| is_stop(c)) else { break };
        end += stop.len_utf8();
        chars.next();
    }
    (letters > 1).then_some(end)
}

/// Digits and letters, with `.` `,` `:` and `/` between digits.
fn number_end(source: &str, at: usize) -> usize {
    let mut after_digit = false;
    let mut chars = source[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let joins = after_digit
            && matches!(c, '.' | ',' | ':' | '/')
            && chars.peek().is_some_and(|&(_, next)| next.is_numeric());
        if !(is_word_char(c) || joins) {
            return at + offset;
        }
        after_digit = c.is_numeric();
    }
    source.len()
}

/// Scripts that put no spaces between words, from Thai to Myanmar and Khmer to the ideographs.
fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{312f}'
        | '\u{31a0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Cuts a run with letters outside ASCII where Unicode does if its script has no spaces; any other is a word.
fn push_wide(source: &str, run: Span, tokens: &mut Vec<Token>) {
    if !run.of(source).chars().any(has_no_spaces) {
        let kind =
            if run.of(source).chars().any(is_alphanumeric) { TokenKind::Word } else { TokenKind::Mark };
        tokens.push(Token { span: run, kind });
        return;
    }
    for (offset, word) in run.of(source).split_word_bound_indices() {
        let start = run.start() + offset;
        let kind = if word.chars().any(is_alphanumeric) { TokenKind::Word } else { TokenKind::Mark };
        tokens.push(Token { span: Span::new(start, start + word.len()), kind });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<&str> {
        tokenize(source).iter().map(|token| token.span.of(source)).collect()
    }

    #[test]
    fn glued_sentences_come_apart() {
        assert_eq!(words("It’s Norrland.U.N. Secretary"), ["It", "’s", "Norrland", ".", "U.N.", "Secretary"]);
        assert_eq!(words("repair.In"), ["repair", ".", "In"]);
    }

    #[test]
    fn what_is_plain_is_what_a_close_look_says() {
        let pieces = ["Ab", "c", "7", "’", "'", "“", "—", "…", ".", " ", "é", "\u{200b}", "-", "U.S"];
        for number in 0..pieces.len().pow(4) {
            let piece = |place: u32| pieces[number / pieces.len().pow(place) % pieces.len()];
            let text = [piece(0), piece(1), piece(2), piece(3)].concat();
            let mut tokens = Vec::new();
            let mut at = 0;
            while at < text.len() {
                at = unlike_most(&text, at, &mut tokens);
            }
            assert_eq!(tokenize(&text), tokens, "{text:?}");
        }
    }

    #[test]
    fn letters_by_range_are_letters_by_nature() {
        for c in ('\u{80}'..='\u{ffff}').filter(|c| !('\u{2010}'..='\u{2027}').contains(c)) {
            assert_eq!(is_word_char(c), c.is_alphanumeric() || is_attached(c), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn names_are_whole_tokens() {
        assert_eq!(words("O’Brien’s Jean-Luc"), ["O’Brien", "’s", "Jean", "-", "Luc"]);
        assert_eq!(words("the Joneses’ “it” don't"), ["the", "Joneses", "’", "“", "it", "”", "don", "'t"]);
    }

    #[test]
    fn invisible_characters_and_odd_apostrophes_cut_no_word() {
        assert_eq!(words("Re\u{200b}ll O´Quist Qui\u{ad}st"), ["Re\u{200b}ll", "O´Quist", "Qui\u{ad}st"]);
    }

    #[test]
    fn numbers_keep_their_points() {
        assert_eq!(
            words("$2.5 billion, 100,000 at 7:30 on 5."),
            ["$", "2.5", "billion", ",", "100,000", "at", "7:30", "on", "5", "."]
        );
    }

    #[test]
    fn acronyms_keep_their_stops() {
        assert_eq!(
            words("at 6 p.m. in the U.S, J. Doe"),
            ["at", "6", "p.m.", "in", "the", "U.S", ",", "J", ".", "Doe"]
        );
    }

    #[test]
    fn wide_letters_are_letters() {
        assert_eq!(words("Ｕ．Ｓ． Ｍａｒａ"), ["Ｕ．Ｓ．", "Ｍａｒａ"]);
        assert_eq!(words("Pao-ch'\u{200c}eng"), ["Pao", "-", "ch'\u{200c}eng"]);
    }

    #[test]
    fn scripts_without_spaces_have_words() {
        assert_eq!(words("Škoda 東京"), ["Škoda", "東", "京"]);
        assert_eq!(words("Mara在東京"), ["Mara", "在", "東", "京"]);
    }
}
