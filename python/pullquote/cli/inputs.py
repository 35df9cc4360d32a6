"""Inputs: which files the names on the command line stand for, and how each is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pullquote.cli.report import Report

__all__ = ["ENDINGS", "FORMATS", "GZIP", "STANDARD", "Input", "listed", "same_file"]

STANDARD = "-"
"""Standard input, or standard output."""

GZIP = ".gz"
ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
FORMATS = tuple(dict.fromkeys(ENDINGS.values()))


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or standard input.

    Args:
        name: its path, or ``-``.
        format: one of `FORMATS`.
    """

    name: str
    format: str

    @property
    def label(self) -> str:
        """What people call it."""
        return "standard input" if self.name == STANDARD else self.name

    @property
    def path(self) -> str | int:
        """What opens it; standard input by its number, as Python may not have it open."""
        return 0 if self.name == STANDARD else self.name

    @property
    def size(self) -> int:
        """Its size on disk in bytes; 0 for what is no file."""
        try:
            return os.stat(self.path).st_size  # noqa: PTH116  or a number
        except OSError:
            return 0


def listed(names: Sequence[str], format: str | None, report: Report) -> list[Input]:  # noqa: A002  the option
    """List the files that names stand for: files, folders with all below them, patterns.

    Args:
        names: as on the command line.
        format: how to read them all; None: as their endings say, and what has no known ending as text.
        report: told of folders and patterns that lead to no file.
    """
    return [Input(path, format or _format(path) or "text") for name in names for path in _paths(name, report)]


def same_file(name: str, other: str) -> bool:
    """Whether two names lead to one file that is there."""
    try:
        return os.path.samestat(os.stat(name), os.stat(Input(other, "text").path))  # noqa: PTH116
    except OSError:
        return False


def _paths(name: str, report: Report) -> list[str]:
    path = Path(name)
    if path.is_dir():
        paths, nothing = list(_below(name, report)), "no file in it with a known ending"
    elif has_magic(name) and not path.exists():
        paths = sorted(path for path in glob(name, recursive=True) if not Path(path).is_dir())  # noqa: PTH207  from a string
        nothing = "no file matches"
    else:
        return [name]  # If it is not there, opening it will say so.
    if not paths:
        report.complain(nothing, at=name)
    return paths


def _below(folder: str, report: Report) -> Iterator[str]:
    """Find the files below a folder, in order, without hidden ones and those of unknown endings."""

    def complain(error: OSError) -> None:
        report.complain(error, at=str(error.filename))

    for root, folders, files in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and _format(name):
                yield os.path.join(root, name)  # noqa: PTH118  keeps the folder's name as it was given


def _format(name: str) -> str | None:
    return ENDINGS.get(Path(name.lower().removesuffix(GZIP)).suffix)
