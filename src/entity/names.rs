//! Names that no gazetteer needs to know: runs of capitalised words.
//!
//! ```text
//! League Secretary-General   Mara Quist
//! └───────── title ───────┘  └─ name ─┘
//! ```
//!
//! A title before a name is no part of it, but tells that it is a person's and often of which gender. A capital at
//! the beginning of a sentence says little: there, a single word is a name only if the document shows it as one. Where
//! every noun has a capital, that is so everywhere.

use std::{
    hash::{Hash, Hasher},
    ops::Range,
};

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::traits::{Gender, Sort, Traits};
use crate::{
    lang::{Class, Classes, Tagged},
    model::hash_word,
    text::Span,
};

/// A run of words longer than this is a headline in capitals, not a name.
const LONGEST: usize = 8;

/// About one of so many tokens is a word of a name that was not there before.
const SPARSE: usize = 16;

/// Classes whose words begin no name.
const NEVER_FIRST: [Class; 8] = [
    Class::Function,
    Class::Determiner,
    Class::Pronoun,
    Class::Preposition,
    Class::Conjunction,
    Class::Auxiliary,
    Class::Adverb,
    Class::Calendar,
];
/// Classes of nouns that a sentence may begin with.
const COMMON: [Class; 5] = [Class::Role, Class::Group, Class::Written, Class::SayVerb, Class::ReportVerb];

/// Classes of words that stand before a name as a part of it or of its title.
const TITLES: [Class; 6] =
    [Class::Role, Class::Honorific, Class::Adjective, Class::Demonym, Class::Group, Class::Organisation];

/// A name in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    /// The name itself, without its title.
    pub(super) span: Span,
    /// Its first and last token.
    pub(super) tokens: (usize, usize),
    /// What its words tell of its bearer.
    pub(super) traits: Traits,
    /// The last noun of its title: the token "General" of "Secretary-General".
    pub(super) title: Option<usize>,
    /// Where the title begins that tells a person from others of the family, right before a name of one word: "Mrs."
    pub(super) styled: Option<usize>,
    /// The first token of its title, or its own.
    pub(super) begin: usize,
}

impl Name {
    /// Its tokens, those of its title among them.
    pub(super) fn with_title(&self) -> Range<usize> {
        self.begin..self.tokens.1 + 1
    }
}

/// A run of capitalised words: its tokens, and whether a sentence begins with it.
#[derive(Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
    initial: bool,
}

/// A word as it is written, which is found by the number that it has anyway.
#[derive(PartialEq, Eq)]
struct Spelling<'s> {
    hash: u64,
    written: &'s str,
}

impl Hash for Spelling<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// The words that a text writes with a capital where that makes a name.
type Shown<'s> = FxHashSet<Spelling<'s>>;

/// Finds the names of a text, in order. `starts` says of each token whether it begins a sentence; what a title-like run
/// without a name covers ("the Prime Minister") is left to the roles.
pub(super) fn find(text: &Tagged, starts: &[bool]) -> Vec<Name> {
    let shown = capitalised_inside(text, starts);
    let ordinary = ordinary_beginnings(text, starts, &shown);
    let mut names = Vec::with_capacity(shown.len());
    let mut end = 0;
    for token in text.capitals() {
        if token < end || ordinary.binary_search(&token).is_ok() {
            continue;
        }
        if let Some(run) = run_at(text, token, starts) {
            names.extend(name_of(text, run, &shown));
            end = run.last + 1;
        }
    }
    names
}

/// The words that the text writes with a capital where that makes a name: where no sentence begins; if nouns have capitals
/// too, at the end of a full name.
fn capitalised_inside<'s>(text: &Tagged<'_, 's>, starts: &[bool]) -> Shown<'s> {
    let shows = |token: usize| {
        if text.language.grammar.capital_nouns { ends_name(text, token) } else { !starts[token] }
    };
    let words = text
        .capitals()
        .filter(|&token| shows(token))
        .map(|token| Spelling { hash: text.hash(token), written: text.word(token) });
    let mut all = Shown::with_capacity_and_hasher(text.len() / SPARSE, FxBuildHasher);
    all.extend(words);
    all
}

