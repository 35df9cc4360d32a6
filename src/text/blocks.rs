//! Paragraphs.
//!
//! A blank line always ends a paragraph. A single line break ends one too, except in hard-wrapped text, where
//! lines are filled up to a margin and a break means no more than a space.

use super::Span;

/// Lines longer than this are not the work of a hard wrap.
const WRAP_MARGIN: usize = 100;

/// A paragraph: its words, without the white space around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands; never empty.
    pub span: Span,
    /// Whether a blank line (or the edge of the text) comes before it, and not just a line break.
    pub after_blank: bool,
}

/// Finds the paragraphs of a text, in order.
pub(super) fn find(source: &str) -> Vec<Block> {
    let wrapped = is_hard_wrapped(source);
    let mut blocks: Vec<Block> = Vec::new();
    let mut after_blank = true;
    for line in lines(source) {
        let span = line.trimmed(source);
        if span.is_empty() {
            after_blank = true;
            continue;
        }
        match blocks.last_mut() {
            Some(block) if wrapped && !after_blank => block.span = block.span.to(span),
            _ => blocks.push(Block { span, after_blank }),
        }
        after_blank = false;
    }
    blocks
}

/// Lines by any line end: `\n`, `\r\n`, `\r`, form feed, and Unicode's line and paragraph separators.
fn lines(source: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    source
        .match_indices(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}'])
        .map(|(offset, end)| (offset, offset + end.len()))
        .chain(std::iter::once((source.len(), source.len())))
        .filter_map(move |(end, next)| {
            let line = Span::new(start, end);
            start = next;
            // The empty line between \r and \n is no line.
            let inside_crlf =
                line.is_empty() && source[..end].ends_with('\r') && source[end..].starts_with('\n');
            (!inside_crlf).then_some(line)
        })
}

/// Most lines that another follows are filled, and none runs far past the margin.
fn is_hard_wrapped(source: &str) -> bool {
    let (mut followed, mut filled) = (0_usize, 0_usize);
    let mut previous = 0;
    for line in lines(source) {
        let length = line.trimmed(source).len();
        if length > 0 && previous > 0 {
            followed += 1;
            filled += usize::from((WRAP_MARGIN / 2..=WRAP_MARGIN).contains(&previous));
            if previous > WRAP_MARGIN * 2 {
                return false;
            }
        }
        previous = length;
    }
    followed >= 2 && filled * 10 >= followed * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        find(source).iter().map(|block| block.span.of(source)).collect()
    }

    #[test]
    fn breaks_end_paragraphs() {
        assert_eq!(texts("One.\n\n  Two.\nThree.\r\n \r\nFour."), ["One.", "Two.", "Three.", "Four."]);
        assert_eq!(texts(" \n\n"), [""; 0]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let wrapped = "The council met on Tuesday to hear what the engineers\nhad found under the old bridge, and it was not good\nnews for anybody who lives on the east bank.\n\nNext.";
        assert_eq!(texts(wrapped).len(), 2);
    }
}
