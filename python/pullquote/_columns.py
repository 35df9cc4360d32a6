"""Columns of pandas and polars, as the compiled part reads them best."""

from __future__ import annotations

from typing import Any

from pullquote._errors import InputTypeError

__all__ = ["library", "readable"]


def readable(column: Any) -> Any:  # noqa: ANN401  whatever these libraries have
    """Give what is to be read of a column: an Arrow array, if there is one behind it, or else its items.

    Args:
        column: a Series, an Index, an array or a frame of one column.

    Raises:
        TypeError: a frame has no column or several.
    """
    if len(getattr(column, "shape", ())) > 1:
        column = _only(column)
    return _of_polars(column) if library(column) == "polars" else _of_pandas(column)


def library(column: object) -> str:
    """The library whose class something is of."""
    return type(column).__module__.partition(".")[0]


def _only(frame: Any) -> Any:  # noqa: ANN401  a frame of either library
    names = [str(name) for name in frame.columns]
    if len(names) != 1:
        raise InputTypeError(f"texts must be one column, not a table of several: {', '.join(names)}")
    return frame.to_series() if library(frame) == "polars" else frame.iloc[:, 0]


def _of_polars(column: Any) -> Any:  # noqa: ANN401  a Series; expressions and lazy frames are refused later
    # The nulls of a column that has nothing else come in a form that Arrow does not know.
    return column.cast(str) if str(getattr(column, "dtype", "")) == "Null" else column


def _of_pandas(column: Any) -> Any:  # noqa: ANN401  a Series, an Index or an array
    if _is_arrow(column.dtype):
        return getattr(column, "array", column).__arrow_array__()
    # A Series offers its objects as Arrow, too, but complains of a wrong one without saying where it is.
    return column.astype(object).tolist()


def _is_arrow(dtype: object) -> bool:
    """Whether values of a dtype are in an Arrow array, so that nothing need be copied."""
    return type(dtype).__name__ == "ArrowDtype" or getattr(dtype, "storage", None) == "pyarrow"
