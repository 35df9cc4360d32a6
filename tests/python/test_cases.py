"""The cases of tests/cases, through the installed package.

A case compares only the keys that it gives; "" stands for None. Beside a wrong answer of today stands the
`wanted` one, so that a fix is noticed.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pullquote as pq
import pytest

ROOT = Path(__file__).parent.parent / "cases"
CASES = [
    pytest.param(case, id=f"{path.relative_to(ROOT).with_suffix('')}: {case['name']}")
    for path in sorted(ROOT.rglob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
SPLITTING = ("language", "newlines", "abbreviations")
KEYS = {
    "name",
    "text",
    "gazetteer",
    "options",
    *SPLITTING,
    "splitting",
    "sentences",
    "entities",
    "quotes",
    "wanted",
}


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    assert case.keys() <= KEYS
    expected = {stage: case[stage] for stage in ("sentences", "entities", "quotes") if stage in case}
    assert expected, "a case expects something"
    found = answers(case)
    for stage, answer in expected.items():
        assert shown(found[stage], answer) == answer
    for stage, answer in case.get("wanted", {}).items():
        assert shown(found[stage], answer) != answer, "fixed: the wanted answer is today's"


def answers(case: dict[str, Any]) -> dict[str, Any]:
    """All that is found in a case's text, by stage."""
    gazetteer = case.get("gazetteer")
    matcher = None if gazetteer is None else pq.EntityMatcher(gazetteer, **case.get("options", {}))
    splitting = {key: case[key] for key in SPLITTING if key in case} | case.get("splitting", {})
    document = pq.Pipeline(matcher=matcher, **splitting)(case["text"])
    mentions = document.mentions if matcher is None else matcher.find(case["text"])
    return {
        "sentences": [sentence.text for sentence in document.sentences],
        "entities": [mention_row(mention) for mention in mentions],
        "quotes": [quote_row(quote, document) for quote in document.quotes],
    }


def mention_row(mention: pq.Mention) -> dict[str, Any]:
    entity = mention.entity
    return {
        "text": mention.text,
        "kind": mention.kind,
        "id": entity.id if entity else "",
        "name": entity.name if entity else "",
        "type": entity.type if entity else "",
        "candidates": [candidate.id for candidate in mention.candidates],
        "score": "exact" if mention.score == 1 else "fuzzy",
    }


def quote_row(quote: pq.Quote, document: pq.Document) -> dict[str, Any]:
    speaker = quote.speaker
    return {
        "pieces": [piece.text for piece in quote.pieces],
        "quoted": [span.text for span in quote.quoted],
        "content": quote.content,
        "kind": quote.kind,
        "manner": quote.manner,
        "speaker": speaker.text if speaker else "",
        "name": (speaker.name or "") if speaker else "",
        "entity": speaker.entity.id if speaker and speaker.entity else "",
        "anonymous": bool(speaker and speaker.anonymous),
        "cue": quote.cue.text if quote.cue else "",
        "closed": quote.closed,
        "parent": "" if quote.parent is None else document.quotes[quote.parent].content,
    }


def shown(found: list[Any], expected: list[Any]) -> list[Any]:
    """What was found, with only those keys of each row that the row expected in its place has."""
    keys = [row.keys() if isinstance(row, dict) else None for row in expected]
    keys += [keys[-1] if keys else None] * (len(found) - len(expected))
    return [
        row if wanted is None else {key: row[key] for key in wanted}
        for row, wanted in zip(found, keys, strict=False)
    ]
