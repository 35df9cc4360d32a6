"""The command: as a process where processes matter, and by its `main` where files do."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import sysconfig
import termios
from itertools import count, repeat
from pathlib import Path
from types import SimpleNamespace

import pullquote as pq
import pyarrow as pa
import pyarrow.parquet
import pytest
from pullquote import html
from pullquote.cli import main
from pullquote.cli.reading import CHUNK_CHARACTERS, CHUNK_RECORDS, Record, chunks
from pullquote.cli.report import Report

ARTICLE = "“It leaks,” said Mara Quist.\n\nIt rained."
TEXTS = [
    ARTICLE,
    "",
    "=SUM(A1), wrote Tobias Fenn. “-5 degrees,” he said. “+1, “@home”,” Ines Calder told\n\tthe “Courier”.",
    "It was cold; “no, 'ja' 😀”, officials say.",
]
MODULE = [sys.executable, "-m", "pullquote"]
COMMANDS = ["quotes", "split", "entities", "analyze"]
ENVIRONMENT = os.environ | {"PYTHONUTF8": "1"}
PEOPLE = [{"id": "Q1", "name": "Mara Quist", "aliases": ["Quist"]}, {"id": "Q2", "name": "Tobias Fenn"}]


def pullquote(*arguments, given="", command=MODULE):
    return subprocess.run(
        [*command, *map(str, arguments)],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        check=False,
        env=ENVIRONMENT,
    )


def run(*arguments):
    return main([str(argument) for argument in arguments])


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.names"
    path.write_text("Mara Quist\n\n", encoding="utf-8")
    return path


@pytest.fixture
def gazetteer(tmp_path):
    path = tmp_path / "gazetteer" / "people.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, PEOPLE)), encoding="utf-8")
    return path


def arguments(command, people):
    return [command, "--gazetteer", people] if command == "entities" else [command]


# For people.


def test_quotes_shows_who_said_what(article, people):
    done = pullquote("quotes", "--gazetteer", people, article)
    assert done.stdout.decode() == "Mara Quist → It leaks, (direct, said)\n"
    assert (done.returncode, done.stderr) == (0, b"")


def test_split_shows_one_sentence_a_line(article):
    done = pullquote("split", article)
    assert done.stdout.decode() == "“It leaks,” said Mara Quist.\nIt rained.\n"


def test_entities_shows_whom_and_where(article, people):
    done = pullquote("entities", "--gazetteer", people, article)
    assert done.stdout.decode() == "17-27 Mara Quist → Mara Quist [Mara Quist, PERSON]\n"


def test_analyze_sums_up_and_shows_the_quotes(article, people):
    lines = pullquote("analyze", "--gazetteer", people, article).stdout.decode().splitlines()
    assert lines[0] == "2 sentences, 1 quotes"
    assert lines[1].startswith("Mara Quist [Mara Quist, PERSON] × ")
    assert lines[-1] == "Mara Quist → It leaks, (direct, said)"


def test_texts_are_headed_by_their_names_where_something_is_in_them(article, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": ""}\n{"text": "It held."}\n', encoding="utf-8")
    lines = pullquote("split", article, rows).stdout.decode().splitlines()
    assert lines == [
        str(article),
        "“It leaks,” said Mara Quist.",
        "It rained.",
        "",
        f"{rows}: row 1",
        "It held.",
    ]


def test_the_terminal_is_not_the_texts_to_command():
    done = pullquote("split", "-", given="It \x1b[31mrained\x07\r\nhard.")
    assert done.stdout.splitlines()[0].startswith(b"It [31mrained")
    assert not {0x1B, 0x07, 0x0D} & set(done.stdout)


# Every input in every format.


def write_files(folder, ending="", pack=lambda data: data):
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt{ending}").write_bytes(pack(text.encode()))


def write_csv(folder, ending, delimiter):
    with (folder / f"articles{ending}").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=delimiter)
        rows.writerows([("id", "body"), *enumerate(TEXTS)])


def json_lines():
    return "\n\n".join(json.dumps({"id": n, "body": text}) for n, text in enumerate(TEXTS)).encode()


def write_parquet(folder):
    table = pa.table({"id": list(range(len(TEXTS))), "unread": TEXTS, "body": TEXTS})
    pyarrow.parquet.write_table(table, folder / "articles.parquet", row_group_size=2)


INPUTS = {
    "text": write_files,
    "text.gz": lambda folder: write_files(folder, ".gz", gzip.compress),
    "jsonl": lambda folder: (folder / "articles.ndjson").write_bytes(json_lines()),
    "jsonl.gz": lambda folder: (folder / "articles.jsonl.gz").write_bytes(gzip.compress(json_lines())),
    "csv": lambda folder: write_csv(folder, ".csv", ","),
    "tsv": lambda folder: write_csv(folder, ".TSV", "\t"),
    "parquet": write_parquet,
}
TABLES = {
    "quotes": lambda: pq.QuoteDetector(matcher=pq.EntityMatcher(PEOPLE)).batch(TEXTS),
    "split": lambda: pq.SentenceSplitter().batch(TEXTS),
    "entities": lambda: pq.EntityMatcher(PEOPLE).batch(TEXTS),
}


@pytest.fixture(params=INPUTS)
def folder(request, tmp_path):
    path = tmp_path / "given"
    path.mkdir()
    INPUTS[request.param](path)
    return path


def asked(command, gazetteer):
    return [command, "--field", "body"] + ([] if command == "split" else ["--gazetteer", gazetteer])


def placed(row, folder):
    """Give a row of the library's table as the command does: in files of one text, the file tells the row."""
    files = sorted(folder.iterdir())
    source, number = (files[row["row"]], 0) if len(files) > 1 else (files[0], row["row"])
    return {"source": str(source)} | row | {"row": number}


