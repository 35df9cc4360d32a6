//! The characters that sentence ends are made of. Nothing here knows a language.

/// What a stop says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// One full stop: it ends sentences, abbreviations and initials, and stands inside names and numbers.
    Period,
    /// Two dots or more, or one character of three.
    Ellipsis,
    /// With a question or exclamation mark.
    Strong,
    /// A stop with no other use: `。`, `।`.
    Full,
}

/// What kind of stop a character is, if any.
pub(super) fn stop(c: char) -> Option<Stop> {
    Some(match c {
        '.' | '．' => Stop::Period,
        '…' => Stop::Ellipsis,
        // U+37E is the question mark of Greek.
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '\u{37e}' => Stop::Strong,
        '。' | '｡' | '！' | '？' | '।' | '॥' | '؟' | '۔' | '։' | '။' | '።' => Stop::Full,
        _ => return None,
    })
}

/// What closes after a stop, innermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closer {
    /// Emphasis of plain text formats, and characters that nobody sees.
    Ornament,
    /// A bracket.
    Bracket,
    /// A quotation mark.
    Quote,
}

/// Whether a mark that opens in most languages and closes in others stands for itself, and so closes: `Lust.“ Wir`.
pub(super) fn may_close(c: char) -> bool {
    matches!(c, '“' | '‘' | '«' | '‹')
}

/// What a character closes when it stands right after a stop; straight quotation marks may open instead.
pub(super) fn closer(c: char) -> Option<Closer> {
    Some(match c {
        ')' | ']' | '}' | '）' | '］' | '】' | '〉' | '》' | '〕' => Closer::Bracket,
        '"' | '\'' | '”' | '’' | '»' | '›' | '」' | '』' | '＂' => Closer::Quote,
        '*' | '_' => Closer::Ornament,
        _ if is_invisible(c) => Closer::Ornament,
        _ => return None,
    })
}

/// Whether nobody sees a character: joiners, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character belongs to the letter before it, though it is no letter itself: accents, and the marks of
/// Indic scripts that join or lengthen.
pub(super) fn is_letter_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}' | '\u{200c}' | '\u{200d}')
}

/// Whether a character may stand before the first word of a sentence: opening marks, emphasis.
pub(super) fn is_opener(c: char) -> bool {
    is_opening_quote(c)
        || matches!(c, '(' | '[' | '{' | '¿' | '¡' | '*' | '_' | '（' | '［' | '【' | '《' | '〈')
}

/// Whether a character may open a quotation.
pub(super) fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『' | '＂' | '`')
}

/// Whether a character is a small picture, or a part of one.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1faff}' | '\u{2600}'..='\u{26ff}' | '\u{270a}'..='\u{270d}' | '\u{2728}'
        | '\u{2763}' | '\u{2764}' | '\u{2b50}' | '\u{fe0f}' | '\u{200d}')
}

/// Whether a character begins a list item wherever it stands.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '‣' | '⁃' | '◦' | '●' | '○' | '■' | '□' | '▪' | '▫' | '►' | '▶' | '∙')
}

/// Whether a character begins a list item at the start of a line.
pub(super) fn is_line_bullet(c: char) -> bool {
    is_bullet(c) || matches!(c, '-' | '*' | '–' | '—' | '·' | '#' | '>')
}

/// Whether a mark between two words goes on with the sentence of the first.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | ')' | ']' | '}' | '%' | '/' | '،' | '؛' | '、' | '，' | '；' | '：')
}
