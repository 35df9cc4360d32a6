//! Trains the models that the wheel carries, measures them, and writes each with its card:
//!
//! ```text
//! cargo run --release -p pullquote-training -- sentences DATA [REPOSITORY]
//! ```
//!
//! `DATA` is the folder with the corpora. The same data give the same bytes.

mod corpus;
mod learn;
mod noise;
mod score;
mod sentences;

use std::{env, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["sentences", data] => sentences::train(&PathBuf::from(data), &PathBuf::from(".")),
        ["sentences", data, repository] => sentences::train(&PathBuf::from(data), &PathBuf::from(repository)),
        _ => Err("usage: pullquote-training sentences DATA [REPOSITORY]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
