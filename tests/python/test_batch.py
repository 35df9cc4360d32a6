"""Columns: whatever holds the texts, the table is that of one text at a time."""

import copy
import gc
import multiprocessing
import pickle
import signal
import subprocess
import sys
import threading

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pullquote as pq
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts as any_texts

TEXTS = [
    "“It leaks,” said Mara Quist. “Badly.” Officials say that it is old. The “minor” leak grew.",
    None,
    "",
    "The wall moved. “Ja 😀,” said Tobias Fenn.",
]
MATCHER = pq.EntityMatcher(["Mara Quist", "Tobias Fenn"])
READERS = {
    "sentences": pq.SentenceSplitter(),
    "mentions": MATCHER,
    "quotes": pq.QuoteDetector(matcher=MATCHER),
}


def _runs(texts, ends=None):
    return pc.run_end_encode(pa.array(texts, pa.string()), run_end_type=ends or pa.int32())


COLUMNS = {
    "list": list,
    "tuple": tuple,
    "generator": lambda texts: (text for text in texts),
    "numpy": lambda texts: np.array(texts, dtype=object),
    "pandas object": lambda texts: pd.Series(texts, dtype=object),
    "pandas str": lambda texts: pd.Series(texts, dtype="str"),
    "pandas string": lambda texts: pd.Series(texts, dtype=pd.StringDtype("python")),
    "pandas Arrow": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
    "pandas category": lambda texts: pd.Series(texts, dtype="category"),
    "pandas index": lambda texts: pd.Index(texts, dtype=object),
    "pandas table": lambda texts: pd.DataFrame({"text": texts}),
    "NaN": lambda texts: [float("nan") if text is None else text for text in texts],
    "NaN of numpy": lambda texts: [np.float32("nan") if text is None else text for text in texts],
    "NA": lambda texts: [pd.NA if text is None else text for text in texts],
    "NaT": lambda texts: [pd.NaT if text is None else text for text in texts],
    "polars": lambda texts: pl.Series(texts, dtype=pl.String),
    "polars categorical": lambda texts: pl.Series(texts, dtype=pl.Categorical),
    "polars table": lambda texts: pl.DataFrame({"text": texts}),
    "Arrow string": lambda texts: pa.array(texts, pa.string()),
    "Arrow large": lambda texts: pa.array(texts, pa.large_string()),
    "Arrow view": lambda texts: pa.array(texts, pa.string_view()),
    "Arrow dictionary": lambda texts: pa.array(texts, pa.string()).dictionary_encode(),
    "Arrow runs": _runs,
    "Arrow runs sliced": lambda texts: _runs(["before", "before", *texts, "after"])[2:-1],
    "Arrow runs of 16 bits": lambda texts: _runs(texts, pa.int16()),
    "Arrow chunked": lambda texts: pa.chunked_array([texts[:1], texts[1:]], pa.string()),
    "Arrow sliced": lambda texts: pa.array(["before", *texts, "after"])[1:-1],
    "Arrow table": lambda texts: pa.table({"text": texts}),
    "Arrow table sliced": lambda texts: pa.table({"text": ["before", *texts]}).slice(1),
    "DuckDB": lambda texts: duckdb.sql("select unnest($texts) as text", params={"texts": texts}),
}


def rows_of(reader, texts, kind):
    """The flat rows of texts that are read one by one."""
    rows = []
    for row, text in enumerate(texts):
        hits = [] if text is None else reader.find(text)
        rows.extend({"row": row, **flat(kind, hit)} for hit in hits)
    return rows


