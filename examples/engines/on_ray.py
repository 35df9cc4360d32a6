"""Who said what on Ray Data: reads a Parquet file with "id" and "text", writes a row for each quote.

python on_ray.py articles.parquet quotes.parquet
"""

import sys

import pullquote as pq
import pyarrow as pa
import ray


class Quotes:
    """An actor: it compiles the detector once and reads many blocks."""

    def __init__(self) -> None:
        """Compile the detector."""
        self.detector = pq.QuoteDetector(matcher=pq.EntityMatcher(["Mara Quist", "Tobias Fenn"]))

    def __call__(self, articles: pa.Table) -> pa.Table:
        """Read one block; Ray owns the cores, so one thread does."""
        quotes = self.detector.batch(articles["text"], threads=1).to_arrow()
        ids = articles["id"].take(quotes["row"])
        return quotes.drop_columns("row").add_column(0, "id", ids)


def main(source: str, target: str) -> None:
    """Read `source`, write `target`."""
    ray.init(num_cpus=2, include_dashboard=False)
    articles = ray.data.read_parquet(source)
    actors = ray.data.ActorPoolStrategy(size=1)
    quotes = articles.map_batches(Quotes, batch_format="pyarrow", compute=actors)
    quotes.write_parquet(target)
    ray.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
