//! What holds of the sentences of any text whatever.

use std::sync::LazyLock;

use proptest::prelude::*;
use pullquote::{
    lang::{CODES, Language},
    named::Named,
    sentence::{Newlines, Options, Quotes, SentenceSplitter},
    text::{Span, Text},
};

fn splitter(language: &str, newlines: Newlines) -> SentenceSplitter {
    let abbreviations = vec!["Abb.".to_owned()];
    let options = Options { language: language.to_owned(), abbreviations, newlines, ..Options::default() };
    SentenceSplitter::new(options).expect("the language is known")
}

/// One of every language and every meaning of line breaks.
fn splitters() -> &'static [SentenceSplitter] {
    static SPLITTERS: LazyLock<Vec<SentenceSplitter>> = LazyLock::new(|| {
        CODES
            .iter()
            .flat_map(|code| Newlines::NAMES.iter().map(move |&(newlines, _)| splitter(code, newlines)))
            .collect()
    });
    &SPLITTERS
}

/// Sorted, apart, not empty, trimmed, and nothing but white space left out.
fn check(source: &str, spans: &[Span]) {
    let mut covered = 0;
    for span in spans {
        assert!(covered <= span.start(), "{span:?} overlaps in {source:?}");
        assert!(source[covered..span.start()].trim().is_empty(), "lost before {span:?} in {source:?}");
        assert!(!span.is_empty(), "empty {span:?} in {source:?}");
        assert_eq!(span.of(source), span.of(source).trim(), "untrimmed in {source:?}");
        covered = span.end();
    }
    assert!(source[covered..].trim().is_empty(), "lost at the end of {source:?}");
}

/// Of scripts and languages other than English, with stops, closers and abbreviations of their own.
const OF_OTHER_LANGUAGES: &str = "
    ; \u{37e} ؟ ؛ ، ۔ ॥ ． ｡ ։ ， ； 「 」 《 》 ’’ '' ,, `` „ « » – -- &amp; 😀😀 \u{fe0f} \u{200f} \u{202a} \u{202c}
    z. B. 12. XIV. St. Der l'Ing. M. Sr. EE. UU. г. т. е. В Он ул. ks. Skt. κ. π.χ. Το ΑΕ
    د. قال سؤال: डॉ. श्री है 。」 これは と 我们 한국 ไทย";

