"""The helpers for tests, themselves tested: what passes, what fails, and what the message says."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
import unittest
from dataclasses import dataclass
from textwrap import dedent

import pullquote as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pullquote._carets import underline
from pullquote.testing import (
    Marked,
    assert_mentions,
    assert_quotes,
    assert_sentences,
    assert_spans_valid,
    mark,
)
from strategies import texts

TEXT = "“It leaks,” said Mara Quist. “Badly.” Officials say that the crack is old. The “minor” leak grew."
PEOPLE = [pq.Entity("Q1", "Mara Quist", aliases=["Quist"])]


def message(assertion, *arguments, **options) -> str:
    with pytest.raises(AssertionError) as caught:
        assertion(*arguments, **options)
    return str(caught.value)


def test_marks_are_taken_out_of_the_text():
    text, quotes = mark(
        "“[It leaks,]{Mara Quist#1}” said Mara Quist. “[Badly.]{#1}” It is a “[minor]{-|scare}” [crack]."
    )
    assert text == "“It leaks,” said Mara Quist. “Badly.” It is a “minor” crack."
    assert [quote["content"] for quote in quotes] == ["It leaks, Badly.", "minor", "crack"]
    assert [quote.get("speaker", "not given") for quote in quotes] == ["Mara Quist", None, "not given"]
    assert [quote.get("kind") for quote in quotes] == [None, "scare", None]
    for quote in quotes:
        assert text[quote["start"] : quote["end"]] == quote["text"]
        for piece in quote["pieces"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]


def test_brackets_inside_brackets():
    text, quotes = mark("“[He said ‘[No]{Tobias Fenn},’]{Mara Quist}” she said.")
    assert text == "“He said ‘No,’” she said."
    assert [(quote["content"], quote["speaker"]) for quote in quotes] == [
        ("He said ‘No,’", "Mara Quist"),
        ("No", "Tobias Fenn"),
    ]
    # Of two that begin together the outer one is first, as in what is found.
    assert [quote["content"] for quote in mark("[[No] harm] was done.").quotes] == ["No harm", "No"]


def test_ordinary_brackets():
    text, [quote] = mark(r"{a} [\[sic\] 2\\3]{M\|Q\#1 \{x\}} \{b} \| \#")
    assert text == r"{a} [sic] 2\3 {b} | #"
    assert quote["content"] == r"[sic] 2\3"
    assert quote["speaker"] == "M|Q#1 {x}"
    assert mark(r"[a]{\-}").quotes[0]["speaker"] == "-"


MISTAKES = {
    "[It leaks": (0, "this bracket is never closed"),
    "a [b [c] d": (2, "this bracket is never closed"),
    "It] leaks": (2, "this bracket closes nothing"),
    "It []{she}": (3, "there is nothing in these brackets"),
    "[It]{she": (4, "this brace is never closed"),
    "[It]{}": (4, "braces hold {speaker|kind#id}"),
    "[It]{ }": (4, "braces hold"),
    "[It]{she|direct|mixed}": (4, "braces hold"),
    "[It]{she|loud}": (4, "the kind 'loud' is none of direct, mixed, indirect, scare"),
    "[It]{she#1} [is]{he#1}": (12, "another piece of this quote has the speaker 'she'"),
    "[It]{|mixed#1} [is]{|direct#1}": (15, "another piece of this quote has the kind 'mixed'"),
    "a\\b": (1, "a backslash stands before one of"),
    "a\\": (1, "a backslash stands before one of"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes_in_marks(text):
    position, problem = MISTAKES[text]
    with pytest.raises(pq.InvalidValueError) as caught:
        mark(text)
    head, _, shown = str(caught.value).partition("\n")
    assert head.startswith(f"at {position}: {problem}")
    assert shown == f"1 | {text}\n  | {' ' * position}^  here"


def test_marks_in_later_lines():
    with pytest.raises(pq.InvalidValueError, match=r"at 5: this bracket closes nothing\n2 \| b\]\n  \|  \^"):
        mark("abb\nb]")


def test_only_texts_are_marked():
    with pytest.raises(pq.InputTypeError, match="text must be str, not bytes"):
        mark(b"[No]")


def escaped(text: str) -> str:
    return "".join("\\" + character if character in "[]{}\\|#-" else character for character in text)


@given(texts, texts.filter(bool), texts)
def test_any_text_can_be_marked(before, inside, behind):
    marked = mark(f"{escaped(before)}[{escaped(inside)}]{escaped(behind)}")
    assert marked.text == before + inside + behind
    [quote] = marked.quotes
    assert (quote["start"], quote["content"]) == (len(before), inside)


def test_marked_texts_are_gold_for_a_score():
    marked = mark("“[It leaks,]{Mara Quist|direct#1}” said Mara Quist. “[Badly.]{#1}”")
    result = pq.score(marked.quotes, pq.quotes(marked.text))
    assert result.f1 == result.speaker.f1 == 1.0


RIGHT = [
    ["It leaks, Badly.", "the crack is old", "minor"],
    [("Mara Quist", "It leaks, Badly."), ("Officials", "the crack is old"), (None, "minor")],
    [{"kind": "direct"}, {"kind": "indirect"}, {"kind": "scare"}],
    [{"pieces": ["It leaks,", "Badly."], "cue": "said", "closed": True}, {"anonymous": True}, {"cue": None}],
    [
        {"speaker_text": "Mara Quist", "speaker_name": "Mara Quist", "speaker_entity_id": None},
        {},
        {"speaker": None},
    ],
    [{"start": 1, "end": 36}, {"manner": "speech", "parent": None, "quoted": []}, {"speaker_text": None}],
]


@pytest.mark.parametrize("expected", RIGHT, ids=range(len(RIGHT)))
def test_what_is_expected_may_be_said_in_many_ways(expected):
    assert_quotes(TEXT, expected)
    assert_quotes(TEXT, iter(expected))
    for index in range(3):
        with pytest.raises(AssertionError, match=r"1 missing|1 unexpected|1 different"):
            assert_quotes(TEXT, expected[:index] + expected[index + 1 :])
    with pytest.raises(AssertionError):
        assert_quotes(TEXT, [*expected, "No"])


def test_marked_texts():
    assert_quotes(mark("[We will appeal]{the mayor}, said the mayor."))
    assert_quotes(mark("“[It leaks,]{Mara Quist|direct#a}” said Mara Quist. “[Badly.]{#a}”"))
    assert_quotes(mark("It rained."))


@pytest.mark.parametrize("name", ["she", "Mara Quist", "M. Quist", "Q1"])
def test_a_speaker_has_many_names(name):
    people = pq.EntityMatcher([pq.Entity("Q1", "M. Quist", aliases=["Mara Quist"])])
    text = "Mara Quist closed the pumps. “[It leaks,]{%s}” she said."
    for detector in (pq.QuoteDetector(matcher=people), pq.Pipeline(matcher=people)):
        assert_quotes(mark(text % name), detector=detector)
        with pytest.raises(AssertionError, match="speaker: expected 'Ines Calder', found 'Mara Quist'"):
            assert_quotes(mark(text % "Ines Calder"), detector=detector)


def test_the_detector_decides_what_is_found():
    assert_quotes(TEXT, ["minor"], detector=pq.QuoteDetector(kinds=["scare"]))


def test_the_message_shows_what_differs():
    assert message(
        assert_quotes, TEXT, [("Tobias Fenn", "It leaks"), "Nobody said this.", "minor"]
    ) == dedent(
        """\
        quotes are not as expected: 1 different, 1 missing, 1 unexpected, 1 right

        different: 'It leaks'
          speaker: expected 'Tobias Fenn', found 'Mara Quist'
          content: expected 'It leaks', found 'It leaks, Badly.'
        1 | “It leaks,” said Mara Quist. “Badly.” Officials say that the crack is old. T…
          |  ^^^^^^^^  expected
          |  ^^^^^^^^^                    ^^^^^^  found

        missing: 'Nobody said this.' (not in the text)

        unexpected: Quote('the crack is old', 57, 73, 'indirect', speaker='Officials')
        1 | …Mara Quist. “Badly.” Officials say that the crack is old. The “minor” leak grew.
          |                                          ^^^^^^^^^^^^^^^^  found"""
    )


def test_what_is_missing_is_shown_where_it_stands():
    text = "It rained.\nThe bridge held.\nIt leaks."
    assert message(assert_quotes, text, ["bridge", "held.\nIt"]) == dedent(
        """\
        quotes are not as expected: 2 missing

        missing: 'bridge'
        2 | The bridge held.
          |     ^^^^^^  expected

        missing: 'held.\\nIt'
        2 | The bridge held.
          |            ^^^^^  expected
        3 | It leaks.
          | ^^  expected"""
    )


def test_fields_without_words_stand_for_the_next_quote():
    expected = [{"kind": "mixed"}, {"kind": "indirect"}, {"kind": "scare"}]
    assert message(assert_quotes, TEXT, expected).startswith(
        "quotes are not as expected: 1 different, 2 right\n\n"
        "different: {'kind': 'mixed'}\n  kind: expected 'mixed', found 'direct'\n1 | “It leaks"
    )
    assert "1 missing" in message(assert_quotes, "It rained.", [{"kind": "mixed"}])


def test_pieces_may_be_spans():
    [quote, *_] = pq.quotes(TEXT)
    expected = [{"pieces": quote.pieces}, {"quoted": []}, {"pieces": [{"start": 80, "end": 85}]}]
    assert_quotes(TEXT, expected)
    shown = message(assert_quotes, TEXT, [{"pieces": [pq.Span("It", 1, 3)]}, *expected[1:]])
    assert "\n  |  ^^  expected\n" in shown


def test_the_same_words_elsewhere_are_another_quote():
    text = "“No,” said Mara Quist. No, the bridge held."
    shown = message(assert_quotes, mark("“No,” said Mara Quist. [No,] the bridge held."))
    assert shown.startswith("quotes are not as expected: ")
    assert "  | " + " " * text.index("No, the") + "^^^  expected" in shown


PRINTED = {
    "a tab": ("a\tb", (2, 3), "1 | a\\tb\n  |    ^  here"),
    "wide": ("日本x", (1, 3), "1 | 日本x\n  |   ^^^  here"),
    "an accent apart": ("e\u0301x", (2, 3), "1 | e\u0301x\n  |  ^  here"),
    "an accent alone": ("e\u0301x", (1, 2), "1 | e\u0301x\n  |  ^  here"),
    "nothing": ("ab", (1, 1), "1 | ab\n  |  ^  here"),
    "the end": ("ab", (2, 2), "1 | ab\n  |   ^  here"),
    "a lone surrogate": ("\ud800b", (1, 2), "1 | \\ud800b\n  |       ^  here"),
    "a joiner": ("a\u200bb", (2, 3), "1 | a\\u200bb\n  |        ^  here"),
    "a carriage return": ("a\r\nb", (3, 4), "2 | b\n  | ^  here"),
    "a long line": (
        "x" * 100 + "y" + "x" * 100,
        (100, 101),
        f"1 | …{'x' * 40}y{'x' * 40}…\n  | {' ' * 41}^  here",
    ),
}


@pytest.mark.parametrize(("text", "span", "shown"), PRINTED.values(), ids=PRINTED)
def test_carets(text, span, shown):
    assert underline(text, [("here", [span])]) == shown


@given(st.text(st.sampled_from("aé日😀\u0301\t\u200b"), min_size=1, max_size=20), st.data())
def test_carets_are_below_the_same_characters(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    line, carets = underline(text, [("here", [(start, end)])]).split("\n")
    assert line == "1 | " + shown(text)
    below = " " * columns(shown(text[:start])) + "^" * max(1, columns(shown(text[start:end])))
    assert carets == f"  | {below}  here"


def shown(text: str) -> str:
    return text.replace("\t", "\\t").replace("\u200b", "\\u200b")


def columns(shown: str) -> int:
    return sum(
        0 if unicodedata.category(c) == "Mn" else 1 + (unicodedata.east_asian_width(c) in "WF") for c in shown
    )


def test_mentions():
    text = "Quist left. Mara Quist stayed away."
    assert_mentions(text, ["Quist", "Mara Quist"], PEOPLE)
    assert_mentions(text, [("Q1", "Quist"), ("Mara Quist", "Mara Quist")], pq.EntityMatcher(PEOPLE))
    assert_mentions(
        text, [{"entity_id": "Q1", "kind": "gazetteer"}, {"entity_type": "PERSON", "score": 1.0}], PEOPLE
    )
    assert message(assert_mentions, text, [("Q2", "Quist")], PEOPLE) == dedent(
        """\
        mentions are not as expected: 1 different, 1 unexpected

        different: 'Quist'
          entity: expected 'Q2', found 'Q1'
        1 | Quist left. Mara Quist stayed away.
          | ^^^^^  expected
          | ^^^^^  found

        unexpected: Mention('Mara Quist', 12, 22, 'gazetteer', entity='Q1')
        1 | Quist left. Mara Quist stayed away.
          |             ^^^^^^^^^^  found"""
    )


def test_sentences():
    text = "It rained.The bridge held."
    assert_sentences(text, ["It rained.", "The bridge held."])
    assert_sentences(text, [{"start": 0, "end": 10}, {"text": "The bridge held."}])
    lines = pq.SentenceSplitter(newlines="break")
    assert_sentences("It\nrained.", ["It", "rained."], splitter=lines)
    assert message(assert_sentences, text, [text]) == dedent(
        """\
        sentences are not as expected: 1 different, 1 unexpected

        different: 'It rained.The bridge held.'
          text: expected 'It rained.The bridge held.', found 'It rained.'
        1 | It rained.The bridge held.
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^  expected
          | ^^^^^^^^^^  found

        unexpected: Sentence('The bridge held.', 10, 26)
        1 | It rained.The bridge held.
          |           ^^^^^^^^^^^^^^^^  found"""
    )


@pytest.mark.parametrize(
    ("expected", "error", "said"),
    [
        ("It leaks,", pq.InputTypeError, "expected must be a list, not str"),
        ({"kind": "direct"}, pq.InputTypeError, "expected must be a list, not dict"),
        (3, pq.InputTypeError, "expected must be a list, not int"),
        ("", pq.InputTypeError, "expected must be a list, not str"),
        (None, pq.InputTypeError, "either a text and what is expected"),
        ([3], pq.InputTypeError, r"expected\[0\] cannot be compared with quotes: 3"),
        (["It leaks, Badly.", ("a", "b", "c")], pq.InputTypeError, r"expected\[1\] cannot be compared"),
        ([{"loud": True}], pq.InvalidValueError, r"expected\[0\]: quotes have no field 'loud', but content,"),
    ],
)
def test_what_cannot_be_expected(expected, error, said):
    with pytest.raises(error, match=said):
        assert_quotes(TEXT, expected)


def test_a_marked_text_says_itself_what_is_expected():
    with pytest.raises(pq.InputTypeError, match="a marked text alone"):
        assert_quotes(Marked("It rained.", ()), [])


@given(texts)
@example("A0\x85oFFICIALs")  # of two mentions that begin together the longer is first
def test_what_is_found_is_what_is_expected(text):
    document = pq.analyze(text, PEOPLE)
    assert_spans_valid(text, document)
    assert_spans_valid(text, pq.entities(text, PEOPLE))
    assert_sentences(text, pq.SentenceSplitter().split(text))
    quotes = [(quote.speaker.text if quote.speaker else None, quote.content) for quote in pq.quotes(text)]
    assert_quotes(text, quotes)
    if quotes:
        assert "missing" in message(assert_quotes, text, [*quotes, "\0\0nobody said this"])
        assert "unexpected" in message(assert_quotes, text, [])


def changed(thing, **fields):
    """A value object with other fields, as no analysis would give it."""
    return type(thing)(*(fields.get(name, getattr(thing, name)) for name in thing.__match_args__))


@dataclass(frozen=True)
class Place:
    """Somebody's own kind of span."""

    text: str
    start: int
    end: int
    __match_args__ = ("text", "start", "end")


