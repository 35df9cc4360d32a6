"""Tables as other libraries have them; here, so that importing pullquote imports none of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pullquote._extras import require

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from pullquote._core import Table

__all__ = ["to_arrow", "to_html", "to_pandas", "to_polars"]

#: For pandas without pyarrow: the dtypes that have room for nulls.
_DTYPES = {"int64": "Int64", "double": "Float64", "bool": "boolean", "string": "string"}


def to_arrow(table: Table) -> pa.Table:
    """A `pyarrow.Table` over the same memory."""
    return require("pyarrow", "arrow").table(table)


def to_polars(table: Table) -> pl.DataFrame:
    """A `polars.DataFrame`."""
    frame: pl.DataFrame = require("polars", "polars").DataFrame(table)
    return frame


def to_pandas(table: Table) -> pd.DataFrame:
    """A `pandas.DataFrame`: over the same memory with pyarrow, of Python objects without."""
    pandas = require("pandas", "pandas")
    try:
        arrow = to_arrow(table)
    except ImportError:
        return _of_objects(table, pandas)
    frame: pd.DataFrame = arrow.to_pandas(types_mapper=pandas.ArrowDtype)
    return frame


def _of_objects(table: Table, pandas: Any) -> pd.DataFrame:  # noqa: ANN401  the module itself
    rows = table.to_pylist()
    frame: pd.DataFrame = pandas.DataFrame(
        {
            name: pandas.Series([row[name] for row in rows], dtype=_DTYPES.get(kind, object))
            for name, kind in zip(table.columns, table.types, strict=True)
        }
    )
    return frame


def to_html(table: Table) -> str:
    """The first rows as HTML."""
    from pullquote import html  # noqa: PLC0415  only who shows a table needs it

    rows = [[row[name] for name in table.columns] for row in table.head(html.ROWS)]
    return html.table(table.columns, rows, len(table))
