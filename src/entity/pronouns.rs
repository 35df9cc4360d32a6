//! Personal pronouns.

use crate::lang::{Class, Classes, Tagged};

/// The tokens that are pronouns, in order. In capitals, "US" and "IT" are names.
pub(super) fn find(text: &Tagged) -> impl Iterator<Item = usize> {
    let is_pronoun = |(token, classes): (usize, &Classes)| classes.has(Class::Pronoun).then_some(token);
    let pronouns = text.classes_in(0..text.len()).iter().enumerate().filter_map(is_pronoun);
    pronouns.filter(|&token| !text.is_all_capitals(token))
}