def read_cells(path):
    """Rows of CSV, typed by their columns as a reader would, and without the guard of formulas."""
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {name: cell[1:] if cell[:2] in GUARDED else cell for name, cell in row.items()}


GUARDED = {f"'{sign}" for sign in "=+-@\t\r\n"}
SPELT = {None: "", True: "true", False: "false"}


def spelt(value):
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return SPELT[value] if value is None or isinstance(value, bool) else str(value)


READERS = {
    "jsonl": lambda path: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()],
    "csv": lambda path: list(read_cells(path)),
    "parquet": lambda path: pyarrow.parquet.read_table(path).to_pylist(),
}


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("command", TABLES)
def test_rows_are_those_of_the_librarys_table(command, ending, folder, gazetteer, tmp_path):
    out = tmp_path / f"out.{ending}"
    assert run(*asked(command, gazetteer), folder, "-o", out) == 0
    expected = [placed(row, folder) for row in TABLES[command]().to_pylist()]
    assert expected
    if ending == "csv":
        expected = [{name: spelt(value) for name, value in row.items()} for row in expected]
    assert READERS[ending](out) == expected


def test_documents_are_the_librarys(folder, gazetteer, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run(*asked("analyze", gazetteer), folder, "-o", out) == 0
    documents = [pq.analyze(text, PEOPLE).to_dict() for text in TEXTS]
    expected = [placed({"row": row}, folder) | document for row, document in enumerate(documents)]
    assert READERS["jsonl"](out) == json.loads(json.dumps(expected))


def test_text_shows_the_quotes_under_the_name_of_each_text(folder, gazetteer, tmp_path):
    out = tmp_path / "out.txt"
    assert run(*asked("quotes", gazetteer), folder, "-o", out) == 0
    shown = []
    for row, text in enumerate(TEXTS):
        lines = [
            f"{quote.speaker and quote.speaker.name} → {' '.join(quote.content.split())} ({quote.kind}"
            for quote in pq.quotes(text, PEOPLE)
        ]
        if lines:
            place = placed({"row": row}, folder)
            one = len(list(folder.iterdir())) > 1
            shown.append([place["source"] if one else f"{place['source']}: row {row}", *lines])
    written = [block.splitlines() for block in out.read_text(encoding="utf-8").split("\n\n")]
    assert len(written) == len(shown)
    for block, expected in zip(written, shown, strict=True):
        assert len(block) == len(expected)
        assert block[0] == expected[0]
        for line, start in zip(block[1:], expected[1:], strict=True):
            speaker, _, said = start.partition(" → ")
            assert said in line
            assert line.startswith(speaker) or speaker == "None"


def test_a_page_holds_every_document(folder, gazetteer, tmp_path):
    out = tmp_path / "out.html"
    assert run(*asked("analyze", gazetteer), folder, "-o", out) == 0
    page = out.read_text(encoding="utf-8")
    for row, text in enumerate(TEXTS):
        place = placed({"row": row}, folder)
        heading = place["source"] + ("" if len(list(folder.iterdir())) > 1 else f": row {row}")
        assert html.section(pq.analyze(text, PEOPLE), heading) in page
    assert page.count("<html") == page.count("</html>") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_of_one_text_is_its_documents(command, article, gazetteer, tmp_path):
    out = tmp_path / "out.htm"
    given = [] if command == "split" else ["--gazetteer", gazetteer]
    assert run(command, *given, article, "-o", out) == 0
    document = pq.analyze(ARTICLE, PEOPLE)
    mentions = pq.entities(ARTICLE, PEOPLE)
    only = {
        "quotes": pq.Document(ARTICLE, (), (), (), document.quotes),
        "split": pq.Document(ARTICLE, document.sentences, (), (), ()),
        "entities": pq.Document(ARTICLE, (), mentions, [mentions[0].entity], ()),
        "analyze": document,
    }
    assert out.read_text(encoding="utf-8") == only[command].to_html(str(article))


@pytest.mark.parametrize("form", INPUTS)
def test_standard_input_is_read_as_it_is_told(form, tmp_path):
    INPUTS[form](tmp_path)
    path = min(tmp_path.iterdir())
    if path.suffix == ".gz":
        return
    done = pullquote("split", "--from", form, "--field", "body", "--to", "jsonl", given=path.read_bytes())
    texts = TEXTS[:1] if form == "text" else TEXTS
    rows = [{"source": "-"} | row for row in pq.SentenceSplitter().batch(texts).to_pylist()]
    assert [json.loads(line) for line in done.stdout.splitlines()] == rows
    with path.open("rb") as file:  # A file can be gone back in, a pipe cannot.
        again = subprocess.run(
            [*MODULE, "split", "--from", form, "--field", "body", "--to", "jsonl", "-"],
            stdin=file,
            capture_output=True,
            check=True,
            env=ENVIRONMENT,
        )
    assert again.stdout == done.stdout


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "html"])
def test_standard_output_is_the_file(form, article, tmp_path):
    out = tmp_path / "out"
    assert run("quotes", article, "-o", out, "--to", form) == 0
    assert pullquote("quotes", article, "--to", form).stdout == out.read_bytes()


