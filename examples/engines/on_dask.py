"""Who said what on Dask: reads a Parquet file with "id" and "text", writes one with a row for each quote.

python on_dask.py articles.parquet quotes.parquet
"""

import sys
from functools import cache

import dask.dataframe as dd
import pandas as pd
import pullquote as pq
import pullquote.pandas


@cache
def detector() -> pq.QuoteDetector:
    """Compile the detector once in each worker."""
    return pq.QuoteDetector(matcher=pq.EntityMatcher(["Mara Quist", "Tobias Fenn"]))


def quotes(part: pd.DataFrame) -> pd.DataFrame:
    """Read one partition; Dask owns the cores, so one thread does."""
    found = part.set_index("id")["text"].pullquote.quotes(detector(), threads=1)
    return found.reset_index()


def main(source: str, target: str) -> None:
    """Read `source`, write `target`."""
    articles = dd.read_parquet(source).repartition(npartitions=2)
    columns = quotes(articles.head(0))
    # Dask gives six partitions at once to a process, unless told otherwise: with few, others would wait.
    found = articles.map_partitions(quotes, meta=columns).compute(scheduler="processes", chunksize=1)
    found.to_parquet(target, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
