"""The command line: its options, its help, and what is wrong with it."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote import PullquoteError, __version__
from pullquote.cli.commands import COMMANDS, matcher
from pullquote.cli.inputs import FORMATS as INPUT_FORMATS
from pullquote.cli.inputs import STANDARD
from pullquote.cli.writing import ENDINGS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pullquote.cli.commands import Command

__all__ = ["parsed"]

READING = """\
FILE is a file, a folder, a pattern such as "news/**/*.txt", or - for standard input, which is also read
where no FILE is given. In a folder all files are read whose names end in .txt .text .md .jsonl .ndjson
.csv .tsv or .parquet, or in one of these and .gz, except hidden ones; other files are read as text where
they are named. Text is UTF-8, or what a byte order mark tells; bytes that are no text are replaced, with
a warning. A file or a row that cannot be read is named on standard error, and the others are read.
"""
WRITING = """\
JSON Lines, CSV and Parquet have the columns of the library's tables, after the source (the file), the id,
if asked for, and the row (from 0) of the text that they were found in; "analyze" writes whole documents,
in JSON Lines. HTML is one page. In CSV a cell whose text begins like a formula (= + - @, a tab, a line's
end) has an apostrophe before it. An output file appears when all is written.
"""
EXIT = """\
Exit codes: 0, all was read and written; 1, something could not be; 2, the command line is wrong; 130,
interrupted by Ctrl-C; 141, whoever read the output left before its end.
"""
EXAMPLES = {
    "quotes": """\
  pullquote quotes article.txt
  pullquote quotes --summary --gazetteer people.csv news/
  pullquote quotes articles.jsonl --field body --id url -o quotes.parquet
  zcat articles.jsonl.gz | pullquote quotes --from jsonl --to jsonl | head
""",
    "split": """\
  pullquote split article.txt
  pullquote split "news/**/*.txt" -o sentences.csv
""",
    "entities": """\
  pullquote entities --gazetteer people.csv --fuzzy article.txt
  pullquote entities --gazetteer people.jsonl articles.parquet -o mentions.parquet
""",
    "analyze": """\
  pullquote analyze --gazetteer people.jsonl article.txt
  pullquote analyze article.txt -o article.html
  pullquote analyze articles.csv --field body --to jsonl
""",
}


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line, and compile what reads texts.

    Args:
        arguments: the words after the command's name; None: those of the process.

    Raises:
        SystemExit: they are wrong, or help was asked for.
    """
    options = _parser().parse_args(arguments)
    options.files = options.files or _standard_input(options)
    if options.files.count(STANDARD) > 1:
        options.error("standard input can be read only once")
    options.format = options.format or _format(options)
    if options.format in ("csv", "parquet") and options.command.line is None:
        options.error("analyze finds more than a table holds: write text, jsonl or html")
    if options.summary and options.format == "html":
        options.error("argument --summary: write text, jsonl, csv or parquet")
    on_terminal = options.output == STANDARD and sys.stdout is not None and sys.stdout.isatty()
    if options.format == "parquet" and on_terminal:
        options.error("argument --to: Parquet is nothing for a terminal: give --output FILE, or a pipe")
    options.progress = options.progress and not options.quiet and not on_terminal and sys.stderr.isatty()
    try:
        options.matcher = matcher(options)
    except (OSError, PullquoteError) as error:
        reason = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else error
        options.error(f"argument --gazetteer: {reason}")
    try:
        options.compiled = options.command.compile(options)
    except PullquoteError as error:
        options.error(f"argument --kinds: {error}")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pullquote",
        description="Say who said what in news text.",
        epilog=f"examples:\n{''.join(EXAMPLES.values())}\n{EXIT}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=command.help,
            description=f"{command.help.capitalize()}.",
            epilog=f"{READING}\n{WRITING}\n{EXIT}\nexamples:\n{EXAMPLES[name]}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.set_defaults(
            command=command, error=sub.error, gazetteer=None, fuzzy=False, kinds=None, summary=False
        )
        _add_reading(sub)
        _add_finding(sub, command, name)
        _add_writing(sub)
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reading")
    group.add_argument("files", nargs="*", metavar="FILE", help="a file, a folder, a pattern, or -")
    group.add_argument(
        "--from",
        dest="input_format",
        choices=INPUT_FORMATS,
        help="how to read every FILE; default: as its name ends, and standard input as text",
    )
    group.add_argument(
        "--field",
        default="text",
        metavar="NAME",
        help='where the text is: a column, a field of JSON, with dots a field of a field; default: "text"',
    )
    group.add_argument("--id", metavar="NAME", help="a field to write with all that is found")
    group.add_argument(
        "--encoding", type=_encoding, metavar="NAME", help="of text, JSON Lines and CSV; default: UTF-8"
    )


def _add_finding(parser: argparse.ArgumentParser, command: Command, name: str) -> None:
    group = parser.add_argument_group("finding")
    if "gazetteer" in command.takes:
        group.add_argument(
            "--gazetteer",
            metavar="FILE",
            required=name == "entities",
            help="entities to know: .jsonl, .csv, or any other file with one name a line",
        )
        group.add_argument("--fuzzy", action="store_true", help="find the gazetteer's names misspelt, too")
    if "kinds" in command.takes:
        group.add_argument(
            "--kinds",
            type=lambda kinds: kinds.split(","),
            metavar="KIND,...",
            help="quotes to find, of direct,mixed,indirect,scare; default: all",
        )
    group.add_argument("--threads", type=_threads, metavar="N", help="default: one for each processor")


def _add_writing(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("writing")
    group.add_argument("-o", "--output", default=STANDARD, metavar="FILE", help="default: standard output")
    group.add_argument(
        "--to",
        "--format",
        dest="format",
        choices=FORMATS,
        help="default: as the output's name ends, and text on standard output",
    )
    if parser.get_default("command") is COMMANDS["quotes"]:
        group.add_argument("--summary", action="store_true", help="count the quotes of each speaker")
    group.add_argument(
        "--no-progress",
        dest="progress",
        action="store_false",
        help="no bar; there is one on a terminal where tqdm is installed and no results are shown",
    )
    group.add_argument("-q", "--quiet", action="store_true", help="no bar, and no warnings")


def _standard_input(options: argparse.Namespace) -> list[str]:
    if sys.stdin is None or sys.stdin.isatty():
        options.error("give a FILE, or - for standard input")
    return [STANDARD]


def _format(options: argparse.Namespace) -> str:
    if options.output == STANDARD:
        return "text"
    ending = Path(options.output).suffix.lower()
    if ending not in ENDINGS:
        options.error(f"argument --output: which format is {options.output}? Say it by --to")
    return ENDINGS[ending]


def _encoding(name: str) -> str:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name)
    except LookupError as error:
        raise argparse.ArgumentTypeError(f"unknown: {name}") from error
    return name


def _threads(number: str) -> int:
    if not number.isdecimal() or int(number) == 0:
        raise argparse.ArgumentTypeError(f"no number from 1 up: {number}")
    return int(number)
