//! How fast the core reads without Python: one round of each stage over a column, in seconds, as JSON.
//!
//! ```text
//! cargo bench --bench core -- articles.jsonl 20000
//! ```
//!
//! The file has one JSON object a line with a "text"; its articles are repeated to the number of rows.
//! `benches/columns.py` runs it beside the others.

use std::{env, error::Error, fs, hint::black_box, time::Instant};

use pullquote::{
    entity::{self, EntityMatcher, records::from_names},
    pipeline::{Options, Pipeline},
    text::Text,
};

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo itself adds "--bench".
    let given: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [path, rows] = given.as_slice() else { return Err("give a file and a number of rows".into()) };
    let articles = articles(path)?;
    let texts: Vec<String> = articles.iter().cycle().take(rows.parse()?).cloned().collect();

    let pipeline = Pipeline::new(options(), None)?;
    let matcher = EntityMatcher::new(from_names(&names()), entity::Options::default())?;
    let sentences = seconds(&texts, |text| drop(black_box(pipeline.sentences(text))));
    let mentions = seconds(&texts, |text| drop(black_box(matcher.find(text))));
    let quotes = seconds(&texts, |text| drop(black_box(pipeline.analyze(text))));
    println!(r#"{{"sentences": {sentences}, "mentions": {mentions}, "quotes": {quotes}}}"#);
    Ok(())
}

fn articles(path: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let file = fs::read_to_string(path)?;
    let text = |line: &str| -> Result<String, Box<dyn Error>> {
        let article: serde_json::Value = serde_json::from_str(line)?;
        Ok(article["text"].as_str().ok_or("an article has no text")?.to_owned())
    };
    file.lines().map(text).collect()
}

fn options() -> Options {
    Options::default()
}

/// The gazetteer of `benches/columns.py`, a name a line.
fn names() -> String {
    let made = (0..900).map(|number| format!("Name{number} Surname{number}\n"));
    made.chain(["Obama\nWhite House\nCongress\n".to_owned()]).collect()
}

fn seconds(texts: &[String], read: impl Fn(&Text)) -> f64 {
    let start = Instant::now();
    for text in texts {
        read(&Text::new(text));
    }
    start.elapsed().as_secs_f64()
}
