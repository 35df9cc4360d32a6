"""What holds for every text."""

from __future__ import annotations

import json
import pickle
from functools import cache
from typing import TYPE_CHECKING, Any

import pullquote as pq
from hypothesis import example, given
from strategies import NAMES, gazetteers, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

WHITE = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and not "\x1c" <= c <= "\x1f")
"""Unicode's white space; Python alone counts four separators of old files in."""

HARD = "\ud83d“It’s \udc00 Mara Quist,” said Łukasz Żak.\n\n“No"


@cache
def pipeline(gazetteer: tuple[str, ...]) -> pq.Pipeline:
    return pq.Pipeline(matcher=pq.EntityMatcher(gazetteer))


@cache
def unpickled(gazetteer: tuple[str, ...]) -> pq.Pipeline:
    return pickle.loads(pickle.dumps(pipeline(gazetteer)))


def spans_of(value: Any) -> Iterator[Any]:
    """Everything in a value that has a position, itself included."""
    if isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif hasattr(value, "__match_args__"):
        if hasattr(value, "start"):
            yield value
        for name in value.__match_args__:
            yield from spans_of(getattr(value, name))


@given(texts, gazetteers)
@example(HARD, tuple(NAMES))
def test_every_span_is_a_slice_of_the_text(text, gazetteer):
    document = pipeline(gazetteer)(text)
    assert document.text == text
    for span in spans_of(document):
        assert 0 <= span.start <= span.end <= len(text)
        assert text[span.start : span.end] == span.text


@given(texts, gazetteers)
@example(HARD, tuple(NAMES))
def test_what_is_found_is_in_order(text, gazetteer):
    document = pipeline(gazetteer)(text)
    for found in (document.sentences, document.mentions, document.quotes):
        assert list(found) == sorted(found)
    for quote in document.quotes:
        assert list(quote.pieces) == sorted(quote.pieces)
        assert list(quote.quoted) == sorted(quote.quoted)


@given(texts)
@example(HARD)
def test_sentences_hold_all_but_white_space(text):
    found = pq.sentences(text)
    end = 0
    for sentence in found:
        assert not text[end : sentence.start].strip(WHITE)
        assert sentence.text == sentence.text.strip(WHITE) != ""
        end = sentence.end
    assert not text[end:].strip(WHITE)


@given(texts, gazetteers)
@example(HARD, tuple(NAMES))
def test_quotes_say_what_their_pieces_say(text, gazetteer):
    quotes = pipeline(gazetteer)(text).quotes
    for index, quote in enumerate(quotes):
        assert quote.content == " ".join(piece.text for piece in quote.pieces)
        assert (quote.start, quote.end) == (quote.pieces[0].start, quote.pieces[-1].end)
        assert 0.0 <= quote.confidence <= 1.0
        assert quote.parent is None or (quote.parent != index and quotes[quote.parent])


@given(texts, gazetteers)
@example(HARD, tuple(NAMES))
def test_entities_are_those_of_the_mentions(text, gazetteer):
    document = pipeline(gazetteer)(text)
    assert len(set(document.entities)) == len(document.entities)
    assert {mention.entity for mention in document.mentions} - {None} <= set(document.entities)
    for mention in document.mentions:
        assert mention.entity is None or mention.entity in mention.candidates
        assert 0.0 <= mention.score <= 1.0


@given(texts, gazetteers)
@example(HARD, tuple(NAMES))
def test_shortcuts_and_compiled_objects_agree(text, gazetteer):
    matcher = pq.EntityMatcher(gazetteer)
    document = pipeline(gazetteer)(text)
    splitter = pq.SentenceSplitter()
    assert pq.analyze(text, gazetteer) == document == pq.analyze(text, matcher)
    assert pq.sentences(text) == splitter.find(text) == list(document.sentences)
    assert splitter.split(text) == [sentence.text for sentence in document.sentences]
    assert splitter.spans(text) == [(sentence.start, sentence.end) for sentence in document.sentences]
    assert pq.quotes(text, gazetteer) == pq.QuoteDetector(matcher=matcher).find(text) == list(document.quotes)
    mentions = pq.entities(text, gazetteer)
    assert mentions == matcher.find(text)
    assert matcher.spans(text) == [(mention.start, mention.end) for mention in mentions]
    assert all(mention.entity in matcher.entities for mention in mentions)


@given(texts, gazetteers)
@example(HARD, tuple(NAMES))
def test_an_unpickled_pipeline_gives_the_same(text, gazetteer):
    document = pipeline(gazetteer)(text)
    assert unpickled(gazetteer)(text) == document
    assert pickle.loads(pickle.dumps(document)) == document
    assert json.loads(document.to_json()) == document.to_dict()
