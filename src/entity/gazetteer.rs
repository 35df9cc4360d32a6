//! The table of names: every form as a path of folded words.
//!
//! ```text
//! words   "toma" → 0, "rell" → 1, …          folded, each once
//! edges   (root, toma) → 5, (5, rell) → 6    one flat table
//! forms   6 → the forms that end here        marks, case and ends are checked here, so that a path may be shared
//! ```

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    fuzzy::Deletes,
    matcher::{Case, Options},
    pieces::{self, Gap, Piece, Shape},
};
use crate::{
    lang::{Class, Lexicon},
    text::{Text, fold::Folding},
};

/// The longest name, in words.
pub(super) const MAX_WORDS: usize = 64;

/// An all-capital name of no more letters is matched in capitals only: "US" is not "us".
const SHORT_CAPITALS: usize = 5;

/// A name with no more letters is no name without the marks at its ends: "C++", ".NET".
const NEEDS_ITS_ENDS: usize = 3;

/// A hyphened name with at least so many letters may be written as one word.
const CLOSES_UP: usize = 5;

/// In a name of at most so many words one space alone may be missing.
const DROPS_ONE_SPACE: usize = 5;

/// Words inside names that are often written with a full stop, besides the abbreviations of the language.
const STOPPED: &[&str] = &["st", "ste", "mt", "ft", "bros", "jr", "sr", "inc", "co", "corp", "ltd"];

/// The word that no name has.
pub(super) const NO_WORD: u32 = u32::MAX;

/// The compiled names.
#[derive(Debug, Clone)]
pub(super) struct Gazetteer {
    pub(super) folding: Folding,
    words: FxHashMap<Box<str>, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    /// The forms that end at node `n` are `forms[ends[n]..ends[n + 1]]`.
    ends: Vec<u32>,
    forms: Vec<Form>,
    /// Words that are written with a full stop that ends nothing: "St", "Gen".
    abbreviations: FxHashSet<u32>,
    /// The index for misspelt words, if they are to be found.
    pub(super) deletes: Option<Deletes>,
}

/// One way of writing a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    /// What stands before each word; empty if nothing does anywhere.
    pub(super) gaps: Box<[Gap]>,
    /// Marks before the first word.
    pub(super) head: Box<str>,
    /// Marks after the last word.
    pub(super) tail: Box<str>,
    /// Whether it is no name without these.
    pub(super) needs_ends: bool,
    /// What it asks of the case of the text.
    pub(super) case: Need,
    /// How many letters and digits it has.
    pub(super) letters: usize,
    /// Whether its words were closed up, which is an error of spacing.
    pub(super) closed: bool,
    /// The entities of this name, as indexes, first given first.
    pub(super) entities: Vec<u32>,
}

/// What a form asks of the case of the text's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// A capital letter somewhere, in a text that has any.
    CapitalIfAny,
    /// A capital letter somewhere.
    Capital,
    /// No small letter.
    Capitals,
}

/// A word of a name that is being added.
#[derive(Debug, Clone)]
struct Part {
    folded: String,
    gap: Gap,
    shape: Shape,
}