@pytest.mark.parametrize("form", ["text", "jsonl", "csv", "parquet", "html"])
@pytest.mark.parametrize("empty", ["text", "jsonl", "csv"])
def test_nothing_in_is_nothing_out(empty, form, tmp_path):
    given, out = tmp_path / "given", tmp_path / "out"
    given.write_bytes(b"")
    assert run("quotes", "--from", empty, "--to", form, given, "-o", out) == 0
    if form == "parquet":
        columns = pyarrow.parquet.read_table(out)
        assert (columns.num_rows, columns.column_names[0]) == (0, "source")
        assert tuple(columns.column_names[1:]) == pq.Table.empty("quotes").columns
    elif form == "csv":
        assert out.read_text().splitlines() == [",".join(("source", *pq.Table.empty("quotes").columns))]
    elif form == "html":
        assert out.read_text().endswith(html.CLOSING)
    else:
        assert out.read_bytes() == b""


# Fields and ids.


def test_a_field_may_be_deep_and_a_null_has_nothing_in_it(tmp_path):
    articles, out = tmp_path / "articles.jsonl", tmp_path / "out.jsonl"
    rows = [{"a.b": "It held."}, {"a": {"b": "It rained."}}, {"a": {"b": None}}, {"a": None}]
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("split", "--field", "a.b", articles, "-o", out) == 0
    assert [(row["row"], row["text"]) for row in READERS["jsonl"](out)] == [
        (0, "It held."),
        (1, "It rained."),
    ]
    table = tmp_path / "articles.parquet"
    pyarrow.parquet.write_table(
        pa.table({"a": [{"b": "It held.", "c": 1}, {"b": None, "c": 1}, None]}), table
    )
    assert run("split", "--field", "a.b", table, "-o", out) == 0
    assert [(row["row"], row["text"]) for row in READERS["jsonl"](out)] == [(0, "It held.")]


