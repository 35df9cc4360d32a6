"""Inputs to records, one after another, each as it is reached."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tempfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pullquote._extras import require
from pullquote.cli.inputs import STANDARD
from pullquote.cli.opening import decoded, opened_input

if TYPE_CHECKING:
    import io
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from pullquote.cli.inputs import Input
    from pullquote.cli.report import Report

    Row = dict[str, Any]
    Rows = Iterator[tuple[str, Row | str]]
    """Where each row stands, for complaints, and its fields or its line of JSON."""

__all__ = ["Chunk", "Record", "chunks", "records"]

CHUNK_RECORDS = 256
CHUNK_CHARACTERS = 1_000_000
"""Enough for all processors, and little to hold at a time."""

LONGEST_CELL = 2**31 - 1
"""Of CSV, in characters: what the csv module takes on every system."""

PARQUET_ROWS = 256
PARQUET_BUFFER = 1 << 20
"""Rows to decode at a time, and bytes to read at a time for each column."""

COMPLAINTS = 5
"""So many rows of an input are complained of one by one; the others are counted."""

SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can hold and files cannot."""


class UnreadableError(ValueError):
    """A row, or a file, does not hold what was asked for."""


FAILURES = (OSError, EOFError, zlib.error, UnicodeError, ImportError, UnreadableError)


@dataclass(frozen=True, slots=True)
class Record:
    """A text with its place.

    Args:
        source: the input's name as it was given, or as a folder or a pattern led to it.
        row: which record of its source it is, from 0.
        text: the text; None where the source has a null.
        id: the value of the field that `--id` names.
        whole: the record is all that its source holds.
    """

    source: str
    row: int
    text: str | None
    id: str | float | None = None
    whole: bool = False

    @property
    def heading(self) -> str:
        """Name the record for people."""
        source = "standard input" if self.source == STANDARD else self.source
        if self.whole:
            return source
        return f"{source}: {f'row {self.row}' if self.id is None else self.id}"


Chunk = list[Record]


def chunks(records: Iterable[Record]) -> Iterator[Chunk]:
    """Gather records that are read together; only one chunk is held at a time."""
    chunk: Chunk = []
    characters = 0
    for record in records:
        chunk.append(record)
        characters += len(record.text or "")
        if len(chunk) >= CHUNK_RECORDS or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def records(inputs: Iterable[Input], options: Namespace, report: Report) -> Iterator[Record]:
    """Read inputs; what cannot be read is complained of, and the rest goes on.

    Args:
        inputs: what to read.
        options: the command line's `field`, `id` and `encoding`.
        report: told of what cannot be read, and of how much is read.
    """
    for given in inputs:
        try:
            with opened_input(given, report) as file:
                if given.format == "text":
                    with decoded(file, options.encoding, given.label, report) as text:
                        yield Record(_printable(given.name), 0, text.read(), whole=True)
                else:
                    yield from _row_records(given, _rows(given, file, options, report), options, report)
        except FAILURES as error:
            report.complain(error, at=given.label)


def _row_records(given: Input, rows: Rows, options: Namespace, report: Report) -> Iterator[Record]:
    source = _printable(given.name)
    wrong = 0
    for number, (where, row) in enumerate(rows):
        try:
            fields = _object(row) if isinstance(row, str) else row
            text = _text(fields, options.field)
            identifier = None if options.id is None else _identifier(fields, options.id)
        except UnreadableError as error:
            wrong += 1
            if wrong <= COMPLAINTS:
                report.complain(error, at=f"{given.label}: {where}")
        else:
            yield Record(source, number, text, identifier)
    if wrong > COMPLAINTS:
        report.complain(f"so in {wrong - COMPLAINTS} more rows", at=given.label)


def _rows(given: Input, file: io.BufferedReader, options: Namespace, report: Report) -> Rows:
    wanted = [options.field] if options.id is None else [options.field, options.id]
    if given.format == "parquet":
        yield from _parquet_rows(file, wanted)
        return
    with decoded(file, options.encoding, given.label, report) as lines:
        if given.format == "jsonl":
            yield from ((f"line {number}", line) for number, line in enumerate(lines, 1) if line.strip())
        else:
            yield from _csv_rows(lines, wanted, delimiter="\t" if given.format == "tsv" else ",")


def _csv_rows(lines: Iterable[str], wanted: list[str], delimiter: str) -> Rows:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(lines, delimiter=delimiter)
    try:
        if reader.fieldnames is not None:
            _check_columns(reader.fieldnames, wanted)
        for row in reader:
            # A short row lacks its last cells.
            yield f"line {reader.line_num}", {name: cell for name, cell in row.items() if cell is not None}
    except csv.Error as error:
        raise UnreadableError(f"line {reader.line_num}: {error}") from error


def _parquet_rows(file: io.BufferedReader, wanted: list[str]) -> Rows:
    parquet, arrow = require("pyarrow.parquet", "arrow"), require("pyarrow", "arrow")
    with tempfile.TemporaryFile() as copy:
        if not file.seekable():
            shutil.copyfileobj(file, copy)
        try:
            table = parquet.ParquetFile(
                file if file.seekable() else copy, pre_buffer=False, buffer_size=PARQUET_BUFFER
            )
            _check_columns(table.schema_arrow.names, wanted)
            batches = table.iter_batches(PARQUET_ROWS, columns=wanted, use_threads=False)
            rows = (row for batch in batches for row in batch.to_pylist())
            yield from ((f"row {number}", row) for number, row in enumerate(rows))
        except arrow.ArrowException as error:
            raise UnreadableError(str(error)) from error


def _check_columns(columns: Iterable[str], wanted: Iterable[str]) -> None:
    known = list(columns)
    for field in wanted:
        if field not in known and field.partition(".")[0] not in known:
            raise UnreadableError(f'no column "{field}" among {", ".join(known)}')


def _object(line: str) -> Row:
    try:
        value = json.loads(line.rstrip())
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON that can be read: {error}") from error
    if not isinstance(value, dict):
        raise UnreadableError("not a JSON object")
    return value


def _text(fields: Row, field: str) -> str | None:
    value = _value(fields, field)
    if value is None:
        return None
    if isinstance(value, str):
        return _printable(value)
    raise UnreadableError(f'field "{field}" is no string: {value!r:.40}')


def _identifier(fields: Row, field: str) -> str | float | None:
    value = _value(fields, field)
    if isinstance(value, str):
        return _printable(value)
    if value is None or isinstance(value, int | float):
        return value
    raise UnreadableError(f'field "{field}" is no string and no number: {value!r:.40}')


def _value(fields: Row, path: str) -> Any:  # noqa: ANN401  whatever the caller's row holds
    """Give a field, or with dots a field of a field; a null holds nulls."""
    if path in fields:
        return fields[path]
    value: Any = fields
    for key in path.split("."):
        if value is None:
            return None
        if not isinstance(value, dict) or key not in value:
            raise UnreadableError(f'no field "{path}"')
        value = value[key]
    return value


def _printable(text: str) -> str:
    """A text that every file can hold, as long as it was."""
    return SURROGATE.sub("\ufffd", text)
