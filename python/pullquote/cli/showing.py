"""What people read: one line for everything found."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pullquote import Document

    Row = dict[str, Any]

__all__ = [
    "document_lines",
    "mention_line",
    "one_line",
    "quote_line",
    "sentence_line",
    "speaker_lines",
    "wrapped",
]


def one_line(text: str) -> str:
    """Give one line that does nothing to a terminal but show its words."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def wrapped(line: str) -> str:
    """Break a line to the terminal's width."""
    return textwrap.fill(line, width=shutil.get_terminal_size().columns, subsequent_indent="    ")


def sentence_line(row: Row) -> str:
    """Show a sentence as it is."""
    return one_line(row["text"])


def mention_line(row: Row) -> str:
    """Show where a mention is and whom it means."""
    whom = _entity(row["entity_name"], row["entity_id"], row["entity_type"])
    return one_line(f"{row['start']}-{row['end']} {row['text']} → {whom}")


def quote_line(row: Row) -> str:
    """Show who said what, and how."""
    speaker = _speaker(row["speaker_text"], row["speaker_name"])
    return _said(speaker, row["content"], row["kind"], row["cue_text"])


def document_lines(document: Document) -> Iterator[str]:
    """Show counts, then who is mentioned, then the quotes."""
    yield f"{len(document.sentences)} sentences, {len(document.quotes)} quotes"
    mentions = Counter(mention.entity for mention in document.mentions if mention.entity)
    for entity in document.entities:
        yield one_line(f"{_entity(entity.name, entity.id, entity.type)} × {mentions[entity]}")
    for quote in document.quotes:
        speaker = _speaker(quote.speaker.text, quote.speaker.name) if quote.speaker else "?"
        yield _said(speaker, quote.content, quote.kind, quote.cue and quote.cue.text)


def speaker_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Show how many quotes each speaker has, as a table."""
    counts = [("quotes", "speaker")]
    for row in rows:
        identity = "" if row["id"] is None else f" [{row['id']}]"
        counts.append((str(row["quotes"]), one_line(f"{row['speaker'] or '?'}{identity}")))
    width = max(len(count) for count, _ in counts)
    for count, speaker in counts:
        yield f"{count:>{width}}  {speaker}"


def _said(speaker: str, content: str, kind: str, cue: str | None) -> str:
    return one_line(f"{speaker} → {content} ({kind if cue is None else f'{kind}, {cue}'})")


def _speaker(text: str | None, name: str | None) -> str:
    if text is None:
        return "?"
    return text if name is None or name == text else f"{name} (“{text}”)"


def _entity(name: str | None, identity: str | None, kind: str | None) -> str:
    return "?" if identity is None else f"{name} [{identity}, {kind}]"
