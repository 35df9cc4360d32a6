//! Personal pronouns.

use crate::lang::{Class, Tagged};

/// The tokens that are pronouns, in order. In capitals, "US" and "IT" are names.
pub(super) fn find(text: &Tagged) -> impl Iterator<Item = usize> {
    text.tokens_of(&[Class::Pronoun]).filter(|&token| !text.is_all_capitals(token))
}
