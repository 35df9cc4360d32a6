"""pullquote on pandas: ``import pullquote.pandas`` gives every Series of texts an accessor.

>>> import pandas as pd
>>> import pullquote.pandas
>>> articles = pd.DataFrame({"text": ["“It leaks,” said Mara Quist.", None]}, index=["monday", "tuesday"])
>>> quotes = articles["text"].pullquote.quotes()
>>> quotes[["speaker_name", "content"]]
       speaker_name    content
monday   Mara Quist  It leaks,
>>> articles.join(quotes.add_prefix("quote_"))["quote_content"].isna().tolist()
[False, True]
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pullquote import EntityMatcher, Pipeline, QuoteDetector, SentenceSplitter, Table
from pullquote._errors import InputTypeError
from pullquote._extras import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Unpack

    import pandas as pd

    from pullquote._core import BatchOptions, _EntityLike
else:
    pd = require("pandas", "pandas")

__all__ = ["TextAccessor"]


@pd.api.extensions.register_series_accessor("pullquote")
class TextAccessor:
    """What pullquote finds in a Series of texts.

    Each method gives a `pandas.DataFrame` with a row for each hit and the columns of `Table`, but for "row":
    its index is the caller's, each label as often as its text has hits, so that `frame.join` puts texts and
    hits together. With ``nested=True`` it gives a Series of lists, with the caller's index.

    The options are those of `batch`: ``nested``, ``offsets``, ``threads``, ``progress``.
    """

    def __init__(self, texts: pd.Series[Any]) -> None:
        """Take the Series; pandas calls this."""
        self._texts = texts

    def sentences(
        self, splitter: SentenceSplitter | None = None, **options: Unpack[BatchOptions]
    ) -> pd.DataFrame | pd.Series[Any]:
        """Find sentences.

        Args:
            splitter: the splitter to use; by default an English one.
            options: those of `SentenceSplitter.batch`.
        """
        return self._found((splitter or _splitter()).batch(self._texts, **options))

    def mentions(
        self,
        people: EntityMatcher | Pipeline | Iterable[_EntityLike] | None = None,
        **options: Unpack[BatchOptions],
    ) -> pd.DataFrame | pd.Series[Any]:
        """Find mentions of entities.

        Args:
            people: an `EntityMatcher`, or what one is made from, to find those entities alone; a
                `Pipeline`, to find names, roles and pronouns as well. By default an English pipeline.
            options: those of `EntityMatcher.batch`.
        """
        if people is None or isinstance(people, Pipeline):
            return self._found((people or _pipeline()).batch(self._texts, "mentions", **options))
        matcher = people if isinstance(people, EntityMatcher) else EntityMatcher(people)
        return self._found(matcher.batch(self._texts, **options))

    def quotes(
        self,
        detector: QuoteDetector | Pipeline | EntityMatcher | None = None,
        **options: Unpack[BatchOptions],
    ) -> pd.DataFrame | pd.Series[Any]:
        """Find quotes with their speakers.

        Args:
            detector: the detector or pipeline to use, or the matcher of the entities to know. By default an
                English detector without a gazetteer.
            options: those of `QuoteDetector.batch`.
        """
        if isinstance(detector, EntityMatcher):
            detector = QuoteDetector(matcher=detector)
        if not isinstance(detector, QuoteDetector | Pipeline | None):
            given = type(detector).__name__
            raise InputTypeError(
                f"detector must be a QuoteDetector, a Pipeline or an EntityMatcher, not {given}"
            )
        return self._found((detector or _detector()).batch(self._texts, **options))

    def _found(self, table: Table) -> pd.DataFrame | pd.Series[Any]:
        """Give a table the caller's index."""
        frame = table.to_pandas()
        if table.nested:
            column = frame[table.kind]
            column.index = self._texts.index
            return column
        frame.index = self._texts.index.take(frame.pop("row").to_numpy(dtype="int64"))
        return frame


_splitter: Callable[[], SentenceSplitter] = cache(SentenceSplitter)
_detector: Callable[[], QuoteDetector] = cache(QuoteDetector)
_pipeline: Callable[[], Pipeline] = cache(Pipeline)
