"""What engines add: quotes of the same column, read locally, on Spark and on Dask, on two cores each.

    python benches/engine_overhead.py articles.jsonl

The file has one JSON object a line with a "text". Its articles are repeated to about 46 MB, which Spark holds
in memory and Dask reads from a Parquet file. What is found is dropped where it was found. The rounds
alternate; workers start in the first.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import dask.dataframe as dd
import pandas as pd
import pullquote as pq
import pullquote.pandas
import pullquote.spark
from pyspark.sql import SparkSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

ROWS = 9_400
ROUNDS = 5
PARTITIONS = 8
CORES = 2


def main(path: str) -> None:
    """Print a line for each round, and the medians of all but the first."""
    with Path(path).open(encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines]
    texts = list(islice(cycle(articles), ROWS))
    print(f"{sum(len(text.encode()) for text in texts) / 1e6:.1f} MB")
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(CORES, multiprocessing.get_context("spawn")) as pool,
    ):
        for part in range(PARTITIONS):
            rows = range(part, ROWS, PARTITIONS)
            frame = pd.DataFrame({"id": rows, "text": [texts[row] for row in rows]})
            frame.to_parquet(f"{folder}/{part}.parquet")
        ways = (
            {"local": lambda: detector().batch(texts, threads=CORES)}
            | on_spark(folder)
            | on_dask(folder, pool)
        )
        compare(ways)


def compare(ways: dict[str, Callable[[], object]]) -> None:
    """Time each way in turn, some rounds of it."""
    rounds = []
    for number in range(ROUNDS):
        seconds = {}
        for name, read in ways.items():
            start = time.perf_counter()
            read()
            seconds[name] = time.perf_counter() - start
        rounds.append(seconds)
        print(f"round {number + 1}:", ", ".join(f"{name} {taken:.2f} s" for name, taken in seconds.items()))
    for name in ways:
        ratio = statistics.median(seconds[name] / seconds["local"] for seconds in rounds[1:])
        taken = statistics.median(seconds[name] for seconds in rounds[1:])
        print(f"{name:16} {taken:6.2f} s  × {ratio:.2f}")


@cache
def detector() -> pq.QuoteDetector:
    """Compile the detector once in each process."""
    return pq.QuoteDetector()


def on_spark(folder: str) -> dict[str, Callable[[], object]]:
    """Quotes as rows, and as lists beside the texts."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.master(f"local[{CORES}]").config("spark.ui.enabled", "false").getOrCreate()
    frame = session.read.parquet(folder).repartition(PARTITIONS).cache()
    frame.count()

    def drop(found: DataFrame) -> None:
        found.write.format("noop").mode("overwrite").save()

    return {
        "Spark rows": lambda: drop(pullquote.spark.quotes(frame, "text", detector(), keep=["id"])),
        "Spark lists": lambda: drop(frame.withColumn("quotes", pullquote.spark.udf(detector())("text"))),
    }


def on_dask(folder: str, pool: ProcessPoolExecutor) -> dict[str, Callable[[], object]]:
    """Quotes as rows, in threads and in processes."""
    counts = dd.read_parquet(folder).map_partitions(count, meta=("quotes", "int64"))
    return {
        "Dask threads": lambda: counts.compute(scheduler="threads", num_workers=CORES),
        "Dask processes": lambda: counts.compute(scheduler="processes", pool=pool, chunksize=1),
    }


def count(part: pd.DataFrame) -> pd.Series[int]:
    """Say how many quotes a partition has."""
    return pd.Series([len(part["text"].pullquote.quotes(detector(), threads=1))], name="quotes")


if __name__ == "__main__":
    main(sys.argv[1])
