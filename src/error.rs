//! The one error of the core.
//!
//! Only building fails: a list of entities, an unknown language, a damaged file. Analysing a text never does.

use std::fmt;

/// What went wrong while something was built or loaded, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    UnknownLanguage { code: String, known: String },
    UnknownOption { option: &'static str, value: String, known: String },
    Entity { row: usize, problem: String },
    Line { line: usize, problem: String },
    Archive { what: &'static str, problem: String },
    TextTooLong { row: usize, bytes: usize },
}

impl Error {
    pub(crate) fn unknown_language(code: &str, known: &[&str]) -> Self {
        Kind::UnknownLanguage { code: code.to_owned(), known: known.join(", ") }.into()
    }

    /// An option was given a value that it does not have; `known` lists those that it has.
    pub(crate) fn unknown_option(option: &'static str, value: &str, known: &str) -> Self {
        Kind::UnknownOption { option, value: value.to_owned(), known: known.to_owned() }.into()
    }

    /// The entity at `row` (from 0, in the order given) cannot be used.
    pub(crate) fn entity(row: usize, problem: impl Into<String>) -> Self {
        Kind::Entity { row, problem: problem.into() }.into()
    }

    /// The same error for who did not give the first `rows` entities.
    pub(crate) fn behind(self, rows: usize) -> Self {
        match self.kind {
            Kind::Entity { row, problem } => Self::entity(row.saturating_sub(rows), problem),
            kind => kind.into(),
        }
    }

    /// The same error for who gave the first entities in these lines of a file.
    pub(crate) fn in_lines(self, lines: &[u32]) -> Self {
        match &self.kind {
            Kind::Entity { row, problem } => {
                let line = lines.get(*row).map(|&line| line as usize);
                line.map_or_else(|| self.clone(), |line| Self::line(line, problem.clone()))
            }
            _ => self,
        }
    }

    /// The line (from 1) of a file of entities cannot be read.
    pub(crate) fn line(line: usize, problem: impl Into<String>) -> Self {
        Kind::Line { line, problem: problem.into() }.into()
    }

    /// Bytes that should hold a `what` do not.
    pub(crate) fn archive(what: &'static str, problem: impl Into<String>) -> Self {
        Kind::Archive { what, problem: problem.into() }.into()
    }

    /// The text in this row of a column (from 0) has more bytes than a column of Arrow holds.
    pub(crate) fn text_too_long(row: usize, bytes: usize) -> Self {
        Kind::TextTooLong { row, bytes }.into()
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self { kind }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::UnknownLanguage { code, known } => write!(f, "unknown language {code:?}; known: {known}"),
            Kind::UnknownOption { option, value, known } => {
                write!(f, "{option}={value:?} is not one of {known}")
            }
            Kind::Entity { row, problem } => write!(f, "entity {row}: {problem}"),
            Kind::Line { line, problem } => write!(f, "line {line}: {problem}"),
            Kind::TextTooLong { row, bytes } => {
                write!(f, "row {row}: the text has {bytes} bytes; in a column there is room for 2 GiB")
            }
            Kind::Archive { what, problem } => write!(f, "not a saved {what}: {problem}"),
        }
    }
}

impl std::error::Error for Error {}
