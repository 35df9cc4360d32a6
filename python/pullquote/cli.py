"""The command ``pullquote``: prints what texts hold.

Exit codes: 0, all was read; 1, some input could not be read; 2, the command line is wrong.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
import textwrap
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote import EntityMatcher, Pipeline, PullquoteError, QuoteDetector, SentenceSplitter, __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pullquote import Document, Mention, Quote, Sentence, Speaker

__all__ = ["main"]

STANDARD_INPUT = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        read = options.compile(options)
    except (OSError, PullquoteError) as error:
        parser.error(f"argument --gazetteer: {_reason(error)}")
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        code = _run(options, read)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough; Python must not complain about it when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(options: argparse.Namespace, read: Callable[[str], Any]) -> int:
    """Print what `read` finds in each file."""
    code = 0
    first = True
    for name in options.files:
        try:
            text = _text(name)
        except OSError as error:
            _complain(f"{name}: {error.strerror}")
            code = 1
            continue
        if options.format == "jsonl":
            _print_json(name, read(text))
            continue
        if len(options.files) > 1:
            print(name if first else f"\n{name}")
            first = False
        for line in options.show(read(text)):
            print(line)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pullquote", description="Say who said what in news text.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    quotes = commands.add_parser("quotes", help="print who said what")
    quotes.set_defaults(
        compile=lambda options: QuoteDetector(matcher=_matcher(options)).find, show=_quote_lines
    )
    split = commands.add_parser("split", help="print one sentence a line")
    split.set_defaults(compile=lambda _options: SentenceSplitter().find, show=_sentence_lines)
    entities = commands.add_parser("entities", help="print where a gazetteer's entities are mentioned")
    entities.set_defaults(compile=_finder, show=_mention_lines)
    analyze = commands.add_parser("analyze", help="print sentences, entities and quotes")
    analyze.set_defaults(compile=lambda options: Pipeline(matcher=_matcher(options)), show=_document_lines)

    for command in (quotes, entities, analyze):
        command.add_argument(
            "--gazetteer",
            metavar="FILE",
            required=command is entities,
            help="entities to know: .jsonl, .csv, or any other file with one name a line",
        )
        command.add_argument("--fuzzy", action="store_true", help="find the gazetteer's names misspelt, too")
    for command in (quotes, split, entities, analyze):
        command.add_argument("files", nargs="+", metavar="FILE", help="a text, or - for standard input")
        command.add_argument("--format", choices=["text", "jsonl"], default="text", help="default: text")
    return parser


def _finder(options: argparse.Namespace) -> Callable[[str], list[Mention]]:
    matcher = _matcher(options)
    assert matcher is not None  # noqa: S101  the parser requires a gazetteer here
    return matcher.find


def _matcher(options: argparse.Namespace) -> EntityMatcher | None:
    if options.gazetteer is None:
        return None
    path = Path(options.gazetteer)
    match path.suffix.lower():
        case ".jsonl":
            return EntityMatcher.from_jsonl(path, fuzzy=options.fuzzy)
        case ".csv":
            return EntityMatcher.from_csv(path, fuzzy=options.fuzzy)
        case _:
            names = map(str.strip, _decoded(str(path), path.read_bytes()).splitlines())
            return EntityMatcher(filter(None, names), fuzzy=options.fuzzy)


def _text(name: str) -> str:
    """Read a file; what is not UTF-8 is replaced, with a warning."""
    data = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    return _decoded("standard input" if name == STANDARD_INPUT else name, data)


def _decoded(name: str, data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        _complain(f"{name}: not UTF-8 at byte {error.start}, read with replacements")
        text = data.decode(errors="replace")
    return text.removeprefix("\ufeff")


def _reason(error: OSError | PullquoteError) -> str:
    return f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)


def _complain(message: str) -> None:
    print(f"pullquote: {message}", file=sys.stderr)


def _print_json(name: str, found: Document | list[Sentence | Mention | Quote]) -> None:
    """One object a line, with the file's name first."""
    for item in found if isinstance(found, list) else [found]:
        print(json.dumps({"file": name} | item.to_dict(), ensure_ascii=False))


def _sentence_lines(sentences: Iterable[Sentence]) -> Iterator[str]:
    for sentence in sentences:
        yield _line(sentence.text)


def _mention_lines(mentions: Iterable[Mention]) -> Iterator[str]:
    for mention in mentions:
        entity = mention.entity
        whom = f"{entity.name} [{entity.id}, {entity.type}]" if entity else "?"
        yield _line(f"{mention.start}-{mention.end} {mention.text} → {whom}")


def _quote_lines(quotes: Iterable[Quote]) -> Iterator[str]:
    wrap = partial(textwrap.fill, width=shutil.get_terminal_size().columns, subsequent_indent="    ")
    for quote in quotes:
        how = quote.kind if quote.cue is None else f"{quote.kind}, {quote.cue.text}"
        line = _line(f"{_speaker(quote.speaker)} → {quote.content} ({how})")
        yield wrap(line) if sys.stdout.isatty() else line


def _speaker(speaker: Speaker | None) -> str:
    if speaker is None:
        return "?"
    if speaker.name is None or speaker.name == speaker.text:
        return speaker.text
    return f"{speaker.name} (“{speaker.text}”)"


def _document_lines(document: Document) -> Iterator[str]:
    yield f"{len(document.sentences)} sentences, {len(document.quotes)} quotes"
    mentions = Counter(mention.entity for mention in document.mentions if mention.entity)
    for entity in document.entities:
        yield _line(f"{entity.name} [{entity.id}, {entity.type}] × {mentions[entity]}")
    yield from _quote_lines(document.quotes)


def _line(text: str) -> str:
    """One line that does nothing to a terminal but show its words."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
