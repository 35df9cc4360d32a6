//! Lists of entities as people keep them: JSON lines, CSV, one name a line.

use serde_json::{Map, Value};

use super::{Entity, EntityRef, Record, Records, ruler};
use crate::error::Error;

/// The type of an entity whose list does not say.
const DEFAULT_TYPE: &str = "PERSON";

/// Reads one JSON object a line: `{"id", "name", "type", "aliases", "regex"}`, where a name may stand for the id
/// and an id for the name; and the patterns of spaCy's `EntityRuler`, `{"label", "pattern", "id"}`, if they
/// are strings, or lists of tokens that say which words they are.
///
/// # Errors
/// A line is no such object; the error names it.
pub fn from_jsonl(source: &str) -> Result<Records, Error> {
    let mut records = Records::default();
    for (number, line) in (1..).zip(source.trim_start_matches('\u{feff}').lines()) {
        if !line.trim().is_empty() {
            records.extend([json_record(line).map_err(|problem| Error::line(number, problem))?]);
            records.stands_in(number);
        }
    }
    Ok(records)
}

fn json_record(line: &str) -> Result<Record, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| no_json(&error))?;
    let Value::Object(object) = value else {
        return Err("an object is expected".to_owned());
    };
    let id = id(&object)?;
    if let Some(pattern) = object.get("pattern") {
        let mut names = ruler::names(pattern)?.into_iter();
        let name = names.next().unwrap_or_default();
        let kind = string(&object, "label")?.unwrap_or_else(|| DEFAULT_TYPE.to_owned());
        return Ok(record(id.unwrap_or_else(|| name.clone()), name, kind, names.collect(), None));
    }
    let name = string(&object, "name")?;
    let regex = string(&object, "regex")?;
    let (id, name) = match (id, name, &regex) {
        (Some(id), Some(name), _) => (id, name),
        (Some(same), None, _) | (None, Some(same), _) => (same.clone(), same),
        (None, None, Some(_)) => return Err("a \"regex\" needs an \"id\" or a \"name\"".to_owned()),
        (None, None, None) => return Err("neither \"id\" nor \"name\" nor \"pattern\" is there".to_owned()),
    };
    let kind = string(&object, "type")?.unwrap_or_else(|| DEFAULT_TYPE.to_owned());
    Ok(record(id, name, kind, aliases(&object)?, regex))
}

/// What is wrong with a line; each is read by itself, so all are their own first lines.
fn no_json(error: &serde_json::Error) -> String {
    let problem = error.to_string();
    let problem = problem.split(" at line ").next().unwrap_or_default();
    format!("no JSON: {problem} at column {}", error.column())
}

fn record(id: String, name: String, kind: String, aliases: Vec<String>, regex: Option<String>) -> Record {
    Record { entity: Entity { id, name, kind, aliases }, regex }
}

/// An id is a string; a number is as good.
fn id(object: &Map<String, Value>) -> Result<Option<String>, String> {
    match object.get("id") {
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        _ => string(object, "id"),
    }
}

fn string(object: &Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(format!("{key:?} is {other}, not a string")),
    }
}

fn aliases(object: &Map<String, Value>) -> Result<Vec<String>, String> {
    let wrong = |value: &Value| format!("\"aliases\" is {value}, not a list of strings");
    match object.get("aliases") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(list @ Value::Array(values)) => {
            values.iter().map(|value| value.as_str().map(str::to_owned).ok_or_else(|| wrong(list))).collect()
        }
        Some(other) => Err(wrong(other)),
    }
}

/// Reads a table whose first line names its columns: `id`, `name`, `type`, `aliases` (parted by `|`), `regex`, of
/// which `id` or `name` must be there.
///
/// # Errors
/// The header or a row cannot be read; the error names the line.
pub fn from_csv(source: &str) -> Result<Records, Error> {
    let source = source.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.as_bytes());
    let header = reader.headers().map_err(|error| Error::line(1, error.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|title| title.eq_ignore_ascii_case(name));
    let columns = [column("id"), column("name"), column("type"), column("aliases"), column("regex")];
    if columns[0].is_none() && columns[1].is_none() {
        let titles = header.iter().collect::<Vec<_>>().join(", ");
        return Err(Error::line(1, format!("no column is called \"id\" or \"name\", but {titles}")));
    }
    let mut records = Records::default();
    let mut last = (1, 0);
    for row in reader.records() {
        let row = row.map_err(|error| csv_error(source, &error))?;
        last = row.position().map_or(last, |place| behind_breaks(source, place));
        let [id, name, kind, aliases, regex] =
            columns.map(|column| column.and_then(|column| row.get(column)).filter(|cell| !cell.is_empty()));
        let Some((id, name)) = id.or(name).zip(name.or(id)) else {
            return Err(Error::line(last.0, "it has neither an id nor a name"));
        };
        let aliases = aliases.unwrap_or_default().split('|').map(str::trim).filter(|alias| !alias.is_empty());
        records.push(EntityRef { id, name, kind: kind.unwrap_or(DEFAULT_TYPE) }, aliases, regex);
        records.stands_in(last.0);
    }
    if source.get(last.1..).is_some_and(is_unclosed) {
        return Err(Error::line(last.0, "a quotation mark opens a cell and nothing closes it"));
    }
    Ok(records)
}

/// The line and the byte of a row, which the place of its record has blank lines before.
fn behind_breaks(source: &str, place: &csv::Position) -> (usize, usize) {
    let at = number(place.byte());
    let rest = source.get(at..).unwrap_or_default();
    let breaks = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    (number(place.line()) + breaks.matches('\n').count(), at + breaks.len())
}