/// The words that begin a sentence before a name and are no part of it: "Poor Quist", where the text has "poor" in small
/// letters as well and never "Poor" inside a sentence.
fn ordinary_beginnings<'s>(text: &Tagged<'_, 's>, starts: &[bool], shown: &Shown<'s>) -> Vec<usize> {
    let suspect = |&token: &usize| {
        starts[token]
            && text.is_capital(token + 1)
            && !text.any(token, &TITLES)
            && !text.any(token + 1, &[Class::Common, Class::Demonym])
            && shows(text, token + 1, shown)
            && !shows(text, token, shown)
    };
    let suspects: Vec<usize> = text.capitals().filter(suspect).collect();
    if suspects.is_empty() {
        return suspects;
    }
    let hashes: FxHashSet<u64> = suspects.iter().map(|&token| text.hash(token)).collect();
    // Most words are none of them, which one bit of their number tells.
    let bit = |hash: u64| 1_u64 << (hash >> (u64::BITS - u64::BITS.ilog2()));
    let bits = hashes.iter().fold(0, |bits, &hash| bits | bit(hash));
    let is_small = |word: &str| !word.contains(char::is_uppercase);
    let small: FxHashSet<u64> = (0..)
        .zip(text.numbers())
        .filter(|&(token, (hash, _))| {
            bits & bit(hash) != 0
                && hashes.contains(&hash)
                && !text.is_capital(token)
                && is_small(text.word(token))
        })
        .map(|(_, (hash, _))| hash)
        .collect();
    suspects.into_iter().filter(|&token| small.contains(&text.hash(token))).collect()
}

/// Whether the text shows the word of a token as a name, spelt as it is here.
fn shows<'s>(text: &Tagged<'_, 's>, token: usize, shown: &Shown<'s>) -> bool {
    shown.contains(&Spelling { hash: text.hash(token), written: text.word(token) })
}

/// Whether a word that no list knows stands behind a title, a given name, an initial or another such word.
fn ends_name(text: &Tagged, token: usize) -> bool {
    let Some(before) = token.checked_sub(1) else { return false };
    let names =
        text.any(before, &[Class::Male, Class::Female, Class::Role, Class::Honorific, Class::Particle]);
    let initial = text.is(before, ".") && before > 0 && is_abbreviated(text, before - 1);
    let unlisted = |token: usize| text.classes(token) == Classes::default();
    unlisted(token) && (text.is_capital(before) && (names || unlisted(before)) || initial)
}

/// Whether a word is an ordinary noun, where such have capitals.
fn is_ordinary(text: &Tagged, token: usize) -> bool {
    const NOUNS: [Class; 4] = [Class::Common, Class::Account, Class::Adjective, Class::Share];
    text.language.grammar.capital_nouns
        && text.any(token, &NOUNS)
        && !text.any(token, &[Class::Male, Class::Female, Class::Place, Class::Honorific])
}

fn run_at(text: &Tagged, first: usize, starts: &[bool]) -> Option<Run> {
    if !may_begin(text, first, starts[first]) {
        return None;
    }
    let mut last = first;
    while let Some(next) = next_in_run(text, last, starts) {
        last = next;
        if last - first >= LONGEST * 2 {
            break;
        }
    }
    Some(Run { first, last, initial: starts[first] })
}

/// Whether a name can begin with this token. Inside a sentence, "Will" before another capital is no auxiliary.
fn may_begin(text: &Tagged, token: usize, initial: bool) -> bool {
    if !text.is_capital(token) {
        return false;
    }
    // "Ask Quist": an order begins with its verb.
    let orders =
        initial && text.any(token, &[Class::SayVerb, Class::ThinkVerb]) && !text.is_all_capitals(token);
    let never =
        text.any(token, &NEVER_FIRST) || orders || is_ordinary(text, token) && !names_body(text, token);
    let followed = || text.is_capital(token + 1) && !text.any(token + 1, &NEVER_FIRST);
    let auxiliary =
        || !initial && text.has(token, Class::Auxiliary) && followed() && !text.is_all_capitals(token);
    !never || auxiliary() || is_short_acronym(text, token)
}

