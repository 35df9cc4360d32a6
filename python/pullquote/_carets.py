"""Lines of a text with carets below what is meant, for messages in a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["underline"]

#: A line may be a whole article: so many characters of it are shown around what is meant.
_AROUND = 40


def underline(text: str, marks: Sequence[tuple[str, Iterable[tuple[int, int]]]]) -> str:
    r"""Show the lines where something is, with a row of carets for each label.

    Wide characters take two columns and combining ones none, as terminals have it; what does not print, a
    tab for one, is shown by its escape.

    Args:
        text: the text.
        marks: labels, with the spans that each is written behind, in code points.

    >>> print(underline("One.\nIt leaks.", [("expected", [(5, 13)]), ("found", [(5, 7)])]))
    2 | It leaks.
      | ^^^^^^^^  expected
      | ^^  found
    """
    rows: list[str] = []
    for number, start, end in _lines(text):
        here = [(label, list(_within(spans, start, end))) for label, spans in marks]
        here = [(label, spans) for label, spans in here if spans]
        if here:
            rows += _block(text[start:end], str(number), here)
    return "\n".join(rows)


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield number, start, start + len(line)
        start += len(line) + 1


def _within(spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of spans that are in a line, counted from its start; an empty span is in the line, too."""
    for span_start, span_end in spans:
        part = max(span_start, start) - start, min(span_end, end) - start
        if part[0] < part[1] or (span_start == span_end and part[0] == part[1]):
            yield part


def _block(line: str, number: str, marks: list[tuple[str, list[tuple[int, int]]]]) -> Iterator[str]:
    first = max(0, min(start for _, spans in marks for start, _ in spans) - _AROUND)
    last = min(len(line), max(end for _, spans in marks for _, end in spans) + _AROUND)
    cells = [("…", 1)] * (first > 0) + [_cell(character) for character in line[first:last]]
    yield f"{number} | {''.join(shown for shown, _ in cells)}{'…' * (last < len(line))}"
    columns = [0]
    for _, width in cells:
        columns.append(columns[-1] + width)
    shift = (first > 0) - first
    for label, spans in marks:
        carets = [" "] * (columns[-1] + 1)
        for start, end in spans:
            left, right = columns[start + shift], columns[end + shift]
            carets[left : max(right, left + 1)] = "^" * max(right - left, 1)
        yield f"{' ' * len(number)} | {''.join(carets).rstrip()}  {label}"


def _cell(character: str) -> tuple[str, int]:
    """How a character is shown, and how many columns that takes."""
    if not character.isprintable():
        escape = character.encode("unicode_escape").decode()
        return escape, len(escape)
    if unicodedata.category(character) in {"Mn", "Me"}:
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