def flat(kind, hit):
    """A value object as a row."""
    row = {"start": hit.start, "end": hit.end, "text": hit.text}
    if kind == "mentions":
        entity = hit.entity
        row |= {"kind": hit.kind, "entity_id": entity.id, "entity_name": entity.name}
        row |= {"entity_type": entity.type, "score": hit.score}
    if kind == "quotes":
        span = lambda span: {"start": span.start, "end": span.end, "text": span.text}  # noqa: E731  it is used twice
        speaker, cue = hit.speaker, hit.cue
        row |= {"content": hit.content}
        row |= {
            "pieces": [span(piece) for piece in hit.pieces],
            "quoted": [span(part) for part in hit.quoted],
        }
        row |= {"kind": hit.kind, "manner": hit.manner}
        row |= {f"speaker_{name}": getattr(speaker, name, None) for name in ("start", "end", "text", "name")}
        row |= {"speaker_entity_id": speaker.entity.id if speaker and speaker.entity else None}
        row |= {"anonymous": speaker.anonymous if speaker else None}
        row |= {f"cue_{name}": getattr(cue, name, None) for name in ("start", "end", "text")}
        row |= {"confidence": hit.confidence, "closed": hit.closed, "parent": hit.parent}
    return row


@pytest.mark.parametrize("kind", READERS)
def test_a_table_has_what_one_text_at_a_time_gives(kind):
    table = READERS[kind].batch(TEXTS)
    assert table.to_pylist() == rows_of(READERS[kind], TEXTS, kind)
    assert len(table) == len(table.to_pylist()) > 1
    assert table.to_arrow().to_pylist() == table.to_pylist()
    assert (table.kind, table.nested) == (kind, False)


@given(st.lists(st.none() | any_texts, max_size=4))
def test_any_texts_do(texts):
    # Arrow has no lone surrogates; a text that has one is read with U+FFFD.
    readable = [text and text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts]
    for kind, reader in READERS.items():
        assert reader.batch(texts).to_pylist() == rows_of(reader, readable, kind)


@pytest.mark.parametrize("column", COLUMNS)
def test_whatever_holds_the_texts(column):
    wanted = READERS["quotes"].batch(TEXTS)
    assert len(wanted) == 4
    assert READERS["quotes"].batch(COLUMNS[column](TEXTS)) == wanted
    documents = list(pq.Pipeline().pipe(COLUMNS[column](TEXTS)))
    assert documents == [text if text is None else pq.analyze(text) for text in TEXTS]


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in ("numpy", "pandas index")])
def test_an_empty_column_gives_the_full_schema(column):
    for kind, reader in READERS.items():
        table = reader.batch(COLUMNS[column]([]))
        assert (len(table), table.columns) == (0, reader.batch(TEXTS).columns)
        assert table.to_arrow().schema == pq.Table.empty(kind).to_arrow().schema


def test_nested_tables_have_a_row_for_each_text():
    for kind, reader in READERS.items():
        table = reader.batch(TEXTS, nested=True)
        flat_rows = reader.batch(TEXTS).to_pylist()
        lists = [row[kind] for row in table.to_pylist()]
        assert lists[1] is None
        assert [hit for hits in lists for hit in hits or []] == [
            {name: value for name, value in row.items() if name != "row"} for row in flat_rows
        ]
        assert (table.columns, len(table), lists[2]) == ((kind,), len(TEXTS), [])


def test_a_pipeline_gives_each_kind():
    pipeline = pq.Pipeline(matcher=MATCHER)
    documents = [pipeline(text or "") for text in TEXTS]
    for kind in ("sentences", "mentions", "quotes"):
        found = [hit.text for document in documents for hit in getattr(document, kind)]
        assert [row["text"] for row in pipeline.batch(TEXTS, kind).to_pylist()] == found
    with pytest.raises(pq.PullquoteError, match=r'kind="words" is not one of sentences, mentions, quotes'):
        pipeline.batch(TEXTS, "words")


