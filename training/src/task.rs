//! What the command line asks for.

use std::{error::Error, fs, path::PathBuf};

const USAGE: &str = "usage: pullquote-training sentences|quotes DATA [REPOSITORY [LANGUAGE]]
       pullquote-training folds DATA LANGUAGE
       pullquote-training sentences|quotes DATA --train NAME… --measure NAME… --out FILE
       pullquote-training marks DATA [--measure NAME…]";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Task {
    /// Make the models of the repository and their cards, of one language or of all.
    Own { stage: Stage, data: PathBuf, repository: PathBuf, language: Option<String> },
    /// Score the settings of a language's quotes by cross-validation.
    Folds { data: PathBuf, language: String },
    /// Make a model from a user's corpora.
    Users { stage: Stage, course: Course },
    /// Measure how straight marks are paired.
    Marks { data: PathBuf, measure: Vec<String> },
}

/// What a model decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Sentences,
    Quotes,
}

/// What a user's model is learnt from, measured on, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Course {
    pub(crate) data: PathBuf,
    pub(crate) train: Vec<String>,
    pub(crate) measure: Vec<String>,
    pub(crate) out: PathBuf,
}

impl Task {
    /// Reads the arguments.
    ///
    /// # Errors
    /// Something is missing, unknown or too much; the error says how it is written.
    pub(crate) fn new(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (words, course) = read(arguments).ok_or(USAGE)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let none = course == Course::default();
        match words[..] {
            ["marks", data] if course.train.is_empty() && course.out.as_os_str().is_empty() => {
                Ok(Self::Marks { data: data.into(), measure: course.measure })
            }
            [stage, data] if !none => {
                let whole = !course.train.is_empty() && !course.out.as_os_str().is_empty();
                let stage = Stage::named(stage).filter(|_| whole).ok_or(USAGE)?;
                Ok(Self::Users { stage, course: Course { data: data.into(), ..course } })
            }
            ["folds", data, language] if none => {
                Ok(Self::Folds { data: data.into(), language: language.to_owned() })
            }
            [stage, data] if none => Self::own(stage, data, ".", None),
            [stage, data, repository] if none => Self::own(stage, data, repository, None),
            [stage, data, repository, language] if none => Self::own(stage, data, repository, Some(language)),
            _ => Err(USAGE.to_owned()),
        }
    }

    fn own(stage: &str, data: &str, repository: &str, language: Option<&str>) -> Result<Self, String> {
        let stage = Stage::named(stage).ok_or(USAGE)?;
        let language = language.map(str::to_owned);
        Ok(Self::Own { stage, data: data.into(), repository: repository.into(), language })
    }
}

impl Course {
    /// The beginning of the model's card.
    pub(crate) fn title(&self, what: &str) -> String {
        format!("# A model of {what}\n\nLearnt from {}.\n\n", self.train.join(", "))
    }

    /// Writes the model and its card.
    pub(crate) fn write(&self, model: &[u8], card: &str) -> Result<(), Box<dyn Error>> {
        let mut beside = self.out.clone().into_os_string();
        beside.push(".md");
        fs::write(&self.out, model).map_err(|error| format!("{}: {error}", self.out.display()))?;
        fs::write(&beside, card)?;
        Ok(())
    }
}

impl Stage {
    fn named(name: &str) -> Option<Self> {
        match name {
            "sentences" => Some(Self::Sentences),
            "quotes" => Some(Self::Quotes),
            _ => None,
        }
    }
}

/// The words before the first option, and what the options say. An option has all words up to the next one.
fn read(arguments: impl Iterator<Item = String>) -> Option<(Vec<String>, Course)> {
    let (mut words, mut course) = (Vec::new(), Course::default());
    let mut option = String::new();
    for argument in arguments {
        match (argument.starts_with("--"), option.as_str()) {
            (true, _) => option = argument,
            (false, "") => words.push(argument),
            (false, "--train") => course.train.push(argument),
            (false, "--measure") => course.measure.push(argument),
            (false, "--out") if course.out.as_os_str().is_empty() => course.out = argument.into(),
            _ => return None,
        }
    }
    let known = ["", "--train", "--measure", "--out"].contains(&option.as_str());
    known.then_some((words, course))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(line: &str) -> Result<Task, String> {
        Task::new(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn a_users_model_has_a_course() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let course = Course {
            data: "d".into(),
            train: names(&["a", "b"]),
            measure: names(&["c"]),
            out: "f.model".into(),
        };
        let task = task("quotes d --train a b --measure c --out f.model");
        assert_eq!(task, Ok(Task::Users { stage: Stage::Quotes, course }));
    }

    #[test]
    fn the_repositorys_models_need_no_options() {
        let own = |repository: &str| {
            let (stage, repository) = (Stage::Sentences, repository.into());
            Ok(Task::Own { stage, data: "d".into(), repository, language: None })
        };
        assert_eq!(task("sentences d"), own("."));
        assert_eq!(task("sentences d r"), own("r"));
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for line in [
            "",
            "quotes",
            "poems d",
            "quotes d --train a",
            "quotes d --out f g --train a",
            "marks d --out f",
            "quotes d --tain a --out f",
        ] {
            assert_eq!(task(line), Err(USAGE.to_owned()), "{line}");
        }
    }
}
