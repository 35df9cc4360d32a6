"""What is said on standard error while inputs are read: complaints, warnings, and how far the reading is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pullquote._extras import progress_bar
from pullquote.cli.showing import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pullquote.cli.inputs import Input

__all__ = ["Report"]


class Report:
    """Complaints, which are counted for the exit code; warnings; and a bar that counts the bytes read."""

    def __init__(self) -> None:
        """Begin without complaints and without a bar."""
        self.complaints = 0
        self.quiet = False
        self._bar: Any = None

    def complain(self, problem: Exception | str, *, at: str) -> None:
        """Say that something could not be read or written.

        Args:
            problem: what is wrong.
            at: the file, and the place in it.
        """
        self.complaints += 1
        self._show(f"{at}: {_reason(problem)}")

    def warn(self, message: str) -> None:
        """Say what the reader should know, unless that is not wanted."""
        if not self.quiet:
            self._show(message)

    def advance(self, count: int) -> None:
        """Count bytes that were read."""
        if self._bar is not None:
            self._bar.update(count)

    @contextmanager
    def bar(self, inputs: Iterable[Input], *, wanted: bool) -> Iterator[None]:
        """Show a bar meanwhile, if tqdm is there.

        Args:
            inputs: what will be read; if no size is known, as of a pipe, the bar has no end.
            wanted: whether to show it.
        """
        try:
            if wanted:
                total = sum(given.size for given in inputs) or None
                self._bar = progress_bar(total=total, unit="B", unit_scale=True, file=sys.stderr)
        except ImportError:
            pass  # The bar is a courtesy.
        try:
            yield
        finally:
            if self._bar is not None:
                self._bar.close()
                self._bar = None

    def _show(self, message: str) -> None:
        line = one_line(f"pullquote: {message}")
        if self._bar is not None:
            self._bar.write(line, file=sys.stderr)
        else:
            print(line, file=sys.stderr)  # noqa: T201  a command says what is wrong


def _reason(problem: Exception | str) -> str:
    """Say what is wrong, without the number and the file that Python puts around it."""
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror
    return str(problem) or type(problem).__name__
