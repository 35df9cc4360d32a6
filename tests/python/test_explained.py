"""Why quotes are what they are."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pullquote as pq
import pytest

TEXT = (
    "Tobias Fenn came late. “It leaks, and nobody looks,” said Mara Quist.\n\n"
    "The pumps would hold until spring, Fenn said in Osterby. “Low Tide”"
)
QUOTES = pq.quotes(TEXT)


def test_a_quote_tells_who_was_weighed_and_why():
    explanation = QUOTES[0].explain()
    assert explanation.quote == QUOTES[0]
    assert [candidate.text for candidate in explanation.candidates][:1] == ["Mara Quist"]
    assert "Tobias Fenn" in {candidate.text for candidate in explanation.candidates}
    best = explanation.candidates[0]
    assert best.probability == QUOTES[0].confidence
    assert sum(reason.weight for reason in best.reasons) == pytest.approx(best.score, abs=0.01)
    assert "“said” stands between it and the marks" in map(str, best.reasons)
    assert TEXT[best.start : best.end] == best.text


@pytest.mark.parametrize(
    "quotes",
    [
        QUOTES,
        pq.analyze(TEXT).quotes,
        pq.QuoteDetector().find(TEXT),
        pq.Pipeline()(TEXT).quotes,
        next(pq.Pipeline().pipe([TEXT])).quotes,
    ],
    ids=["quotes", "analyze", "find", "pipeline", "pipe"],
)
def test_every_way_to_a_quote_leads_to_its_explanation(quotes):
    explanations = pq.QuoteDetector().explain(TEXT)
    assert [quote.explain() for quote in quotes] == explanations
    assert pq.Pipeline().explain(TEXT) == explanations
    assert [explanation.quote for explanation in explanations] == list(quotes)


def test_kinds_that_are_not_given_do_not_shift_explanations():
    for quote in pq.QuoteDetector(kinds=["indirect"]).find(TEXT):
        assert quote.explain().quote == quote
        assert {decision.question for decision in quote.explain().decisions} & {"cue", "source"}


def test_a_copy_knows_its_text_and_a_pickle_does_not():
    quote = QUOTES[0]
    assert copy.copy(quote).explain() == copy.deepcopy([quote])[0].explain() == quote.explain()
    again = pickle.loads(pickle.dumps(quote))
    assert again == quote
    for stranger in (again, pq.Quote(**{name: getattr(quote, name) for name in quote.__match_args__})):
        with pytest.raises(pq.PullquoteError, match=r"explain\(text\)"):
            stranger.explain()


def test_explanations_are_values():
    explanation = QUOTES[0].explain()
    values = [
        explanation,
        explanation.rulings[0],
        explanation.decisions[0],
        explanation.candidates[0],
        explanation.candidates[0].reasons[0],
    ]
    for value in values:
        assert pickle.loads(pickle.dumps(value)) == value
        assert hash(copy.deepcopy(value)) == hash(value)
        assert json.loads(json.dumps(value.to_dict())) == value.to_dict()
        assert type(value)(*(getattr(value, name) for name in value.__match_args__)) == value
        with pytest.raises(AttributeError):
            setattr(value, value.__match_args__[0], None)
        assert repr(value).startswith(type(value).__name__ + "(")
        assert getattr(pq, type(value).__name__) is type(value)


def test_it_is_told_in_plain_words():
    lines = str(QUOTES[0].explain()).splitlines()
    assert lines[0] == f"direct: “It leaks, and nobody looks,” — Mara Quist, {QUOTES[0].confidence:.2f}"
    assert lines[1] == (
        "  The rules say: its attribution stands right behind the marks (cue “said”, source “Mara Quist”)."
    )
    assert any(line.startswith("  Who said “It leaks, and nobody looks,”? “Mara Quist”, ") for line in lines)
    assert all(len(line) < 200 for line in lines)


def test_a_rule_that_is_sure_is_told():
    [quote] = pq.quotes("“It leaks.” — Mara Quist")
    explanation = quote.explain()
    assert explanation.decisions == explanation.candidates == ()
    [ruling] = explanation.rulings
    assert ruling.sure
    assert "A rule is sure: a name behind a dash signs it" in str(explanation)


def test_a_page_shows_words_as_they_are():
    quotes = pq.quotes("“<b>It</b> leaks & $5$,” said Mara <i>Quist</i>.")
    pages = [quote.explain()._repr_html_() for quote in quotes]
    assert pages
    for page in pages:
        assert "<b>" not in page
        assert "<i>" not in page
        assert page.count("<ul>") == page.count("</ul>")
        assert page.count("<li>") == page.count("</li>")


def test_lone_surrogates_and_wide_characters_keep_positions():
    text = "\ud800𝕏 “It leaks \udfff 𝕏,” said Mara Quist."
    for quote in pq.quotes(text):
        for decision in quote.explain().decisions:
            assert text[decision.about.start : decision.about.end] == decision.about.text
            for candidate in decision.candidates:
                assert text[candidate.start : candidate.end] == candidate.text


def test_many_threads_may_ask():
    quotes = pq.quotes(TEXT * 20)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda quote: str(quote.explain()), quotes * 4))
    assert told == [str(quote.explain()) for quote in quotes] * 4