@pytest.mark.parametrize(("offsets", "encoding"), [("byte", "utf-8"), ("utf16", "utf-16-le")])
def test_other_offsets(offsets, encoding):
    text = TEXTS[3]
    encoded = text.encode(encoding)
    unit = len("x".encode(encoding))
    for row in READERS["quotes"].batch([text], offsets=offsets).to_pylist():
        assert encoded[row["start"] * unit : row["end"] * unit].decode(encoding) == row["text"]
        cue = encoded[row["cue_start"] * unit : row["cue_end"] * unit].decode(encoding)
        assert cue == row["cue_text"]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("one text", "not one text; for one, pass a list"),
        (b"bytes", "not one text"),
        (5, "not int"),
        ({"a": 1}, "not dict"),
        ({"a"}, "not set"),
        (["a", 3.5], r"3\.5 in row 1 of texts must be a str or null, not float"),
        (["a", None, b"x"], r"b'x' in row 2 of texts must be a str or null, not bytes"),
        (pd.Series(["a", 7], dtype=object), "7 in row 1 of texts must be a str or null, not int"),
        (pl.Series([1]), "not of Int64"),
        (pa.array([1.5]), "not of Float64"),
        (pl.col("text"), "not Expr"),
        (pd.DataFrame({"a": ["x"], "b": ["y"]}), "not a table of several: a, b"),
        (pa.table({"a": ["x"], "b": ["y"]}), "not a table of several: a, b"),
    ],
)
def test_what_is_no_column_of_texts_is_refused_by_name(column, message):
    for method in (
        READERS["quotes"].batch,
        pq.Pipeline().batch,
        lambda texts: list(pq.Pipeline().pipe(texts)),
    ):
        with pytest.raises(pq.InputTypeError, match=message):
            method(column)


def test_what_is_no_utf8_is_read_all_the_same():
    # Nobody checks what is in an Arrow array.
    broken = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(np.array([0, 4], "int32")), pa.py_buffer(b"It\xff.")]
    )
    assert [row["text"] for row in READERS["sentences"].batch(broken).to_pylist()] == ["It\ufffd."]


def test_any_number_of_threads_gives_the_same_table():
    texts = [
        f"{text} {'It rained. ' * (row % 50)}" for row, text in enumerate([t or "" for t in TEXTS] * 800)
    ]
    tables = [READERS["quotes"].batch(texts, threads=threads) for threads in (1, 2, 3, 7)]
    streams = [table.to_arrow().to_batches() for table in tables]
    assert len(streams[0]) > 1
    assert all(stream == streams[0] for stream in streams)
    assert all(table == tables[0] for table in tables)
    assert tables[0] != READERS["quotes"].batch(texts[:-1])


def test_threads_are_checked(monkeypatch):
    for wrong in (0, -1, "two", 1.5):
        with pytest.raises(pq.InputTypeError, match="must be a whole number from 1"):
            READERS["quotes"].batch(TEXTS, threads=wrong)
    monkeypatch.setenv("PULLQUOTE_NUM_THREADS", "0")
    with pytest.raises(pq.InvalidValueError, match='PULLQUOTE_NUM_THREADS="0"'):
        READERS["quotes"].batch(TEXTS)
    monkeypatch.setenv("PULLQUOTE_NUM_THREADS", "2")
    assert len(READERS["quotes"].batch(TEXTS)) == 4


def read_in_child(results):
    results.put(READERS["quotes"].batch([text or "" for text in TEXTS] * 5000, threads=2).to_pylist()[-1])


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_child_has_threads_of_its_own():
    last = READERS["quotes"].batch([text or "" for text in TEXTS] * 5000, threads=2).to_pylist()[-1]
    fork = multiprocessing.get_context("fork")
    results = fork.Queue()
    child = fork.Process(target=read_in_child, args=(results,))
    child.start()
    assert results.get(timeout=60) == last
    child.join()


