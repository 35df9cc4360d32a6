//! The ways in which a name may be written, each packed into eight bytes.
//!
//! ```text
//! name: u32 | writing: ten bits | flags: six bits | spacing: u8 | letters: u8
//! ```
//!
//! What marks a name has is not kept: it is read from the name again in the rare case that it has any.

use super::{
    pieces::{Gap, Piece, Shape},
    writings::Writing,
};

/// One way of writing a name. Forms are ordered by the numbers of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form(u64);

/// What a form asks of the case of the text's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// A capital letter somewhere, in a text that has any.
    CapitalIfAny,
    /// A capital letter somewhere.
    Capital,
    /// No small letter.
    Capitals,
}

/// Where the number of the writing begins.
const WRITING: u32 = 22;

/// The bits of the number of a writing.
const MASK: u64 = (1 << Writing::BITS) - 1;

const NEEDS: [Need; 4] = [Need::Nothing, Need::CapitalIfAny, Need::Capital, Need::Capitals];

/// A fact about a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flag(u64);

impl Form {
    /// It has marks between, before or after its words.
    pub(super) const HAS_MARKS: Flag = Flag(1 << 18);
    /// It is no name without those before and after.
    pub(super) const NEEDS_ENDS: Flag = Flag(1 << 19);
    /// It counts only in a text that has named the entity in full.
    pub(super) const NEEDS_FULL: Flag = Flag(1 << 20);
    /// The next form is written with the same words.
    pub(super) const HAS_NEXT: Flag = Flag(1 << 21);

    /// A form of the name of that number, of so many letters, of which no more than 255 count.
    pub(super) fn new(name: u32, letters: usize, case: Need) -> Self {
        let letters = u8::try_from(letters).unwrap_or(u8::MAX);
        Self(u64::from(name) << 32 | (case as u64) << 16 | u64::from(letters))
    }

    /// The form with a fact, where it holds.
    pub(super) fn when(self, flag: Flag, holds: bool) -> Self {
        if holds { Self(self.0 | flag.0) } else { self }
    }

    /// The form in another spacing.
    pub(super) fn spaced(self, spacing: Spacing) -> Self {
        Self(self.0 & !0xff00 | u64::from(spacing.0) << 8)
    }

    /// The form in another writing.
    pub(super) fn written(self, writing: Writing) -> Self {
        Self(self.0 & !(MASK << WRITING) | u64::from(writing.number()) << WRITING)
    }

    /// How the name is written.
    pub(super) fn writing(self) -> Writing {
        Writing::new((self.0 >> WRITING & MASK) as u16)
    }

    pub(super) fn has(self, flag: Flag) -> bool {
        self.0 & flag.0 != 0
    }

    /// The number of its name.
    pub(super) fn name(self) -> usize {
        (self.0 >> 32) as usize
    }

    /// How many letters and digits it has; 255 stands for more.
    pub(super) fn letters(self) -> u8 {
        (self.0 & 0xff) as u8
    }

    /// How its words are spaced.
    pub(super) fn spacing(self) -> Spacing {
        Spacing((self.0 >> 8 & 0xff) as u8)
    }

    /// What it asks of the case of the text.
    pub(super) fn case(self) -> Need {
        NEEDS[(self.0 >> 16 & 3) as usize]
    }

    /// Whether two forms differ in their names alone, if at all.
    pub(super) fn is_like(self, other: Self) -> bool {
        self.0 & 0xffff_ffff == other.0 & 0xffff_ffff
    }

    pub(super) fn to_bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    pub(super) fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }
}

/// Which of the words of a name are written as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spacing(u8);

impl Spacing {
    /// None.
    pub(super) const GIVEN: Self = Self(0);
    /// Those before a clitic: `McDonalds`.
    pub(super) const CLITICS: Self = Self(1);
    /// Those at a hyphen: `GuineaBissau`.
    pub(super) const HYPHENS: Self = Self(2);
    /// All: `TomaRell`.
    pub(super) const ALL: Self = Self(3);
    /// Those before a number: `Formula1`.
    pub(super) const NUMBERS: Self = Self(u8::MAX);
    /// All, of a script that parts names by a dot or not at all: `イーロンマスク`.
    pub(super) const DOTS: Self = Self(u8::MAX - 1);

    /// Those around one space: the one before the piece at `index`.
    pub(super) fn one(index: u8) -> Self {
        Self(Self::ALL.0 + index)
    }

    /// Whether this is an error, not a custom.
    pub(super) fn is_error(self) -> bool {
        self.0 >= Self::ALL.0 && self != Self::NUMBERS && self != Self::DOTS
    }

    /// Whether the piece at `index` is written onto the one before it.
    pub(super) fn joins(self, index: usize, piece: &Piece) -> bool {
        let is_loose = matches!(piece.gap, Gap::NONE | Gap::STOP);
        index > 0
            && match self {
                Self::GIVEN => false,
                Self::CLITICS => piece.shape.has(Shape::CLITIC),
                Self::HYPHENS => piece.gap == Gap::HYPHEN,
                Self::ALL | Self::DOTS => is_loose || piece.gap == Gap::HYPHEN,
                Self::NUMBERS => piece.is_number() && (is_loose || piece.gap == Gap::HYPHEN),
                Self(one) => is_loose && index == usize::from(one - Self::ALL.0),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_what_it_is_given() {
        let form = Form::new(7_000_000, 300, Need::Capitals).when(Form::NEEDS_FULL, true);
        let form = Form::from_bytes(form.spaced(Spacing::ALL).spaced(Spacing::one(4)).to_bytes());
        assert_eq!((form.name(), form.letters(), form.case()), (7_000_000, 255, Need::Capitals));
        assert_eq!(form.spacing(), Spacing::one(4));
        assert!(form.has(Form::NEEDS_FULL) && !form.has(Form::HAS_MARKS));
        assert!(
            form.is_like(
                Form::new(1, 255, Need::Capitals).when(Form::NEEDS_FULL, true).spaced(Spacing::one(4))
            )
        );
        assert!(!form.is_like(form.when(Form::HAS_MARKS, true)));
        assert_eq!(NEEDS.map(|need| need as usize), [0, 1, 2, 3]);
    }
}
