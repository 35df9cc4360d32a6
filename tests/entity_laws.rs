//! What must hold for any gazetteer and any text.

use proptest::{collection::vec, prelude::*};
use pullquote::{
    entity::{Accents, Case, Entity, EntityMatcher, Options, Overlap, Record, Strict},
    text::Text,
};

fn record(id: &str, name: &str) -> Record {
    let entity =
        Entity { id: id.to_owned(), name: name.to_owned(), kind: "X".to_owned(), aliases: Vec::new() };
    Record { entity, regex: None }
}

fn options() -> impl Strategy<Value = Options> {
    let case = prop_oneof![Just(Case::Smart), Just(Case::Fold), Just(Case::Exact)];
    let accents = prop_oneof![Just(Accents::Fold), Just(Accents::Exact)];
    let overlap = prop_oneof![Just(Overlap::Longest), Just(Overlap::All), Just(Overlap::Priority)];
    let names = ["hyphens", "dots", "spaces", "apostrophes", "invisible"];
    let strict = prop_oneof![Just(vec![]), prop::sample::subsequence(names.to_vec(), 0..=5)];
    (case, accents, 0..3_u8, overlap, any::<bool>(), strict).prop_map(
        |(case, accents, fuzzy, overlap, derive, strict)| {
            let strict = Strict::parse(&strict).unwrap();
            Options { case, accents, fuzzy, overlap, derive, strict }
        },
    )
}

/// Text made of what names and sentences are made of, in any order.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-cA-C]{1,4}",
        Just("US".to_owned()),
        "[ \n\t.,&'’\\-–!+#]{1,3}",
        Just("北京".to_owned()),
        Just("서울의".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("e\u{301}".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    vec(part, 0..30).prop_map(|parts| parts.concat())
}

/// The slow obvious way: every run of words compared with every name.
fn naive(names: &[Vec<String>], words: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let length = names
            .iter()
            .filter(|name| {
                words[at..].len() >= name.len() && name.iter().zip(&words[at..]).all(|(a, b)| a == b)
            })
            .map(Vec::len)
            .max();
        if let Some(length) = length {
            found.push((at, at + length));
        }
        at += length.unwrap_or(1);
    }
    found
}

