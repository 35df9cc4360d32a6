"""The command ``pullquote``: prints, or writes to a file, what texts hold.

Exit codes: 0, all was read and written; 1, something could not be; 2, the command line is wrong; 130,
interrupted by Ctrl-C; 141, whoever read the output left before its end.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from pullquote.cli.arguments import parsed
from pullquote.cli.found import Speakers, found
from pullquote.cli.inputs import STANDARD, listed, same_file
from pullquote.cli.output import opened_output
from pullquote.cli.reading import chunks, records
from pullquote.cli.report import Report
from pullquote.cli.writing import FORMATS, UnwritableError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from pullquote.cli.inputs import Input

__all__ = ["main"]

INCOMPLETE, INTERRUPTED, LEFT = 1, 130, 141
"""Exit codes; those of signals are 128 and the signal's number, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code.

    Args:
        arguments: the words after the command's name, by default those of the process.

    Raises:
        SystemExit: the command line is wrong (code 2), or help was asked for (code 0).
    """
    try:
        return _run(parsed(arguments), Report())
    except BrokenPipeError:
        return LEFT
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: Namespace, report: Report) -> int:
    report.quiet = options.quiet
    inputs = listed(options.files, options.input_format, report)
    read = [given.name for given in inputs] + [options.gazetteer]
    if any(same_file(options.output, name) for name in read if name):
        options.error(f"argument --output: {options.output} is an input")
    try:
        with (
            opened_output(options.output, options.format) as out,
            report.bar(inputs, wanted=options.progress),
        ):
            FORMATS[options.format](_parts(options, inputs, report), out, inputs)
    except BrokenPipeError:
        raise
    except (OSError, ImportError, UnwritableError) as error:
        # Inputs that cannot be read end in a complaint of their own, so this is the output.
        report.complain(error, at="standard output" if options.output == STANDARD else options.output)
    return INCOMPLETE if report.complaints else 0


def _parts(options: Namespace, inputs: list[Input], report: Report) -> Iterator[Any]:
    """What is found, part by part; at least one, so that its columns are known."""
    parts = found(options, chunks(records(inputs, options, report)))
    if options.summary:
        yield Speakers.counted(parts)
    else:
        yield from chain([next(parts, None) or next(found(options, [[]]))], parts)
