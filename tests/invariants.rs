//! What holds for every text, whatever it is.

use std::sync::Arc;

use proptest::prelude::*;
use pullquote::{
    document::Document,
    entity::{self, EntityMatcher},
    model::Question,
    pipeline::{Options, Pipeline},
    quote::QuoteKind,
    text::{Span, Text},
};

fn options() -> Options {
    Options::default()
}

fn pipeline(fuzzy: u8) -> Pipeline {
    let records =
        entity::records::from_names("Mara Quist\nQuist\nNorrland\nU.S.\nthe Osterby Courier\nÅse Brandt");
    let matcher = EntityMatcher::new(records, entity::Options { fuzzy, ..entity::Options::default() })
        .expect("good names");
    Pipeline::new(options(), Some(Arc::new(matcher))).expect("English is known")
}

/// Words, marks and damage in the proportions of scraped news, besides anything at all.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "Mara Quist", "Quist", "Qiust", "Norrland", "U.S.", "he", "she", "they", "said", "told", "believes", "according to",
            "that", "the mayor", "a senior official", "said that", ", who", "Mr.", "J.", "the", "of", "and", "asked whether",
            "report", "whose claim that", "Åse Brandt", "one of them", "the wall was moving", "It leaks", "saying", "called",
            "\n\nQUIST: ", "\n\nBRANDT: ", "\nQ: ", "\nA: ", "\n\n**Quist:** ", "\n\n“QUIST: ", "\n\n\"BRANDT: ", "(CROSSTALK)",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            " ", " ", " ", ".", ",", "?", "!", ":", ";", "…", "—", "\n", "\n\n", "“", "”", "\"", "'", "’", "‘", "«", "»", "„", "''", "``",
            "(", ")", "-", "’s", "\u{a0}", "\u{ad}", "\r\n",
            "\n— ", " —", "&quot;", "&#8220;", "&",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(text: &str, document: &Document) -> Result<(), TestCaseError> {
    let is_whole = |span: Span| text.get(span.start()..span.end()).is_some() && !span.is_empty();
    let mut behind = 0;
    for &sentence in &document.sentences {
        prop_assert!(is_whole(sentence) && sentence.start() >= behind, "sentence {sentence:?}");
        prop_assert!(text[behind..sentence.start()].trim().is_empty(), "lost before {sentence:?}");
        behind = sentence.end();
    }
    prop_assert!(text[behind..].trim().is_empty(), "lost at the end");
    let entities = &document.entities;
    prop_assert!(entities.mentioned <= entities.roster.len());
    prop_assert_eq!((entities.fullest.len(), entities.given.len()), (entities.mentioned, entities.mentioned));
    for pair in entities.mentions.windows(2) {
        prop_assert!(
            (pair[0].span.start(), pair[1].span.end())
                <= (pair[1].span.start(), pair[0].span.end().max(pair[1].span.end()))
        );
    }
    for mention in &entities.mentions {
        prop_assert!(is_whole(mention.span), "{mention:?}");
        prop_assert!(mention.entity.is_none_or(|entity| entity < entities.mentioned));
        prop_assert!(mention.candidates().all(|candidate| candidate < entities.roster.len()));
        prop_assert!((0.0..=1.0).contains(&mention.score));
    }
    for (index, quote) in document.quotes.iter().enumerate() {
        prop_assert!(
            !quote.pieces.is_empty()
                && quote.pieces.iter().chain(&quote.quoted).all(|&piece| is_whole(piece)),
            "{quote:?}"
        );
        prop_assert!(
            quote.pieces.iter().chain(&quote.quoted).all(|&piece| quote.span.covers(piece)),
            "{quote:?}"
        );
        prop_assert!(quote.pieces.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{quote:?}");
        prop_assert!(quote.cue.is_none_or(is_whole));
        prop_assert!(quote.parent.is_none_or(|parent| parent < document.quotes.len() && parent != index));
        prop_assert!((0.0..=1.0).contains(&quote.confidence));
        prop_assert!(quote.kind != QuoteKind::Scare || quote.speaker.is_none());
        if let Some(speaker) = &quote.speaker {
            prop_assert!(is_whole(speaker.span));
            prop_assert!(
                speaker.entity.is_none_or(|entity| entity < entities.mentioned && entities.given[entity])
            );
        }
    }
    prop_assert!(document.quotes.windows(2).all(|pair| pair[0].span.start() <= pair[1].span.start()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_gets_a_sound_answer(text in texts(), fuzzy in 0_u8..=2) {
        let document = pipeline(fuzzy).analyze(&Text::new(&text));
        check(&text, &document)?;
    }

    #[test]
    fn a_loaded_pipeline_answers_alike(text in texts()) {
        let made = pipeline(1);
        let kind = pullquote::archive::Kind::Pipeline;
        let loaded = Pipeline::from_bytes(kind, &made.to_bytes(kind)).expect("it was just saved");
        prop_assert_eq!(made.analyze(&Text::new(&text)), loaded.analyze(&Text::new(&text)));
    }

    #[test]
    fn every_quote_is_explained(text in texts()) {
        let pipeline = pipeline(0);
        let text = Text::new(&text);
        let (explanations, _) = pipeline.explain(&text);
        let quotes: Vec<_> = explanations.iter().map(|one| one.quote.clone()).collect();
        prop_assert_eq!(quotes, pipeline.analyze(&text).quotes);
        for explanation in &explanations {
            prop_assert!(!explanation.rulings.is_empty(), "{explanation:?}");
            for decision in &explanation.decisions {
                let scores: Vec<f32> = decision.candidates.iter().map(|one| one.score).collect();
                prop_assert!(scores.is_sorted_by(|one, other| one >= other), "{decision:?}");
                let is_likely = scores.first().is_some_and(|&best| best > 0.0);
                // A cue that is not likely is taken where its clause is likely enough.
                let overruled = decision.question == Question::Cue && decision.probability <= 0.5;
                prop_assert!(decision.chosen == is_likely || decision.chosen && overruled, "{decision:?}");
                for candidate in &decision.candidates {
                    let sum: f32 = candidate.reasons.iter().map(|reason| reason.weight).sum();
                    prop_assert!((sum - candidate.score).abs() < 0.01, "{candidate:?}");
                    prop_assert!(candidate.reasons.iter().all(|reason| !reason.words.is_empty()));
                }
            }
        }
    }

    #[test]
    fn a_blank_line_parts_the_sentences(left in texts(), right in texts()) {
        let pipeline = pipeline(0);
        let both = format!("{left}\n\n{right}");
        let sentences = |text: &str| pipeline.analyze(&Text::new(text)).sentences;
        let apart: Vec<String> = [&left, &right].iter().flat_map(|text| {
            sentences(text).into_iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
        }).collect();
        let together: Vec<String> = sentences(&both).into_iter().map(|span| span.of(&both).to_owned()).collect();
        prop_assert_eq!(apart, together);
    }
}

/// Texts that make careless algorithms quadratic. A test that takes minutes here says that one is.
#[test]
fn hostile_texts_get_an_answer() {
    let repeats = [
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’ ",
        "« ",
        "''",
        "“a ” ",
        "said ",
        "he said ",
        "that ",
        ", ",
        "Mara Quist ",
        "Mara Quist and ",
        "the mayor ",
        "A. ",
        "a.",
        ". ",
        "said “a” ",
        "according to ",
        "x",
        "é",
        "U.S.",
        "J. ",
        "-",
        "of the ",
        "his claim that ",
        "“A,” he said. ",
        "Quist, the mayor, ",
        "(",
        "said (",
        "\n",
        "\n\n“",
        "Qui",
        "saying ",
        "東",
        "\u{301}",
        "<",
        "1.",
        "1) ",
        "&quot;",
        "&",
        "Q: a\n",
        "Q: a\nA: b\n",
        "QUIST: a\nBRANDT: “b\n",
        "“QUIST: a\n\n“BRANDT: b “c” d\n\n",
        "QUIST: a\n(b)\n",
        "— A, — b.\n",
        "— A?\n",
        "— a — ",
        "\"‘",
        "\" ‘a \"b\" ",
        "6' ",
        "'n' ",
    ];
    let pipeline = pipeline(2);
    for piece in repeats {
        let text = piece.repeat(200_000 / piece.len());
        let document = pipeline.analyze(&Text::new(&text));
        assert!(check(&text, &document).is_ok(), "{piece:?}: {:?}", check(&text, &document));
    }
}
