"""Texts that come in pieces."""

from __future__ import annotations

import pullquote as pq
import pytest

TEXT = (
    "“Ja 😀. It leaks,” said Mara Quist of the U.S. Water Board. Nobody knew.\n\n"
    "The mayor of Veltmark, Dr. Ines Calder, met the council at 5 p.m. on Monday. " * 4
)


@pytest.mark.parametrize("size", [1, 2, 7, 50, 10_000])
@pytest.mark.parametrize("options", [{}, {"quotes": "whole"}, {"language": "und"}, {"newlines": "space"}])
def test_pieces_have_the_sentences_of_the_whole(size, options):
    splitter = pq.SentenceSplitter(**options)
    stream = splitter.stream()
    pieces = [TEXT[at : at + size] for at in range(0, len(TEXT), size)]
    found = [sentence for piece in pieces for sentence in stream.feed(piece)]
    assert found + stream.finish() == splitter.find(TEXT)


def test_a_sentence_is_given_before_the_text_is_over():
    stream = pq.SentenceSplitter().stream()
    assert stream.feed("It rained.") == []
    assert stream.feed("\n\nThe") == [pq.Sentence("It rained.", 0, 10)]


def test_a_finished_stream_says_so():
    stream = pq.SentenceSplitter().stream()
    assert stream.finish() == []
    with pytest.raises(pq.PullquoteError, match="the stream is finished"):
        stream.feed("It rained.")
    with pytest.raises(pq.PullquoteError, match="the stream is finished"):
        stream.finish()


def test_a_piece_is_a_str():
    with pytest.raises(TypeError, match="text must be str, not bytes"):
        pq.SentenceSplitter().stream().feed(b"It rained.")


def test_lone_surrogates_are_characters():
    stream = pq.SentenceSplitter().stream()
    assert stream.feed("a\ud800b. ") + stream.finish() == [pq.Sentence("a\ufffdb.", 0, 4)]
