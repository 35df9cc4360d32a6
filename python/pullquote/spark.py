"""pullquote on an existing Spark: the same answers, through `mapInArrow`.

Example, with a `DataFrame` that has the columns "id" and "text"::

    import pullquote as pq
    import pullquote.spark

    detector = pq.QuoteDetector(matcher=people)
    quotes = pullquote.spark.quotes(articles, "text", detector, keep=["id"])

The compiled object goes to the workers as bytes and is opened once by each of them. Spark owns the cores, so
each task uses one thread.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from pullquote import EntityMatcher, Pipeline, QuoteDetector, SentenceSplitter, Table
from pullquote._extras import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    _Reader: TypeAlias = SentenceSplitter | EntityMatcher | QuoteDetector | Pipeline

_Kind = Literal["sentences", "mentions", "quotes"]

__all__ = ["mentions", "quotes", "schema", "sentences"]


def schema(kind: _Kind = "quotes") -> StructType:
    """The columns of a table as Spark has them, without "row": Spark's rows have no number.

    Args:
        kind: "sentences", "mentions" or "quotes".

    Raises:
        PullquoteError: the kind is unknown.
    """
    types = require("pyspark.sql.pandas.types", "spark")
    table = Table.empty(kind).to_arrow().drop_columns("row")
    return types.from_arrow_schema(table.schema)  # type: ignore[no-any-return]


def sentences(
    frame: DataFrame, column: str, splitter: SentenceSplitter | None = None, *, keep: Sequence[str] = ()
) -> DataFrame:
    """Find the sentences in a column of texts: a row for each, after the columns to `keep`."""
    return _read(frame, column, splitter or SentenceSplitter(), "sentences", keep)


def mentions(
    frame: DataFrame,
    column: str,
    matcher: EntityMatcher | Pipeline | None = None,
    *,
    keep: Sequence[str] = (),
) -> DataFrame:
    """Find the mentions in a column of texts: a row for each, after the columns to `keep`."""
    return _read(frame, column, matcher or Pipeline(), "mentions", keep)


def quotes(
    frame: DataFrame,
    column: str,
    detector: QuoteDetector | Pipeline | None = None,
    *,
    keep: Sequence[str] = (),
) -> DataFrame:
    """Find the quotes in a column of texts: a row for each, after the columns to `keep`."""
    return _read(frame, column, detector or QuoteDetector(), "quotes", keep)


class _Task(NamedTuple):
    """What a Spark worker is told."""

    opener: Callable[[bytes], _Reader]
    data: bytes
    kind: _Kind
    column: str
    keep: Sequence[str]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Read the batches of one Spark task."""
        import pyarrow as pa  # noqa: PLC0415  only Spark's workers need it

        reader = _opened(self.opener, self.data)
        batch = partial(reader.batch, kind=self.kind) if isinstance(reader, Pipeline) else reader.batch
        for texts in batches:
            found = batch(texts.column(self.column), threads=1).to_arrow()
            rows = found.column("row").combine_chunks()
            columns = {name: texts.column(name).take(rows) for name in self.keep}
            columns |= {name: found.column(name) for name in found.column_names if name != "row"}
            yield from pa.table(columns).to_batches()


def _read(frame: DataFrame, column: str, reader: _Reader, kind: _Kind, keep: Sequence[str]) -> DataFrame:
    types = require("pyspark.sql.types", "spark")
    wanted = types.StructType([*(frame.schema[name] for name in keep), *schema(kind).fields])
    task = _Task(type(reader).from_bytes, reader.to_bytes(), kind, column, tuple(keep))
    return frame.select(*dict.fromkeys([*keep, column])).mapInArrow(task.__call__, wanted)


@lru_cache(maxsize=4)
def _opened(opener: Callable[[bytes], _Reader], data: bytes) -> _Reader:
    """Open a compiled object; a worker does several tasks and opens it once."""
    return opener(data)
