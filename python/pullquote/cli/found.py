"""What is found in a chunk of texts, in the shapes that are written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

from pullquote._extras import require
from pullquote.cli.showing import document_lines, speaker_lines

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

    from pullquote import Document, Table
    from pullquote.cli.reading import Chunk, Record

    Row = dict[str, Any]
    Paragraph = tuple[str | None, Iterable[str]]
    """A heading and its lines."""

__all__ = ["Documents", "Hits", "Speakers", "found"]


def found(options: Namespace, chunks: Iterable[Chunk]) -> Iterator[Hits | Documents]:
    """Read chunks of texts; what is found in one is given before the next is read.

    Args:
        options: the command line's `command`, `compiled`, `format`, `threads` and `id`.
        chunks: the texts.
    """
    command, compiled = options.command, options.compiled
    identified = options.id is not None
    for chunk in chunks:
        texts = [record.text for record in chunk]
        if options.format == "html":
            made = (None if text is None else command.document(compiled, text) for text in texts)
            yield Documents(chunk, list(made), identified)
        elif command.line is None:
            yield Documents(chunk, list(compiled.pipe(texts, threads=options.threads)), identified)
        else:
            table = compiled.batch(texts, threads=options.threads)
            yield Hits(chunk, table, identified, command.line)


@dataclass(frozen=True, slots=True)
class Hits:
    """A table of hits, each with its place: which source, which record of it.

    Args:
        chunk: the records; the table's rows are numbers in it.
        table: the hits.
        identified: whether the records have ids.
        line: shows a hit.
    """

    chunk: Chunk
    table: Table
    identified: bool
    line: Callable[[Row], str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        place = ("source", "id") if self.identified else ("source",)
        return place + self.table.columns

    def rows(self) -> Iterator[Row]:
        """Give each hit with its place."""
        for row in self.table.to_pylist():
            yield _place(self.chunk[row.pop("row")], self.identified) | row

    def arrow(self) -> pa.Table:
        """Give the same columns to Arrow."""
        arrow = require("pyarrow", "arrow")
        hits = self.table.to_arrow()
        records = hits["row"]
        columns = {
            "source": arrow.array([record.source for record in self.chunk], arrow.string()),
            "id": arrow.array([record.id for record in self.chunk]),
            "row": arrow.array([record.row for record in self.chunk], arrow.int64()),
        }
        places = {name: column.take(records) for name, column in columns.items() if name in self.columns}
        rest = {name: hits[name] for name in hits.column_names if name != "row"}
        return arrow.table(places | rest)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Show the hits of each record that has any."""
        for row, hits in groupby(self.table.to_pylist(), itemgetter("row")):
            yield self.chunk[row].heading, map(self.line, hits)


@dataclass(frozen=True, slots=True)
class Documents:
    """A document for each record; None for a null."""

    chunk: Chunk
    documents: list[Document | None]
    identified: bool

    def items(self) -> Iterator[tuple[Record, Document]]:
        """Give the documents that there are, with their records."""
        for record, document in zip(self.chunk, self.documents, strict=True):
            if document is not None:
                yield record, document

    def rows(self) -> Iterator[Row]:
        """Give each document with its place."""
        for record, document in self.items():
            yield _place(record, self.identified) | document.to_dict()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Show what is in each document."""
        for record, document in self.items():
            yield record.heading, document_lines(document)


class Speakers:
    """How many quotes each speaker has, most first.

    Speakers with one id are one, by the longest of their names. Others are one if they have the same name,
    or, without a name, the same words.
    """

    columns = ("speaker", "id", "quotes")

    def __init__(self, quotes: Iterable[Row]) -> None:
        """Count the speakers of rows of a table of quotes."""
        counts: Counter[tuple[str | None, str | None]] = Counter()
        names: dict[str, str] = {}
        for quote in quotes:
            name, identity = quote["speaker_name"] or quote["speaker_text"], quote["speaker_entity_id"]
            if identity is not None:
                names[identity] = max(names.get(identity, ""), name, key=lambda name: (len(name), name))
            counts[None if identity is not None else name, identity] += 1
        rows = [
            (names[identity] if identity is not None else name, identity, count)
            for (name, identity), count in counts.items()
        ]
        rows.sort(key=lambda row: (-row[2], row[0] or "", row[1] or ""))
        self._rows = [dict(zip(self.columns, row, strict=True)) for row in rows]

    @classmethod
    def counted(cls, parts: Iterable[Hits | Documents]) -> Self:
        """Count the speakers of all quotes."""
        return cls(row for part in parts for row in part.rows())

    def rows(self) -> Iterable[Row]:
        """Give the speakers, one a row; None for quotes that have none."""
        return self._rows

    def arrow(self) -> pa.Table:
        """Give the same columns to Arrow."""
        arrow = require("pyarrow", "arrow")
        types = (arrow.string(), arrow.string(), arrow.int64())
        schema = arrow.schema(list(zip(self.columns, types, strict=True)))
        table: pa.Table = arrow.Table.from_pylist(self._rows, schema)
        return table

    def paragraphs(self) -> Iterator[Paragraph]:
        """Show the speakers as one table."""
        if self._rows:
            yield None, speaker_lines(self._rows)


def _place(record: Record, identified: bool) -> Row:  # noqa: FBT001  a column, not a way of doing
    identity = {"id": record.id} if identified else {}
    return {"source": record.source, **identity, "row": record.row}
