//! The known languages, a row each. A language is compiled when it is first asked for.

use std::sync::LazyLock;

use super::{
    Class, Ending, Grammar, Language, Lexicon, Ordinals, Writing,
    german::GERMAN,
    lexicon::{self, List},
};
use crate::model::{Cascade, QuoteModel};

/// The codes that [`Language::get`] knows. `und` is for text of any other language.
pub const CODES: [&str; 16] =
    ["en", "de", "fr", "es", "it", "pt", "nl", "ru", "pl", "zh", "ja", "ar", "hi", "da", "el", "und"];

/// Files of a language's folder: `lists!("da": Abbreviation = "abbreviations")`.
macro_rules! lists {
    ($code:literal: $($class:ident = $file:literal),* $(,)?) => {
        &[$((Class::$class, include_str!(concat!($code, "/", $file, ".txt")))),*]
    };
}

/// What sentences ask of a language whose letters have capitals.
macro_rules! sentence_lists {
    ($code:literal) => {
        lists!($code:
            Abbreviation = "abbreviations",
            ClosingAbbreviation = "closing_abbreviations",
            FinalAbbreviation = "final_abbreviations",
            NumberAbbreviation = "number_abbreviations",
            ShortTitle = "short_titles",
            SentenceStarter = "sentence_starters",
            Connective = "connectives",
            NameEnding = "../en/name_endings",
        )
    };
}

/// What most languages do.
const USUAL: Writing = Writing { semicolon_asks: false, ordinals: Ordinals::Otherwise, headings: false };

/// A row: the code, how sentences are written, the lists and those that the splitter does not see; surnames; the grammar, and what was learnt about sentences and quotes.
macro_rules! language {
    ($code:literal, $writing:expr, $lists:expr) => {
        language!($code, $writing, $lists, &[], "", Grammar::default(), None, None)
    };
    ($code:literal, $writing:expr, $lists:expr, $further:expr, $surnames:expr, $grammar:expr, $sentences:expr, $quotes:expr) => {
        LazyLock::new(|| {
            let (lists, further): (&[List], &[List]) = ($lists, $further);
            Language {
                code: $code,
                lexicon: Lexicon::new(lists, further, $surnames),
                writing: $writing,
                grammar: $grammar,
                sentence_model: $sentences,
                quote_model: $quotes,
            }
        })
    };
}

static LANGUAGES: [LazyLock<Language>; CODES.len()] = [
    language!(
        "en",
        Some(USUAL),
        lexicon::ENGLISH,
        lexicon::FURTHER_ENGLISH,
        lexicon::SURNAMES,
        Grammar {
            adversative: "but",
            quoted_as: "as",
            personal_relatives: &["who"],
            object_pronouns: &["him", "them"],
            locatives: &["in", "at", "near", "outside", "across"],
            place_nouns: &[
                "road",
                "street",
                "avenue",
                "boulevard",
                "highway",
                "square",
                "river",
                "island",
                "islands",
                "county",
                "township",
                "valley",
                "mountain",
                "mountains",
                "ocean",
                "airport",
                "harbour",
                "harbor",
                "stadium",
                "district",
                "province",
                "peninsula",
                "forest",
            ],
            ..Grammar::default()
        },
        Cascade::from_bytes(include_bytes!("en/sentences.model")).ok(),
        QuoteModel::from_bytes(include_bytes!("en/quotes.model")).ok()
    ),
    language!(
        "de",
        Some(Writing { ordinals: Ordinals::BeforeAny, ..USUAL }),
        GERMAN,
        &[],
        "",
        Grammar {
            capital_nouns: true,
            verb_second: true,
            first_person: "ich",
            expletive: "es",
            adversative: "aber",
            quoted_as: "",
            personal_relatives: &[],
            object_pronouns: &["ihn", "ihm"],
            comma_behind_marks: true,
            locatives: &["in", "aus", "bei", "nahe", "vor"],
            place_nouns: &[],
            plural_verbs: &["n", "sind"],
            endings: const {
                &[Ending::new("te", 1), Ending::new("ten", 1), Ending::new("t", 2), Ending::new("en", 3)]
            },
            verb_endings: const {
                &[
                    Ending::new("te", 1),
                    Ending::new("ten", 2),
                    Ending::new("t", 3),
                    Ending::new("en", 4),
                    Ending::new("ung", 5),
                ]
            },
        },
        None,
        QuoteModel::from_bytes(include_bytes!("de/quotes.model")).ok()
    ),
    language!("fr", Some(USUAL), sentence_lists!("fr")),
    language!("es", Some(USUAL), sentence_lists!("es")),
    language!("it", Some(USUAL), sentence_lists!("it")),
    language!("pt", Some(USUAL), sentence_lists!("pt")),
    language!("nl", Some(USUAL), sentence_lists!("nl")),
    language!("ru", Some(USUAL), sentence_lists!("ru")),
    language!("pl", Some(Writing { ordinals: Ordinals::BeforeSmall, ..USUAL }), sentence_lists!("pl")),
    language!("zh", Some(USUAL), &[]),
    language!("ja", Some(USUAL), &[]),
    language!(
        "ar",
        Some(Writing { headings: true, ..USUAL }),
        lists!("ar":
            Abbreviation = "abbreviations",
            SayVerb = "say_verbs",
        )
    ),
    language!("hi", Some(USUAL), lists!("hi": Abbreviation = "abbreviations")),
    language!("da", Some(Writing { ordinals: Ordinals::BeforeSmall, ..USUAL }), sentence_lists!("da")),
    language!("el", Some(Writing { semicolon_asks: true, ..USUAL }), sentence_lists!("el")),
    language!("und", None, &[]),
];

/// The language with this code.
pub(super) fn find(code: &str) -> Option<&'static Language> {
    let index = CODES.iter().position(|&known| known == code)?;
    Some(&LANGUAGES[index])
}
