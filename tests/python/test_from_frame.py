"""Entities from tables: whatever holds them, the matcher is that of the CSV file."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pullquote as pq
import pyarrow as pa
import pytest

NAMES = ["id", "name", "type", "aliases", "notes"]
ROWS = [
    ["Q1", " Mara Quist ", "PERSON", "Quist| Mara |", "engineer"],
    ["Q2", "Quay Trust", "ORG", None, None],
    [None, "Tobias Fenn", None, "", None],
    ["Q4", None, " ", None, ""],
    ["Q1", "Mara Quist", "PERSON", "M. Quist", None],
]
DATA = {name: [row[at] for row in ROWS] for at, name in enumerate(NAMES)}
LISTS = [["Quist", " Mara ", "", None], None, [], None, ["M. Quist"]]
FRAMES = {
    "pandas object": lambda data: pd.DataFrame(data, dtype=object),
    "pandas str": pd.DataFrame,
    "pandas string": lambda data: pd.DataFrame(data, dtype=pd.StringDtype("python")),
    "pandas Arrow": lambda data: pd.DataFrame(data, dtype=pd.ArrowDtype(pa.string())),
    "pandas category": lambda data: pd.DataFrame(data).astype({"type": "category"}),
    "pandas index": lambda data: pd.DataFrame(data, index=list("xyxyz")),
    "polars": pl.DataFrame,
    "Arrow table": pa.table,
    "Arrow batch": pa.record_batch,
    "DuckDB": lambda data: duckdb.from_arrow(pa.table(data)),
}
LISTED = {
    "pandas object": pd.DataFrame,
    "pandas arrays": lambda data: pd.DataFrame(data).assign(aliases=_arrays),
    "pandas Arrow": lambda data: pa.table(data).to_pandas(types_mapper=pd.ArrowDtype),
    "pandas from Arrow": lambda data: pa.table(data).to_pandas(),
    "polars": pl.DataFrame,
    "Arrow table": pa.table,
    "DuckDB": lambda data: duckdb.from_arrow(pa.table(data)),
}


def _arrays(frame):
    return frame["aliases"].map(lambda cell: cell if cell is None else np.array(cell, dtype=object))


@pytest.fixture
def of_csv(tmp_path):
    path = tmp_path / "people.csv"
    lines = (",".join(cell or "" for cell in row) for row in [NAMES, *ROWS])
    path.write_text("\n".join(lines), encoding="utf-8")
    return pq.EntityMatcher.from_csv(path).to_bytes()


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_a_table_is_read_as_the_file(make, of_csv):
    matcher = pq.EntityMatcher.from_frame(make(DATA))
    assert matcher.to_bytes() == of_csv
    assert matcher.entities == (
        pq.Entity("Q1", "Mara Quist", "PERSON", ("Quist", "Mara", "M. Quist")),
        pq.Entity("Q2", "Quay Trust", "ORG"),
        pq.Entity("Tobias Fenn", "Tobias Fenn"),
        pq.Entity("Q4", "Q4"),
    )


@pytest.mark.parametrize("make", LISTED.values(), ids=LISTED)
def test_aliases_may_be_lists(make, of_csv):
    assert pq.EntityMatcher.from_frame(make(DATA | {"aliases": LISTS})).to_bytes() == of_csv


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"id": [7, None], "name": ["Mara Quist", "Quay Trust"]}),
        pd.DataFrame({"id": pd.array([7, None], dtype="Int64"), "name": ["Mara Quist", "Quay Trust"]}),
        pl.DataFrame({"ID": [7, None], " Name": ["Mara Quist", "Quay Trust"]}),
        pa.table({"id": [7, None], "name": ["Mara Quist", "Quay Trust"]}),
    ],
    ids=["float", "Int64", "polars", "Arrow"],
)
def test_a_number_is_as_good_an_id(frame):
    ids = [entity.id for entity in pq.EntityMatcher.from_frame(frame).entities]
    assert ids == ["7", "Quay Trust"]


def test_the_options_are_the_constructors():
    matcher = pq.EntityMatcher.from_frame(
        pl.DataFrame({"name": ["Mara Quist", None], "regex": [None, r"case \d+"], "id": [None, "case"]}),
        fuzzy=1,
        case="fold",
    )
    assert (
        repr(matcher) == "EntityMatcher(2 entities, case='fold', accents='fold', fuzzy=1, overlap='longest')"
    )
    assert [mention.text for mention in matcher.find("In case 7, mara quits said.")] == ["case 7"]
    with pytest.raises(pq.InvalidValueError, match='case="none"'):
        pq.EntityMatcher.from_frame(pl.DataFrame({"name": ["Mara Quist"]}), case="none")
    assert len(pq.EntityMatcher.from_frame(pd.DataFrame({"name": []}))) == 0


@pytest.mark.parametrize(
    "frame",
    [
        [{"name": "Mara Quist"}],
        "people.csv",
        3,
        pd.Series(["Mara Quist"]),
        pl.Series(["Mara Quist"]),
        pl.col("name"),
        pa.array(["Mara Quist"]),
    ],
    ids=lambda frame: type(frame).__name__,
)
def test_what_is_no_table_is_refused(frame):
    message = f"frame must be a table .*, not {type(frame).__name__}"
    with pytest.raises(pq.InputTypeError, match=message):
        pq.EntityMatcher.from_frame(frame)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        ({"label": ["a"], "title": ["b"]}, ValueError, 'is called "id" or "name", but label, title'),
        ({"id": ["a", None], "name": ["A", " "]}, ValueError, 'entity 1: neither "id" nor "name"'),
        ({"name": ["A", "B"], "type": ["x", b"y"]}, TypeError, r'entity 1: "type" must be str, not bytes'),
        ({"name": ["A"], "aliases": [[3]]}, TypeError, 'each of entity 0: "aliases" must be str, not int'),
        ({"name": ["A"], "aliases": [1.5]}, TypeError, 'entity 0: "aliases" must be an iterable of str'),
        ({"id": [1.5], "name": ["A"]}, TypeError, 'entity 0: "id" must be str, not float'),
        ({"id": [True], "name": ["A"]}, TypeError, 'entity 0: "id" must be str, not bool'),
        ({"id": [dt.date(2026, 11, 24)]}, TypeError, 'entity 0: "id" must be str, not date'),
    ],
)
def test_what_cannot_be_used_is_named(make, data, error, message):
    if "type" in data and make is not pd.DataFrame:
        data = data | {"type": [None, b"y"]}
    with pytest.raises(error, match=message) as caught:
        pq.EntityMatcher.from_frame(make(data))
    assert isinstance(caught.value, pq.PullquoteError)
