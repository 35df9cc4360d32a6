//! Paragraphs.
//!
//! A blank line always ends a paragraph. A single line break ends one too, except in hard-wrapped text, where
//! lines are filled up to a margin and a break means no more than a space.

use super::{Span, breaks::line_breaks};

/// Lines longer than this are not the work of a hard wrap.
const WRAP_MARGIN: usize = 100;

/// Finds the paragraphs of a text, in order, each without the white space around it and never empty. What stands on
/// the other side of a blank line plays no part.
pub(super) fn find(source: &str) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    let mut chunk: Vec<Span> = Vec::new();
    for line in lines(source) {
        let span = line.trimmed(source);
        if span.is_empty() {
            push_chunk(source, &mut chunk, &mut blocks);
        } else {
            chunk.push(span);
        }
    }
    push_chunk(source, &mut chunk, &mut blocks);
    blocks
}

/// Moves the lines between two blank ones to the blocks: one each, or all in one if they are hard-wrapped.
fn push_chunk(source: &str, chunk: &mut Vec<Span>, blocks: &mut Vec<Span>) {
    if let (Some(&first), Some(&last)) = (chunk.first(), chunk.last())
        && is_hard_wrapped(source, chunk)
    {
        blocks.push(first.to(last));
        chunk.clear();
    }
    blocks.append(chunk);
}

/// Lines by any line end.
fn lines(source: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    line_breaks(source)
        .filter_map(|at| Some((at, at + source[at..].chars().next()?.len_utf8())))
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

/// Nearly every line that another follows is filled, and none runs far past the margin. Of two lines, the first must
/// also stop in mid-sentence.
fn is_hard_wrapped(source: &str, lines: &[Span]) -> bool {
    let Some((last, followed)) = lines.split_last() else { return false };
    let filled = followed.iter().filter(|line| (WRAP_MARGIN / 2..=WRAP_MARGIN).contains(&line.len())).count();
    let in_bounds = followed.iter().chain([last]).all(|line| line.len() <= WRAP_MARGIN * 2);
    let goes_on = match followed {
        [] => false,
        [line] => line.of(source).ends_with(|c: char| c.is_alphanumeric() || c == ','),
        _ => true,
    };
    goes_on && in_bounds && filled * 10 >= followed.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        find(source).iter().map(|block| block.of(source)).collect()
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
        let two = "The council met on Tuesday to hear what the engineers\nhad found.";
        assert_eq!(texts(two).len(), 1);
        let paragraphs = "The council met on Tuesday to hear the engineers out.\nNobody else came.";
        assert_eq!(texts(paragraphs).len(), 2);
    }
}
