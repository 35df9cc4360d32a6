//! What can be found without a list: money, percentages, dates, times, handles, addresses.
//!
//! Each is an entity of its own with some regular expressions, which are given to a matcher like the caller's.

use super::{Entity, Record};
use crate::error::Error;

/// A kind of thing: its name, the type of its entity, and how it is written.
type Builtin = (&'static str, &'static str, &'static [&'static str]);

const BUILTINS: &[Builtin] = &[
    (
        "money",
        "MONEY",
        &[
            r"(?:(?:\b(?:US|AU|CA|NZ|HK|A|C|S))?\$|[€£¥₹₩₽₺₪]|\b(?:USD|EUR|GBP|JPY|CHF|CNY)\s)\s?\d+(?:[.,]\d+)*(?:\s?(?:hundred|thousand|million|billion|trillion|mn|bn|tn)\b|[kKmMbB]\b)?",
            r"\b\d+(?:[.,]\d+)*(?:\s(?:hundred|thousand|million|billion|trillion)|\s?(?:mn|bn|tn))?(?:\s?[€£¥₹₽]|\s(?:(?:US\s)?dollars?|euros?|pounds?|yen|yuan|rupees?|roubles?|rubles?|francs?|pesos?|cents?|kron(?:or|er|a|e)|USD|EUR|GBP|JPY|CHF|CNY)\b)",
        ],
    ),
    ("percent", "PERCENT", &[r"\b\d+(?:[.,]\d+)*(?:\s?%|\s(?:per\s?cent|percentage points?|pct)\b)"]),
    (
        "date",
        "DATE",
        &[
            r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s)?(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)\s(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:,?\s(?:1[5-9]|20)\d\d)?\b",
            r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s(?:of\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:,?\s(?:1[5-9]|20)\d\d)?\b",
            r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s(?:1[5-9]|20)\d\d\b",
            r"\b(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b",
            r"\b(?:0?[1-9]|[12]\d|3[01])(?:/(?:0?[1-9]|[12]\d|3[01])/|\.(?:0?[1-9]|1[0-2])\.)(?:(?:1[5-9]|20)\d\d|\d\d)\b",
        ],
    ),
    (
        "time",
        "TIME",
        &[
            r"\b(?:2[0-3]|[01]?\d):[0-5]\d(?::[0-5]\d)?(?:\s?(?:[ap]\.m\.|[AP]\.M\.|(?:[ap]m|[AP]M)\b)|\b)",
            r"\b(?:1[0-2]|0?[1-9])\s?(?:[ap]\.m\.|[AP]\.M\.|(?:[ap]m|[AP]M)\b)",
        ],
    ),
    ("handle", "HANDLE", &[r"\B@[A-Za-z_][A-Za-z0-9_]*\b"]),
    ("email", "EMAIL", &[r"\b[\w.%+-]+@[\w-]+(?:\.[\w-]+)*\.\p{L}{2,}\b"]),
    ("url", "URL", &[r#"\b(?:https?://|www\.)[^\s<>"“”«»]*[\w/#=&%]"#]),
];

/// The records of the things of these names, to be compiled with the caller's.
///
/// # Errors
/// There is nothing of a name; the error has the names that there are.
pub fn builtins(names: &[String]) -> Result<Vec<Record>, Error> {
    let mut records = Vec::new();
    for name in names {
        let Some((name, kind, regexes)) = BUILTINS.iter().find(|builtin| builtin.0 == name) else {
            let known: Vec<&str> = BUILTINS.iter().map(|builtin| builtin.0).collect();
            return Err(Error::unknown_option("patterns", name, &known.join(", ")));
        };
        let id = format!("pattern:{name}");
        let entity = Entity { name: id.clone(), id, kind: (*kind).to_owned(), aliases: Vec::new() };
        let regexes = regexes.iter().map(|&regex| Some(regex.to_owned()));
        records.extend(regexes.map(|regex| Record { entity: entity.clone(), regex }));
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        entity::{EntityMatcher, Options},
        text::Text,
    };

    /// What is found in a text, each with its name.
    fn found(text: &str) -> Vec<String> {
        let names: Vec<String> = BUILTINS.iter().map(|builtin| builtin.0.to_owned()).collect();
        let matcher = EntityMatcher::new(builtins(&names).unwrap(), Options::default()).unwrap();
        assert_eq!(matcher.len(), BUILTINS.len());
        let mentions = matcher.find(&Text::new(text));
        let name = |index: Option<usize>| matcher.view(index.unwrap()).kind.to_lowercase();
        mentions.iter().map(|mention| format!("{} {}", name(mention.entity), mention.span.of(text))).collect()
    }

    #[test]
    fn each_is_found_as_it_is_written() {
        for (text, expected) in [
            ("for $2.5 billion, US$300m and £10.", &["money $2.5 billion", "money US$300m", "money £10"][..]),
            ("5,000 euros or 3 million dollars", &["money 5,000 euros", "money 3 million dollars"]),
            (
                "up 3.5% or 12 percent, by 2 percentage points",
                &["percent 3.5%", "percent 12 percent", "percent 2 percentage points"],
            ),
            ("on March 5, 2016, and 17 June 1999", &["date March 5, 2016", "date 17 June 1999"]),
            (
                "2016-11-24, 24.11.2016, 11/24/16 in May 2016",
                &["date 2016-11-24", "date 24.11.2016", "date 11/24/16", "date May 2016"],
            ),
            ("at 7:30 p.m. or 19:30; by 9 am", &["time 7:30 p.m.", "time 19:30", "time 9 am"]),
            (
                "@maraquist wrote to mara.quist@norrland.example.",
                &["handle @maraquist", "email mara.quist@norrland.example"],
            ),
            (
                "(see https://norrland.example/a?b=c), www.norrland.example.",
                &["url https://norrland.example/a?b=c", "url www.norrland.example"],
            ),
            ("He may 5 times; 300 people, 10:99, a@b, and 2016", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unknown_name_is_an_error_with_the_known_ones() {
        let error = builtins(&["money".to_owned(), "phone".to_owned()]).unwrap_err().to_string();
        assert_eq!(error, "patterns=\"phone\" is not one of money, percent, date, time, handle, email, url");
    }
}