/// Collects names for a [`Gazetteer`].
#[derive(Debug)]
pub(super) struct Builder<'a> {
    options: Options,
    lexicon: &'a Lexicon,
    gazetteer: Gazetteer,
    nodes: u32,
    added: Vec<(u32, Form)>,
    /// The words that stand in names as they were given, not closed up.
    spelt: Vec<Box<str>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(options: Options, lexicon: &'a Lexicon) -> Self {
        let gazetteer = Gazetteer {
            folding: options.folding(),
            words: FxHashMap::default(),
            edges: FxHashMap::default(),
            ends: Vec::new(),
            forms: Vec::new(),
            abbreviations: FxHashSet::default(),
            deletes: None,
        };
        Self { options, lexicon, gazetteer, nodes: 1, added: Vec::new(), spelt: Vec::new() }
    }

    /// Adds a name; says what is wrong with it if it cannot be used.
    pub(super) fn add(&mut self, entity: u32, name: &str) -> Result<(), String> {
        let mut parts: Vec<Part> = Vec::new();
        let mut span: Option<Range<usize>> = None;
        pieces::read(&Text::new(name), self.gazetteer.folding, |Piece { start, end, gap, shape }, folded| {
            span = Some(span.as_ref().map_or(start, |span| span.start)..end);
            parts.push(Part { folded: folded.to_owned(), gap, shape });
        });
        let Some(span) = span else {
            return Err(if name.trim().is_empty() {
                "the name is empty".to_owned()
            } else {
                format!("the name {name:?} has no letter or digit")
            });
        };
        if parts.len() > MAX_WORDS {
            return Err(format!("a name of {} words; at most {MAX_WORDS} are read", parts.len()));
        }
        let form = self.form(entity, &parts, name[..span.start].trim(), name[span.end..].trim());
        self.insert(&parts, form.clone(), true);
        self.add_closed_up(&parts, &form);
        Ok(())
    }

    /// Other spacings of the same words: `McDonalds`, `GuineaBissau`, and if errors are forgiven `TomaRell`.
    fn add_closed_up(&mut self, parts: &[Part], form: &Form) {
        let inner = &parts[1..];
        if inner.iter().any(|part| part.shape.has(Shape::CLITIC)) {
            let closed = close(parts, |part| part.shape.has(Shape::CLITIC));
            self.insert(&closed, Form { gaps: gaps(&closed), ..form.clone() }, false);
        }
        if inner.iter().any(|part| part.gap == Gap::HYPHEN) && form.letters >= CLOSES_UP {
            let closed = close(parts, |part| part.gap == Gap::HYPHEN);
            self.insert(&closed, Form { gaps: gaps(&closed), ..form.clone() }, false);
        }
        if self.options.fuzzy > 0 && form.letters > CLOSES_UP {
            self.add_without_spaces(parts, form);
        }
    }

    /// The name without any space, and without one of a few.
    fn add_without_spaces(&mut self, parts: &[Part], form: &Form) {
        let loose = |part: &Part| part.gap == Gap::NONE || part.gap == Gap::STOP;
        let mut add = |closed: Vec<Part>| {
            if closed.len() < parts.len() {
                self.insert(&closed, Form { gaps: gaps(&closed), closed: true, ..form.clone() }, false);
            }
        };
        add(close(parts, |part| loose(part) || part.gap == Gap::HYPHEN));
        if (3..=DROPS_ONE_SPACE).contains(&parts.len()) {
            for place in 1..parts.len() {
                let mut index = 0;
                add(close(parts, |part| {
                    index += 1;
                    index == place && loose(part)
                }));
            }
        }
    }

    fn form(&self, entity: u32, parts: &[Part], head: &str, tail: &str) -> Form {
        let letters = parts.iter().map(|part| part.folded.chars().count()).sum();
        Form {
            gaps: gaps(parts),
            head: head.into(),
            tail: tail.into(),
            needs_ends: letters <= NEEDS_ITS_ENDS && tail != ".",
            case: self.need(parts, letters),
            letters,
            closed: false,
            entities: vec![entity],
        }
    }

    fn need(&self, parts: &[Part], letters: usize) -> Need {
        if self.options.case != Case::Smart || !parts.iter().any(|part| part.shape.has(Shape::UPPER)) {
            return Need::Nothing;
        }
        let has_small =
            parts.iter().any(|part| part.shape.has(Shape::LOWER) && !part.shape.has(Shape::CLITIC));
        let ordinary = parts.iter().all(|part| self.lexicon.classes(&part.folded).has(Class::Common));
        match parts {
            _ if !has_small && letters <= SHORT_CAPITALS => Need::Capitals,
            _ if ordinary => Need::Capital,
            [_] => Need::CapitalIfAny,
            _ => Need::Nothing,
        }
    }

    fn insert(&mut self, parts: &[Part], form: Form, spelt: bool) {
        let mut node = 0;
        for part in parts {
            let word = self.word(&part.folded, spelt);
            node = *self.gazetteer.edges.entry((node, word)).or_insert_with(|| {
                self.nodes += 1;
                self.nodes - 1
            });
        }
        self.added.push((node, form));
    }

    fn word(&mut self, folded: &str, spelt: bool) -> u32 {
        if let Some(&word) = self.gazetteer.words.get(folded) {
            if let Some(unspelt) = self.spelt.get_mut(word as usize).filter(|_| spelt) {
                *unspelt = folded.into();
            }
            return word;
        }
        let word = u32::try_from(self.gazetteer.words.len()).unwrap_or(NO_WORD);
        self.gazetteer.words.insert(folded.into(), word);
        if STOPPED.contains(&folded) || self.lexicon.classes(folded).has(Class::Abbreviation) {
            self.gazetteer.abbreviations.insert(word);
        }
        if self.options.fuzzy > 0 {
            self.spelt.push(if spelt { folded.into() } else { Box::default() });
        }
        word
    }

    /// Puts the forms where their paths end; those that differ in the entity alone become one.
    pub(super) fn finish(mut self) -> Gazetteer {
        self.added.sort();
        let mut ends = vec![0; self.nodes as usize + 1];
        let mut forms: Vec<Form> = Vec::with_capacity(self.added.len());
        let mut last_node = 0;
        for (node, form) in self.added {
            match forms.last_mut() {
                Some(last) if last_node == node && last.is_written_like(&form) => {
                    last.entities.extend(form.entities);
                    last.entities.dedup();
                }
                _ => {
                    forms.push(form);
                    ends[node as usize + 1] += 1;
                }
            }
            last_node = node;
        }
        for node in 1..ends.len() {
            ends[node] += ends[node - 1];
        }
        let deletes = (self.options.fuzzy > 0).then(|| Deletes::new(self.spelt, self.options.fuzzy));
        Gazetteer { ends, forms, deletes, ..self.gazetteer }
    }
}

