"""What may be given as a text, and what happens to it."""

from __future__ import annotations

import sys

import pullquote as pq
import pytest

PEOPLE = ["Mara Quist"]
SPLITTER = pq.SentenceSplitter()
MATCHER = pq.EntityMatcher(PEOPLE)
READERS = {
    "sentences": pq.sentences,
    "entities": lambda text: pq.entities(text, PEOPLE),
    "quotes": pq.quotes,
    "analyze": pq.analyze,
    "split": SPLITTER.split,
    "splitter.spans": SPLITTER.spans,
    "splitter.find": SPLITTER.find,
    "matcher.find": MATCHER.find,
    "matcher.spans": MATCHER.spans,
    "detector.find": pq.QuoteDetector(matcher=MATCHER).find,
    "pipeline": pq.Pipeline(matcher=MATCHER),
}

readers = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


@readers
@pytest.mark.parametrize("value", [None, 3, b"bytes", ["a", "b"], float("nan")], ids=repr)
def test_anything_but_a_str_is_a_type_error(read, value):
    with pytest.raises(TypeError, match=f"text must be str, not {type(value).__name__}") as caught:
        read(value)
    assert isinstance(caught.value, pq.PullquoteError)


@readers
@pytest.mark.parametrize("text", ["", " ", "\ud800", "\udfff\ud800", "\0", "“", "a\udc80“b", "é" * 5000])
def test_any_str_is_read(read, text):
    read(text)


@readers
@pytest.mark.parametrize("unit", ["Łódź “é” ", "😀 ", "naïve "])
def test_no_copy_of_the_text_stays_in_the_callers_string(read, unit):
    text = unit * 1000
    before = sys.getsizeof(text)
    read(text)
    assert sys.getsizeof(text) == before


@pytest.mark.parametrize(
    "text", ["One\ud83d, it’s \udc00.\n\nMara Quist\udfff", "\ud800" * 300 + "\n\nMara Quist"]
)
def test_offsets_hold_behind_lone_surrogates(text):
    document = pq.analyze(text, PEOPLE)
    [first, second] = document.sentences
    assert first.text + "\n\n" + second.text == text
    assert text[second.start : second.end] == second.text
    [mention] = pq.entities(text, PEOPLE)
    assert text[mention.start : mention.end] == mention.text == "Mara Quist"


def test_astral_characters_count_as_one():
    [_, second] = pq.sentences("😀😀.\n\n😀 x.")
    assert (second.start, second.end, second.text) == (5, 9, "😀 x.")


class Shouting(str):
    """A str that answers in its own way wherever Python lets it."""

    __slots__ = ()

    def __getitem__(self, key):
        return Shouting(super().__getitem__(key).upper())

    def __str__(self):
        return "something else"

    def encode(self, *_):
        return b"something else"

    def isascii(self):
        return not super().isascii()

    def __len__(self):
        return 1


@pytest.mark.parametrize("words", ["It rained.\n\nIt held.", "“Ça.”\n\nIt held."])
def test_subclasses_of_str_are_read_as_what_they_hold(words):
    document = pq.analyze(Shouting(words))
    assert document == pq.analyze(words)
    assert type(document.text) is str
    assert {type(sentence.text) for sentence in document.sentences} == {str}


@pytest.mark.parametrize("length", [0, 1, 9_999, 10_000, 10_001, 50_000])
def test_short_and_long_texts_are_read_alike(length):
    words = ("It “rained”. \n\n" * (length // 15 + 1))[:length]
    assert "".join("".join(pq.SentenceSplitter().split(words)).split()) == "".join(words.split())