@pytest.mark.parametrize(
    ("ids", "kind"), [([7, 8], pa.int64()), (["a", "b"], pa.string()), ([None, "b"], pa.string())]
)
def test_ids_are_given_back_as_they_were(ids, kind, tmp_path):
    articles, out = tmp_path / "articles.jsonl", tmp_path / "out.parquet"
    rows = [{"key": {"id": number}, "text": "It held."} for number in ids]
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for ending in ("jsonl", "parquet"):
        assert run("split", "--id", "key.id", articles, "-o", out.with_suffix(f".{ending}")) == 0
        read = READERS[ending](out.with_suffix(f".{ending}"))
        assert [row["id"] for row in read] == ids
        assert list(read[0])[:3] == ["source", "id", "row"]
    assert pyarrow.parquet.read_schema(out).field("id").type == kind


def test_ids_of_several_types_do_not_fit_into_parquet(tmp_path, capsys):
    articles, out = tmp_path / "articles.jsonl", tmp_path / "out.parquet"
    ids = [1] * CHUNK_RECORDS + ["a"]
    articles.write_text("\n".join(json.dumps({"id": i, "text": "It held."}) for i in ids), encoding="utf-8")
    assert run("split", "--id", "id", articles, "-o", out) == 1
    assert f"pullquote: {out}: Parquet holds ids of one type" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles.jsonl"]


def test_a_text_of_one_id_is_headed_by_it(tmp_path, capsys):
    articles = tmp_path / "articles.csv"
    articles.write_text("url,text\nosterby/1,It held.\n", encoding="utf-8")
    assert run("split", "--id", "url", articles) == 0
    assert capsys.readouterr().out == f"{articles}: osterby/1\nIt held.\n"


def test_cells_are_no_formulas(tmp_path):
    beginnings = ["=1+1", "+1", "-1", "@SUM(1)"]
    articles, out = tmp_path / "articles.jsonl", tmp_path / "out.csv"
    rows = [
        {"id": beginning, "text": f"“{beginning},” said Mara Quist."} for beginning in [*beginnings, "ok"]
    ]
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("quotes", "--id", "id", articles, "-o", out) == 0
    with out.open(newline="", encoding="utf-8") as file:
        cells = [(row["id"], row["content"], row["start"]) for row in csv.DictReader(file)]
    assert cells == [(f"'{it}", f"'{it},", "1") for it in beginnings] + [("ok", "ok,", "1")]


# What can be wrong with an input.


