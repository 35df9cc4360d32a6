"""Columns of pandas, as the compiled part reads them best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pullquote._errors import InputTypeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["from_pandas"]


def from_pandas(column: pd.Series[Any] | pd.DataFrame) -> Iterable[Any]:
    """Give the Arrow array behind a column, if there is one, or else its items.

    Args:
        column: a Series, an Index, an array, or a DataFrame of one column.

    Raises:
        TypeError: a DataFrame has no column or several.
    """
    if column.ndim > 1:
        names = [str(name) for name in column.columns]
        if len(names) != 1:
            raise InputTypeError(f"texts must be one column, not a table of several: {', '.join(names)}")
        column = column.iloc[:, 0]
    if _is_arrow(column.dtype):
        array = getattr(column, "array", column)
        return array.__arrow_array__()  # type: ignore[no-any-return, union-attr]
    # A Series offers its objects as Arrow, too, but complains of a wrong one without saying where it is.
    return column.astype(object).tolist()


def _is_arrow(dtype: object) -> bool:
    """Whether values of a dtype are in an Arrow array, so that nothing need be copied."""
    return type(dtype).__name__ == "ArrowDtype" or getattr(dtype, "storage", None) == "pyarrow"
