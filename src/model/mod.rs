//! Linear models, ignorant of what they score.

mod cascade;
mod linear;

pub use cascade::Cascade;
pub use linear::{Features, Linear, combine, hash, hash_step};
