//! Linear models and a small network, ignorant of what they score.

mod cascade;
mod linear;
mod network;
mod packed;
mod quotes;
mod ranker;

pub use cascade::{Cascade, STAGES, Stage};
pub use linear::{
    Features, Linear, SMALL, combine, hash, hash_plain, hash_plain_in, hash_run, hash_step, hash_word,
};
pub use network::{Network, UNITS};
pub use quotes::{Glance, Question, QuoteModel};
pub use ranker::{Choice, Ranker};
