//! What holds of the sentences of any text whatever.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use pullquote::{
    lang::{CODES, Language},
    named::Named,
    sentence::{Newlines, Options, Quotes, SentenceSplitter, Stream, Streamed},
    text::{Span, Text, offsets::Unit},
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

/// Texts long enough that sentences are certain before they end: sentences, and between them what rules look at.
fn prose() -> impl Strategy<Value = String> {
    const SENTENCES: &[&str] = &[
        "The bridge over the Osterby was closed on Monday, the council of Veltmark said. ",
        "“It leaks. Badly. Who knew?” said Mara Quist, who had left the U.S. in 2011. ",
        "Bridge Closed After Storm The mayor of Norrland, Dr. Ines Calder, met 1. Fenn and 2. Brandt.\n",
        "See https://example.com/a/b.html. \"Is it safe?\" I asked... and nobody knew\n\n",
        "- mend the roof\n- call Mr. Pell [12]\n2. nothing 😀 😀\r\n",
        "«Où est-il ? – Là. » Der Rat tagte am 12. Juni. 市长说：“墙漏水。”大家都走了。",
    ];
    let sentence = prop::sample::select(SENTENCES).prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![3 => sentence, 1 => hostile()], 0..12).prop_map(|parts| parts.concat())
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

    /// A text in pieces has the sentences of the whole, whatever the cuts.
    #[test]
    fn streams_agree(
        source in prose(),
        cuts in prop::collection::vec(0_usize..40, 1..8),
        code in prop::sample::select(&CODES[..]),
        newlines in prop::sample::select(Newlines::NAMES),
        gaps in any::<bool>(),
        whole in any::<bool>(),
    ) {
        let quotes = if whole { Quotes::Whole } else { Quotes::Inside };
        let options = Options { language: code.to_owned(), newlines: newlines.0, gaps, quotes, ..Options::default() };
        let splitter = Arc::new(SentenceSplitter::new(options).expect("the language is known"));
        let expected: Vec<Streamed> = splitter.spans(&Text::new(&source)).iter().map(|span| Streamed {
            text: span.of(&source).to_owned(), start: span.start(), end: span.end()
        }).collect();
        let mut stream = Stream::new(splitter, Unit::Byte);
        let mut found = Vec::new();
        let mut chars = source.chars();
        for cut in cuts.iter().cycle().map(|cut| cut + usize::from(cuts.iter().all(|&cut| cut == 0))) {
            let piece: String = chars.by_ref().take(cut).collect();
            found.extend(stream.feed(&piece));
            if chars.as_str().is_empty() {
                break;
            }
        }
        found.extend(stream.finish());
        prop_assert_eq!(found, expected);
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

/// A stream gives sentences before the text is over, and keeps no more than what is open.
#[test]
fn a_stream_forgets() {
    const MOST: usize = 4096;
    let splitter = Arc::new(splitter("en", Newlines::Paragraph));
    let mut stream = Stream::new(splitter, Unit::Byte);
    let mut found = 0;
    for number in 0..5000 {
        found += stream.feed(&format!("The bridge over the Osterby was closed on day {number}. ")).len();
        assert!(stream.kept() <= MOST, "{} bytes after {number} sentences", stream.kept());
        assert!(found + 5 > number, "{found} of {number} sentences");
    }
    assert_eq!(found + stream.finish().len(), 5000);
}
