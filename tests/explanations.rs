//! Why quotes are what they are: which rule was sure, what was weighed, and in which words that is told.

use pullquote::{
    model::Question,
    pipeline::{Options, Pipeline},
    quote::{Decision, Explanation, Rule},
    sentence,
    text::Text,
};

fn explained(language: &str, text: &str) -> Vec<Explanation> {
    let sentences = sentence::Options { language: language.to_owned(), ..sentence::Options::default() };
    let pipeline = Pipeline::new(Options { sentences, ..Options::default() }, None);
    pipeline.expect("the language is known").explain(&Text::new(text)).0
}

fn rules(explanations: &[Explanation]) -> Vec<(Rule, bool)> {
    let rulings = explanations.iter().flat_map(|one| &one.rulings);
    rulings.map(|ruling| (ruling.rule, ruling.sure)).collect()
}

fn asked(explanation: &Explanation, question: Question) -> &Decision {
    let mut decisions = explanation.decisions.iter();
    decisions.find(|decision| decision.question == question).expect("it was asked")
}

#[test]
fn what_is_weighed_has_reasons_in_words() {
    let text = "Tobias Fenn came late. “It leaks,” said Mara Quist.";
    let explanations = explained("en", text);
    assert_eq!(rules(&explanations), [(Rule::Behind, false)]);
    let speaker = asked(&explanations[0], Question::Speaker);
    let best = &speaker.candidates[0];
    assert!(speaker.chosen);
    assert_eq!(best.span.of(text), "Mara Quist");
    assert!(best.reasons.iter().any(|reason| reason.words == "“said” stands between it and the marks"));
    assert!(best.reasons.iter().any(|reason| reason.words == "the rules name it" && reason.weight > 0.0));
    let other =
        speaker.candidates.iter().find(|one| one.span.of(text) == "Tobias Fenn").expect("it was weighed");
    assert!(other.probability < best.probability);
    assert!(other.reasons.iter().any(|reason| reason.words == "the rules name another"));
}

#[test]
fn who_spoke_last_is_told() {
    let text = "“It leaks,” said Mara Quist, and Fenn laughed.\n\n“Badly, and nobody looks at it.”";
    let explanations = explained("en", text);
    let speaker = asked(explanations.last().expect("two were found"), Question::Speaker);
    let quist =
        speaker.candidates.iter().find(|one| one.span.of(text) == "Mara Quist").expect("it was weighed");
    assert!(quist.reasons.iter().any(|reason| reason.words == "it spoke last"));
}

#[test]
fn what_a_rule_is_sure_of_is_weighed_by_nobody() {
    let explanations = explained("en", "“It leaks.” — Mara Quist");
    assert_eq!(rules(&explanations), [(Rule::Signature, true)]);
    assert!(explanations[0].decisions.is_empty());

    let explanations =
        explained("en", "“It leaks,” said Mara Quist. “We wrote it down.\n\n“Nobody read it.”");
    assert_eq!(rules(&explanations).last(), Some(&(Rule::Continued, true)));

    let interview = "Tobias Fenn: Does it leak?\nMara Quist: It does.\nTobias Fenn: Badly?";
    assert_eq!(rules(&explained("en", interview)), [(Rule::Turn, true); 3]);
}

#[test]
fn a_clause_has_its_cue_its_bounds_and_its_source() {
    let text = "The pumps were old. Mara Quist told the council on Friday that the wall had moved.";
    let explanations = explained("en", text);
    let explanation = explanations.iter().find(|one| one.quote.cue.is_some_and(|cue| cue.of(text) == "told"));
    let explanation = explanation.expect("it is found");
    for (question, chosen) in [(Question::Cue, "told"), (Question::Source, "Mara Quist")] {
        assert_eq!(asked(explanation, question).candidates[0].span.of(text), chosen);
    }
    asked(explanation, Question::Start);
    asked(explanation, Question::End);

    let sure = explained("en", "Norrland states that it has none.");
    assert_eq!(rules(&sure), [(Rule::That, true)]);
}

#[test]
fn quotations_in_quotations_are_explained_by_their_verb() {
    let explanations = explained("en", "“She said ‘never again,’ and sang ‘Low Tide’,” said Tobias Fenn.");
    let nested = rules(&explanations);
    assert!(
        nested.contains(&(Rule::Nested, true)) && nested.contains(&(Rule::NestedTerm, true)),
        "{nested:?}"
    );
}

#[test]
fn a_language_without_a_model_has_what_the_rules_say() {
    let explanations = explained("fr", "« Il pleut beaucoup ici. »");
    assert_eq!(explanations.len(), 1);
    assert!(explanations[0].decisions.is_empty());
    assert_eq!(explanations[0].rulings.len(), 1);
}
