//! Dependencies point down only: a module names no module to its right.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each module may name those before it.
const LAYERS: [&str; 14] = [
    "error", "named", "archive", "sections", "text", "model", "lang", "sentence", "entity", "quote",
    "document", "pipeline", "table", "python",
];

/// The Rust files below a path, the path itself included.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("a folder of sources can be read");
    let paths = entries.map(|entry| entry.expect("its entries too").path());
    paths
        .flat_map(|path| files(&path))
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect()
}

/// The modules of the crate that a source names: in `crate::a::b`, and in `crate::{a::b, c}`.
fn named(source: &str) -> Vec<String> {
    let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut modules = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(group) => modules.extend(top_level(group).iter().map(|part| word(part.trim()))),
            None => modules.push(word(rest)),
        }
    }
    modules
}

/// The parts between the commas of the outermost braces, up to the closing one.
fn top_level(group: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                parts.last_mut().expect("there is always one").push(c);
            }
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[test]
fn modules_name_only_those_below() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (layer, module) in LAYERS.iter().enumerate() {
        let folder = source.join(module);
        let root = if folder.is_dir() { folder } else { source.join(format!("{module}.rs")) };
        let files = files(&root);
        assert!(!files.is_empty(), "{module} is gone");
        for file in files {
            for name in named(&fs::read_to_string(&file).expect("a source is UTF-8")) {
                let other = LAYERS.iter().position(|layer| **layer == name);
                let other = other.unwrap_or_else(|| panic!("{}: {name} is in no layer", file.display()));
                assert!(other <= layer, "{}: {module} must not know {name}", file.display());
            }
        }
    }
}

#[test]
fn only_python_knows_python() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files(&source).into_iter().filter(|file| !file.starts_with(source.join("python"))) {
        let code = fs::read_to_string(&file).expect("a source is UTF-8");
        assert!(!code.contains("pyo3"), "{} must not know PyO3", file.display());
    }
}

#[test]
fn groups_are_read_like_single_names() {
    assert_eq!(
        named("use crate::{\n    lang::{A, B},\n    text::Span,\n};\nuse crate::error::Error;"),
        ["lang", "text", "error"]
    );
}
