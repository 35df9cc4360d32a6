"""In an environment without any extra: what must work all the same."""

import importlib
import json
import subprocess
import sys

import pandas as pd
import pullquote as pq
import pullquote.pandas
import pytest
from pullquote.cli import main
from pullquote.cli.report import Report

OPTIONAL = ["duckdb", "numpy", "pandas", "polars", "pyarrow", "pyspark", "ray", "spacy", "tqdm"]


def test_the_import_brings_nothing_optional_with_it():
    code = f"import sys, pullquote; print(*[name for name in {OPTIONAL} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


TEXTS = ["“It leaks,” said Mara Quist.", None, "", "The wall moved. “Ja 😀,” said Tobias Fenn."]


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category"])
def test_columns_of_pandas_do_without_pyarrow(dtype):
    series = pd.Series(TEXTS, dtype=dtype, index=list("abca"))
    assert pq.QuoteDetector().batch(series) == pq.QuoteDetector().batch(TEXTS)
    quotes = series.pullquote.quotes()
    assert quotes.index.tolist() == ["a", "a"]
    assert quotes["speaker_name"].tolist() == ["Mara Quist", "Tobias Fenn"]
    assert [str(quotes[name].dtype) for name in ("start", "text", "parent", "closed", "confidence")] == [
        "Int64",
        "string",
        "Int64",
        "boolean",
        "Float64",
    ]
    nested = series.pullquote.sentences(nested=True)
    assert [None if hits is None else len(hits) for hits in nested] == [1, None, 0, 2]


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category"])
def test_entities_come_from_a_frame_of_pandas_without_pyarrow(dtype):
    people = {"id": ["Q1", None], "name": ["Mara Quist", "Tobias Fenn"], "aliases": ["Quist|Mara", None]}
    matcher = pq.EntityMatcher.from_frame(pd.DataFrame(people).astype(dtype))
    assert matcher.entities == (
        pq.Entity("Q1", "Mara Quist", aliases=("Quist", "Mara")),
        pq.Entity("Tobias Fenn", "Tobias Fenn"),
    )


@pytest.mark.parametrize(
    ("use", "extra"),
    [
        (lambda: pq.QuoteDetector().batch(TEXTS).to_arrow(), "arrow"),
        (lambda: pq.QuoteDetector().batch(TEXTS).to_polars(), "polars"),
        (lambda: pq.QuoteDetector().batch(TEXTS, progress=True), "progress"),
        (lambda: importlib.import_module("pullquote.polars"), "polars"),
    ],
)
def test_what_is_missing_says_how_to_install_it(use, extra):
    with pytest.raises(ImportError, match=rf'pip install "pullquote\[{extra}\]"'):
        use()


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in TEXTS), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["text", "jsonl", "csv", "html"])
def test_the_command_writes_what_needs_no_extra(form, articles, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["quotes", str(articles), "--to", form, "-o", str(out)]) == 0
    assert "Mara Quist" in out.read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""


def test_the_command_says_what_parquet_needs(articles, tmp_path, capsys):
    given, out = tmp_path / "given.parquet", tmp_path / "out.parquet"
    given.write_bytes(b"")
    assert main(["quotes", str(given), str(articles)]) == 1
    shown = capsys.readouterr()
    needs = 'this needs pyarrow, which is not installed: pip install "pullquote[arrow]"'
    assert shown.err == f"pullquote: {given}: {needs}\n"
    assert "Mara Quist" in shown.out
    assert main(["quotes", str(articles), "-o", str(out)]) == 1
    assert capsys.readouterr().err == f"pullquote: {out}: {needs}\n"
    assert not out.exists()


def test_a_bar_is_a_courtesy(capsys):
    report = Report()
    with report.bar([], wanted=True):
        report.advance(1)
    assert capsys.readouterr().err == ""
