//! The patterns of spaCy's `EntityRuler` as names.
//!
//! A pattern that is a string is a name. One that is a list of tokens stands for all names that its tokens spell, if
//! they say which words they are: `[{"LOWER": "norrland"}, {"TEXT": {"IN": ["Works", "Mills"]}, "OP": "?"}]`.

use serde_json::{Map, Value};

/// The most names that one pattern may stand for.
const MOST: usize = 256;

/// Keys that say which word a token is.
const WORDS: &[&str] = &["LOWER", "TEXT", "ORTH", "NORM"];

/// The names that a pattern stands for, the fullest first; or why it cannot be read.
pub(super) fn names(pattern: &Value) -> Result<Vec<String>, String> {
    match pattern {
        Value::String(name) => Ok(vec![name.clone()]),
        Value::Array(tokens) if !tokens.is_empty() => spell(tokens),
        other => Err(format!("\"pattern\" is {other}, neither a string nor a list of tokens")),
    }
}

fn spell(tokens: &[Value]) -> Result<Vec<String>, String> {
    let mut names = vec![String::new()];
    for (index, token) in tokens.iter().enumerate() {
        let words = words(token).map_err(|problem| format!("token {index} of the pattern: {problem}"))?;
        if names.len() * words.len() > MOST {
            return Err(format!("the pattern stands for more than {MOST} names"));
        }
        names = words.iter().flat_map(|word| names.iter().map(|name| join(name, word))).collect();
    }
    names.retain(|name| !name.is_empty());
    if names.is_empty() { Err("all of the pattern may be missing".to_owned()) } else { Ok(names) }
}

/// The words that a token may be; an empty one if it may be missing.
fn words(token: &Value) -> Result<Vec<String>, String> {
    let Value::Object(token) = token else { return Err(format!("{token} is no object")) };
    let mut words = Vec::new();
    for (key, value) in token {
        match key.to_ascii_uppercase().as_str() {
            "OP" => {}
            word if WORDS.contains(&word) && words.is_empty() => words = one_of(key, value)?,
            word if WORDS.contains(&word) => return Err("it says twice which word it is".to_owned()),
            _ => return Err(format!("{key:?} cannot be read; {} can", WORDS.join(", "))),
        }
    }
    if words.is_empty() {
        return Err("it does not say which word it is".to_owned());
    }
    words.extend(may_be_missing(token)?.then(String::new));
    Ok(words)
}

fn one_of(key: &str, value: &Value) -> Result<Vec<String>, String> {
    let wrong = || format!("{key:?} is {value}; a string or {{\"IN\": [strings]}} can be read");
    let list = match value {
        Value::String(word) => return Ok(vec![word.clone()]),
        Value::Object(choice) if choice.len() == 1 => choice.get("IN").and_then(Value::as_array),
        _ => None,
    };
    let words = list.ok_or_else(wrong)?.iter().map(|word| word.as_str().map(str::to_owned));
    words.collect::<Option<_>>().ok_or_else(wrong)
}

fn may_be_missing(token: &Map<String, Value>) -> Result<bool, String> {
    match token.get("OP").or_else(|| token.get("op")) {
        None => Ok(false),
        Some(Value::String(times)) if times == "1" || times == "{1}" => Ok(false),
        Some(Value::String(times)) if times == "?" => Ok(true),
        Some(other) => Err(format!("\"OP\" is {other}; \"?\" and \"1\" can be read")),
    }
}

/// A name with one word more; clitics and marks are written onto the word before them.
fn join(name: &str, word: &str) -> String {
    let is_attached = word.starts_with(['\'', '’']) || !word.contains(char::is_alphanumeric);
    let space = if name.is_empty() || word.is_empty() || is_attached && word != "&" { "" } else { " " };
    [name, space, word].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Result<Vec<String>, String> {
        names(&serde_json::from_str(pattern).unwrap())
    }

    #[test]
    fn tokens_spell_names() {
        assert_eq!(read(r#""Quay Trust""#).unwrap(), ["Quay Trust"]);
        assert_eq!(
            read(r#"[{"LOWER": "mara"}, {"LOWER": "quist"}, {"ORTH": "'s"}]"#).unwrap(),
            ["mara quist's"]
        );
        assert_eq!(
            read(r#"[{"LOWER": "norrland"}, {"TEXT": {"IN": ["Works", "Mills"]}, "OP": "?"}]"#).unwrap(),
            ["norrland Works", "norrland Mills", "norrland"]
        );
    }

    #[test]
    fn what_is_no_name_has_a_reason() {
        for (pattern, reason) in [
            ("7", "neither a string nor"),
            ("[]", "neither a string nor"),
            (r#"[{"LOWER": "a"}, {"POS": "NOUN"}]"#, "token 1 of the pattern: \"POS\" cannot be read"),
            (r#"[{"LOWER": {"REGEX": "a"}}]"#, "a string or"),
            (r#"[{"LOWER": "a", "OP": "+"}]"#, "\"OP\" is \"+\""),
            (r#"[{"LOWER": "a", "TEXT": "A"}]"#, "twice"),
            (r#"[{"OP": "?"}]"#, "does not say"),
            (r#"["a"]"#, "no object"),
        ] {
            let problem = read(pattern).unwrap_err();
            assert!(problem.contains(reason), "{pattern}: {problem}");
        }
        let token = r#"{"LOWER": {"IN": ["a", "b"]}}"#;
        assert!(read(&format!("[{}]", [token; 9].join(","))).unwrap_err().contains("more than 256"));
    }
}