/// An adjective or noun that the name of a body begins with: "die Deutsche Bank".
fn names_body(text: &Tagged, token: usize) -> bool {
    let determined = token > 0 && text.has(token - 1, Class::Determiner);
    determined && text.is_capital(token + 1) && text.has(token + 1, Class::Organisation)
}

/// "US", "WHO": capitals that stand alone among other words.
fn is_short_acronym(text: &Tagged, token: usize) -> bool {
    let neighbours = [token.checked_sub(1), Some(token + 1)];
    text.is_all_capitals(token)
        && text.word(token).len() <= 4
        && !neighbours.into_iter().flatten().any(|next| text.is_all_capitals(next))
}

/// The next token of the run that `last` belongs to: the next capitalised word, with what joins it to this one.
fn next_in_run(text: &Tagged, last: usize, starts: &[bool]) -> Option<usize> {
    let next = last + 1;
    let capital = |token: usize| {
        text.is_capital(token)
            && !text.any(token, &NEVER_FIRST[..7])
            && !(token > last + 1 && starts[token])
            && (!is_ordinary(text, token) || text.has(token, Class::Organisation))
    };
    if next >= text.len() || starts[next] {
        return None;
    }
    let skipped = if text.is_word(next) {
        joins_names(text, last, next)
    } else {
        match text.word(next) {
            // "Anton R. Quistberg", "St. Vorrand", "Dahl Jr."
            "." if is_abbreviated(text, last) && text.is_glued(next) => 1,
            "-" | "–" if text.is_glued(next) && next + 1 < text.len() && text.is_glued(next + 1) => 1,
            "&" => 1,
            _ => 0,
        }
    };
    capital(next + skipped).then_some(next + skipped)
}

/// How many words from `next` on join the word at `last` to a name: "of the", "van der".
fn joins_names(text: &Tagged, last: usize, next: usize) -> usize {
    const OFFICES: [Class; 4] = [Class::Role, Class::Group, Class::Organisation, Class::Honorific];
    if text.has(next, Class::Of) && text.any(last, &OFFICES) {
        1 + usize::from(text.has(next + 1, Class::Article))
    } else if text.has(next, Class::Particle) && !text.has(next, Class::Article) && !text.is_capital(next) {
        1 + usize::from(text.has(next + 1, Class::Particle) && !text.is_capital(next + 1))
    } else {
        0
    }
}

/// An initial, or an abbreviated title or suffix.
fn is_abbreviated(text: &Tagged, token: usize) -> bool {
    text.word(token).chars().count() == 1 || text.any(token, &[Class::NameAbbreviation, Class::ShortTitle])
}

/// Takes the title off a run; gives nothing where the run is no name.
fn name_of<'s>(text: &Tagged<'_, 's>, run: Run, shown: &Shown<'s>) -> Option<Name> {
    let (first, title) = after_title(text, run);
    let bare = Run { first, ..run };
    let first = behind_office(text, bare).or_else(|| behind_adjective(text, bare)).unwrap_or(first);
    let first = (first..=run.last).find(|&token| text.is_word(token))?;
    let whole = Run { first, initial: run.initial && first == run.first, ..run };
    if !is_name(text, whole, title, shown) {
        return None;
    }
    let end = text.span(run.last).start() + unglued_length(text, run.last);
    let span = Span::new(text.span(first).start(), end.max(text.span(first).start() + 1));
    Some(Name {
        span,
        tokens: (first, run.last),
        traits: traits(text, whole, title),
        title,
        styled: title.filter(|&title| first == run.last && is_style(text, title)),
        begin: run.first,
    })
}

/// Whether a title tells which of a family is meant: "Mrs.", "Sir".
fn is_style(text: &Tagged, title: usize) -> bool {
    text.has(title, Class::Honorific) && text.any(title, &[Class::Male, Class::Female])
}

