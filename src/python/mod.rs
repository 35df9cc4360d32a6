//! The only folder that knows Python.
//!
//! ```text
//! what comes in      input (texts, strings) · records (entities)
//! what is compiled   splitter · matcher · pipeline, each with archives' methods
//! what goes out      views ─► values, explained, each with value's methods · errors
//! ```

#![allow(clippy::needless_pass_by_value, reason = "PyO3 hands arguments over by value")]
#![allow(clippy::too_many_arguments, reason = "a value object is made from all its fields")]
#![allow(
    clippy::doc_markdown,
    clippy::doc_link_with_quotes,
    reason = "docs of classes are Python's docstrings"
)]

mod archives;
mod arrow;
mod batch;
mod column;
mod errors;
mod explained;
mod input;
mod map;
mod matcher;
mod pipeline;
mod records;
mod splitter;
mod stream;
mod table;
mod value;
mod values;
mod views;
mod workers;

/// The compiled part of pullquote; `import pullquote` is the way in.
#[pyo3::pymodule]
mod _core {
    #[pymodule_export]
    use super::{
        batch::Documents,
        explained::{Candidate, Decision, Explanation, Reason, Ruling},
        matcher::EntityMatcher,
        pipeline::{Pipeline, QuoteDetector},
        splitter::SentenceSplitter,
        stream::SentenceStream,
        table::Table,
        values::{Document, Entity, Mention, Quote, Sentence, Span, Speaker},
    };

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
