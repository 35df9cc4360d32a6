//! Trains the models that the wheel carries, or one from your own data, and measures them:
//!
//! ```text
//! cargo run --release -p pullquote-training -- sentences DATA [REPOSITORY]
//! cargo run --release -p pullquote-training -- quotes DATA [REPOSITORY [LANGUAGE]]
//! cargo run --release -p pullquote-training -- quotes DATA --train NAME… --measure NAME… --out FILE
//! cargo run --release -p pullquote-training -- folds DATA LANGUAGE
//! cargo run --release -p pullquote-training -- marks DATA [--measure NAME…]
//! ```
//!
//! `DATA` is the folder with the corpora, below `sentences/` and `quotes/`, and the name of one is that of its file without
//! `.jsonl`; `corpus.rs` and `attributions.rs` tell what stands in a line. The first two commands write the models of the
//! repository with their cards. With `--out` (`sentences` has it too) one model is learnt from the corpora that `--train`
//! names, measured on those that `--measure` names, and written to a file for `SentenceSplitter(model=FILE)` or
//! `QuoteDetector(model=FILE)`, with its scores in `FILE.md`. `folds` writes nothing: it scores the settings
//! of a language's quotes by cross-validation on its training corpus. The last one tells how well straight marks are paired, where
//! the same text has curly ones. The same data give the same bytes.

mod attributions;
mod cascade;
mod corpus;
mod glance;
mod key;
mod learn;
mod marks;
mod network;
mod noise;
mod quotes;
mod score;
mod sentences;
mod task;

use std::{env, error::Error, process::ExitCode};

use task::{Stage, Task};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    match Task::new(env::args().skip(1))? {
        Task::Own { stage: Stage::Sentences, data, repository, .. } => sentences::train(&data, &repository),
        Task::Own { stage: Stage::Quotes, data, repository, language } => {
            quotes::train(&data, &repository, language.as_deref())
        }
        Task::Folds { data, language } => quotes::cross_validate(&data, &language),
        Task::Users { stage: Stage::Sentences, course } => sentences::follow(&course),
        Task::Users { stage: Stage::Quotes, course } => quotes::follow(&course),
        Task::Marks { data, measure } => marks::measure(&data, &measure),
    }
}
