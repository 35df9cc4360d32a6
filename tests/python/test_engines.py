"""The recipes for engines, on the real engines, give the local answer."""

import os
import subprocess
import sys
from pathlib import Path

import pullquote as pq
import pullquote.spark
import pyarrow as pa
import pyarrow.parquet as pq_files
import pytest
from needs import program

RECIPES = Path(__file__).parents[2] / "examples" / "engines"
TEXTS = [
    "“It leaks,” said Mara Quist. “Badly.” Officials say that the crack is old. The “minor” leak grew.",
    None,
    "",
    "It rained.",
    "“Ja 😀,” said Tobias Fenn.",
] * 4


DETECTOR = pq.QuoteDetector(matcher=pq.EntityMatcher(["Mara Quist", "Tobias Fenn"]))


@pytest.fixture
def run(tmp_path):
    """What a recipe makes of the texts."""

    def read(recipe):
        if "spark" in recipe:
            program("java", "default-jre-headless")
        articles = pa.table({"id": range(100, 100 + len(TEXTS)), "text": TEXTS})
        source, target = tmp_path / "articles.parquet", tmp_path / "quotes.parquet"
        pq_files.write_table(articles, source)
        command = [sys.executable, RECIPES / f"{recipe}.py", source, target]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
        assert done.returncode == 0, done.stderr[-3000:]
        return pq_files.read_table(target).to_pylist()

    return read


@pytest.mark.parametrize("recipe", ["on_spark", "on_dask", "on_ray"])
def test_a_recipe_gives_the_local_answer(recipe, run):
    wanted = [{"id": 100 + row.pop("row")} | row for row in DETECTOR.batch(TEXTS).to_pylist()]
    assert any(row["speaker_entity_id"] for row in wanted)
    assert sorted(run(recipe), key=_place) == sorted(wanted, key=_place)


def test_a_function_of_spark_gives_the_local_lists(run):
    lists = DETECTOR.batch(TEXTS, nested=True).to_pylist()
    wanted = [{"id": 100 + row, "text": text} | lists[row] for row, text in enumerate(TEXTS)]
    assert sorted(run("on_spark_udf"), key=lambda row: row["id"]) == wanted


def test_a_function_of_spark_finds_what_its_reader_finds():
    with pytest.raises(pq.InvalidValueError, match="kind='quotes' is not one of sentences, which"):
        pullquote.spark.udf(pq.SentenceSplitter(), "quotes")
    with pytest.raises(pq.InvalidValueError, match='kind="words" is not one of sentences, mentions, quotes'):
        pullquote.spark.udf(kind="words")


def _environment():
    """Engines on this machine alone, that send nothing anywhere."""
    return os.environ | {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "RAY_AUTH_MODE": "disabled",
        "RAY_USAGE_STATS_ENABLED": "0",
        "PYTHONWARNINGS": "ignore",
    }


def _place(row):
    return row["id"], row["start"], -row["end"]
