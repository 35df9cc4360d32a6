"""The command, run as a process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig

import pullquote as pq
import pytest

ARTICLE = "“It leaks,” said Mara Quist.\n\nIt rained."
MODULE = [sys.executable, "-m", "pullquote"]
COMMANDS = ["quotes", "split", "entities", "analyze"]
ENVIRONMENT = os.environ | {"PYTHONUTF8": "1"}


def pullquote(*arguments, given="", command=MODULE):
    return subprocess.run(
        [*command, *map(str, arguments)],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        check=False,
        env=ENVIRONMENT,
    )


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.txt"
    path.write_text("Mara Quist\n\n", encoding="utf-8")
    return path


def arguments(command, people):
    return [command, "--gazetteer", people] if command == "entities" else [command]


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


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("quotes", lambda: pq.quotes(ARTICLE)),
        ("split", lambda: pq.sentences(ARTICLE)),
        ("entities", lambda: pq.entities(ARTICLE, ["Mara Quist"])),
        ("analyze", lambda: [pq.analyze(ARTICLE)]),
    ],
)
def test_jsonl_holds_every_field_and_the_files_name(command, expected, article, people):
    done = pullquote(*arguments(command, people), "--format", "jsonl", article)
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert rows == [{"file": str(article)} | value.to_dict() for value in expected()]
    assert rows


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_input_is_read_like_a_file(command, article, people):
    asked = arguments(command, people)
    assert pullquote(*asked, "-", given=ARTICLE).stdout == pullquote(*asked, article).stdout != b""


def test_several_files_are_headed_by_their_names(article, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("It held.", encoding="utf-8")
    lines = pullquote("split", article, other).stdout.decode().splitlines()
    assert lines == [str(article), "“It leaks,” said Mara Quist.", "It rained.", "", str(other), "It held."]


@pytest.mark.parametrize(("name", "content"), [
    ("people.jsonl", '{"id": "Q1", "name": "Mara Quist"}\n'),
    ("people.csv", "id,name\nQ1,Mara Quist\n"),
    ("people.names", "Mara Quist\n"),
])  # fmt: skip
def test_gazetteers_are_read_by_their_endings(name, content, article, tmp_path):
    gazetteer = tmp_path / name
    gazetteer.write_text(content, encoding="utf-8")
    done = pullquote("entities", "--fuzzy", "--gazetteer", gazetteer, article)
    assert b"17-27 Mara Quist" in done.stdout
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_file_is_named_and_the_others_are_read(command, article, people, tmp_path):
    done = pullquote(*arguments(command, people), tmp_path / "none.txt", article, tmp_path)
    assert done.returncode == 1
    errors = done.stderr.decode().splitlines()
    assert errors == [
        f"pullquote: {tmp_path / 'none.txt'}: No such file or directory",
        f"pullquote: {tmp_path}: Is a directory",
    ]
    assert done.stdout


def test_a_file_that_is_not_utf8_is_read_with_a_warning(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("A café.".encode("latin-1"))
    done = pullquote("split", path)
    assert done.stdout.decode() == "A caf\ufffd.\n"
    assert done.stderr.decode() == f"pullquote: {path}: not UTF-8 at byte 5, read with replacements\n"
    assert done.returncode == 0
    assert b"standard input: not UTF-8 at byte 0" in pullquote("split", "-", given=b"\xff").stderr


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert pullquote("split", "-", given="\ufeffIt rained.").stdout == b"It rained.\n"


def test_the_terminal_is_not_the_texts_to_command():
    done = pullquote("split", "-", given="It \x1b[31mrained\x07\r\nhard.")
    assert done.stdout.splitlines()[0].startswith(b"It [31mrained")
    assert not {0x1B, 0x07, 0x0D} & set(done.stdout)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ([], "required: COMMAND"),
        (["sing", "-"], "invalid choice: 'sing'"),
        (["split"], "required: FILE"),
        (["split", "--format", "xml", "-"], "invalid choice: 'xml'"),
        (["split", "--gazetteer", "x", "-"], "unrecognized arguments"),
        (["entities", "-"], "required: --gazetteer"),
        (
            ["quotes", "--gazetteer", "none.jsonl", "-"],
            "argument --gazetteer: none.jsonl: No such file or directory",
        ),
    ],
)
def test_a_wrong_command_line_is_code_2(asked, message):
    done = pullquote(*asked)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert done.stdout == b""


def test_an_unusable_gazetteer_names_its_line(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text('{"name": "Mara Quist"}\n{"name"\n', encoding="utf-8")
    done = pullquote("quotes", "--gazetteer", path, "-")
    assert done.returncode == 2
    assert f"argument --gazetteer: {path}: line 2: " in done.stderr.decode()


def test_a_closed_pipe_is_no_error(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("It rained.\n\n" * 100_000, encoding="utf-8")
    with subprocess.Popen(
        [*MODULE, "split", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout.readline() == b"It rained.\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_the_installed_script_is_the_module():
    script = shutil.which("pullquote", path=sysconfig.get_path("scripts"))
    for command in (MODULE, [script]):
        assert pullquote("--version", command=command).stdout.decode() == f"pullquote {pq.__version__}\n"


def test_help_names_every_command():
    shown = pullquote("--help").stdout.decode()
    assert all(command in shown for command in COMMANDS)
