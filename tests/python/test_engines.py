"""The recipes for engines, on the real engines, give the local answer."""

import os
import subprocess
import sys
from pathlib import Path

import pullquote as pq
import pyarrow as pa
import pyarrow.parquet as pq_files
import pytest
from needs import program

RECIPES = Path(__file__).parents[2] / "examples" / "engines"
TEXTS = [
    "“It leaks,” said Mara Quist. “Badly.” Officials say that the “minor” crack is old.",
    None,
    "",
    "It rained.",
    "“Ja 😀,” said Tobias Fenn.",
] * 4


@pytest.mark.parametrize("engine", ["spark", "dask", "ray"])
def test_a_recipe_gives_the_local_answer(engine, tmp_path):
    if engine == "spark":
        program("java", "default-jre-headless")
    articles = pa.table({"id": range(100, 100 + len(TEXTS)), "text": TEXTS})
    source, target = tmp_path / "articles.parquet", tmp_path / "quotes.parquet"
    pq_files.write_table(articles, source)
    command = [sys.executable, RECIPES / f"on_{engine}.py", source, target]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    assert done.returncode == 0, done.stderr[-3000:]

    found = pq_files.read_table(target).to_pylist()
    detector = pq.QuoteDetector(matcher=pq.EntityMatcher(["Mara Quist", "Tobias Fenn"]))
    wanted = [{"id": 100 + row.pop("row")} | row for row in detector.batch(TEXTS).to_pylist()]
    assert any(row["speaker_entity_id"] for row in wanted)
    assert sorted(found, key=_place) == sorted(wanted, key=_place)


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