@pytest.mark.parametrize(
    ("name", "content", "complaints"),
    [
        ("a.jsonl", '{"text"\n\n[1]\n{"txt": ""}\n{"text": 7}\n', [
            "line 1: not JSON: Expecting ':' delimiter at column 8",
            "line 3: not a JSON object",
            'line 4: no field "text"',
            'line 5: field "text" is no string: 7',
        ]),
        ("a.csv", "id,body\n1,It held.\n", ['no column "text" among id, body']),
        ("b.csv", 'id,text\n1,"It\nheld."\n2\n', ['line 4: no field "text"']),
        ("a.parquet", "PAR1, not", [None]),
        ("a.txt.gz", "It held.", ["Not a gzipped file (b'It')"]),
        ("b.jsonl", '{"text": ""}\n' * 2 + "no\n" * 9, [
            *(f"line {line}: not JSON: Expecting value at column 1" for line in range(3, 8)),
            "so in 4 more rows",
        ]),
        ("deep.jsonl", '{"text": ' + "[" * 100_000 + "\n", [None]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_the_rest_is_read(name, content, complaints, tmp_path, capsys):
    article = tmp_path / "article.text"
    article.write_text(ARTICLE, encoding="utf-8")
    wrong = tmp_path / name
    wrong.write_text(content, encoding="utf-8")
    assert run("split", wrong, article) == 1
    shown = capsys.readouterr()
    for line, complaint in zip(shown.err.splitlines(), complaints, strict=True):
        assert line.startswith(f"pullquote: {wrong}: ")
        assert complaint is None or line == f"pullquote: {wrong}: {complaint}"
    assert "It rained." in shown.out


def test_an_id_that_is_a_list_is_named(tmp_path, capsys):
    articles = tmp_path / "articles.jsonl"
    articles.write_text('{"id": [1], "text": "It held."}\n', encoding="utf-8")
    assert run("split", "--id", "id", articles) == 1
    assert 'line 1: field "id" is no string and no number: [1]' in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_file_is_named_and_the_others_are_read(command, article, people, tmp_path, capsys):
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    given = [tmp_path / "none.txt", article, nothing, tmp_path / "*.md"]
    assert run(*arguments(command, people), *given) == 1
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        f"pullquote: {nothing}: no file in it with a known ending",
        f"pullquote: {tmp_path}/*.md: no file matches",
        f"pullquote: {tmp_path}/none.txt: No such file or directory",
    ]
    assert shown.out


def test_a_file_that_is_not_utf8_is_read_with_a_warning(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("A café, a café.".encode("latin-1"))
    done = pullquote("split", path)
    assert done.stdout.decode() == "A caf\ufffd, a caf\ufffd.\n"
    assert done.stderr.decode() == f"pullquote: {path}: not UTF-8 at byte 5, read with replacements\n"
    assert done.returncode == 0
    assert b"standard input: not UTF-8 at byte 0" in pullquote("split", "-", given=b"\xff").stderr
    assert pullquote("split", "--quiet", path).stderr == b""
    told = pullquote("split", "--encoding", "latin-1", path)
    assert (told.stdout.decode(), told.stderr) == ("A café, a café.\n", b"")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_text(encoding, tmp_path, capsys):
    for name, content in (("a.txt", "A café."), ("a.csv", "text,id\nA café.,1\n")):
        (tmp_path / name).write_bytes(content.encode(encoding))
        assert run("split", tmp_path / name) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "A café."
    big = "\ufeffA café.".encode("utf-16-be")
    assert pullquote("split", given=big).stdout.decode() == "A café.\n"


def test_half_a_character_is_replaced_one_for_one(tmp_path):
    articles, out = tmp_path / "articles.jsonl", tmp_path / "out.jsonl"
    articles.write_text('{"text": "A \\ud800 b.", "id": "\\udfff"}\n', encoding="utf-8")
    for command in ("split", "analyze"):
        assert run(command, "--id", "id", articles, "-o", out) == 0
        (row,) = READERS["jsonl"](out)
        assert (row["id"], row["text"]) == ("\ufffd", "A \ufffd b.")


# Files, folders, patterns.


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "tree"
    names = ["b.txt", "a.MD", "sub/c.text", "sub/deep/d.txt", ".hidden.txt", ".git/e.txt", "picture.png", "f"]
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{name} held.", encoding="utf-8")
    return root


def sources(*given, out):
    code = run("split", *given, "-o", out)
    return code, list(dict.fromkeys(row["source"] for row in READERS["jsonl"](out)))


def test_a_folder_is_its_texts_in_order(tree, tmp_path):
    code, read = sources(tree, out=tmp_path / "out.jsonl")
    assert code == 0
    assert read == [f"{tree}/{name}" for name in ("a.MD", "b.txt", "sub/c.text", "sub/deep/d.txt")]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["b.txt", "sub/deep/d.txt"]),
        ("[fb]*", ["b.txt", "f"]),
        ("sub", ["sub/c.text", "sub/deep/d.txt"]),
        ("f", ["f"]),
    ],
)
def test_patterns_are_for_shells_that_know_none(pattern, names, tree, tmp_path):
    assert sources(tree / pattern, out=tmp_path / "out.jsonl") == (0, [f"{tree}/{name}" for name in names])


