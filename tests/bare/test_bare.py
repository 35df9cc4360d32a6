"""In an environment without any extra: what must work all the same."""

import importlib
import subprocess
import sys

import pandas as pd
import pullquote as pq
import pullquote.pandas
import pytest

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
