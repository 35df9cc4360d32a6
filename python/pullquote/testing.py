r"""Assertions for tests of what is found in texts, in pytest, unittest or anything else.

>>> assert_quotes(mark("“[It leaks,]{Mara Quist}” said Mara Quist."))
>>> assert_quotes("“It leaks,” said Mara Quist.", ["It leaks,"])
>>> assert_quotes("“It leaks,” said Mara Quist.", [("Mara Quist", "It leaks,")])
>>> assert_quotes("“It leaks,” said Mara Quist.", [{"kind": "direct", "cue": "said"}])

Where something else is found, the message shows it:

>>> assert_quotes(mark("“[It leaks]{Tobias Fenn},” said Mara Quist."))
Traceback (most recent call last):
    ...
AssertionError: quotes are not as expected: 1 different
<BLANKLINE>
different: 'It leaks'
  content: expected 'It leaks', found 'It leaks,'
  speaker: expected 'Tobias Fenn', found 'Mara Quist'
1 | “It leaks,” said Mara Quist.
  |  ^^^^^^^^  expected
  |  ^^^^^^^^^  found
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pullquote as pq
from pullquote._carets import underline
from pullquote._errors import InputTypeError, InvalidValueError
from pullquote._marked import Marked, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from pullquote._core import _EntityLike

    #: The words; who, and the words; or some fields by their names.
    _Expected: TypeAlias = str | tuple[str | None, str] | Mapping[str, Any]
    #: All values of a field that are right.
    _Answers: TypeAlias = tuple[Any, ...]

__all__ = ["Marked", "assert_mentions", "assert_quotes", "assert_sentences", "assert_spans_valid", "mark"]


def assert_quotes(
    text: str | Marked,
    expected: Iterable[_Expected] | None = None,
    *,
    detector: pq.QuoteDetector | pq.Pipeline | None = None,
) -> None:
    """Assert that exactly these quotes are found in a text, in this order.

    Args:
        text: a text, or what `mark` gives, which says itself what is expected.
        expected: for each quote its content; or a tuple of the speaker and the content; or a dict of some
            fields, of which only these are compared. The fields are those of `Quote` except the confidence,
            with "cue" as the cue's words, "pieces" and "quoted" as lists of words (or of spans),
            and "speaker" as the words in the article, the full name, or the name or id of the entity; None
            for nobody. "speaker_text", "speaker_name", "speaker_entity_id" and "anonymous" are the single
            fields of the speaker.
        detector: what finds the quotes; by default as `pullquote.quotes` does.

    Raises:
        AssertionError: other quotes are found; its message shows them in the text.
        InputTypeError: expected is neither in a marked text nor given, or both, or has a wrong type in it.
        InvalidValueError: there is no such field.
    """
    __tracebackhide__ = True
    if isinstance(text, Marked) == (expected is not None):
        raise InputTypeError("give either a text and what is expected, or a marked text alone")
    if isinstance(text, Marked):
        expected = [_as_expected(quote) for quote in text.quotes]
        text = text.text
    _compare(_QUOTES, text, () if expected is None else expected, _quotes_of(text, detector))


def assert_mentions(
    text: str, expected: Iterable[_Expected], matcher: pq.EntityMatcher | Iterable[_EntityLike]
) -> None:
    """Assert that exactly these entities are found in a text, in this order.

    >>> people = [pq.Entity("Q1", "Mara Quist", aliases=["Quist"])]
    >>> assert_mentions("Quist left the Quay Trust.", [("Q1", "Quist")], people)

    Args:
        text: the text.
        expected: for each mention its words; or a tuple of the entity's id or name and the words; or a dict
            of some fields of `Mention`, with "entity" as the id or the name, and "entity_id",
            "entity_name", "entity_type".
        matcher: an `EntityMatcher`, or what one is made from.

    Raises:
        AssertionError: other mentions are found; its message shows them in the text.
        PullquoteError: a field or an entity cannot be used.
    """
    __tracebackhide__ = True
    _compare(_MENTIONS, text, expected, pq.entities(text, matcher))


def assert_sentences(
    text: str, expected: Iterable[str | Mapping[str, Any]], *, splitter: pq.SentenceSplitter | None = None
) -> None:
    """Assert that a text has exactly these sentences, in this order.

    >>> assert_sentences("It rained. The bridge held.", ["It rained.", "The bridge held."])

    Args:
        text: the text.
        expected: the sentences, as text, or as dicts of some fields of `Sentence`.
        splitter: what splits the text; by default as `pullquote.sentences` does.

    Raises:
        AssertionError: it has others; its message shows them in the text.
        PullquoteError: what is expected cannot be used.
    """
    __tracebackhide__ = True
    _compare(_SENTENCES, text, expected, splitter.find(text) if splitter else pq.sentences(text))


def assert_spans_valid(text: str, found: Any) -> None:  # noqa: ANN401  the docstring lists what it may be
    """Assert that everything found has its place in the text.

    Every position must be inside the text and hold the words that are given for it, in every field, and
    what is listed must be in order. Sentences must not overlap, and must hold everything but white space.

    >>> assert_spans_valid("It rained.", pq.analyze("It rained."))
    >>> assert_spans_valid("It rained.", [pq.Span("rained", 0, 6)])
    Traceback (most recent call last):
        ...
    AssertionError: found[0] is 'rained', but the text has 'It rai' at 0 to 6

    Args:
        text: the text.
        found: a `Document`, one of the value objects, or a list of them.

    Raises:
        AssertionError: something is not in its place; the message names it.
        InputTypeError: found is nothing that has spans.
    """
    __tracebackhide__ = True
    where = "document" if isinstance(found, pq.Document) else "found"
    for index, item in enumerate(found if isinstance(found, (list, tuple)) else [found]):
        if not isinstance(item, pq.Document) and not hasattr(item, "start"):
            raise InputTypeError(f"{where} has something without a place at {index}: {item!r}")
    for problem in chain(_misplaced(text, where, found), _not_all(text, where, found)):
        raise AssertionError(problem)


class _What(NamedTuple):
    """What is compared: how it is called, the fields of words and of whom, and how each field is read.

    A field has several answers where several are right: a speaker is known by words, name and id.
    """

    name: str
    words: str
    who: str | None
    fields: dict[str, Callable[[Any], _Answers]]


def _field(name: str) -> Callable[[Any], _Answers]:
    return lambda found: (getattr(found, name),)


def _of(owner: str, name: str) -> Callable[[Any], _Answers]:
    """A field of a field, or None where there is no owner."""
    return lambda found: (getattr(getattr(found, owner), name, None),)


def _entity(owner: Callable[[Any], Any], name: str) -> Callable[[Any], _Answers]:
    return lambda found: (getattr(getattr(owner(found), "entity", None), name, None),)


def _spans(name: str) -> Callable[[Any], _Answers]:
    return lambda found: (
        [span.text for span in getattr(found, name)],
        [(span.start, span.end) for span in getattr(found, name)],
    )


def _names(*fields: Callable[[Any], _Answers]) -> Callable[[Any], _Answers]:
    """All answers of some fields that there are, or None."""

    def names(found: object) -> _Answers:
        answers = [answer for field in fields for answer in field(found) if answer is not None]
        return tuple(dict.fromkeys(answers)) or (None,)

    return names


def _speaker(quote: pq.Quote) -> pq.Speaker | None:
    return quote.speaker


def _mention(mention: pq.Mention) -> pq.Mention:
    return mention


_PLACE: dict[str, Callable[[Any], _Answers]] = {name: _field(name) for name in ("text", "start", "end")}
_SENTENCES = _What("sentences", "text", None, _PLACE)
_ENTITY = {name: _entity(_mention, name) for name in ("id", "name", "type")}
_MENTIONS = _What(
    "mentions",
    "text",
    "entity",
    {
        **_PLACE,
        "kind": _field("kind"),
        "score": _field("score"),
        "entity": _names(_ENTITY["id"], _ENTITY["name"]),
        **{f"entity_{name}": field for name, field in _ENTITY.items()},
    },
)
_SPEAKER = {
    "text": _of("speaker", "text"),
    "name": _of("speaker", "name"),
    "entity_id": _entity(_speaker, "id"),
}
_QUOTES = _What(
    "quotes",
    "content",
    "speaker",
    {
        "content": _field("content"),
        **_PLACE,
        "pieces": _spans("pieces"),
        "quoted": _spans("quoted"),
        **{name: _field(name) for name in ("kind", "manner", "closed", "parent")},
        "speaker": _names(_SPEAKER["name"], *_SPEAKER.values(), _entity(_speaker, "name")),
        **{f"speaker_{name}": field for name, field in _SPEAKER.items()},
        "anonymous": _of("speaker", "anonymous"),
        "cue": _of("cue", "text"),
    },
)


def _as_expected(quote: dict[str, Any]) -> dict[str, Any]:
    """What to compare of a marked quote."""
    return {name: quote[name] for name in ("content", "pieces", "speaker", "kind") if name in quote}


def _quotes_of(text: str, detector: pq.QuoteDetector | pq.Pipeline | None) -> Iterable[pq.Quote]:
    if detector is None:
        return pq.quotes(text)
    return detector(text).quotes if isinstance(detector, pq.Pipeline) else detector.find(text)


class _Wanted(NamedTuple):
    """What is expected: the fields to compare, and where in the text it is, if that can be told."""

    fields: dict[str, Any]
    places: list[tuple[int, int]]


def _compare(what: _What, text: str, expected: Iterable[Any], found: Iterable[Any]) -> None:
    """Raise an AssertionError unless the found are the expected, one by one."""
    __tracebackhide__ = True
    found = list(found)
    wanted = _wanted(what, text, expected, found)
    pairs = list(_paired(what, wanted, found))
    told = [(state, message) for pair in pairs for state, message in [_told(what, text, *pair)]]
    counts = Counter(state for state, _ in told)
    if counts.keys() <= {"right"}:
        return
    summary = ", ".join(f"{count} {state}" for state, count in counts.items())
    messages = [message for _, message in told if message]
    raise AssertionError("\n\n".join([f"{what.name} are not as expected: {summary}", *messages]))


def _wanted(what: _What, text: str, expected: Iterable[Any], found: list[Any]) -> list[_Wanted]:
    if isinstance(expected, (str, bytes, Mapping)) or not isinstance(expected, Iterable):
        raise InputTypeError(f"expected must be a list, not {type(expected).__name__}")
    wanted = []
    behind = 0
    for index, item in enumerate(expected):
        fields = _fields(what, f"expected[{index}]", item)
        places = _places(what, text, fields, found, behind)
        behind = places[0][0] + 1 if places else behind
        wanted.append(_Wanted(fields, places))
    return wanted


def _fields(what: _What, where: str, item: Any) -> dict[str, Any]:  # noqa: ANN401  see `_Expected`
    match item:
        case str():
            return {what.words: item}
        case (None | str() as who, str() as words) if what.who and isinstance(item, tuple):
            return {what.who: who, what.words: words}
        case Mapping():
            fields = {name: _listed(value) for name, value in item.items()}
        case _:
            raise InputTypeError(f"{where} cannot be compared with {what.name}: {item!r}")
    unknown = [name for name in fields if name not in what.fields]
    if unknown:
        known = ", ".join(what.fields)
        raise InvalidValueError(f"{where}: {what.name} have no field {unknown[0]!r}, but {known}")
    return fields


def _listed(value: Any) -> Any:  # noqa: ANN401  any field's
    """A list of spans as it compares with what `_spans` gives: by words, or by positions."""
    if not isinstance(value, (list, tuple)):
        return value
    spans = [item.to_dict() if isinstance(item, pq.Span) else item for item in value]
    return [(item["start"], item["end"]) if isinstance(item, Mapping) else item for item in spans]


def _places(
    what: _What, text: str, fields: dict[str, Any], found: list[Any], behind: int
) -> list[tuple[int, int]]:
    """Where something expected is: where it says so, or else where its words are next."""
    pieces = fields.get("pieces", [fields.get(what.words, fields.get("text"))])
    if _is_shown(pieces):
        return list(pieces)
    if isinstance(fields.get("start"), int) and isinstance(fields.get("end"), int):
        return [(fields["start"], fields["end"])]
    places = []
    for piece in pieces:
        start = text.find(piece, behind) if piece and isinstance(piece, str) else -1
        if start < 0:
            return next((_own_places(other) for other in found if _agrees(what, fields, other)), [])
        behind = start + len(piece)
        places.append((start, behind))
    return places


def _own_places(found: Any) -> list[tuple[int, int]]:  # noqa: ANN401  any value object
    return [(span.start, span.end) for span in getattr(found, "pieces", None) or [found]]


def _paired(
    what: _What, wanted: list[_Wanted], found: list[Any]
) -> list[tuple[_Wanted, Any] | tuple[None, Any]]:
    """Pair what is expected with what is found, in order: what agrees, or else what is at its place."""
    if len(wanted) == len(found):
        straight = list(zip(wanted, found, strict=True))
        if all(_agrees(what, one.fields, other) for one, other in straight):
            return [*straight]
    pairs: list[tuple[_Wanted, Any] | tuple[None, Any]] = []
    behind = 0
    for one in wanted:
        partner = _partner(what, one, found, behind)
        if partner is None:
            pairs.append((one, None))
            continue
        pairs += [(None, other) for other in found[behind:partner]]
        pairs.append((one, found[partner]))
        behind = partner + 1
    return [*pairs, *((None, other) for other in found[behind:])]


def _partner(what: _What, wanted: _Wanted, found: list[Any], behind: int) -> int | None:
    rest = range(behind, len(found))
    right = (index for index in rest if _agrees(what, wanted.fields, found[index]))
    near = (index for index in rest if _meets(wanted.places, _own_places(found[index])))
    # Where no words tell the place, the order does.
    nameless = {what.words, "text", "pieces"}.isdisjoint(wanted.fields)
    return next(right, next(near, next(iter(rest), None) if nameless else None))


def _agrees(what: _What, fields: dict[str, Any], found: Any) -> bool:  # noqa: ANN401  any value object
    return all(value in what.fields[name](found) for name, value in fields.items())


def _meets(ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for one in ours for other in theirs)


def _told(what: _What, text: str, wanted: _Wanted | None, found: Any) -> tuple[str, str]:  # noqa: ANN401  the same
    """What became of one pair, with what to say about it."""
    places = {
        "expected": wanted.places if wanted else [],
        "found": [] if found is None else _own_places(found),
    }
    shown = underline(text, [*places.items()])
    if wanted is None:
        return "unexpected", f"unexpected: {found!r}\n{shown}"
    if found is None:
        where = "" if wanted.places else " (not in the text)"
        return "missing", f"missing: {_short(what, wanted)}{where}\n{shown}".rstrip()
    if _agrees(what, wanted.fields, found):
        return "right", ""
    lines = [
        f"  {name}: expected {value!r}, found {what.fields[name](found)[0]!r}"
        for name, value in wanted.fields.items()
        if value not in what.fields[name](found) and not _is_shown(value)
    ]
    return "different", "\n".join([f"different: {_short(what, wanted)}", *lines, shown])


def _is_shown(value: Any) -> bool:  # noqa: ANN401  any field's
    """Whether a value is a list of positions, which the carets show better than numbers do."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, tuple) for item in value)