def test_a_file_may_be_called_like_a_pattern(tree, tmp_path):
    (tree / "[b].txt").write_text("It held.", encoding="utf-8")
    assert sources(tree / "[b].txt", out=tmp_path / "out.jsonl")[1] == [f"{tree}/[b].txt"]


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_input_is_read_like_a_file(command, article, people):
    asked = arguments(command, people)
    expected = pullquote(*asked, article).stdout
    assert expected
    assert pullquote(*asked, "-", given=ARTICLE).stdout == expected
    assert pullquote(*asked, given=ARTICLE).stdout == expected


@pytest.mark.parametrize(("name", "content"), [
    ("people.jsonl", '{"id": "Q1", "name": "Mara Quist"}\n'),
    ("people.csv", "id,name\nQ1,Mara Quist\n"),
    ("people.names", "Mara Quist\n"),
])  # fmt: skip
def test_gazetteers_are_read_by_their_endings(name, content, article, tmp_path, capsys):
    gazetteer = tmp_path / name
    gazetteer.write_text(content, encoding="utf-8")
    assert run("entities", "--fuzzy", "--gazetteer", gazetteer, article) == 0
    shown = capsys.readouterr()
    assert "17-27 Mara Quist" in shown.out
    assert not shown.err


# The output's file.


def test_an_output_that_is_an_input_is_refused(article, tmp_path, capsys):
    link = tmp_path / "link.txt"
    link.symlink_to(article)
    for given, out in ((article, article), (article, link), (tmp_path, article)):
        with pytest.raises(SystemExit) as stopped:
            run("split", given, "-o", out)
        assert stopped.value.code == 2
        assert f"argument --output: {out} is an input" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("quotes", "--gazetteer", article, tmp_path / "none.txt", "-o", article)
    assert article.read_text(encoding="utf-8") == ARTICLE
    with article.open("rb") as file:
        redirected = subprocess.run(
            [*MODULE, "split", "-o", article], stdin=file, capture_output=True, check=False, env=ENVIRONMENT
        )
    assert redirected.returncode == 2
    assert article.read_text(encoding="utf-8") == ARTICLE


def test_an_output_that_cannot_be_written_is_named(article, tmp_path, capsys):
    out = tmp_path / "none" / "out.csv"
    assert run("split", article, "-o", out) == 1
    assert capsys.readouterr().err == f"pullquote: {out}: No such file or directory\n"
    with Path("/dev/full").open("wb") as device:
        full = subprocess.run(
            [*MODULE, "split", article], stdout=device, stderr=subprocess.PIPE, check=False, env=ENVIRONMENT
        )
    assert full.returncode == 1
    assert full.stderr == b"pullquote: standard output: No space left on device\n"


def test_a_link_stays_a_link_and_keeps_its_rights(article, tmp_path):
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run("split", article, "-o", link) == 0
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert READERS["jsonl"](target)


# Counting.


