"""The formats that are written, each as a stream: nothing of a part is kept when the next is asked for."""

from __future__ import annotations

import csv
import json
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from pullquote import html
from pullquote._extras import require
from pullquote.cli.showing import one_line, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

    from pullquote.cli.found import Documents, Hits, Speakers
    from pullquote.cli.inputs import Input

__all__ = ["ENDINGS", "FORMATS", "UnwritableError"]

ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
}

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""How a cell begins that a spreadsheet may run; OWASP's list."""

_json = json.JSONEncoder(ensure_ascii=False).encode

ROW_GROUP = 8 << 20
"""Of Parquet, in bytes: large enough to be read fast, small enough to be held."""


class UnwritableError(ValueError):
    """A value does not fit into the format."""


def write_text(parts: Iterable[Hits | Documents | Speakers], out: IO[str], inputs: Sequence[Input]) -> None:
    """Write for people; with a heading for each text where there may be several."""
    headed = len(inputs) > 1 or any(given.format != "text" for given in inputs)
    shaped = wrapped if out.isatty() else str
    paragraphs = chain.from_iterable(part.paragraphs() for part in parts)
    for number, (heading, lines) in enumerate(paragraphs):
        if headed and heading is not None:
            out.write(f"\n{one_line(heading)}\n" if number else f"{one_line(heading)}\n")
        out.writelines(f"{shaped(line)}\n" for line in lines)


def write_jsonl(parts: Iterable[Hits | Documents | Speakers], out: IO[str], _inputs: Sequence[Input]) -> None:
    """Write an object a line."""
    for part in parts:
        out.writelines(f"{_json(row)}\n" for row in part.rows())


def write_csv(parts: Iterator[Hits | Speakers], out: IO[str], _inputs: Sequence[Input]) -> None:
    """Write a header and rows that no spreadsheet runs; lists as JSON."""
    writer = csv.writer(out)
    first = next(parts)
    writer.writerow(first.columns)
    for part in chain([first], parts):
        writer.writerows(map(_cell, row.values()) for row in part.rows())


def write_parquet(parts: Iterator[Hits | Speakers], out: IO[bytes], _inputs: Sequence[Input]) -> None:
    """Write columns; an id has the type that the first ids have.

    Raises:
        UnwritableError: ids are of several types.
    """
    arrow, parquet = require("pyarrow", "arrow"), require("pyarrow.parquet", "arrow")
    try:
        first = next(parts).arrow()
        schema = arrow.schema(
            [
                field.with_type(arrow.string()) if arrow.types.is_null(field.type) else field
                for field in first.schema
            ]
        )
        tables = (table.cast(schema) for table in chain([first], (part.arrow() for part in parts)))
        with parquet.ParquetWriter(out, schema) as writer:
            for group in _row_groups(tables):
                writer.write_table(arrow.concat_tables(group))
    except (arrow.ArrowInvalid, arrow.ArrowTypeError, OverflowError) as error:
        raise UnwritableError(f"Parquet holds ids of one type: {error}") from error


def write_html(parts: Iterable[Documents], out: IO[str], inputs: Sequence[Input]) -> None:
    """Write a page with all documents, each under the name of its text."""
    names = [given.label for given in inputs] or ["nothing"]
    title = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    out.write(html.opening(title))
    for part in parts:
        out.writelines(html.section(document, record.heading) for record, document in part.items())
    out.write(html.CLOSING)


FORMATS: dict[str, Callable[[Iterator[Any], IO[Any], Sequence[Input]], None]] = {
    "text": write_text,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
    "html": write_html,
}


def _cell(value: Any) -> Any:  # noqa: ANN401  what a row holds
    match value:
        case str():
            return f"'{value}" if value.startswith(FORMULA) else value
        case bool() | list():
            return _json(value)
        case _:
            return value


def _row_groups(tables: Iterable[pa.Table]) -> Iterator[list[pa.Table]]:
    group: list[pa.Table] = []
    size = 0
    for table in tables:
        group.append(table)
        size += table.nbytes
        if size >= ROW_GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group
