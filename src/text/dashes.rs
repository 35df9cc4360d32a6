//! Speech that a dash leads, as French, Spanish, Polish or Russian dialogue has it:
//!
//! ```text
//! — Ça fuit, — dit Mara Quist. — Depuis longtemps.      —No lo sé —dijo ella—. Me voy.
//!   └ said ┘   └── told ────┘   └─── said ───────┘       └ said ┘  └─ told ─┘  └ said ┘
//! ```
//!
//! A list has such lines too. So of lines that follow one another and each begin with a dash, one must have a dash in the
//! midst of it that a small letter follows, as where somebody is told to speak; or all end a sentence and one asks.

use super::Span;

/// The pieces of speech of each paragraph that a dash leads; nothing for the others.
pub(super) fn speech(source: &str, blocks: &[Span]) -> Vec<Option<Vec<Span>>> {
    let mut speech = vec![None; blocks.len()];
    let mut run = 0..0;
    for (index, block) in blocks.iter().enumerate() {
        if is_led(block.of(source)) {
            run.end = index + 1;
            continue;
        }
        take(source, blocks, run, &mut speech);
        run = index + 1..index + 1;
    }
    take(source, blocks, run, &mut speech);
    speech
}

/// Notes the pieces of paragraphs that follow one another, if they are speech.
fn take(source: &str, blocks: &[Span], run: std::ops::Range<usize>, speech: &mut [Option<Vec<Span>>]) {
    let led = &blocks[run.clone()];
    if led.is_empty() {
        return;
    }
    let pieces: Vec<Vec<Span>> = led.iter().map(|&block| pieces(source, block)).collect();
    let told = pieces.iter().zip(led).any(|(pieces, block)| {
        pieces.last().is_none_or(|piece| pieces.len() > 1 || piece.end() < block.end())
    });
    let ends = |stops: &[char], block: &Span| block.of(source).ends_with(stops);
    let talk = led.len() > 1
        && led.iter().all(|block| ends(&['.', '!', '?', '…'], block))
        && led.iter().any(|block| ends(&['?'], block));
    if told || talk {
        for (index, pieces) in run.zip(pieces) {
            speech[index] = Some(pieces);
        }
    }
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '—' | '―' | '–')
}

fn is_led(text: &str) -> bool {
    let rest = text.strip_prefix(is_dash).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '¡' | '…')))
}

/// What is said in a paragraph that a dash leads, without what is told between; each piece begins behind its dash.
fn pieces(source: &str, block: Span) -> Vec<Span> {
    let text = block.of(source);
    let mut pieces = Vec::new();
    // Where the piece begins that has not ended yet.
    let mut said = text.chars().next().map(char::len_utf8);
    let mut push = |start: usize, end: usize| {
        let lead =
            text[start..end].len() - text[start..end].trim_start_matches([' ', '.', ',', ';', ':']).len();
        let piece = Span::new(block.start() + start + lead, block.start() + end).trimmed(source);
        if !piece.is_empty() {
            pieces.push(piece);
        }
    };
    for (at, dash) in text.char_indices().skip(1).filter(|&(_, c)| is_dash(c)) {
        let behind = at + dash.len_utf8();
        match said {
            Some(start) if interrupts(&text[start..at], &text[behind..]) => {
                push(start, at);
                said = None;
            }
            None => said = Some(behind),
            Some(_) => {}
        }
    }
    if let Some(start) = said {
        push(start, text.len());
    }
    pieces
}

/// Whether what follows a dash is told and not said: it begins with a small letter, right behind the dash or behind a
/// comma or a stop that stands before it.
fn interrupts(before: &str, behind: &str) -> bool {
    let closes = before.trim_end().ends_with([',', '.', '!', '?', '…']);
    let glued = before.ends_with(char::is_whitespace) && behind.starts_with(char::is_lowercase);
    glued || closes && behind.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn inside(source: &str) -> Vec<&str> {
        Text::new(source).marks().iter().map(|pair| pair.inner.of(source)).collect()
    }

    #[test]
    fn what_is_told_between_dashes_is_not_said() {
        assert_eq!(inside("— It leaks, — said Quist. — Badly."), ["It leaks,", "Badly."]);
        assert_eq!(inside("—No lo sé —dijo ella—. Me voy."), ["No lo sé", "Me voy."]);
        assert_eq!(inside("– Det läcker, sade hon.\n– Sedan när?"), ["Det läcker, sade hon.", "Sedan när?"]);
    }

    #[test]
    fn a_dash_may_be_part_of_what_is_said() {
        assert_eq!(inside("— It leaks — Badly — now! — she cried."), ["It leaks — Badly — now!"]);
    }

    #[test]
    fn marks_in_speech_are_nested() {
        let text = "— She sang “Low Tide”, — he said.";
        let parents: Vec<_> = Text::new(text).marks().iter().map(|pair| pair.parent).collect();
        assert_eq!(inside(text), ["She sang “Low Tide”,", "Low Tide"]);
        assert_eq!(parents, [None, Some(0)]);
    }

    #[test]
    fn lists_and_signatures_are_no_speech() {
        for text in [
            "Three things:\n— Nine months of rain.\n— A wall that moves.\n— No money.",
            "“It leaks.”\n— Mara Quist",
            "— Country less safe –.",
        ] {
            assert!(!inside(text).iter().any(|words| text.contains(&format!("— {words}"))), "{text}");
        }
    }
}
