"""Tables as other libraries have them. `Table`'s methods come here, so that importing pullquote imports none."""

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
#: A notebook shows so many rows.
_SHOWN = 10


def to_arrow(table: Table) -> pa.Table:
    """A `pyarrow.Table` over the same memory."""
    return require("pyarrow", "arrow").table(table)


def to_polars(table: Table) -> pl.DataFrame:
    """A `polars.DataFrame`."""
    return require("polars", "polars").DataFrame(table)


def to_pandas(table: Table) -> pd.DataFrame:
    """A `pandas.DataFrame`: over the same memory with pyarrow, of Python objects without."""
    pandas = require("pandas", "pandas")
    try:
        arrow = to_arrow(table)
    except ImportError:
        return _of_objects(table, pandas)
    return arrow.to_pandas(types_mapper=pandas.ArrowDtype)


def _of_objects(table: Table, pandas: Any) -> pd.DataFrame:  # noqa: ANN401  the module itself
    rows = table.to_pylist()
    return pandas.DataFrame(
        {
            name: pandas.Series([row[name] for row in rows], dtype=_DTYPES.get(kind, object))
            for name, kind in zip(table.columns, table.types, strict=True)
        }
    )


def to_html(table: Table) -> str:
    """The first rows as HTML."""
    from pullquote import html  # noqa: PLC0415  only who shows a table needs it

    rows = [[row[name] for name in table.columns] for row in table.head(_SHOWN)]
    return html.table(table.columns, rows, len(table))