def _short(what: _What, wanted: _Wanted) -> str:
    return repr(wanted.fields.get(what.words, wanted.fields))


def _misplaced(text: str, where: str, found: Any) -> Iterator[str]:  # noqa: ANN401  see `assert_spans_valid`
    """What is wrong about the places of something found, and of all that is in it."""
    if isinstance(found, pq.Document) and found.text != text:
        yield f"{where}.text is another text"
    if hasattr(found, "start"):
        yield from _out_of_place(text, where, found)
    if isinstance(found, (list, tuple)):
        yield from _out_of_order(where, found)
        inner = [(f"{where}[{index}]", item) for index, item in enumerate(found)]
    else:
        inner = [(f"{where}.{name}", getattr(found, name)) for name in getattr(found, "__match_args__", ())]
    for name, item in inner:
        yield from _misplaced(text, name, item)


def _out_of_place(text: str, where: str, found: Any) -> Iterator[str]:  # noqa: ANN401  any value object
    start, end = found.start, found.end
    if not 0 <= start <= end <= len(text):
        yield f"{where} reaches from {start} to {end}, in a text of {len(text)} characters"
    elif text[start:end] != found.text:
        yield f"{where} is {found.text!r}, but the text has {text[start:end]!r} at {start} to {end}"


def _out_of_order(where: str, found: Sequence[Any]) -> Iterator[str]:
    starts = [item.start for item in found if hasattr(item, "start")]
    for index, (one, other) in enumerate(pairwise(starts)):
        if other < one:
            yield f"{where}[{index + 1}] comes before {where}[{index}] in the text"


def _not_all(text: str, where: str, found: Any) -> Iterator[str]:  # noqa: ANN401  see `assert_spans_valid`
    """What sentences hold twice or not at all."""
    if isinstance(found, pq.Document):
        where, found = f"{where}.sentences", found.sentences
    elif not isinstance(found, (list, tuple)) or {type(item) for item in found} != {pq.Sentence}:
        return
    held = 0
    for index, (start, end) in enumerate([*((item.start, item.end) for item in found), (len(text),) * 2]):
        if start < held:
            yield f"{where}[{index}] overlaps {where}[{index - 1}]"
        missing = text[held:start].strip()
        if missing:
            yield f"no sentence in {where} holds {missing!r}, between {held} and {start}"
        held = end
