//! Trains the models that the wheel carries, measures them, and writes each with its card:
//!
//! ```text
//! cargo run --release -p pullquote-training -- sentences DATA [REPOSITORY]
//! cargo run --release -p pullquote-training -- quotes DATA [REPOSITORY [LANGUAGE]]
//! cargo run --release -p pullquote-training -- folds DATA LANGUAGE
//! ```
//!
//! `DATA` is the folder with the corpora. The same data give the same bytes. The last command writes nothing: it scores the
//! settings of a language's quotes by cross-validation on its training corpus.

mod attributions;
mod corpus;
mod learn;
mod noise;
mod quotes;
mod score;
mod sentences;

use std::{env, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let path = |index: usize| arguments.get(index).map(|path| Path::new(*path));
    let (data, repository) = (path(1), path(2).unwrap_or(Path::new(".")));
    let result = match (arguments.first().copied(), data, arguments.len()) {
        (Some("sentences"), Some(data), 2 | 3) => sentences::train(data, repository),
        (Some("quotes"), Some(data), 2..=4) => quotes::train(data, repository, arguments.get(3).copied()),
        (Some("folds"), Some(data), 3) => quotes::cross_validate(data, arguments[2]),
        _ => {
            Err("usage: pullquote-training sentences|quotes|folds DATA [REPOSITORY [LANGUAGE]|LANGUAGE]"
                .into())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
