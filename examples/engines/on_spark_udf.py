"""Who said what on Spark: reads a Parquet file with a "text", writes it with a list of quotes beside each.

python on_spark_udf.py articles.parquet quotes.parquet
"""

import os
import sys

import pullquote as pq
import pullquote.spark
from pyspark.sql import SparkSession


def main(source: str, target: str) -> None:
    """Read `source`, write `target`."""
    # On a cluster the workers have a Python of their own, with pullquote in it; here they have this one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    articles = spark.read.parquet(source)

    quotes = pullquote.spark.udf(pq.QuoteDetector(matcher=pq.EntityMatcher(["Mara Quist", "Tobias Fenn"])))
    with_quotes = articles.withColumn("quotes", quotes("text"))

    with_quotes.write.mode("overwrite").parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
