//! Personal pronouns.

use crate::lang::{Class, Tagged};

/// The tokens that are pronouns, in order. In capitals, "US" and "IT" are names.
pub(super) fn find(text: &Tagged) -> impl Iterator<Item = usize> {
    (0..text.len()).filter(|&token| text.has(token, Class::Pronoun) && !text.is_all_capitals(token))
}