def test_spans_that_are_not_in_their_place():
    document = pq.analyze(TEXT)
    [quote, *_] = document.quotes
    assert_spans_valid(TEXT, quote)
    assert_spans_valid(TEXT, [])
    assert_spans_valid(TEXT, [Place("It", 1, 3)])
    wrong = {
        "found[0] is 'It', but the text has '“I' at 0 to 2": [Place("It", 0, 2)],
        "found[0] reaches from -1 to 2, in a text of 97 characters": [Place("It", -1, 2)],
        "found[0] reaches from 90 to 100, in a text of 97 characters": [Place("It", 90, 100)],
        "found[1] comes before found[0] in the text": [Place("leaks", 4, 9), Place("It", 1, 3)],
        "found.speaker is 'she', but the text has 'Mara Quist' at 17 to 27": changed(
            quote, speaker=changed(quote.speaker, text="she")
        ),
        "found[0].pieces[1] is 'Sadly.', but the text has 'Badly.' at 30 to 36": [
            changed(quote, pieces=[quote.pieces[0], changed(quote.pieces[1], text="Sadly.")])
        ],
        "found.cue reaches from 12 to 100, in a text of 97 characters": changed(
            quote, cue=pq.Span("said", 12, 100)
        ),
        "document.text is another text": changed(document, text="No"),
        "document.quotes[0] is 'x', but the text has": changed(document, quotes=[changed(quote, text="x")]),
        "document.sentences[1] overlaps document.sentences[0]": changed(
            document, sentences=[document.sentences[0], document.sentences[0], *document.sentences[1:]]
        ),
        "no sentence in document.sentences holds 'The “minor” leak": changed(
            document, sentences=document.sentences[:-1]
        ),
        "no sentence in document.sentences holds '“It leaks,”": changed(
            document, sentences=document.sentences[1:]
        ),
    }
    for problem, found in wrong.items():
        assert message(assert_spans_valid, TEXT, found).startswith(problem)
    assert "no sentence" in message(
        assert_spans_valid, "It rained.", changed(pq.analyze("It rained."), sentences=[])
    )
    with pytest.raises(pq.InputTypeError, match="found has something without a place at 0: 3"):
        assert_spans_valid(TEXT, 3)


class InUnittest(unittest.TestCase):
    """The helpers need no pytest."""

    def test_it(self):
        assert_quotes(mark("“[It leaks,]{Mara Quist}” said Mara Quist."))
        with self.assertRaisesRegex(self.failureException, "1 missing"):  # noqa: PT027  as unittest has it
            assert_quotes("It rained.", ["It rained."])


def test_the_helpers_import_no_test_runner():
    code = "import sys, pullquote.testing; print(*{'pytest', 'unittest', 'spacy'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_failure_points_at_the_test(tmp_path):
    test = tmp_path / "test_it.py"
    test.write_text(
        "from pullquote.testing import assert_quotes\n\n\n"
        "def test_it():\n    assert_quotes('It rained.', ['rain'])\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", test],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "test_it.py:5: AssertionError" in done.stdout
    assert "pullquote/testing.py" not in done.stdout.replace("\\", "/")