impl Form {
    fn is_written_like(&self, other: &Self) -> bool {
        let key = |form: &Self| (form.case, form.needs_ends, form.letters, form.closed);
        key(self) == key(other)
            && self.gaps == other.gaps
            && self.head == other.head
            && self.tail == other.tail
    }
}

impl Gazetteer {
    /// The number of a folded word.
    pub(super) fn word(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(NO_WORD)
    }

    /// Whether a full stop after the word ends no sentence.
    pub(super) fn is_abbreviation(&self, word: u32) -> bool {
        self.abbreviations.contains(&word)
    }

    /// Where the path goes on with `word`.
    pub(super) fn next(&self, node: u32, word: u32) -> Option<u32> {
        self.edges.get(&(node, word)).copied()
    }

    /// The forms whose path ends at `node`.
    pub(super) fn forms(&self, node: u32) -> &[Form] {
        let node = node as usize;
        &self.forms[self.ends[node] as usize..self.ends[node + 1] as usize]
    }

    /// Whether there is nothing to find.
    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

/// The gaps of a form; none are kept where all are empty, as in most names.
fn gaps(parts: &[Part]) -> Box<[Gap]> {
    if parts[1..].iter().all(|part| part.gap.marks() == Gap::NONE) {
        return Box::default();
    }
    parts.iter().map(|part| part.gap.marks()).collect()
}

/// Joins every part that `joins` to the one before it.
fn close(parts: &[Part], mut joins: impl FnMut(&Part) -> bool) -> Vec<Part> {
    let mut closed: Vec<Part> = Vec::new();
    for part in parts {
        match closed.last_mut() {
            Some(last) if joins(part) => {
                last.folded.push_str(&part.folded);
                last.shape = last.shape.and(part.shape);
            }
            _ => closed.push(part.clone()),
        }
    }
    closed
}
