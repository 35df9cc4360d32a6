//! What follows a gap, further than the words beside it: how soon a stop comes, and whether the words there look like
//! those of a title.

use super::pieces::{self, Shape};

/// The pieces behind a gap, up to the next stop.
#[derive(Debug)]
pub(super) struct Ahead {
    pieces: u64,
    /// What ended the look.
    stop: Stop,
    capitals: u64,
    small: u64,
}

/// What stands behind the last piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Nothing more is seen.
    Nothing,
    Period,
    Colon,
    Comma,
    LineBreak,
    /// No stop came soon enough.
    Far,
}

impl Ahead {
    /// Looks from `start` on.
    pub(super) fn read(source: &str, start: usize) -> Self {
        /// No stop is looked for behind so many pieces.
        const FAR: u64 = 14;
        /// Capitals are counted in so many.
        const NEAR: u64 = 6;
        let mut ahead = Self { pieces: 0, stop: Stop::Nothing, capitals: 0, small: 0 };
        let line = source[start..].find(['\n', '\r']).map_or(source.len(), |at| start + at);
        for piece in pieces::all_after(&source[..line], start) {
            ahead.pieces += 1;
            if ahead.pieces <= NEAR {
                ahead.small += u64::from(piece.shape == Shape::Lower);
                ahead.capitals +=
                    u64::from(matches!(piece.shape, Shape::Capital | Shape::Capitals | Shape::Letter));
            }
            ahead.stop = Stop::of(piece.tail);
            if ahead.stop == Stop::Period {
                return ahead;
            }
            if ahead.pieces == FAR {
                return Self { stop: Stop::Far, ..ahead };
            }
        }
        if line < source.len() { Self { stop: Stop::LineBreak, ..ahead } } else { ahead }
    }

    /// How far the next stop is, more coarsely the further, and which it is.
    pub(super) fn stop(&self) -> u64 {
        let far = match self.pieces {
            0..=4 => self.pieces,
            5..=7 => 5,
            8..=13 => 6,
            _ => 7,
        };
        far * 8 + self.stop as u64
    }

    /// How many of the next words have a capital, and how many have none.
    pub(super) fn capitals(&self) -> u64 {
        self.capitals * 8 + self.small
    }
}

impl Stop {
    fn of(tail: &str) -> Self {
        match () {
            () if tail.contains(['.', '!', '?', '…']) => Self::Period,
            () if tail.contains([':', ';']) => Self::Colon,
            () if tail.contains(',') => Self::Comma,
            () => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_stop_is_found() {
        let stop = |source: &str| {
            let Ahead { pieces, stop, .. } = Ahead::read(source, 0);
            (pieces, stop)
        };
        assert_eq!(stop("The roof, it leaks. Badly"), (4, Stop::Period));
        assert_eq!(stop("The roof\nleaks."), (2, Stop::LineBreak));
        assert_eq!(stop("The roof:"), (2, Stop::Colon));
        assert_eq!(stop(&"roof ".repeat(20)), (14, Stop::Far));
        assert_eq!(stop(""), (0, Stop::Nothing));
    }
}
