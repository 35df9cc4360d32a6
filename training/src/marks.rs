//! How well straight quotation marks are paired: texts with curly marks are straightened, and the pairs of both compared.

use std::{collections::BTreeSet, error::Error, path::Path};

use pullquote::text::Text;

use crate::attributions;

/// What is measured on.
const MEASURE: [&str; 2] = ["polnear-train", "polnear-dev"];

/// How many errors of each kind are shown, and how much around each.
const SHOWN: usize = 12;
const AROUND: usize = 50;

/// A pair: its first byte, the one behind its last, and whether its marks are single.
type Pair = (usize, usize, bool);

/// Measures and prints; what is measured on where nothing is named are the corpora of the models.
pub(crate) fn measure(data: &Path, named: &[String]) -> Result<(), Box<dyn Error>> {
    let usual = MEASURE.map(str::to_owned);
    for name in if named.is_empty() { &usual } else { named } {
        let mut counts = [Counts::default(); 2];
        let mut errors = Vec::new();
        for document in attributions::read(data, name)? {
            let (straight, moved) = straightened(&document.text);
            let wanted: BTreeSet<Pair> = pairs(&document.text)
                .into_iter()
                .map(|(start, end, single)| (moved[start], moved[end], single))
                .collect();
            let found: BTreeSet<Pair> = pairs(&straight).into_iter().collect();
            for (kind, counts) in counts.iter_mut().enumerate() {
                let count = |set: &mut dyn Iterator<Item = &Pair>| set.filter(|p| p.2 == (kind == 1)).count();
                counts.wanted += count(&mut wanted.iter());
                counts.found += count(&mut found.iter());
                counts.right += count(&mut wanted.intersection(&found));
            }
            let mut note = |what, set: Vec<&Pair>| {
                errors.extend(set.into_iter().map(|&(start, end, _)| shown(what, &straight, start, end)));
            };
            note("missed", wanted.difference(&found).collect());
            note("wrong ", found.difference(&wanted).collect());
        }
        for (kind, counts) in ["double", "single"].into_iter().zip(counts) {
            println!("{name} {kind}: {}", counts.row());
        }
        let step = errors.len().div_ceil(2 * SHOWN).max(1);
        errors.iter().step_by(step).for_each(|error| println!("  {error}"));
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    wanted: usize,
    found: usize,
    right: usize,
}

impl Counts {
    fn row(self) -> String {
        let ratio = |all: usize| self.right as f64 / all.max(1) as f64;
        format!("{} pairs, precision {:.4}, recall {:.4}", self.wanted, ratio(self.found), ratio(self.wanted))
    }
}

fn pairs(text: &str) -> Vec<Pair> {
    let text = Text::new(text);
    text.marks().iter().map(|pair| (pair.outer.start(), pair.outer.end(), pair.single)).collect()
}

/// The text with straight marks, and where each byte went.
fn straightened(text: &str) -> (String, Vec<usize>) {
    let mut straight = String::new();
    let mut moved = Vec::with_capacity(text.len() + 1);
    for c in text.chars() {
        moved.resize(moved.len() + c.len_utf8(), straight.len());
        straight.push(match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            c => c,
        });
    }
    moved.push(straight.len());
    (straight, moved)
}

fn shown(what: &str, text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| end + at);
    let around = format!("{}⟦{}⟧{}", &text[from..start], &text[start..end], &text[end..to]);
    format!("{what} {}", around.replace('\n', "¶"))
}
