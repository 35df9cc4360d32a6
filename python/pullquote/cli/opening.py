"""Inputs as bytes and as text, whatever packs and encodes them."""

from __future__ import annotations

import codecs
import gzip
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from pullquote.cli.inputs import GZIP, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from pullquote.cli.inputs import Input
    from pullquote.cli.report import Report

__all__ = ["decoded", "opened_input"]

BYTE_ORDER_MARKS = {
    # UTF-32's begins like UTF-16's and comes first.
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
UTF8 = "utf-8-sig"
"""Without a byte order mark as well as with one."""


@contextmanager
def opened_input(given: Input, report: Report) -> Iterator[io.BufferedReader]:
    """Open an input, unpacked.

    Args:
        given: what to open.
        report: told of every byte that is read, packed as they are.
    """
    with _Counted(given.path, closefd=given.name != STANDARD) as raw:
        raw.report = report
        file = cast("io.BufferedReader", io.BufferedReader(raw))
        packed = given.name.lower().endswith(GZIP)
        yield cast("io.BufferedReader", gzip.GzipFile(fileobj=file)) if packed else file
        # Of a Parquet file only some columns are read; it is done all the same.
        report.advance(given.size - raw.count if given.size else 0)


def decoded(file: io.BufferedReader, encoding: str | None, label: str, report: Report) -> io.TextIOWrapper:
    """Decode a file; what its encoding does not know is replaced by U+FFFD, with a warning.

    Args:
        file: the bytes.
        encoding: the encoding; None: UTF-8, or what a byte order mark tells.
        label: the file's name for the warning.
        report: told of the first byte that is replaced.
    """
    if encoding is None:
        start = file.peek(4)
        encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if start.startswith(mark)), UTF8)
    warned = False

    def replace(error: UnicodeError) -> tuple[str, int]:
        nonlocal warned
        if not isinstance(error, UnicodeDecodeError):
            raise error
        if not warned:
            position = file.tell() - len(error.object) + error.start
            name = error.encoding.upper()
            report.warn(f"{label}: not {name} at byte {position}, read with replacements")
            warned = True
        return "\ufffd", error.end

    # Files are read one after another, so that one name serves them all.
    codecs.register_error("pullquote", replace)
    return io.TextIOWrapper(file, encoding=encoding, errors="pullquote", newline="")


class _Counted(io.FileIO):
    """A file that reports how many bytes are read from it."""

    count = 0
    report: Report

    def readinto(self, buffer: WriteableBuffer) -> int:
        return self._counted(super().readinto(buffer) or 0)

    def readall(self) -> bytes:
        data = super().readall() or b""
        self._counted(len(data))
        return data

    def tell(self) -> int:
        return super().tell() if self.seekable() else self.count

    def _counted(self, count: int) -> int:
        self.count += count
        self.report.advance(count)
        return count
