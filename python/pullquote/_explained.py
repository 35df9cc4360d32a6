"""Explanations in plain words: lines for a terminal, a list for a notebook."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pullquote import html as pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pullquote import Candidate, Decision, Explanation

__all__ = ["html", "plain"]

REASONS = (4, 2, 2)
"""How many reasons of the likeliest candidates are shown; of the others there are none."""

SLIGHT = 0.05
"""A reason that weighs less is not shown."""

QUESTIONS = {
    "said": "Did somebody say “{}”?",
    "speaker": "Who said “{}”?",
    "turn": "Which character says “{}”?",
    "cue": "Does “{}” tell that something was said?",
    "start": "Where does what “{}” reports start?",
    "end": "Where does it end?",
    "source": "Who is the source of “{}”?",
}

SHOWN = 40
"""How many characters of some words are shown."""


class _Line(NamedTuple):
    depth: int
    text: str


def plain(explanation: Explanation) -> str:
    """Tell an explanation in lines, each indented under what it belongs to."""
    return "\n".join("  " * line.depth + line.text for line in _lines(explanation))


def html(explanation: Explanation) -> str:
    """Tell an explanation in nested lists."""
    parts: list[str] = []
    depth = -1
    for line in _lines(explanation):
        if line.depth > depth:
            parts.append("<ul><li>" * (line.depth - depth))
        else:
            parts.append("</li></ul>" * (depth - line.depth) + "</li><li>")
        parts.append(pages.escaped(line.text))
        depth = line.depth
    parts.append("</li></ul>" * (depth + 1))
    return f'<div class="pullquote {pages.NO_MATHS}" dir="auto">{"".join(parts)}</div>'


def _lines(explanation: Explanation) -> Iterator[_Line]:
    quote = explanation.quote
    speaker = f"{quote.speaker}, {quote.confidence:.2f}" if quote.speaker else "nobody in particular"
    yield _Line(0, f"{quote.kind}: “{_cut(quote.content)}” — {speaker}")
    for ruling in explanation.rulings:
        yield _Line(1, f"{'A rule is sure' if ruling.sure else 'The rules say'}: {ruling.words}.")
    for decision in explanation.decisions:
        yield from _decision(decision)


def _decision(decision: Decision) -> Iterator[_Line]:
    question = QUESTIONS[decision.question].format(_cut(decision.about.text))
    yield _Line(1, f"{question} {_answer(decision)}, {decision.probability:.2f}")
    yes_or_no = decision.question in {"said", "cue"}
    for candidate, reasons in zip(decision.candidates, REASONS, strict=False):
        if not yes_or_no:
            yield _Line(2, f"“{_cut(candidate.text)}” {candidate.probability:.2f}")
        yield from _reasons(candidate, reasons, 2 if yes_or_no else 3)
    more = len(decision.candidates) - len(REASONS)
    if more > 0:
        yield _Line(2, f"and {more} less likely")


def _answer(decision: Decision) -> str:
    if decision.question in {"said", "cue"}:
        return "Yes" if decision.chosen else "No"
    return f"“{_cut(decision.chosen.text)}”" if decision.chosen else "None of the candidates"


def _reasons(candidate: Candidate, count: int, depth: int) -> Iterator[_Line]:
    weighty = (reason for reason in candidate.reasons if abs(reason.weight) >= SLIGHT)
    for reason in islice(weighty, count):
        yield _Line(depth, f"{reason.weight:+.1f}  {reason.words}")


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
