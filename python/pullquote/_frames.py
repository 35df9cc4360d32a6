"""Entities in tables, as `EntityMatcher` takes them."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any

from pullquote._columns import library
from pullquote._errors import InputTypeError, InvalidValueError
from pullquote._extras import require

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["records"]

_TABLE = 2  # a table's dimensions


def records(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401  whatever has rows and columns
    """Give the records in a table, by the rules of `EntityMatcher.from_csv`.

    Args:
        frame: a frame of pandas or polars, or any Arrow table.

    Raises:
        InputTypeError: it is no table.
        InvalidValueError: it has neither a column "id" nor one "name".
    """
    names, column = _opened(frame)
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault(name.strip().lower(), place)
    known = [field for field in _CELLS if field in places]
    if "id" not in known and "name" not in known:
        raise InvalidValueError(f'no column of frame is called "id" or "name", but {", ".join(names)}')
    fields = ([_CELLS[field](cell) for cell in column(places[field])] for field in known)
    return [dict(zip(known, row, strict=True)) for row in zip(*fields, strict=True)]


def _opened(frame: Any) -> tuple[list[str], Callable[[int], list[Any]]]:  # noqa: ANN401  see `records`
    """The names of a table's columns, and what gives the items of one."""
    kind = library(frame)
    if kind in {"pandas", "polars"} and len(getattr(frame, "shape", ())) != _TABLE:
        raise _no_table(frame)
    if kind == "pandas":
        return [str(name) for name in frame.columns], lambda place: _items(frame.iloc[:, place])
    if kind == "polars":
        return frame.columns, lambda place: frame.to_series(place).to_list()
    if not hasattr(frame, "__arrow_c_stream__") and not hasattr(frame, "__arrow_c_array__"):
        raise _no_table(frame)
    try:
        table = require("pyarrow", "arrow").table(frame)
    except (TypeError, ValueError) as error:  # an array that is no table
        raise _no_table(frame) from error
    return table.column_names, lambda place: table.column(place).to_pylist()


def _no_table(frame: object) -> InputTypeError:
    given = type(frame).__name__
    return InputTypeError(f"frame must be a table (a DataFrame, an Arrow table), not {given}")


def _items(column: Any) -> list[Any]:  # noqa: ANN401  pandas may not be installed
    """The items of a Series, None for each of pandas's nulls."""
    items: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return items


def _text(cell: Any) -> Any:  # noqa: ANN401  what is no text the matcher complains of, since it knows the row
    return cell.strip() or None if isinstance(cell, str) else cell


def _id(cell: Any) -> Any:  # noqa: ANN401  see `_text`
    """A number is as good an id as its digits; pandas makes floats of whole numbers beside nulls."""
    if isinstance(cell, Integral) and not isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _text(cell)


def _aliases(cell: Any) -> Any:  # noqa: ANN401  see `_text`
    if isinstance(cell, str):
        cell = cell.split("|")
    if not isinstance(cell, Iterable):
        return cell
    return [alias for alias in map(_text, cell) if alias is not None]


#: What is read, each by what makes a field of a cell.
_CELLS: dict[str, Callable[[Any], Any]] = {
    "id": _id,
    "name": _text,
    "type": _text,
    "aliases": _aliases,
    "regex": _text,
}