proptest! {
    #[test]
    fn spans_hold_for_any_text(names in vec(hostile(), 1..6), text in hostile(), options in options()) {
        let records: Vec<Record> = names
            .iter()
            .filter(|name| EntityMatcher::new(vec![record("a", name)], options).is_ok())
            .map(|name| record(name, name))
            .collect();
        let matcher = EntityMatcher::new(records, options).unwrap();
        let found = matcher.find(&Text::new(&text));
        for mention in &found {
            prop_assert!(!mention.span.is_empty());
            prop_assert!(text.get(mention.span.start()..mention.span.end()).is_some());
            prop_assert!(mention.candidates().all(|entity| entity < matcher.len()));
            prop_assert!(mention.entity.is_some_and(|entity| !mention.others.contains(&entity)));
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.start() <= pair[1].span.start());
            prop_assert!(options.overlap == Overlap::All || pair[0].span.end() <= pair[1].span.start());
        }
        let loaded = EntityMatcher::from_bytes(&matcher.to_bytes()).unwrap();
        prop_assert_eq!(loaded.find(&Text::new(&text)), found);
    }

    #[test]
    fn a_name_is_found_in_itself(name in hostile(), options in options()) {
        if let Ok(matcher) = EntityMatcher::new(vec![record("a", &name)], options) {
            let trimmed = name.trim();
            if !trimmed.contains(['\n', '\u{c}', '\r']) && trimmed.is_ascii() && trimmed.chars().all(|c| c.is_alphanumeric() || c == ' ') {
                prop_assert_eq!(matcher.find(&Text::new(trimmed)).len().min(1), 1, "{:?}", trimmed);
            }
        }
    }

    #[test]
    fn agrees_with_the_slow_way(
        names in vec(vec("[ab]{1,2}", 1..4), 1..8),
        words in vec("[ab]{1,2}", 0..30),
    ) {
        let records: Vec<Record> = names.iter().map(|name| record(&name.join(" "), &name.join(" "))).collect();
        let matcher = EntityMatcher::new(records, Options::default()).unwrap();
        let text = words.join(" ");
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let starts: Vec<usize> = words.iter().scan(0, |at, word| { let start = *at; *at += word.len() + 1; Some(start) }).collect();
        let expected: Vec<_> = naive(&names, &words)
            .into_iter()
            .map(|(first, end)| (starts[first], starts[end - 1] + words[end - 1].len()))
            .collect();
        let found: Vec<_> =
            matcher.find(&Text::new(&text)).iter().map(|m| (m.span.start(), m.span.end())).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn adding_and_removing_is_like_compiling_anew(
        names in vec(hostile(), 1..12),
        first in 0..12_usize,
        removed in vec(any::<bool>(), 12),
        text in hostile(),
        options in options(),
    ) {
        let records: Vec<Record> = names
            .iter()
            .enumerate()
            .filter(|(_, name)| EntityMatcher::new(vec![record("a", name)], options).is_ok())
            .map(|(index, name)| record(&(index % 5).to_string(), name))
            .collect();
        let (first, later) = records.split_at(first.min(records.len()));
        let grown = EntityMatcher::new(first.to_vec(), options).unwrap();
        let grown = later.iter().fold(grown, |matcher, record| matcher.add(vec![record.clone()]).unwrap());
        let whole = EntityMatcher::new(records.clone(), options).unwrap();
        let all = |matcher: &EntityMatcher| -> Vec<_> { (0..matcher.len()).map(|index| matcher.entity(index)).collect() };
        prop_assert_eq!(all(&grown), all(&whole));
        prop_assert_eq!(grown.find(&Text::new(&text)), whole.find(&Text::new(&text)));
        let is_gone = |id: &str| removed[id.parse::<usize>().unwrap()];
        let ids: Vec<String> = all(&whole).iter().map(|entity| entity.id.clone()).filter(|id| is_gone(id)).collect();
        let left: Vec<Record> = records.into_iter().filter(|record| !is_gone(&record.entity.id)).collect();
        let whole = EntityMatcher::new(left, options).unwrap();
        for matcher in [grown.remove(&ids).unwrap(), EntityMatcher::from_bytes(&grown.to_bytes()).unwrap().remove(&ids).unwrap()] {
            prop_assert_eq!(all(&matcher), all(&whole));
            if options.fuzzy == 0 {
                prop_assert_eq!(matcher.find(&Text::new(&text)), whole.find(&Text::new(&text)));
            }
        }
    }

    #[test]
    fn damaged_bytes_are_an_error(bytes in vec(any::<u8>(), 0..64)) {
        prop_assert!(EntityMatcher::from_bytes(&bytes).is_err());
    }
}

#[test]
fn what_cannot_be_used_is_named_by_its_row() {
    let long = "a ".repeat(65);
    for (name, reason) in [("  ", "empty"), ("!?", "no letter"), (long.as_str(), "65 words")] {
        let error = EntityMatcher::new(vec![record("x", "Quist"), record("y", name)], Options::default());
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with("entity 1: ") && error.contains(reason), "{error}");
    }
    let mut other = record("x", "Rell");
    "Y".clone_into(&mut other.entity.kind);
    let error = EntityMatcher::new(vec![record("x", "Quist"), other], Options::default()).unwrap_err();
    assert!(error.to_string().contains("of type \"X\" and of type \"Y\""), "{error}");
}

#[test]
fn records_with_one_id_are_merged_and_a_shared_form_has_all_candidates() {
    let records = vec![record("b", "Mara Quist"), record("a", "Quist"), record("b", "Quist")];
    let matcher = EntityMatcher::new(records, Options::default()).unwrap();
    assert_eq!(matcher.len(), 2);
    assert_eq!(matcher.entity(0).aliases, ["Quist"]);
    let found = matcher.find(&Text::new("Quist"));
    assert_eq!((found.len(), found[0].entity, &*found[0].others), (1, Some(0), &[1][..]));
}

