"""pullquote in polars expressions, eager, lazy and streaming.

>>> import polars as pl
>>> import pullquote.polars as pqp
>>> articles = pl.DataFrame({"id": [7, 8], "text": ["“It leaks,” said Mara Quist.", "It rained."]})
>>> found = articles.select("id", pqp.quotes("text")).explode("quotes").unnest("quotes")
>>> found.select("id", "speaker_name", "content").rows()
[(7, 'Mara Quist', 'It leaks,')]
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from pullquote import EntityMatcher, Pipeline, QuoteDetector, SentenceSplitter, Table
from pullquote._extras import require

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal, Unpack

    import polars as pl

    from pullquote._core import BatchOptions
else:
    pl = require("polars", "polars")

__all__ = ["mentions", "quotes", "sentences"]


def sentences(
    texts: str | pl.Expr, splitter: SentenceSplitter | None = None, **options: Unpack[BatchOptions]
) -> pl.Expr:
    """Give an expression of the sentences of each text: a list of structs, null where the text is null.

    Args:
        texts: a column's name or an expression.
        splitter: the splitter to use; by default an English one.
        options: ``offsets`` and ``threads`` of `SentenceSplitter.batch`.
    """
    return _expression(texts, partial((splitter or _splitter()).batch, **options), "sentences")


def mentions(
    texts: str | pl.Expr, matcher: EntityMatcher | Pipeline | None = None, **options: Unpack[BatchOptions]
) -> pl.Expr:
    """Give an expression of the mentions of each text: a list of structs, null where the text is null.

    Args:
        texts: a column's name or an expression.
        matcher: an `EntityMatcher`, to find its entities alone, or a `Pipeline`, to find names, roles and
            pronouns as well; by default an English pipeline without a gazetteer.
        options: ``offsets`` and ``threads`` of `EntityMatcher.batch`.
    """
    if isinstance(matcher, EntityMatcher):
        return _expression(texts, partial(matcher.batch, **options), "mentions")
    return _expression(texts, partial((matcher or _pipeline()).batch, kind="mentions", **options), "mentions")


def quotes(
    texts: str | pl.Expr, detector: QuoteDetector | Pipeline | None = None, **options: Unpack[BatchOptions]
) -> pl.Expr:
    """Give an expression of the quotes of each text: a list of structs, null where the text is null.

    Args:
        texts: a column's name or an expression.
        detector: the detector or pipeline to use; by default an English detector without a gazetteer.
        options: ``offsets`` and ``threads`` of `QuoteDetector.batch`.
    """
    return _expression(texts, partial((detector or _detector()).batch, **options), "quotes")


def _expression(
    texts: str | pl.Expr, batch: Callable[..., Table], kind: Literal["sentences", "mentions", "quotes"]
) -> pl.Expr:
    def read(series: pl.Series) -> pl.Series:
        return pl.DataFrame(batch(series, nested=True)).to_series()

    column = pl.col(texts) if isinstance(texts, str) else texts
    dtype = pl.DataFrame(Table.empty(kind, nested=True)).schema[kind]
    # Each text is read for itself, so that polars may call it on parts of the column.
    return column.map_batches(read, return_dtype=dtype, is_elementwise=True).alias(kind)


_splitter: Callable[[], SentenceSplitter] = cache(SentenceSplitter)
_detector: Callable[[], QuoteDetector] = cache(QuoteDetector)
_pipeline: Callable[[], Pipeline] = cache(Pipeline)
