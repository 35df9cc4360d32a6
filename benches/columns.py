"""How fast columns are read: pullquote, and what people do today on a pandas column.

    python benches/columns.py articles.jsonl

The file has one JSON object a line with a "text". Its articles are repeated to a column of 20,000.
Rivals that are not installed are left out; slow ones read a part of it. Figures are medians of alternating
runs, in MB of UTF-8 a second of wall time.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pullquote as pq

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 20_000
ROUNDS = 5
#: Bytes that a slow rival reads.
SAMPLE = {"pysbd": 300_000, "textacy": 60_000, "flashtext": 5_000_000}


def main(path: str) -> None:
    """Print a row for each reader."""
    with Path(path).open(encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines]
    column = pd.Series(list(islice(cycle(articles), ROWS)), dtype="str")
    size = sum(len(text.encode()) for text in column)
    names = [f"Name{number} Surname{number}" for number in range(900)] + ["Obama", "White House", "Congress"]
    print(f"{ROWS} articles, {size / 1e6:.1f} MB, pandas {pd.__version__}, pullquote {pq.__version__}")

    memory(column, size)  # before anything else has had a peak
    ours = readers(column, names)
    times: dict[str, list[float]] = {name: [] for name in ours}
    for _ in range(ROUNDS):
        for name, read in ours.items():
            start = time.perf_counter()
            read()
            times[name].append(time.perf_counter() - start)
    for name, seconds in times.items():
        print(f"{name:42} {size / 1e6 / statistics.median(seconds):9.2f} MB/s")
    for name, (read, bytes_read) in rivals(articles, names).items():
        start = time.perf_counter()
        read()
        print(f"{name:42} {bytes_read / 1e6 / (time.perf_counter() - start):9.3f} MB/s")


def readers(column: pd.Series[str], names: list[str]) -> dict[str, Callable[[], object]]:
    """Name what pullquote does with a column."""
    splitter, matcher, detector = pq.SentenceSplitter(), pq.EntityMatcher(names), pq.QuoteDetector()
    found: dict[str, Callable[[], object]] = {}
    for threads in (1, 2):
        found[f"pullquote sentences, {threads} threads"] = lambda n=threads: splitter.batch(column, threads=n)
        found[f"pullquote mentions, {threads} threads"] = lambda n=threads: matcher.batch(column, threads=n)
        found[f"pullquote quotes, {threads} threads"] = lambda n=threads: detector.batch(column, threads=n)
    return found


def rivals(articles: list[str], names: list[str]) -> dict[str, tuple[Callable[[], object], int]]:
    """Name what others do with part of it."""
    found: dict[str, tuple[Callable[[], object], int]] = {}
    for name, make in (("pysbd", _pysbd), ("flashtext", _flashtext), ("textacy", _textacy)):
        try:
            read = make(names)
        except (ImportError, OSError):
            continue
        part, size = _part(articles, SAMPLE[name])
        found[f"{name}: df.text.map"] = (lambda part=part, read=read: pd.Series(part).map(read), size)
    return found


def _part(articles: list[str], wanted: int) -> tuple[list[str], int]:
    part, size = [], 0
    for text in cycle(articles):
        if size >= wanted:
            return part, size
        part.append(text)
        size += len(text.encode())
    return part, size


def _pysbd(_names: list[str]) -> Callable[[str], object]:
    return import_module("pysbd").Segmenter(language="en", clean=False).segment  # type: ignore[no-any-return]


def _flashtext(names: list[str]) -> Callable[[str], object]:
    processor = import_module("flashtext").KeywordProcessor()
    processor.add_keywords_from_list(names)
    return lambda text: processor.extract_keywords(text, span_info=True)


def _textacy(_names: list[str]) -> Callable[[str], object]:
    nlp = import_module("spacy").load("en_core_web_sm")
    quotations = import_module("textacy.extract").direct_quotations

    def read(text: str) -> object:
        try:
            return list(quotations(nlp(text)))
        except ValueError:
            return []  # it raises on quotation marks that it cannot pair

    return read


def memory(column: pd.Series[str], size: int) -> None:
    """Say how much the peak grows while quotes are found, beyond what they take themselves."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = pq.QuoteDetector().batch(column, threads=2).to_arrow()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 - table.nbytes
    print(f"peak memory beyond input and output: {max(grown, 0) / size:.2f} bytes a byte of input")


if __name__ == "__main__":
    main(sys.argv[1])