/// The first token behind the title that the run begins with, and the title's last noun.
fn after_title(text: &Tagged, run: Run) -> (usize, Option<usize>) {
    let is_title = |token: usize| text.any(token, &[Class::Role, Class::Honorific]);
    let Some(mut title) = (run.first..run.last).rev().find(|&token| is_title(token)) else {
        return (run.first, None);
    };
    let noun = title;
    let mut first = title + 1;
    if text.has(first, Class::Of) {
        // "Secretary of State Antony": the office is one word, or an article and one word.
        title = first + 1 + usize::from(text.has(first + 1, Class::Article));
        first = title + 1;
    }
    if text.is(first, ".") {
        first += 1;
    }
    let rest = (first..=run.last).find(|&token| text.is_capital(token));
    // A given name in front makes the "title" a surname: "Ada Bishop Crane".
    let named =
        (run.first..noun).any(|token| text.any(token, &[Class::Male, Class::Female]) && !is_title(token));
    match rest {
        Some(first) if !named => (first, Some(noun)),
        _ => (run.first, None),
    }
}

/// The given name behind what somebody is the head of: "the minister of Foreign Affairs Karel Dahl".
fn behind_office(text: &Tagged, run: Run) -> Option<usize> {
    let before = run.first.checked_sub(1)?;
    let of = if text.has(before, Class::Article) { before.checked_sub(1)? } else { before };
    let is_office = of > 0 && text.has(of, Class::Of) && text.has(of - 1, Class::Role);
    let is_given = |token: usize| text.any(token, &[Class::Male, Class::Female]);
    let given = (run.first + 1..run.last).find(|&token| is_given(token));
    given.filter(|_| is_office && !is_given(run.first))
}

/// The given name behind an ordinary word that begins a sentence: "Furious Kelly Marsh".
fn behind_adjective(text: &Tagged, run: Run) -> Option<usize> {
    let is_given = |token: usize| text.any(token, &[Class::Male, Class::Female, Class::OtherName]);
    let is_ordinary = text.any(run.first, &[Class::Common, Class::Adjective]) && !is_given(run.first);
    let full = run.first + 1 < run.last && is_given(run.first + 1);
    (run.initial && is_ordinary && full).then_some(run.first + 1)
}

fn is_name<'s>(text: &Tagged<'_, 's>, run: Run, title: Option<usize>, shown: &Shown<'s>) -> bool {
    let words = || (run.first..=run.last).filter(|&token| text.is_word(token));
    let count = words().count();
    if count > LONGEST || is_heading(text, run) {
        return false;
    }
    if words().all(|token| text.has(token, Class::Demonym)) {
        return false;
    }
    let given = text.any(run.first, &[Class::Male, Class::Female]);
    if text.any(run.last, &[Class::Role, Class::Honorific]) && title.is_none() && !(given && count > 1) {
        return false;
    }
    let last_is_ordinary = is_ordinary(text, run.last) && !text.has(run.last, Class::Organisation);
    if last_is_ordinary && !given && title.is_none() {
        return false;
    }
    // "Witness F" is nobody's name.
    let is_letter = count == 1 && text.word(run.first).chars().count() == 1;
    if count > 1 || title.is_some() {
        return !is_letter;
    }
    if text.language.grammar.capital_nouns {
        return known_or_beside_verb(text, run.first, shown) && !text.any(run.first, &COMMON);
    }
    if is_letter {
        return false;
    }
    let known = given || text.has(run.first, Class::Place) || speaks_alone(text, run.first);
    let shown = shows(text, run.first, shown) || text.is_clitic(run.first + 1) || !run.initial;
    known || ((shown || is_rare(text, run.first)) && !text.any(run.first, &COMMON))
}

/// Whether a word that no list knows is the one who says something, as a verb of one tells: "Inboxless says".
fn speaks_alone(text: &Tagged, token: usize) -> bool {
    let verb = token + 1;
    let says = text.has(verb, Class::SayVerb) && text.word(verb).ends_with('s') && !text.is_capital(verb);
    says && text.classes(token) == Classes::default()
}

