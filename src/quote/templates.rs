//! Features as templates: each a fact, or several together.
//!
//! The number of a feature is a sum: of its template's number, and of its facts' values, each times a factor of the fact's
//! own (multilinear hashing; Carter and Wegman 1979). The products are made once for all templates, so a template costs no
//! more than its additions. Models take the highest bits.

/// Declares templates as a table, which explanations read, and as a function that notes them all at once: what follows from
/// a table is looked up when the program is made, not for every candidate.
macro_rules! templates {
    ($(#[$about:meta])* $table:ident, $fill:ident: $([$($fact:ident),*])*) => {
        $(#[$about])*
        pub(super) const $table: &[&[Fact]] = &[$(&[$(Fact::$fact),*]),*];

        templates! { $fill: $([$($fact),*])* }
    };
    ($(#[$about:meta])* $fill:ident: $([$($fact:ident),*])*) => {
        $(#[$about])*
        /// Notes the templates filled with facts; the first template is numbered `first`.
        #[inline]
        fn $fill(first: u64, facts: &[u64; FACTS], notes: &mut $crate::quote::decide::Notes) {
            use $crate::quote::templates::{STEP, factor, mixed, part};
            let mut number = factor(first);
            let mut next = || {
                number = number.wrapping_add(STEP);
                number
            };
            if let Some(weights) = notes.weights() {
                let mut score = 0;
                $(score += weights.weight(mixed(next()$(.wrapping_add(part(facts, Fact::$fact as usize)))*));)*
                notes.weigh(score);
            } else {
                notes.keep(&[$(mixed(next()$(.wrapping_add(part(facts, Fact::$fact as usize)))*)),*]);
            }
        }
    };
}

/// Puts facts in their places: `put!(facts, Cue: cue, Left: left)`. No loop does it, so that the compiler sees which is
/// where and keeps no more of them than templates ask for.
macro_rules! put {
    ($facts:ident, $($fact:ident: $value:expr),* $(,)?) => {
        $($facts[Fact::$fact as usize] = $value;)*
    };
}

pub(super) use {put, templates};

use crate::model::combine;

/// What the numbers of two templates that follow one another differ by.
pub(super) const STEP: u64 = 0xd1b5_4a32_d192_ed03;

/// A large odd number for a small one.
#[inline]
pub(super) fn factor(of: u64) -> u64 {
    combine(of, STEP) | 1
}

/// What a fact adds to the numbers of its templates.
#[inline]
pub(super) fn part<const N: usize>(facts: &[u64; N], fact: usize) -> u64 {
    facts[fact].wrapping_mul(factor(fact as u64))
}

/// Spreads what a sum tells.
#[inline]
pub(super) fn mixed(sum: u64) -> u64 {
    (sum ^ sum >> 32).wrapping_mul(STEP)
}