def test_an_interrupt_stops_the_work():
    code = (
        "import pullquote as pq\n"
        "texts = iter(lambda: '“It leaks,” said Mara Quist. ' * 100, None)\n"
        "print('ready', flush=True)\n"
        "pq.QuoteDetector().batch(texts)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    # Sent until it is heard: the first may come before the work has begun.
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            continue
    assert "KeyboardInterrupt" in process.communicate()[1]
    assert process.returncode in (-signal.SIGINT, 1)


def test_other_threads_go_on_meanwhile():
    ticks = 0
    stop = threading.Event()

    def tick():
        nonlocal ticks
        while not stop.is_set():
            ticks += 1

    ticker = threading.Thread(target=tick)
    ticker.start()
    before = ticks
    READERS["quotes"].batch(["“It leaks,” said Mara Quist. " * 50_000])
    stop.set()
    ticker.join()
    assert ticks - before > 1


def test_an_error_of_the_source_is_the_callers():
    def failing():
        yield "It rained."
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        READERS["quotes"].batch(failing())
    with pytest.raises(LookupError, match="no more"):
        list(pq.Pipeline().pipe(failing()))


def test_pipe_reads_while_it_is_read():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield "“It leaks,” said Mara Quist. " * 100

    documents = pq.Pipeline().pipe(endless(), threads=2)
    assert iter(documents) is documents
    assert next(documents).quotes
    assert taken < 10_000
    del documents
    gc.collect()


def test_pipe_gives_the_callers_own_strings():
    texts = ["“Ja,” said \ud800 Mara Quist.", "It rained."]
    documents = list(pq.Pipeline().pipe(texts))
    assert all(document.text is text for document, text in zip(documents, texts, strict=True))


def test_progress_is_shown(capfd):
    READERS["quotes"].batch(TEXTS, progress=True)
    assert f"{len(TEXTS)}/{len(TEXTS)}" in capfd.readouterr().err


def test_tables_in_other_libraries():
    table = hits = READERS["quotes"].batch(TEXTS)  # DuckDB finds `hits` by its name
    rows = table.to_pylist()
    assert pl.DataFrame(table).to_dicts() == table.to_polars().to_dicts() == rows
    frame = table.to_pandas()
    assert all(isinstance(dtype, pd.ArrowDtype) for dtype in frame.dtypes)
    assert frame["content"].tolist() == [row["content"] for row in rows]
    found = duckdb.sql("select speaker_name, count(*) from hits where kind = 'direct' group by 1 order by 1")
    assert found.fetchall() == [("Mara Quist", 1), ("Tobias Fenn", 1)]
    assert hits is table
    assert pa.schema(table) == table.to_arrow().schema


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("kind", READERS)
def test_tables_pickle(kind, nested, tmp_path):
    long = [text or "" for text in TEXTS] * 4000  # two batches at least
    for texts in (TEXTS, long, [None], []):
        table = READERS[kind].batch(texts, nested=nested)
        twin = pickle.loads(pickle.dumps(table))
        assert twin == table
        assert (repr(twin), twin.types, twin.to_pylist()) == (repr(table), table.types, table.to_pylist())
        assert twin.to_arrow().to_batches() == table.to_arrow().to_batches()
        twin.to_arrow().validate(full=True)
        assert twin.to_bytes() == table.to_bytes()
        assert copy.copy(table) is copy.deepcopy([table])[0] is table
        table.save(tmp_path / "hits")
        assert pq.Table.load(tmp_path / "hits") == table
    assert len(READERS[kind].batch(long, nested=nested).to_arrow().to_batches()) > 1


def test_every_cut_and_change_of_a_saved_table_is_an_error(tmp_path):
    whole = READERS["quotes"].batch(TEXTS).to_bytes()
    for end in range(0, len(whole), 7):
        with pytest.raises(pq.PullquoteError, match="not a saved Table"):
            pq.Table.from_bytes(whole[:end])
    for at in range(0, len(whole), 7):
        with pytest.raises(pq.PullquoteError):
            pq.Table.from_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :])
    with pytest.raises(pq.PullquoteError, match="another object"):
        pq.Table.from_bytes(MATCHER.to_bytes())
    (tmp_path / "hits").write_bytes(b"GIF89a")
    with pytest.raises(pq.PullquoteError, match="hits: not a saved Table"):
        pq.Table.load(tmp_path / "hits")


def test_reading_in_place_leaves_no_copies():
    articles = pa.array(["“It leaks,” said Mara Quist. “Ja.” " * 100] * 2000)
    before = pa.total_allocated_bytes()
    READERS["mentions"].batch(articles)
    assert pa.total_allocated_bytes() == before


def test_arrays_are_given_back():
    before = pa.total_allocated_bytes()
    table = READERS["quotes"].batch(pa.array([text or "" for text in TEXTS] * 1000), threads=2)
    assert len(table) == 4000
    del table
    gc.collect()
    # A worker may still be letting go of the last chunk.
    for _ in range(1000):
        if pa.total_allocated_bytes() <= before:
            break
        threading.Event().wait(0.01)
    assert pa.total_allocated_bytes() <= before
