"""Where results go: standard output, or a file that appears when all is written."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pullquote.cli.inputs import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

__all__ = ["opened_output"]


@contextmanager
def opened_output(name: str, format: str) -> Iterator[IO[Any]]:  # noqa: A002  the option
    """Open the place where results go.

    A file is written under another name beside it and takes its own name when all is written, so that neither
    an error nor an interruption leaves half a file.

    Args:
        name: a path, or ``-`` for standard output.
        format: what will be written; only Parquet is bytes.

    Raises:
        OSError: it cannot be written.
    """
    path = Path(name)
    if name == STANDARD:
        place: AbstractContextManager[IO[Any]] = _standard(format)
    elif path.exists() and not path.is_file():
        place = _opened(path, "w", format)  # a device, a pipe
    else:
        place = _replaced(path.resolve(), format)  # A link stays one: what it leads to is replaced.
    with place as out:
        yield out


@contextmanager
def _standard(format: str) -> Iterator[IO[Any]]:  # noqa: A002  the option
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    if hasattr(sys.stdout, "reconfigure"):
        # People read text, in the encoding of their terminal; programs read the rest.
        plain: dict[str, str] = {} if format == "text" else {"encoding": "utf-8", "newline": ""}
        sys.stdout.reconfigure(errors="replace", **plain)
    try:
        yield sys.stdout.buffer if format == "parquet" else sys.stdout
        sys.stdout.flush()
    except BaseException:
        # Python must not write at its exit what nobody reads, nor complain that it cannot.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


@contextmanager
def _replaced(path: Path, format: str) -> Iterator[IO[Any]]:  # noqa: A002  the option
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _opened(part, "x", format) as out:
            yield out
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _opened(path: Path, mode: str, format: str) -> IO[Any]:  # noqa: A002  the option
    if format == "parquet":
        return path.open(f"{mode}b")
    return path.open(mode, encoding="utf-8", errors="replace", newline="")
