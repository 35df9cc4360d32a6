"""User code that must type-check in strict mode; it is never run."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import assert_type

import pullquote as pq
from pullquote.testing import (
    Marked,
    assert_mentions,
    assert_quotes,
    assert_sentences,
    assert_spans_valid,
    mark,
)

people = [
    pq.Entity("Q1", "Mara Quist", aliases=["Quist"]),
    pq.Entity("Q2", "Quay Trust", "ORG", ("the trust",)),
]
text = "It rained."

assert_type(pq.sentences(text), list[pq.Sentence])
assert_type(pq.entities(text, people, fuzzy=True, case="fold"), list[pq.Mention])
assert_type(pq.entities(text, ["Mara Quist", {"id": "Q2", "name": "Quay Trust"}]), list[pq.Mention])
assert_type(pq.quotes(text), list[pq.Quote])
document = pq.analyze(text, people)
assert_type(document.quotes, tuple[pq.Quote, ...])
assert_type(document.to_json(), str)

splitter = pq.SentenceSplitter("en", abbreviations={"Cllr"}, newlines="break")
assert_type(splitter.split(text), list[str])
assert_type(splitter.spans(text), list[tuple[int, int]])

matcher = pq.EntityMatcher(people, fuzzy=1, overlap="all")
matcher.save(Path("people.matcher"))
assert_type(pq.EntityMatcher.load("people.matcher"), pq.EntityMatcher)
assert_type(pq.EntityMatcher.from_csv(Path("people.csv"), accents="exact"), pq.EntityMatcher)
assert_type(matcher.entities, tuple[pq.Entity, ...])

pipeline = pq.Pipeline(matcher=matcher, kinds=["direct", "mixed"], verbs=["bemoaned"])
assert_type(pipeline(text), pq.Document)
assert_type(pq.QuoteDetector.from_bytes(pq.QuoteDetector(matcher=matcher).to_bytes()), pq.QuoteDetector)
pickle.dumps(pipeline)

for quote in document.quotes:
    speaker = quote.speaker.name or quote.speaker.text if quote.speaker else "?"
    assert_type(speaker, str)
    if quote.speaker and quote.speaker.entity:
        assert_type(quote.speaker.entity.id, str)
    match quote:
        case pq.Quote(kind="direct", cue=pq.Span(text=cue)):
            assert_type(cue, str)

assert_type(sorted(document.mentions), list[pq.Mention])

result = pq.score(document, [quote.to_dict() for quote in document.quotes], overlap=0.9)
assert_type(result, pq.Score)
assert_type(result.f1, float)
assert_type(result.by_class["direct"].overlap.true_positives, int)

marked = mark("“[It leaks,]{Mara Quist}” said Mara Quist.")
assert_type(marked, Marked)
assert_quotes(marked, detector=pipeline)
assert_quotes(text, ["It leaks,", (None, "Badly."), {"kind": "direct", "speaker": "Mara Quist"}])
assert_mentions(text, [("Q1", "Quist")], people)
assert_sentences(text, ["It rained."], splitter=splitter)
assert_spans_valid(text, document)


def handle(error: pq.PullquoteError) -> str:
    """Errors are both pullquote's and Python's own kinds."""
    return "type" if isinstance(error, TypeError) else str(error)


pq.sentences(3)  # type: ignore[arg-type]
pq.SentenceSplitter(newlines="blank")  # type: ignore[arg-type]
pq.score(document, document, kind="words")  # type: ignore[arg-type]
document.text = "frozen"  # type: ignore[misc]
