"""All manners of the value objects."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pullquote as pq
import pytest

QUIST = pq.Entity("Q1", "Mara Quist", "PERSON", ("Quist",))
TRUST = pq.Entity("Q2", "Quay Trust", "ORG")
PIECE = pq.Span("It leaks,", 1, 10)
CUE = pq.Span("said", 12, 16)
SPEAKER = pq.Speaker("she", 17, 20, "Mara Quist", QUIST, False)  # noqa: FBT003  as many as there are fields
MENTION = pq.Mention("Quist", 17, 22, "gazetteer", QUIST, (QUIST, TRUST), 0.9)
QUOTE = pq.Quote(
    "It leaks,",
    1,
    10,
    (PIECE,),
    (PIECE,),
    "It leaks,",
    "direct",
    "speech",
    SPEAKER,
    CUE,
    0.75,
    True,  # noqa: FBT003  as many as there are fields
    None,
)
SENTENCE = pq.Sentence("“It leaks,” said she.", 0, 21)
DOCUMENT = pq.Document("“It leaks,” said she.", (SENTENCE,), (MENTION,), (QUIST, TRUST), (QUOTE,))

VALUES: list[Any] = [QUIST, PIECE, SENTENCE, MENTION, SPEAKER, QUOTE, DOCUMENT]
SPANS: list[Any] = [PIECE, SENTENCE, MENTION, SPEAKER, QUOTE]


def fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__match_args__}


def with_field(value: Any, **changes: Any) -> Any:
    return type(value)(**fields(value) | changes)


def by_class(value: Any) -> str:
    return type(value).__name__


@pytest.mark.parametrize("value", VALUES, ids=by_class)
class TestEveryValue:
    def test_is_made_from_its_fields_by_position_and_by_name(self, value):
        assert type(value)(*fields(value).values()) == value
        assert type(value)(**fields(value)) == value

    def test_equals_only_values_with_the_same_fields(self, value):
        twin = type(value)(**fields(value))
        assert twin is not value
        assert twin == value
        assert hash(twin) == hash(value)
        other = with_field(value, **{value.__match_args__[0]: "other"})
        assert other != value
        assert len({value, twin, other}) == 2
        assert value != tuple(fields(value).values())

    def test_is_frozen(self, value):
        for name in value.__match_args__:
            with pytest.raises(AttributeError):
                setattr(value, name, getattr(value, name))
        with pytest.raises(AttributeError):
            value.anything = 1

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_survives_pickling(self, value, protocol):
        assert pickle.loads(pickle.dumps(value, protocol)) == value

    def test_can_be_copied(self, value):
        assert copy.copy(value) == value
        assert copy.deepcopy(value) == value

    def test_becomes_a_dict_of_plain_objects(self, value):
        plain = value.to_dict()
        assert list(plain) == list(value.__match_args__)
        assert json.loads(json.dumps(plain)) == plain

    def test_has_no_order_with_other_classes(self, value):
        with pytest.raises(TypeError):
            _ = value < 1
        with pytest.raises(TypeError):
            _ = value < (SENTENCE if value is not SENTENCE else PIECE)

    def test_public_name_leads_to_it(self, value):
        assert type(value).__module__ == "pullquote"
        assert getattr(pq, type(value).__name__) is type(value)


@pytest.mark.parametrize("value", SPANS, ids=by_class)
def test_spans_are_ordered_by_position_and_the_longer_first(value):
    early, late, longer = (
        with_field(value, text=text, start=start, end=end)
        for text, start, end in [("z", 2, 5), ("b", 10, 11), ("a", 10, 14)]
    )
    assert sorted([late, longer, early]) == [early, longer, late]
    assert early < longer < late
    assert late >= longer > early
    assert early <= with_field(early, text="other")


def test_entities_are_ordered_by_id_then_name():
    assert sorted([TRUST, QUIST]) == [QUIST, TRUST]
    assert pq.Entity("Q1", "A") < pq.Entity("Q1", "B") < pq.Entity("Q2", "A")


def test_an_entity_is_a_person_without_aliases_unless_told():
    assert pq.Entity("Q1", "Mara Quist").to_dict() == {
        "id": "Q1",
        "name": "Mara Quist",
        "type": "PERSON",
        "aliases": [],
    }
    assert pq.Entity("Q1", "Mara Quist", aliases=["Quist"]).aliases == ("Quist",)


def test_sequences_are_tuples_whatever_was_given():
    document = pq.Document("x", [SENTENCE], [], iter([QUIST]), ())
    assert document.sentences == (SENTENCE,)
    assert document.mentions == ()
    assert document.entities == (QUIST,)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: pq.Document("x", [QUOTE], [], [], []), "must be Sentence, not Quote"),
        (lambda: pq.Document("x", "abc", [], [], []), "must be a sequence of Sentence, not str"),
        (lambda: pq.Entity("Q1", "Quist", aliases=[1]), "must be str, not int"),
        (lambda: pq.Mention("x", 0, 1, "gazetteer", "Q1", (), 1.0), "Entity"),
    ],
)
def test_fields_of_the_wrong_type_are_refused(make, message):
    with pytest.raises(TypeError, match=message):
        make()


@pytest.mark.parametrize(
    ("value", "field", "known"),
    [
        (MENTION, "kind", "gazetteer, name, role, pronoun, pattern"),
        (QUOTE, "kind", "direct, mixed, indirect, scare"),
        (QUOTE, "manner", "speech, thought"),
    ],
)
def test_unknown_words_are_refused_and_the_known_ones_listed(value, field, known):
    with pytest.raises(pq.PullquoteError, match=f'{field}="odd" is not one of {known}'):
        with_field(value, **{field: "odd"})


def test_patterns_match_by_position_and_name():
    match QUOTE:
        case pq.Quote(
            text, start, end, (pq.Span("It leaks,"),), kind="direct", speaker=pq.Speaker(name=name)
        ):
            assert (text, start, end, name) == ("It leaks,", 1, 10, "Mara Quist")
        case _:
            pytest.fail("no match")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (QUIST, "Entity('Q1', 'Mara Quist', 'PERSON')"),
        (PIECE, "Span('It leaks,', 1, 10)"),
        (SENTENCE, "Sentence('“It leaks,” said she.', 0, 21)"),
        (MENTION, "Mention('Quist', 17, 22, 'gazetteer', entity='Q1')"),
        (with_field(MENTION, entity=None), "Mention('Quist', 17, 22, 'gazetteer')"),
        (SPEAKER, "Speaker('she', 17, 20, name='Mara Quist')"),
        (QUOTE, "Quote('It leaks,', 1, 10, 'direct', speaker='Mara Quist')"),
        (with_field(QUOTE, speaker=None), "Quote('It leaks,', 1, 10, 'direct')"),
        (DOCUMENT, "Document('“It leaks,” said she.', sentences=1, mentions=1, entities=2, quotes=1)"),
    ],
)
def test_repr_shows_the_slice(value, shown):
    assert repr(value) == shown


def test_repr_cuts_long_slices():
    assert repr(pq.Sentence("word " * 1000, 0, 5000)) == f"Sentence('{('word ' * 12)}…', 0, 5000)"


def test_repr_shows_lone_surrogates_and_quotation_marks():
    assert repr(pq.Span("it's \ud800", 0, 6)) == 'Span("it\'s \\ud800", 0, 6)'


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (QUIST, "Mara Quist"),
        (PIECE, "It leaks,"),
        (SPEAKER, "Mara Quist"),
        (with_field(SPEAKER, name=None), "she"),
        (QUOTE, "It leaks,"),
        (SENTENCE, SENTENCE.text),
        (MENTION, "Quist"),
        (DOCUMENT, DOCUMENT.text),
    ],
)
def test_str_gives_the_words(value, words):
    assert str(value) == words


def test_json_of_a_document_is_its_dict():
    line = DOCUMENT.to_json()
    assert json.loads(line) == DOCUMENT.to_dict()
    assert "“It leaks,”" in line
    assert "\n" not in line
    assert DOCUMENT.to_dict()["quotes"][0]["speaker"]["entity"]["aliases"] == ["Quist"]
