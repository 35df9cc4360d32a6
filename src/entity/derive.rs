//! Other forms of a name, made on request: `Trump` of "Donald J. Trump", `WHO` of "World Health Organization".
//!
//! | of | form | counts |
//! |---|---|---|
//! | a person | without initials and middle names | always |
//! | a person | the surname, with and without its particles | once the text has named the person in full |
//! | a company | without its legal form | always, or once named in full if an ordinary word is left |
//! | anything but a person | the initials of its words | once named in full |

use std::collections::BTreeSet;

use crate::{
    lang::{Class, Lexicon},
    text::fold::folded,
};

/// What companies are in law, folded.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "ag",
    "sa",
    "nv",
    "bv",
    "se",
    "gmbh",
    "kg",
    "kgaa",
    "spa",
    "srl",
    "oy",
    "oyj",
    "ab",
    "asa",
    "pty",
    "kk",
];

/// What stands behind a surname, folded.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Types of people, as people write them.
const PEOPLE: &[&str] = &["PERSON", "PER", "PEOPLE", "HUMAN"];

/// A shorter surname or company is too easily something else.
const SHORTEST: usize = 3;

/// The most words of which initials are made.
const MOST_INITIALS: usize = 8;

/// A derived form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Derived {
    pub(super) form: String,
    /// Whether it counts only in a text that has named the entity in full.
    pub(super) needs_full: bool,
}

/// The forms to derive from the names of an entity, without those that it has.
pub(super) fn derive(lexicon: &Lexicon, kind: &str, names: &[&str]) -> Vec<Derived> {
    let is_of_people = PEOPLE.contains(&kind.to_ascii_uppercase().as_str());
    let mut forms = BTreeSet::new();
    // "Quist, Mara" is a way to sort, not to write.
    for name in names.iter().filter(|name| !is_turned(name)) {
        let words: Vec<&str> = name.split_whitespace().collect();
        if is_of_people && !is_body(lexicon, &words) {
            person(lexicon, &words, &mut forms);
        } else {
            body(lexicon, &words, &mut forms);
        }
    }
    let is_new = |derived: &Derived| !names.iter().any(|name| folded(name) == folded(&derived.form));
    forms.into_iter().filter(is_new).collect()
}

fn is_turned(name: &str) -> bool {
    name.split_once(", ")
        .is_some_and(|(_, rest)| !is_one_of(LEGAL_FORMS, rest) && !is_one_of(GENERATIONS, rest))
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.contains(&folded(word).as_str())
}

/// Whether the words name an organisation, whatever its type says: names without a type are of people.
fn is_body(lexicon: &Lexicon, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let classes = lexicon.classes(&folded(word));
        classes.any(&[Class::Organisation, Class::Of, Class::And]) || matches!(*word, "&")
    })
}

fn person(lexicon: &Lexicon, words: &[&str], forms: &mut BTreeSet<Derived>) {
    let tails = words.iter().rev().take_while(|word| is_one_of(GENERATIONS, word)).count();
    let [first, inner @ .., last] = &words[..words.len() - tails] else { return };
    let last = last.trim_end_matches(',');
    let is_particle = |word: &&&str| lexicon.classes(&folded(word)).has(Class::Particle);
    let particles = inner.iter().rev().take_while(is_particle).count();
    let (middle, particles) = inner.split_at(inner.len() - particles);
    let surname = particles.iter().copied().chain([last]).collect::<Vec<_>>().join(" ");
    if !middle.is_empty() && middle.iter().all(|word| !is_particle(&word)) {
        forms.insert(Derived { form: format!("{first} {surname}"), needs_full: false });
    }
    for form in [last.to_owned(), surname] {
        if form.chars().count() >= SHORTEST {
            forms.insert(Derived { form, needs_full: true });
        }
    }
}

fn body(lexicon: &Lexicon, words: &[&str], forms: &mut BTreeSet<Derived>) {
    let laws = words.iter().rev().take_while(|word| is_one_of(LEGAL_FORMS, word)).count();
    let own = &words[..words.len() - laws];
    let rest = own.join(" ").trim_end_matches([',', '&', ' ']).to_owned();
    if laws > 0 && rest.chars().count() >= SHORTEST {
        let is_ordinary =
            own.iter().all(|word| lexicon.classes(&folded(word)).any(&[Class::Common, Class::OtherName]));
        forms.insert(Derived { form: rest, needs_full: is_ordinary });
    }
    if let Some(form) = initials(own) {
        forms.insert(Derived { form, needs_full: true });
    }
}

/// The initials of the words with capitals, if all but small words have one.
fn initials(words: &[&str]) -> Option<String> {
    let is_small =
        |word: &str| word != "&" && word.chars().all(|c| !c.is_uppercase()) && word.chars().count() <= 3;
    let large: Vec<&str> = words.iter().copied().filter(|word| !is_small(word)).collect();
    let initial = |word: &&str| word.chars().find(|&c| c.is_uppercase() || c == '&');
    let initials: String = large.iter().filter_map(initial).collect();
    let is_whole = initials.chars().count() == large.len() && (2..=MOST_INITIALS).contains(&large.len());
    is_whole.then_some(initials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Language;

    fn forms(kind: &str, name: &str) -> Vec<(String, bool)> {
        let lexicon = &Language::get("en").unwrap().lexicon;
        derive(lexicon, kind, &[name]).into_iter().map(|derived| (derived.form, derived.needs_full)).collect()
    }

    fn owned(forms: &[(&str, bool)]) -> Vec<(String, bool)> {
        forms.iter().map(|&(form, needs_full)| (form.to_owned(), needs_full)).collect()
    }

    #[test]
    fn people_have_surnames() {
        assert_eq!(forms("PERSON", "Mara J. Quist Jr."), owned(&[("Mara Quist", false), ("Quist", true)]));
        assert_eq!(forms("PER", "Luther van Daal"), owned(&[("Daal", true), ("van Daal", true)]));
        assert_eq!(forms("PERSON", "Quist, Mara"), owned(&[]));
        assert_eq!(forms("PERSON", "Mara"), owned(&[]));
    }

    #[test]
    fn bodies_have_initials_and_legal_forms() {
        assert_eq!(forms("ORG", "World Health Organization"), owned(&[("WHO", true)]));
        assert_eq!(forms("ORG", "Office of the Norrland Rivers"), owned(&[("ONR", true)]));
        assert_eq!(forms("ORG", "Vorrand Works, Inc."), owned(&[("VW", true), ("Vorrand Works", false)]));
        assert_eq!(forms("ORG", "Table Corporation"), owned(&[("Table", true)]));
        assert_eq!(forms("ORG", "Marks & Quist"), owned(&[("M&Q", true)]));
        assert_eq!(forms("PERSON", "Norrland Rivers Agency"), owned(&[("NRA", true)]));
    }
}