fn number(place: u64) -> usize {
    usize::try_from(place).unwrap_or(0)
}

/// Whether the last row of a table ends inside a cell in quotation marks, which then has swallowed all rows behind it.
fn is_unclosed(row: &str) -> bool {
    let (mut is_quoted, mut is_start) = (false, true);
    for c in row.chars() {
        is_quoted = if is_quoted || is_start { is_quoted ^ (c == '"') } else { is_quoted };
        is_start = !is_quoted && matches!(c, ',' | '\n' | '"');
    }
    is_quoted
}

fn csv_error(source: &str, error: &csv::Error) -> Error {
    let line = error.position().map_or(0, |place| behind_breaks(source, place).0);
    let problem = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} cells where the header has {expected_len}")
        }
        _ => error.to_string(),
    };
    Error::line(line, problem)
}

/// Reads one name a line; each is its own id. Blank lines are skipped.
pub fn from_names(source: &str) -> Records {
    let mut records = Records::default();
    let lines = (1..).zip(source.trim_start_matches('\u{feff}').lines().map(str::trim));
    for (number, name) in lines.filter(|(_, name)| !name.is_empty()) {
        records.push(EntityRef { id: name, name, kind: DEFAULT_TYPE }, [], None);
        records.stands_in(number);
    }
    records
}

#[cfg(test)]
mod tests {
    use super::{
        super::{EntityMatcher, Options},
        *,
    };

    #[test]
    fn both_kinds_of_json_lines_are_read() {
        let source = r#"{"id": "tmr", "name": "Toma Rell", "aliases": ["Rell"]}

{"label": "ORG", "pattern": [{"LOWER": "vorrand"}, {"LOWER": "works", "OP": "?"}], "id": "v"}
{"label": "ORG", "pattern": "Vorrand Works"}
{"id": 7, "regex": "case \\d+", "type": "CASE"}"#;
        let records: Vec<Record> = from_jsonl(source).unwrap().iter().collect();
        assert_eq!(records.len(), 4);
        assert_eq!(
            (&*records[1].entity.name, &*records[1].entity.aliases),
            ("vorrand works", &["vorrand".to_owned()][..])
        );
        assert_eq!((&*records[0].entity.kind, &*records[0].entity.aliases[0]), ("PERSON", "Rell"));
        assert_eq!((&*records[2].entity.id, &*records[2].entity.kind), ("Vorrand Works", "ORG"));
        assert_eq!((&*records[3].entity.name, records[3].regex.as_deref()), ("7", Some(r"case \d+")));
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (line, reason) in [
            (r#"{"label": "ORG", "pattern": [{"POS": "NOUN"}]}"#, "token 0 of the pattern"),
            (r#"{"type": "ORG"}"#, "neither"),
            (r#"{"id": "a", "aliases": "b"}"#, "list of strings"),
            ("[1]", "object"),
            ("{", "no JSON"),
        ] {
            let error = from_jsonl(&format!("{{\"id\": \"ok\"}}\n{line}")).unwrap_err().to_string();
            assert!(error.starts_with("line 2: ") && error.contains(reason), "{error}");
        }
    }

    #[test]
    fn tables_are_read() {
        let list = |source| from_csv(source).unwrap().iter().collect::<Vec<Record>>();
        let records = list("id,name,type,aliases\ntmr,\"Rell, Toma\",PER,Rell| Toma Rell |\n,Vorrand,,\n");
        assert_eq!(records[0].entity.aliases, ["Rell", "Toma Rell"]);
        assert_eq!((&*records[1].entity.id, &*records[1].entity.kind), ("Vorrand", "PERSON"));
        let records = list("id,regex\ncase,\"case \\d{1,3}\"\ntmr,\n");
        assert_eq!(records[0].regex.as_deref(), Some(r"case \d{1,3}"));
        assert_eq!((&*records[0].entity.name, records[1].regex.as_deref()), ("case", None));
        assert!(from_csv("a,b\n1,2\n").unwrap_err().to_string().contains("line 1"));
        assert!(from_csv("id,type\nx,y\n,z\n").unwrap_err().to_string().contains("line 3"));
        let error = |source| from_csv(source).unwrap_err().to_string();
        assert_eq!(error("id,name\nx\n"), "line 2: it has 1 cells where the header has 2");
        assert!(error("id;name\nx;y\n").ends_with("but id;name"));
        assert!(error("id,name\na,b\nx,\"Rell\ny,Quist\n").starts_with("line 3: a quotation mark opens"));
        let quoted = "id,name\n\"x\",\"Mara \"\"M\"\" Quist\"\ny,Mara \"M Quist\nz,\"Two\nlines\"\n";
        assert_eq!(list(quoted).len(), 3);
    }

    #[test]
    fn a_name_that_cannot_be_used_is_named_by_its_line() {
        let problem = |records| EntityMatcher::new(records, Options::default()).unwrap_err().to_string();
        let lines = r#"
{"id": "a", "name": "Quist"}

{"id": "a", "name": "Rell", "aliases": ["Quist", "--"]}"#;
        let jsonl = problem(from_jsonl(lines).unwrap());
        assert_eq!(jsonl, "line 4: the alias \"--\" has no letter or digit");
        let csv = problem(from_csv("id,name,type\na,Quist,X\n\na,Rell,Y\n").unwrap());
        assert_eq!(csv, "line 4: the id \"a\" is of type \"X\" and of type \"Y\"");
        assert_eq!(problem(from_names("Quist\n!!\n")), "line 2: the name \"!!\" has no letter or digit");
    }

    #[test]
    fn plain_names_are_read() {
        assert_eq!(from_names("Toma Rell\n\n Vorrand \r\n").len(), 2);
    }
}
