//! Linear models, ignorant of what they score.

mod cascade;
mod linear;
mod quotes;
mod ranker;

pub use cascade::{Cascade, Stage};
pub use linear::{Features, Linear, SMALL, combine, hash, hash_run, hash_step};
pub use quotes::{Question, QuoteModel};
pub use ranker::{Choice, Ranker};
