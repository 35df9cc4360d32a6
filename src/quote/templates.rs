//! Features as templates: each a fact, or several together.

/// Declares templates as a table, which explanations read, and as a function that fills them all at once: what follows from
/// a table is looked up when the program is made, not for every candidate.
macro_rules! templates {
    ($(#[$about:meta])* $table:ident, $fill:ident: $([$($fact:ident),*])*) => {
        $(#[$about])*
        pub(super) const $table: &[&[Fact]] = &[$(&[$(Fact::$fact),*]),*];

        /// The numbers of the templates filled with facts; the first template is numbered `first`.
        #[inline]
        fn $fill(first: u64, facts: &[u64; FACTS]) -> [u64; $table.len()] {
            let mut number = first;
            [$({
                number += 1;
                let sum = number - 1;
                $(let sum = combine(sum, facts[Fact::$fact as usize]);)*
                sum
            }),*]
        }
    };
}

pub(super) use templates;
