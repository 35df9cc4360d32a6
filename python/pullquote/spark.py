"""pullquote on an existing Spark: the same answers, through `mapInArrow` and `arrow_udf`.

Example, with a `DataFrame` that has the columns "id" and "text"::

    import pullquote as pq
    import pullquote.spark

    detector = pq.QuoteDetector(matcher=people)
    quotes = pullquote.spark.quotes(articles, "text", detector, keep=["id"])

gives a row for each quote; with Spark 4.1 or later ::

    articles.withColumn("quotes", pullquote.spark.udf(detector)("text"))

puts a list beside each text instead.

The compiled object goes to the workers as bytes and is opened once by each of them. Spark owns the cores, so
each task uses one thread.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from pullquote import EntityMatcher, Pipeline, QuoteDetector, SentenceSplitter, Table
from pullquote._errors import InvalidValueError
from pullquote._extras import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    import pyarrow as pa
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import StructType

    _Reader: TypeAlias = SentenceSplitter | EntityMatcher | QuoteDetector | Pipeline

_Kind = Literal["sentences", "mentions", "quotes"]

__all__ = ["mentions", "quotes", "schema", "sentences", "udf"]


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


def udf(reader: _Reader | None = None, kind: _Kind | None = None) -> Callable[..., Column]:
    """Make a function of Spark's, from a column of texts to a column of lists of what is found in them.

    It serves wherever Spark has expressions, in SQL too: ``spark.udf.register("quotes", udf(detector))``.
    Its lists are those of `batch` with ``nested=True``: null where the text is null. Needs Spark 4.1 or
    later, and each list travels as a whole: to get rows, `quotes` and its kin do less.

    Args:
        reader: what reads the texts; by default an English `Pipeline`.
        kind: "sentences", "mentions" or "quotes": what to take of a pipeline, by default its quotes. Other
            readers have one kind.

    Raises:
        PullquoteError: the kind is unknown, or not that of the reader.
    """
    functions = require("pyspark.sql.functions", "spark")
    types = require("pyspark.sql.types", "spark")
    reader = reader or Pipeline()
    table = _batch(reader, kind or "quotes")([])
    if kind is not None and kind != table.kind:
        raise InvalidValueError(f"kind={kind!r} is not one of {table.kind}, which is what the reader finds")
    lists = _lists(type(reader).from_bytes, reader.to_bytes(), table.kind)
    wanted = types.ArrayType(schema(table.kind), containsNull=False)
    return functions.arrow_udf(lists, wanted)  # type: ignore[no-any-return]


def _lists(opener: Callable[[bytes], _Reader], data: bytes, kind: _Kind) -> Callable[[pa.Array], pa.Array]:
    def lists(texts: pa.Array) -> pa.Array:
        batch = _batch(_opened(opener, data), kind)
        return batch(texts, nested=True, threads=1).to_arrow().column(kind).combine_chunks()

    # Spark takes what it is to do from the types; as they are written above, they are names.
    lists.__annotations__ = dict.fromkeys(["texts", "return"], require("pyarrow", "spark").Array)
    return lists


class _Task(NamedTuple):
    """What a Spark worker is told of a frame."""

    opener: Callable[[bytes], _Reader]
    data: bytes
    kind: _Kind
    column: str
    keep: Sequence[str]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Read the batches of one Spark task."""
        import pyarrow as pa  # noqa: PLC0415  only Spark's workers need it

        batch = _batch(_opened(self.opener, self.data), self.kind)
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


def _batch(reader: _Reader, kind: _Kind) -> Callable[..., Table]:
    return partial(reader.batch, kind=kind) if isinstance(reader, Pipeline) else reader.batch


@lru_cache(maxsize=4)
def _opened(opener: Callable[[bytes], _Reader], data: bytes) -> _Reader:
    """Open a compiled object; a worker does several tasks and opens it once."""
    return opener(data)
