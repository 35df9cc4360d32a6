"""The commands: what each compiles, and what it shows of a text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote import Document, EntityMatcher, Pipeline, QuoteDetector, SentenceSplitter
from pullquote.cli.inputs import Input
from pullquote.cli.opening import decoded, opened_input
from pullquote.cli.report import Report
from pullquote.cli.showing import mention_line, quote_line, sentence_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

__all__ = ["COMMANDS", "Command", "matcher"]


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does.

    Args:
        help: what it does, in a few words.
        compile: makes from the command line's `matcher` and `kinds` what reads texts.
        document: puts what is found in a text into a document.
        line: shows a row of the table of what is found; None: there is no table, but whole documents.
        takes: what it can be told to find: a gazetteer, kinds of quotes.
    """

    help: str
    compile: Callable[[Namespace], Any]
    document: Callable[[Any, str], Document]
    line: Callable[[dict[str, Any]], str] | None
    takes: frozenset[str] = frozenset({"gazetteer", "kinds"})


def matcher(options: Namespace) -> EntityMatcher | None:
    """Compile the gazetteer.

    Args:
        options: the command line's `gazetteer` and `fuzzy`.

    Raises:
        OSError: the file cannot be read.
        PullquoteError: an entity in it cannot be used.
    """
    if options.gazetteer is None:
        return None
    path = Path(options.gazetteer)
    match path.suffix.lower():
        case ".jsonl" | ".ndjson":
            return EntityMatcher.from_jsonl(path, fuzzy=options.fuzzy)
        case ".csv":
            return EntityMatcher.from_csv(path, fuzzy=options.fuzzy)
        case _:
            return EntityMatcher(_names(str(path)), fuzzy=options.fuzzy)


def _names(path: str) -> list[str]:
    report = Report()
    with opened_input(Input(path, "text"), report) as file, decoded(file, None, path, report) as text:
        lines = text.read().splitlines()
    return [line.strip() for line in lines if line.strip()]


def _quotes(options: Namespace) -> QuoteDetector:
    return QuoteDetector(matcher=options.matcher, **_kinds(options))


def _split(_options: Namespace) -> SentenceSplitter:
    return SentenceSplitter()


def _entities(options: Namespace) -> EntityMatcher:
    found: EntityMatcher = options.matcher  # The parser requires it.
    return found


def _analyze(options: Namespace) -> Pipeline:
    return Pipeline(matcher=options.matcher, **_kinds(options))


def _kinds(options: Namespace) -> dict[str, Any]:
    return {} if options.kinds is None else {"kinds": options.kinds}


def _of_sentences(splitter: SentenceSplitter, text: str) -> Document:
    return Document(text, splitter.find(text), (), (), ())


def _of_mentions(matcher: EntityMatcher, text: str) -> Document:
    mentions = matcher.find(text)
    entities = dict.fromkeys(mention.entity for mention in mentions if mention.entity)
    return Document(text, (), mentions, entities, ())


def _of_quotes(detector: QuoteDetector, text: str) -> Document:
    return Document(text, (), (), (), detector.find(text))


def _of_everything(pipeline: Pipeline, text: str) -> Document:
    return pipeline(text)


COMMANDS = {
    "quotes": Command("print who said what", _quotes, _of_quotes, quote_line),
    "split": Command("print one sentence a line", _split, _of_sentences, sentence_line, frozenset()),
    "entities": Command(
        "print where a gazetteer's entities are mentioned",
        _entities,
        _of_mentions,
        mention_line,
        frozenset({"gazetteer"}),
    ),
    "analyze": Command("print sentences, entities and quotes", _analyze, _of_everything, None),
}
