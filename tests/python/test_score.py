"""Precision, recall and F1: sums done by hand, shapes of input, and what holds for all of them."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from itertools import pairwise, product

import pandas as pd
import polars as pl
import pullquote as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = "Mara Quist closed the pumps. “It leaks,” she said. “Badly.” Officials say that it does not."
OTHER = "“No,” said Tobias Fenn."
QUOTES = pq.quotes(TEXT)
DOCUMENTS = [pq.analyze(TEXT), pq.analyze(""), pq.analyze(OTHER)]


def span(start: int, end: int, **more) -> dict:
    return {"start": start, "end": end, **more}


def counts(true_positives: int, gold: int, predicted: int):
    return (true_positives, gold, predicted)


def test_ratios_by_hand():
    gold = [span(0, 10), span(20, 30), span(40, 50), span(60, 70)]
    predicted = [span(0, 10), span(20, 29), span(45, 55)]
    result = pq.score(gold, predicted)
    assert result.exact == counts(1, 4, 3)
    assert (result.precision, result.recall, result.f1) == (1 / 3, 1 / 4, 2 / 7)
    # 20–29 is nine tenths of 20–30; 45–55 shares five of fifteen characters with 40–50.
    assert result.overlap == counts(2, 4, 3)
    assert (result.overlap.precision, result.overlap.recall, result.overlap.f1) == (2 / 3, 1 / 2, 4 / 7)
    assert pq.score(gold, predicted, overlap=0.3).overlap == counts(3, 4, 3)
    assert pq.score(gold, predicted, overlap=1).overlap == counts(1, 4, 3)
    assert result.speaker is None
    assert set(result.by_class) == {"span"}


@pytest.mark.parametrize(("shared", "matches"), [(8, 1), (7, 0)])
def test_the_least_overlap_counts_itself(shared, matches):
    assert pq.score([span(0, 10)], [span(0, shared)]).overlap.true_positives == matches


def test_ratios_of_nothing_are_zero():
    for gold, predicted in (([], []), ([span(0, 1)], []), ([], [span(0, 1)])):
        result = pq.score(gold, predicted)
        assert (result.precision, result.recall, result.f1) == (0.0, 0.0, 0.0)
        assert result.exact == counts(0, len(gold), len(predicted))


def test_each_span_matches_once():
    assert pq.score([span(0, 10)], [span(0, 10), span(0, 10), span(0, 9)]).overlap == counts(1, 1, 3)
    # The better pair is made first, although the other one begins before it.
    result = pq.score([span(0, 10), span(1, 10)], [span(1, 10)])
    assert result.exact == result.overlap == counts(1, 2, 1)


def test_pieces_are_compared():
    whole = span(0, 30, pieces=[span(0, 10), span(20, 30)])
    assert pq.score([whole], [whole]).exact == counts(1, 1, 1)
    assert pq.score([whole], [span(0, 30)]).overlap == counts(0, 1, 1)
    assert pq.score([whole], [span(0, 30)], overlap=0.6).overlap == counts(1, 1, 1)
    assert pq.score([whole], [span(0, 10)], overlap=0.5).overlap == counts(1, 1, 1)
    touching = span(0, 30, pieces=[span(0, 15), span(15, 30)])
    result = pq.score([touching], [span(0, 30)])
    assert (result.exact, result.overlap) == (counts(0, 1, 1), counts(1, 1, 1))
    twice = span(0, 30, pieces=[span(20, 30), span(0, 10), span(5, 10)])
    assert pq.score([whole], [twice]).exact == counts(1, 1, 1)


def test_classes_must_agree():
    gold = [span(0, 10, kind="direct"), span(20, 30, kind="mixed"), span(40, 50, kind="direct")]
    predicted = [span(0, 10, kind="direct"), span(20, 30, kind="direct")]
    result = pq.score(gold, predicted)
    assert result.exact == counts(1, 3, 2)
    assert {name: inner.exact for name, inner in result.by_class.items()} == {
        "direct": counts(1, 2, 2),
        "mixed": counts(0, 1, 0),
    }
    assert pq.score(gold, predicted, by_class=False).exact == counts(2, 3, 2)


def test_the_class_of_a_mention():
    people = pq.EntityMatcher([pq.Entity("Q1", "Mara Quist"), pq.Entity("Q2", "Quay Trust", "ORG")])
    text = "Mara Quist left the Quay Trust. Officials wept."
    document = pq.Pipeline(matcher=people)(text)
    classes = set(pq.score(document, document, kind="mentions").by_class)
    assert classes == {"PERSON", "ORG", "role"}
    table = pq.Pipeline(matcher=people).batch([text], kind="mentions")
    assert set(pq.score(document.mentions, table).by_class) == classes


SPEAKERS = {
    "the same name": ("Mara Quist", {"text": "she", "name": "MARA QUIST", "start": 0, "end": 3}, True),
    "the words as written": ("she", {"text": "she", "name": "Mara Quist", "start": 0, "end": 3}, True),
    "another name": ("Ines Calder", {"text": "she", "name": "Mara Quist", "start": 0, "end": 3}, False),
    "nobody": (None, None, True),
    "somebody instead of nobody": (None, "Mara Quist", False),
    "nobody instead of somebody": ("Mara Quist", None, False),
    "the same place": ({"start": 0, "end": 10}, {"start": 5, "end": 10}, True),
    "another place": ({"text": "she", "start": 0, "end": 3}, {"text": "she", "start": 30, "end": 33}, False),
    "another place, the same name": (
        {"text": "she", "name": "Mara Quist", "start": 0, "end": 3},
        {"text": "Quist", "name": "Mara Quist", "start": 30, "end": 35},
        True,
    ),
    "the same entity": ({"entity": {"id": "Q1"}, "text": "she"}, {"entity": "Q1", "text": "her"}, True),
    "another entity": (
        {"entity": {"id": "Q1"}, "start": 0, "end": 3},
        {"entity": {"id": "Q2"}, "start": 0, "end": 3},
        False,
    ),
}


@pytest.mark.parametrize(("gold", "predicted", "right"), SPEAKERS.values(), ids=SPEAKERS)
def test_the_right_speaker(gold, predicted, right):
    result = pq.score([span(40, 50, speaker=gold)], [span(40, 50, speaker=predicted)])
    assert result.speaker == counts(int(right), 1, 1)
    assert result.exact == counts(1, 1, 1)


def test_speakers_count_where_quotes_match():
    gold = [span(0, 10, speaker="Mara Quist"), span(20, 30, speaker="Mara Quist")]
    result = pq.score(gold, [span(0, 9, speaker="Mara Quist"), span(40, 50, speaker="Mara Quist")])
    assert result.speaker == counts(1, 2, 2)
    assert pq.score(gold, [span(0, 10)]).speaker is None


def shapes():
    table = pq.Pipeline().batch([TEXT, "", OTHER])
    nested = pq.Pipeline().batch([TEXT, None, OTHER], nested=True)
    by_pandas = table.to_pandas()
    return {
        "documents": DOCUMENTS,
        "an iterator of documents": iter(DOCUMENTS),
        "dicts of documents": [document.to_dict() for document in DOCUMENTS],
        "lists of quotes": [list(document.quotes) for document in DOCUMENTS],
        "tuples of quotes": [document.quotes for document in DOCUMENTS],
        "null for a text": [DOCUMENTS[0], None, DOCUMENTS[2].quotes],
        "lists of dicts": [[quote.to_dict() for quote in document.quotes] for document in DOCUMENTS],
        "a table": table,
        "a nested table": nested,
        "rows": table.to_pylist(),
        "pyarrow": table.to_arrow(),
        "nested pyarrow": nested.to_arrow(),
        "pandas": by_pandas,
        "pandas without pyarrow": pd.DataFrame(table.to_pylist()),
        "nested pandas": nested.to_pandas(),
        "polars": table.to_polars(),
        "nested polars": nested.to_polars(),
    }


@pytest.mark.parametrize("shape", shapes())
def test_shapes_of_many_texts(shape):
    result = pq.score(DOCUMENTS, shapes()[shape])
    assert result.exact == result.overlap == result.speaker == counts(3, 3, 3)
    assert {name: inner.exact for name, inner in result.by_class.items()} == {
        "direct": counts(2, 2, 2),
        "indirect": counts(1, 1, 1),
    }


@pytest.mark.parametrize("kind", ["quotes", "mentions", "sentences"])
def test_shapes_of_one_text(kind):
    [document, *_] = DOCUMENTS
    found = getattr(document, kind)
    for shape in (document, found, list(found), document.to_dict(), [item.to_dict() for item in found]):
        result = pq.score(document, shape, kind=kind)
        assert result.exact == counts(len(found), len(found), len(found))


def test_spans_as_pairs():
    splitter = pq.SentenceSplitter()
    result = pq.score(splitter.spans(TEXT), splitter.find(TEXT))
    assert result.exact == counts(4, 4, 4)
    assert pq.score([splitter.spans(TEXT), []], [splitter.find(TEXT), None]).exact == counts(4, 4, 4)


def test_rows_may_have_any_names_for_texts():
    gold = pl.DataFrame({"row": ["a", "b"], "start": [0, 0], "end": [5, 5]})
    predicted = pd.DataFrame({"row": ["b", "c"], "start": [0, 0], "end": [5, 5]})
    assert pq.score(gold, predicted).exact == counts(1, 2, 2)


WRONG = {
    "no spans": (3, [], TypeError, "gold must be a document, a table or a list of spans, not int"),
    "a text": (TEXT, [], TypeError, "gold must be .* not str"),
    "no span": ([], [3], TypeError, r"predicted\[0\] must be a span or a dict, not int"),
    "no span in a text": ([[3]], [], TypeError, r"gold\[0\]\[0\] must be a span"),
    "a mixture": ([[QUOTES[0]], QUOTES[0]], [], TypeError, r"gold\[1\] is a span among whole texts"),
    "no start": ([{"end": 3}], [], ValueError, r'gold\[0\] has no "start"'),
    "backwards": ([span(3, 2)], [], ValueError, r"gold\[0\] cannot reach from 3 to 2"),
    "before the text": ([span(-1, 2)], [], ValueError, "cannot reach from -1 to 2"),
    "half a position": ([span(0.5, 2)], [], TypeError, '"start" must be a whole number, not 0.5'),
    "an endless position": ([span(0, float("inf"))], [], TypeError, '"end" must be a whole number, not inf'),
    "a word for a position": ([span("x", 2)], [], TypeError, "whole number, not 'x'"),
    "numbers of texts": ([[], []], [[], [], []], ValueError, "gold has 2 texts, but predicted has 3"),
    "a row too far": (
        [[], []],
        [span(0, 1, row=2)],
        ValueError,
        "predicted has a span in text 2, but gold has 2",
    ),
    "a row too few": ([span(0, 1, row=0), span(0, 1)], [], ValueError, r'gold\[1\] has no "row"'),
    "classes on one side": (
        [span(0, 1), span(0, 1, kind="direct")],
        [],
        ValueError,
        "1 of 2 gold spans have no class; by_class=False",
    ),
    "a frame without rows": (
        pd.DataFrame({"start": [0], "end": [5]}),
        [],
        ValueError,
        r'gold needs a column "row".*reset_index',
    ),
}


@pytest.mark.parametrize(("gold", "predicted", "error", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_compared(gold, predicted, error, message):
    with pytest.raises(error, match=message) as caught:
        pq.score(gold, predicted)
    assert isinstance(caught.value, pq.PullquoteError)


@pytest.mark.parametrize(
    "options", [{"overlap": 0}, {"overlap": 1.1}, {"overlap": float("nan")}, {"kind": "lines"}]
)
def test_wrong_options(options):
    with pytest.raises(pq.InvalidValueError, match=next(iter(options))):
        pq.score([], [], **options)


def test_what_people_see():
    result = pq.score([span(0, 10, kind="<b>")], [span(0, 9, kind="<b>")])
    assert str(result).splitlines() == [
        "                        exact                overlap",
        "class  gold  predicted      P      R     F1        P      R     F1",
        "<b>       1          1  0.000  0.000  0.000    1.000  1.000  1.000",
        "all       1          1  0.000  0.000  0.000    1.000  1.000  1.000",
    ]
    html = result._repr_html_()
    assert "<td>&lt;b&gt;</td>" in html
    assert "<td>1.000</td>" in html
    assert html.count("<tr>") == html.count("</tr>") == 4
    data = json.loads(json.dumps(result.to_dict()))
    assert data["overlap"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "true_positives": 1,
        "gold": 1,
        "predicted": 1,
    }
    assert data["speaker"] is None
    assert data["by_class"]["<b>"]["exact"]["f1"] == 0.0
    assert pickle.loads(pickle.dumps(result)) == result


ranges = st.tuples(st.integers(0, 40), st.integers(0, 15)).map(lambda pair: (pair[0], pair[0] + pair[1]))
spans = st.lists(
    st.builds(
        lambda pieces, kind, speaker, row: {
            **span(min(pieces)[0], max(pieces)[1], kind=kind, speaker=speaker, row=row),
            "pieces": [span(*piece) for piece in pieces],
        },
        st.lists(ranges, min_size=1, max_size=3),
        st.sampled_from(["direct", "mixed"]),
        st.sampled_from([None, "Mara Quist", "Tobias Fenn"]),
        st.integers(0, 1),
    ),
    max_size=12,
)
least = st.sampled_from([0.01, 0.5, 0.8, 1.0])


@given(spans, least)
def test_what_agrees_with_itself_is_perfect(found, overlap):
    result = pq.score(found, found, overlap=overlap)
    perfect = counts(len(found), len(found), len(found))
    assert result.exact == result.overlap == perfect
    assert (result.f1 == 1.0) == bool(found)


@given(spans, spans, least)
def test_exchanging_the_sides_exchanges_precision_and_recall(gold, predicted, overlap):
    one, other = pq.score(gold, predicted, overlap=overlap), pq.score(predicted, gold, overlap=overlap)
    for name in ("exact", "overlap", "speaker"):
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours is not None:
            assert (ours.precision, ours.recall, ours.f1) == (theirs.recall, theirs.precision, theirs.f1)


@given(spans, spans, least)
def test_counts_add_up(gold, predicted, overlap):
    result = pq.score(gold, predicted, overlap=overlap)
    classes = result.by_class.values()
    assert result.exact == tuple(sum(inner.exact[i] for inner in classes) for i in range(3))
    assert result.exact.true_positives <= result.overlap.true_positives <= min(len(gold), len(predicted))
    assert (result.exact.gold, result.exact.predicted) == (len(gold), len(predicted))
    if result.speaker:
        assert result.speaker.true_positives <= result.overlap.true_positives


@given(spans, spans, least)
def test_matches_are_those_of_a_naive_twin(gold, predicted, overlap):
    gold, predicted = ([row | {"pieces": row["pieces"][:1]} for row in rows] for rows in (gold, predicted))
    result = pq.score(gold, predicted, overlap=overlap)
    assert result.exact.true_positives == (Counter(map(place, gold)) & Counter(map(place, predicted))).total()
    left = [*map(place, gold)], [*map(place, predicted)]
    rated = [(share(one[2:], other[2:]), one, other) for one, other in product(*left) if one[:2] == other[:2]]
    assert (result.overlap.true_positives > 0) == any(rate >= overlap for rate, *_ in rated)
    for rate, one, other in sorted(rated, key=lambda pair: -pair[0]):
        if rate < overlap or one not in left[0] or other not in left[1]:
            continue
        left[0].remove(one)
        left[1].remove(other)
    if overlap > 0.5 and all(map(apart, (gold, predicted))):
        assert result.overlap.true_positives == len(gold) - len(left[0])


def apart(rows: list[dict]) -> bool:
    """Whether no two spans of one side overlap, so that there is one way to pair them."""
    places = sorted(map(place, rows))
    return all(one[:2] != other[:2] or one[3] <= other[2] < other[3] for one, other in pairwise(places))


def place(row: dict) -> tuple:
    [piece] = row["pieces"]
    return (row["row"], row["kind"], piece["start"], piece["end"])


def share(one: tuple, other: tuple) -> float:
    """Intersection over union, by counting characters; spans of none share all or nothing."""
    ours, theirs = set(range(*one)), set(range(*other))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else float(one == other)