#[test]
fn patterns_match_within_a_line() {
    let mut pattern = record("case", "case");
    pattern.regex = Some(r"[Cc]ase \d+|x*".to_owned());
    let matcher = EntityMatcher::new(vec![pattern.clone()], Options::default()).unwrap();
    let text = "The case: Case 17 and case\n18.";
    let found = matcher.find(&Text::new(text));
    assert_eq!(found.iter().map(|m| m.span.of(text)).collect::<Vec<_>>(), ["Case 17"]);
    pattern.regex = Some("(".to_owned());
    assert!(
        EntityMatcher::new(vec![pattern], Options::default()).unwrap_err().to_string().contains("entity 0")
    );
}

/// Traps: names of one repeated word, many near misses, and long texts of nothing else. A matcher whose work from one
/// word is not bounded would take minutes; here it is seen that an answer comes and that its spans are sound.
#[test]
fn traps_get_a_sound_answer() {
    let names: Vec<Record> = (1..64).map(|length| record("a", "Ab ".repeat(length).trim())).collect();
    let near: Vec<Record> = (0..500).map(|n| record("n", &format!("Quistander{n}"))).collect();
    let options = Options { fuzzy: 2, overlap: Overlap::Longest, ..Options::default() };
    let matcher = EntityMatcher::new(
        [names, near]
            .concat()
            .into_iter()
            .map(|mut record| {
                "a".clone_into(&mut record.entity.id);
                record
            })
            .collect::<Vec<Record>>(),
        options,
    )
    .unwrap();
    for unit in ["Ab ", "Ab-", "Ab\n", "Quistandor ", "&", "'", "북", "A.", "\u{200b}"] {
        let text = unit.repeat(20_000);
        let mut behind = 0;
        for mention in matcher.find(&Text::new(&text)) {
            assert!(
                behind <= mention.span.start() && mention.span.end() <= text.len(),
                "{unit:?}: {mention:?}"
            );
            assert!(text.get(mention.span.start()..mention.span.end()).is_some(), "{unit:?}: {mention:?}");
            behind = mention.span.end();
        }
    }
}

/// What a matcher of these ids, names and types that derives forms finds: words and ids, best first.
fn derived(people: &[(&str, &str, &str)], text: &str) -> Vec<String> {
    let records: Vec<Record> = people
        .iter()
        .map(|&(id, name, kind)| {
            let mut record = record(id, name);
            kind.clone_into(&mut record.entity.kind);
            record
        })
        .collect();
    let options = Options { derive: true, ..Options::default() };
    let matcher = EntityMatcher::new(records, options).unwrap();
    let mentions = matcher.find(&Text::new(text));
    let ids = |mention: &pullquote::entity::Mention| {
        mention.candidates().map(|index| matcher.view(index).id.to_owned()).collect::<Vec<_>>().join("|")
    };
    mentions.iter().map(|mention| format!("{}={}", mention.span.of(text), ids(mention))).collect()
}

#[test]
fn a_surname_counts_once_the_text_has_the_full_name() {
    let people = [("m", "Mara J. Quist", "PERSON"), ("t", "Tobias Quist", "PERSON")];
    assert_eq!(derived(&people, "Quist spoke."), Vec::<String>::new());
    assert_eq!(derived(&people, "Mara Quist spoke. Quist left."), ["Mara Quist=m", "Quist=m"]);
    assert_eq!(
        derived(&people, "Mara J. Quist met Tobias Quist. Quist left. Mara Quist stayed, Quist said."),
        ["Mara J. Quist=m", "Tobias Quist=t", "Quist=t|m", "Mara Quist=m", "Quist=m|t"]
    );
}

#[test]
fn short_forms_of_bodies_count_once_they_are_told() {
    let bodies = [("r", "Norrland Rivers Agency", "ORG"), ("w", "Vorrand Works, Inc.", "ORG")];
    assert_eq!(derived(&bodies, "The NRA met Vorrand Works."), ["Vorrand Works=w"]);
    assert_eq!(
        derived(&bodies, "The Norrland Rivers Agency met. NRA spokesmen, nra, said"),
        ["Norrland Rivers Agency=r", "NRA=r"]
    );
    assert_eq!(
        derived(&bodies, "NoRiA: the Norrland Rivers Agency (NORA) met. NORA said"),
        ["Norrland Rivers Agency=r", "NORA=r", "NORA=r"]
    );
    assert_eq!(
        derived(&bodies, "NORA (Norrland Rivers Agency) met."),
        ["NORA=r", "Norrland Rivers Agency=r"]
    );
}