/// Texts of what rules look at: stops, closers, openers, white space, words of every list, in every script.
fn hostile() -> impl Strategy<Value = String> {
    let mut pieces = vec![
        ".", ". ", "..", "…", "!", "?", "。", "！", "।", "\"", "'", "”", "“", "’", ")", "(", "[", "]", "[1]",
        "[...]", " ", "  ", "\n", "\r\n", "\r", "\n\n", "\u{c}", "\u{85}", "\u{a0}", "\u{2028}", "\u{2029}",
        "\u{3000}", "•", "- ", "*", ":", ":)", "://", "http://", "@", "=", "/", "a", "b.", "I", "A.", "U.S.",
        "Mr.", "No.", "p.m.", "Inc.", "1", "2.", "3)", "4.)", "24", "The", "said", "Mara", "Quist", "word",
        "é", "É", "ß", "\u{301}", "と", "水", "\u{200b}", "\u{feff}", "😀", "İ", "ǅ", "com", "Node.js",
        "Abb.", "\0",
    ];
    pieces.extend(OF_OTHER_LANGUAGES.split_whitespace());
    let piece = prop::sample::select(pieces);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn spans_cover_hostile_texts(source in hostile()) {
        for splitter in splitters() {
            check(&source, &splitter.spans(&Text::new(&source)));
        }
    }

    #[test]
    fn spans_cover_any_text(source in any::<String>()) {
        for splitter in splitters() {
            check(&source, &splitter.spans(&Text::new(&source)));
        }
    }

    /// No decision looks across a blank line: paragraphs give the same alone and together.
    #[test]
    fn paragraphs_are_apart(first in hostile(), second in hostile(), code in prop::sample::select(&CODES[..])) {
        let (first, second) = (first.trim().replace(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}'], " "),
            second.trim().replace(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}'], " "));
        let splitter = splitter(code, Newlines::Paragraph);
        let strings = |source: &str| -> Vec<String> {
            splitter.spans(&Text::new(source)).iter().map(|span| span.of(source).to_owned()).collect()
        };
        let together = strings(&format!("{first}\n\n{second}"));
        prop_assert_eq!(together, [strings(&first), strings(&second)].concat());
    }

    /// Nothing is lost where quotations stay whole.
    #[test]
    fn whole_quotations_lose_nothing(source in hostile(), code in prop::sample::select(&CODES[..]), gaps in any::<bool>()) {
        let language = code.to_owned();
        let whole = Options { language, gaps, quotes: Quotes::Whole, ..Options::default() };
        let whole = SentenceSplitter::new(whole).expect("the language is known");
        check(&source, &whole.spans(&Text::new(&source)));
    }

    /// A saved splitter splits as it did.
    #[test]
    fn saved_splitters_agree(source in hostile(), code in prop::sample::select(&CODES[..])) {
        let splitter = splitter(code, Newlines::Break);
        let again = SentenceSplitter::from_bytes(&splitter.to_bytes()).expect("its own bytes");
        prop_assert_eq!(splitter.spans(&Text::new(&source)), again.spans(&Text::new(&source)));
    }
}

/// Texts that are one thing over and over, long enough that a stage that is not linear would take minutes. What
/// growth costs is measured in the reports, in instructions; here it is only seen that an answer comes and is sound.
#[test]
fn repetition_gets_a_sound_answer() {
    const SIZE: usize = 50_000;
    let units = [
        "a.",
        "Ab.",
        ". ",
        ".. ",
        "\"",
        ".\"",
        ".”",
        "1)",
        "1. ",
        "a\n",
        "\n",
        ".[",
        ".[1",
        "://.",
        "• ",
        " ",
        "a",
        "“",
        "U.S.",
        "Mr. ",
        "? ",
        "…",
        "。",
        "!]",
        "a\r",
        "(a) ",
        ". :",
        "é.",
        "'",
        ".'",
        "http://a.b ",
        "水。",
        "\u{301}.",
        ";",
        "; A",
        ",,",
        ": ",
        "《",
        "。」",
        "«a. – ",
        "\u{202a}.",
        "😀",
        ". 😀",
        "z. B. ",
        "12. ",
        "॥",
    ];
    for code in one_of_each_writing() {
        let splitter = splitter(code, Newlines::Paragraph);
        for unit in &units {
            let source = unit.repeat(SIZE / unit.len());
            check(&source, &splitter.spans(&Text::new(&source)));
        }
    }
}

/// A language for each way of writing sentences: the others differ from them in words alone.
fn one_of_each_writing() -> Vec<&'static str> {
    let mut seen = Vec::new();
    let mut is_new = |code: &&str| {
        let writing = Language::get(code).expect("it is known").writing;
        let new = !seen.contains(&writing);
        seen.push(writing);
        new
    };
    CODES.into_iter().filter(|code| is_new(code)).collect()
}

/// Unicode's rules look ahead from each closing mark behind a stop; a run of them must not cost its length squared.
#[test]
fn a_run_behind_a_stop_gets_a_sound_answer() {
    const SIZE: usize = 200_000;
    let splitter = splitter("und", Newlines::Space);
    for unit in [")", ")]", "”’", "\u{301}", "⟩⟧", " ", " \u{2003}", "\n", ") ", "*", ",", "1", "-"] {
        let source = format!("a.{}1", unit.repeat(SIZE / unit.len()));
        let spans = splitter.spans(&Text::new(&source));
        check(&source, &spans);
        assert!(spans.len() <= 2 || unit == ") ", "{unit:?} gives {}", spans.len());
    }
}