/// Whether a single word is a name although nouns have capitals: the text shows it as one, perhaps in the genitive, or
/// somebody speaks: beside a verb, or "Quist: “…”".
fn known_or_beside_verb<'s>(text: &Tagged<'_, 's>, token: usize, shown: &Shown<'s>) -> bool {
    const LISTED: [Class; 3] = [Class::Male, Class::Female, Class::Place];
    const VERBS: [Class; 3] = [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb];
    const PER: [Class; 3] = [Class::Per, Class::Postposition, Class::Thus];
    let word = text.word(token);
    let bare = word.strip_suffix('s').unwrap_or(word);
    let says = |token: usize| !text.is_capital(token) && text.any(token, &VERBS) || text.any(token, &PER);
    let unlisted = text.classes(token) == Classes::default();
    let determined = token > 0 && text.any(token - 1, &[Class::Determiner, Class::Adjective]);
    let of_account =
        token > 1 && text.has(token - 1, Class::Preposition) && text.has(token - 2, Class::Account);
    let announces =
        text.is(token + 1, ":") && text.marked_by(token + 1).is_none() && text.marked_by(token + 2).is_some();
    let beside = says(token + 1) || token > 0 && says(token - 1) || of_account || announces;
    shows(text, token, shown)
        || shown.contains(&Spelling { hash: hash_word(bare), written: bare })
        || text.any(token, &LISTED)
        || text.is_all_capitals(token)
        || unlisted && beside && !determined
}

/// Whether a word that begins a sentence is capitalised for more than that: no ordinary word, nor formed like one.
fn is_rare(text: &Tagged, token: usize) -> bool {
    const ENDINGS: [&str; 6] = ["s", "ing", "ed", "ly", "ion", "ness"];
    let word = text.word(token);
    let formed = ENDINGS.iter().any(|ending| word.ends_with(ending));
    text.is_all_capitals(token) || !(formed || text.has(token, Class::Common))
}

/// A run within a line of capitals alone is part of a heading.
fn is_heading(text: &Tagged, run: Run) -> bool {
    let neighbours = [run.first.checked_sub(1), Some(run.last + 1)];
    run.last > run.first
        && (run.first..=run.last).all(|token| !text.is_word(token) || text.is_all_capitals(token))
        && neighbours.into_iter().flatten().any(|token| text.is_all_capitals(token))
}

/// How much of a token belongs to the name: glued text has two words in one, as in `QuistIt`.
fn unglued_length(text: &Tagged, token: usize) -> usize {
    let word = text.word(token);
    let has_no_seam = |byte: &u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.as_bytes().iter().skip(1).all(has_no_seam) {
        return word.len();
    }
    let seam = word
        .char_indices()
        .zip(word.chars().skip(1))
        .filter(|((_, left), right)| left.is_lowercase() && right.is_uppercase())
        .map(|((at, left), _)| at + left.len_utf8())
        .last();
    match seam {
        Some(seam) if text.language.lexicon.classes(&word[seam..]).any(&NEVER_FIRST) => seam,
        _ => word.len(),
    }
}

fn traits(text: &Tagged, run: Run, title: Option<usize>) -> Traits {
    let any = |classes: &[Class]| (run.first..=run.last).any(|token| text.any(token, classes));
    let several = run.last > run.first;
    let given = several && text.any(run.first, &[Class::Male, Class::Female]);
    let after_article = run.first > 0 && text.has(run.first - 1, Class::Article);
    let sort = if title.is_some() || given {
        Sort::Person
    } else if is_dateline(text, run) || several && ends_as_place(text, run) {
        Sort::Place
    } else if any(&[Class::Organisation, Class::Group]) || (text.is_all_capitals(run.first) && !several) {
        Sort::Group
    } else if text.has(run.first, Class::Place) && !several {
        Sort::Place
    } else if after_article {
        Sort::Group
    } else {
        Sort::Unknown
    };
    let gendered = [title, (several || title.is_none()).then_some(run.first)];
    let gender =
        gendered.into_iter().flatten().map(|token| Gender::of(text.classes(token))).find(Option::is_some);
    Traits { sort, gender: gender.flatten() }
}

/// Whether a name of several words ends as those of places do: "Dock Road".
fn ends_as_place(text: &Tagged, run: Run) -> bool {
    text.is_one_of(run.last, text.language.grammar.place_nouns)
}

/// Whether a paragraph begins with where its news is from: "OSTERBY (Northwire) — …", "VORRAND, Norrland – …".
fn is_dateline(text: &Tagged, run: Run) -> bool {
    let begins = || {
        let before = run.first.checked_sub(1).map_or(0, |before| text.span(before).end());
        let gap = &text.text.source()[before..text.span(run.first).start()];
        run.first == 0 || gap.contains('\n')
    };
    begins() && text.dateline_dash(run.first).is_some()
}
