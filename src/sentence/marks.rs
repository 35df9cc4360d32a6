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
        '.' => Stop::Period,
        '…' => Stop::Ellipsis,
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' => Stop::Strong,
        '。' | '｡' | '！' | '？' | '।' | '॥' | '؟' | '۔' => Stop::Full,
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

/// What a character closes when it stands right after a stop; straight quotation marks may open instead.
pub(super) fn closer(c: char) -> Option<Closer> {
    Some(match c {
        ')' | ']' | '}' | '）' | '］' | '】' | '〉' | '》' | '〕' => Closer::Bracket,
        '"' | '\'' | '”' | '’' | '»' | '›' | '」' | '』' | '＂' => Closer::Quote,
        '*' | '_' | '\u{200b}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => Closer::Ornament,
        _ => return None,
    })
}

/// Whether a character may stand before the first word of a sentence: opening marks, emphasis.
pub(super) fn is_opener(c: char) -> bool {
    is_opening_quote(c) || matches!(c, '(' | '[' | '{' | '¿' | '¡' | '*' | '_' | '（' | '［' | '【')
}

/// Whether a character may open a quotation.
pub(super) fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『' | '`')
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
    matches!(c, ',' | ';' | ':' | ')' | ']' | '}' | '%' | '/' | '،' | '、' | '，')
}
