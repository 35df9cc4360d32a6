//! Trains the models that the wheel carries, measures them, and writes each with its card:
//!
//! ```text
//! cargo run --release -p pullquote-training -- sentences DATA [REPOSITORY]
//! cargo run --release -p pullquote-training -- quotes DATA [REPOSITORY]
//! ```
//!
//! `DATA` is the folder with the corpora. The same data give the same bytes.

mod attributions;
mod corpus;
mod learn;
mod network;
mod noise;
mod quotes;
mod score;
mod sentences;

use std::{env, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (stage, data, repository) = match arguments[..] {
        [stage, data] => (stage, data, "."),
        [stage, data, repository] => (stage, data, repository),
        _ => ("", "", ""),
    };
    let (data, repository) = (PathBuf::from(data), PathBuf::from(repository));
    let result = match stage {
        "sentences" => sentences::train(&data, &repository),
        "quotes" => quotes::train(&data, &repository),
        _ => Err("usage: pullquote-training sentences|quotes DATA [REPOSITORY]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
