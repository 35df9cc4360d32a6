"""What Spark adds: quotes of the same column, read locally and through `pullquote.spark`, on two cores each.

    python benches/spark_overhead.py articles.jsonl

The file has one JSON object a line with a "text". Its articles are repeated to about 46 MB.
The rounds alternate.
"""

from __future__ import annotations

import json
import os
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pullquote as pq
import pullquote.spark
import pyarrow as pa
from pyarrow import parquet
from pyspark.sql import SparkSession

ROWS = 9_400
ROUNDS = 4
PARTITIONS = 8


def main(path: str) -> None:
    """Print a line for each round."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with Path(path).open(encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines]
    texts = list(islice(cycle(articles), ROWS))
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    detector = pq.QuoteDetector()
    with TemporaryDirectory() as folder:
        source = f"{folder}/articles.parquet"
        parquet.write_table(pa.table({"id": range(ROWS), "text": texts}), source)
        frame = spark.read.parquet(source).repartition(PARTITIONS).cache()
        frame.count()
        print(f"{sum(len(text.encode()) for text in texts) / 1e6:.1f} MB")
        for _ in range(ROUNDS):
            start = time.perf_counter()
            detector.batch(texts, threads=2)
            local = time.perf_counter()
            quotes = pullquote.spark.quotes(frame, "text", detector, keep=["id"])
            quotes.write.format("noop").mode("overwrite").save()
            on_spark = time.perf_counter() - local
            print(f"local {local - start:.2f} s, Spark {on_spark:.2f} s: × {on_spark / (local - start):.2f}")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