def test_summary_counts_the_quotes_of_each_speaker(tmp_path, gazetteer, capsys):
    texts = [
        "Mara Quist closed the pumps. “It leaks,” Quist said. She said: “Badly.”",
        "“It held,” said Ada Brenn. “Who knows?” “Ja,” said Quist.",
        "“No,” said Ines Calder. “Yes,” said Ines Calder.",
    ]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    asked = ["quotes", "--kinds", "direct", "--summary", "--gazetteer", gazetteer, tmp_path / "?.txt"]
    assert run(*asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["quotes  speaker", "     3  Mara Quist [Q1]"]
    rows = [
        {"speaker": "Mara Quist", "id": "Q1", "quotes": 3},
        {"speaker": "Ines Calder", "id": None, "quotes": 2},
    ]
    for ending, reader in READERS.items():
        out = tmp_path / f"out.{ending}"
        assert run(*asked, "-o", out) == 0
        read = reader(out)
        expected = [{k: spelt(v) for k, v in row.items()} for row in rows] if ending == "csv" else rows
        assert read[:2] == expected
        assert sum(int(row["quotes"]) for row in read) == sum(
            len(pq.QuoteDetector(kinds=["direct"]).find(text)) for text in texts
        )


def test_kinds_are_chosen(article, tmp_path):
    out = tmp_path / "out.jsonl"
    text = tmp_path / "text.txt"
    text.write_text(TEXTS[2] + "\n\nTobias Fenn said that the “old” wall had moved.", encoding="utf-8")
    assert run("quotes", "--kinds", "scare,mixed", text, article, "-o", out) == 0
    assert {row["kind"] for row in READERS["jsonl"](out)} <= {"scare", "mixed"}


# The command line.


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ([], "required: COMMAND"),
        (["sing", "-"], "invalid choice: 'sing'"),
        (["split", "-", "-"], "standard input can be read only once"),
        (["split", "--to", "xml", "-"], "invalid choice: 'xml'"),
        (["split", "--from", "xml", "-"], "invalid choice: 'xml'"),
        (["split", "--gazetteer", "x", "-"], "unrecognized arguments"),
        (["split", "--summary", "-"], "unrecognized arguments"),
        (["split", "--encoding", "rot13", "-"], "argument --encoding: unknown: rot13"),
        (["split", "--threads", "0", "-"], "argument --threads: no number from 1 up: 0"),
        (["split", "-o", "out.doc", "-"], "argument --output: which format is out.doc?"),
        (["analyze", "-o", "out.csv", "-"], "analyze finds more than a table holds"),
        (["quotes", "--summary", "--to", "html", "-"], "argument --summary: write text"),
        (["quotes", "--kinds", "direct,loud", "-"], 'argument --kinds: kind="loud" is not one of'),
        (["entities", "-"], "required: --gazetteer"),
        (
            ["quotes", "--gazetteer", "none.jsonl", "-"],
            "argument --gazetteer: none.jsonl: No such file or directory",
        ),
    ],
)
def test_a_wrong_command_line_is_code_2(asked, message, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(*asked)
    shown = capsys.readouterr()
    assert stopped.value.code == 2
    assert message in shown.err
    assert not shown.out


def test_an_unusable_gazetteer_names_its_line(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text('{"name": "Mara Quist"}\n{"name"\n', encoding="utf-8")
    done = pullquote("quotes", "--gazetteer", path, "-")
    assert done.returncode == 2
    assert f"argument --gazetteer: {path}: line 2: " in done.stderr.decode()


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_change_nothing(threads, tmp_path):
    articles = tmp_path / "articles.jsonl"
    articles.write_text(
        "".join(f"{json.dumps({'text': text * 50})}\n" for text in TEXTS * 90), encoding="utf-8"
    )
    out = [tmp_path / "out.csv", tmp_path / "again.csv"]
    assert run("quotes", articles, "-o", out[0]) == 0
    assert run("quotes", articles, "--threads", threads, "-o", out[1]) == 0
    assert out[0].read_bytes() == out[1].read_bytes() != b""


def test_the_installed_script_is_the_module():
    script = shutil.which("pullquote", path=sysconfig.get_path("scripts"))
    for command in (MODULE, [script]):
        assert pullquote("--version", command=command).stdout.decode() == f"pullquote {pq.__version__}\n"


def test_help_names_every_command_and_shows_examples():
    shown = pullquote("--help").stdout.decode()
    assert all(command in shown for command in COMMANDS)
    for command in COMMANDS:
        done = pullquote(command, "--help")
        assert done.returncode == 0
        assert f"pullquote {command} " in done.stdout.decode().partition("examples:")[2]


def test_nothing_optional_is_imported_for_text(article):
    code = (
        "import sys; from pullquote.cli import main; main(['quotes', sys.argv[1], '--to', 'jsonl']); "
        "print(*{'pyarrow', 'tqdm', 'pandas', 'numpy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, article], capture_output=True, check=True)
    assert done.stdout
    assert done.stderr == b"\n"


# Streams.


def test_no_more_is_read_than_a_chunk():
    taken = count()
    endless = (Record("-", next(taken), "It held.") for _ in count())
    assert len(next(chunks(endless))) == CHUNK_RECORDS == next(taken)
    long = (Record("-", 0, "x" * (CHUNK_CHARACTERS // 2 + 1)) for _ in count())
    assert len(next(chunks(long))) == 2


@pytest.mark.parametrize(
    ("form", "header", "row"), [("jsonl", b"", b'{"text": "It held."}\n'), ("csv", b"text\n", b"It held.\n")]
)
def test_an_endless_input_is_read_until_nobody_wants_more(form, header, row):
    with subprocess.Popen(
        [*MODULE, "split", "--from", form, "--to", "jsonl"],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as process:
        process.stdin.write(header + row * 2 * CHUNK_RECORDS)
        # The input is still open, yet its first rows are read.
        assert json.loads(process.stdout.readline())["text"] == "It held."
        process.stdout.close()
        with pytest.raises(BrokenPipeError):
            process.stdin.writelines(repeat(row * 1000))
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_a_closed_pipe_ends_the_command_silently(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("It rained.\n\n" * 100_000, encoding="utf-8")
    for form, first in (("text", b"It rained.\n"), ("csv", b"source,row,start,end,text\r\n")):
        with subprocess.Popen(
            [*MODULE, "split", path, "--to", form],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
        ) as process:
            assert process.stdout.readline() == first
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() == 141


def test_an_interruption_leaves_no_file_and_no_traceback(tmp_path):
    # Tests may be run where interruptions are ignored.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code = f"import sys; {heard} from pullquote.cli import main; sys.exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", code, "split", "--from", "jsonl", "-o", tmp_path / "out.jsonl", "-"],
        bufsize=0,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as process:
        while process.poll() is None and not list(tmp_path.iterdir()):
            process.stdin.write(b'{"text": "It held."}\n')
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []


# Terminals.

WIDTH = 60


def on_terminal(*arguments, out=None):
    """Run the command with a terminal for its errors, and for its output if nothing else is given."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, WIDTH))
    with subprocess.Popen(
        [*MODULE, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=theirs if out is None else out,
        stderr=theirs,
        env={name: value for name, value in ENVIRONMENT.items() if name != "COLUMNS"},
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 1 << 16)
            except OSError:  # Nobody has the other end any more.
                break
        os.close(ours)
    return SimpleNamespace(returncode=process.returncode, shown=shown.decode())


def test_a_bar_is_on_a_terminal_that_shows_no_results(article, tmp_path):
    out = tmp_path / "out.jsonl"
    done = on_terminal("quotes", article, "-o", out)
    assert done.returncode == 0
    assert "100%" in done.shown
    assert "100%" in on_terminal("quotes", article, out=subprocess.DEVNULL).shown
    for silent in ("--no-progress", "--quiet"):
        assert on_terminal("quotes", article, "-o", out, silent).shown == ""
    assert "%" not in on_terminal("quotes", article).shown


def test_complaints_and_the_bar_stand_on_lines_of_their_own(article, tmp_path):
    done = on_terminal("quotes", tmp_path / "none.txt", article, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1
    lines = [line.strip() for line in done.shown.replace("\r", "\n").split("\n")]
    assert f"pullquote: {tmp_path / 'none.txt'}: No such file or directory" in lines


def test_lines_are_broken_to_the_terminals_width(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("“" + "It leaks and nobody mends it. " * 5 + "” said Mara Quist.", encoding="utf-8")
    lines = on_terminal("quotes", text).shown.splitlines()
    assert len(lines) > 2
    assert all(len(line) <= WIDTH for line in lines)
    assert all(line.startswith("    ") for line in lines[1:])


def test_parquet_is_nothing_for_a_terminal(article):
    done = on_terminal("quotes", article, "--to", "parquet")
    assert done.returncode == 2
    assert "Parquet is nothing for a terminal" in done.shown


def test_a_terminal_is_not_waited_for():
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*MODULE, "quotes"], stdin=theirs, capture_output=True, check=False, env=ENVIRONMENT
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"give a FILE, or - for standard input" in done.stderr


def test_messages_are_silenced_but_not_complaints(capsys):
    report = Report()
    report.quiet = True
    report.warn("unheard")
    report.complain(io.UnsupportedOperation("no\nsuch thing"), at="here")
    assert capsys.readouterr().err == "pullquote: here: no such thing\n"
    assert report.complaints == 1
