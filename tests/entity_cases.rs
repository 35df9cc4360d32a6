//! Runs the cases under `tests/cases/entities/`.

use std::{fs, path::Path};

use pullquote::{
    entity::{Entity, EntityMatcher, Options, Record},
    text::Text,
};
use toml::{Table, Value};

fn string(table: &Value, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'a>(table: &'a Value, key: &str) -> &'a [Value] {
    table.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn record(row: &Value) -> Record {
    let aliases = list(row, "aliases").iter().map(|alias| alias.as_str().unwrap().to_owned()).collect();
    let entity =
        Entity { id: string(row, "id"), name: string(row, "name"), kind: "PERSON".to_owned(), aliases };
    Record { entity, regex: row.get("regex").and_then(Value::as_str).map(str::to_owned) }
}

fn options(case: &Value) -> Options {
    let fuzzy = match case.get("options").and_then(|options| options.get("fuzzy")) {
        Some(Value::Boolean(true)) => 2,
        Some(Value::Integer(edits)) => u8::try_from(*edits).unwrap(),
        _ => 0,
    };
    Options { fuzzy, ..Options::default() }
}

fn run(case: &Value) {
    let name = string(case, "name");
    let text = string(case, "text");
    let matcher =
        EntityMatcher::new(list(case, "gazetteer").iter().map(record).collect(), options(case)).unwrap();
    let found = matcher.find(&Text::new(&text));
    let expected = list(case, "entities");
    let shown: Vec<_> = found
        .iter()
        .map(|mention| {
            let id = matcher.entities()[mention.entity.unwrap()].id.clone();
            (mention.span.of(&text).to_owned(), id)
        })
        .collect();
    let wanted: Vec<_> =
        expected.iter().map(|entity| (string(entity, "text"), string(entity, "id"))).collect();
    assert_eq!(shown, wanted, "{name}");
    for (mention, entity) in found.iter().zip(expected) {
        match string(entity, "score").as_str() {
            "exact" => assert!(mention.score >= 1.0, "{name}"),
            "fuzzy" => assert!(mention.score < 1.0, "{name}"),
            _ => {}
        }
    }
}

#[test]
fn every_case_gives_its_entities() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/entities");
    let mut cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let file: Table = fs::read_to_string(entry.unwrap().path()).unwrap().parse().unwrap();
        for case in file["case"].as_array().unwrap() {
            run(case);
            cases += 1;
        }
    }
    assert!(cases > 10, "{cases} cases");
}
