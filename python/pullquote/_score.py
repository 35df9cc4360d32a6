"""How well predicted spans agree with gold ones: precision, recall and F1, by class, exact and by overlap.

Input in any of many shapes → items, each of one text and one class → one-to-one matches → counts → `Score`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from pullquote._errors import InvalidValueError
from pullquote._score_input import check_classes, check_texts, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from pullquote._score_input import Item, Speaker

__all__ = ["Counts", "Score", "score"]

_KINDS = ("quotes", "mentions", "sentences")


class Counts(NamedTuple):
    """How many spans match, of how many.

    A ratio of nothing is 0.0, as scikit-learn and spaCy have it: where nothing is predicted the precision
    is 0.0, where there is nothing in the gold the recall is, and where both are 0.0 the F1 is.
    """

    true_positives: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """The share of the predicted spans that match."""
        return _ratio(self.true_positives, self.predicted)

    @property
    def recall(self) -> float:
        """The share of the gold spans that are matched."""
        return _ratio(self.true_positives, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _ratio(2 * self.true_positives, self.gold + self.predicted)

    def to_dict(self) -> dict[str, float]:
        """Give the ratios and the counts as plain data."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **self._asdict()}


class Score(NamedTuple):
    """How well predictions agree with a gold standard; made by `score`.

    ``exact`` and ``overlap`` are the counts of the two ways to match; ``speaker`` counts as true those
    quotes that match by overlap and have the right speaker, and is None where no speakers were given. Each
    has ``precision``, ``recall``, ``f1``, ``true_positives``, ``gold`` and ``predicted``. The counts are
    sums over all classes (micro averages); ``by_class`` has the `Score` of each class, by its name.
    """

    exact: Counts
    overlap: Counts
    speaker: Counts | None
    by_class: dict[str, Score]

    @property
    def precision(self) -> float:
        """The share of the predicted spans that are exactly in the gold."""
        return self.exact.precision

    @property
    def recall(self) -> float:
        """The share of the gold spans that are predicted exactly."""
        return self.exact.recall

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, of exact matches."""
        return self.exact.f1

    def to_dict(self) -> dict[str, Any]:
        """Give all ratios and counts as plain data, by class too."""
        return {
            "exact": self.exact.to_dict(),
            "overlap": self.overlap.to_dict(),
            "speaker": self.speaker.to_dict() if self.speaker else None,
            "by_class": {name: inner.to_dict() for name, inner in self.by_class.items()},
        }

    def __str__(self) -> str:
        rows = [*self._heads(), *self._rows()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in rows)
        return "\n".join("  ".join(line).rstrip() for line in lines)

    def _repr_html_(self) -> str:
        heads = "".join(_html_row("th", row) for row in self._heads())
        body = "".join(_html_row("td", row) for row in self._rows())
        return f"<table><thead>{heads}</thead><tbody>{body}</tbody></table>"

    def _heads(self) -> list[list[str]]:
        ways = [name for name, _ in _ways(self)]
        return [
            ["", "", "", *(cell for way in ways for cell in (way, "", ""))],
            ["class", "gold", "predicted", *["P", "R", "F1"] * len(ways)],
        ]

    def _rows(self) -> list[list[str]]:
        """What people see: a row for each class, and one for all."""
        return [_row(name, counted) for name, counted in [*self.by_class.items(), ("all", self)]]


def score(
    gold: Any,  # noqa: ANN401  the docstring lists what it may be
    predicted: Any,  # noqa: ANN401  the same
    *,
    kind: Literal["quotes", "mentions", "sentences"] = "quotes",
    overlap: float = 0.8,
    by_class: bool = True,
) -> Score:
    """Compare predictions with a gold standard: precision, recall and F1, by class, exact and by overlap.

    >>> text = "“It leaks,” said Mara Quist. Officials say that it does not."
    >>> gold = [
    ...     {"start": 1, "end": 10, "kind": "direct", "speaker": "Mara Quist"},
    ...     {"start": 48, "end": 60, "kind": "indirect", "speaker": "Officials"},
    ... ]
    >>> result = score(gold, quotes(text))
    >>> result.precision, result.recall, result.by_class["direct"].f1
    (0.5, 0.5, 1.0)
    >>> print(result)  # the second one, in the gold, holds the full stop
                               exact                overlap                speaker
    class     gold  predicted      P      R     F1        P      R     F1        P      R     F1
    direct       1          1  1.000  1.000  1.000    1.000  1.000  1.000    1.000  1.000  1.000
    indirect     1          1  0.000  0.000  0.000    1.000  1.000  1.000    1.000  1.000  1.000
    all          2          2  0.500  0.500  0.500    1.000  1.000  1.000    1.000  1.000  1.000

    A predicted span matches a gold one of the same text and class, and each span matches once at most:

    * exact: all pieces begin and end at the same positions. Whether a quote's marks are inside is part of
      that.
    * overlap: the characters that both hold are at least ``overlap`` of those that either holds
      (intersection over union, the Jaccard index), over all pieces. Pairs are made from the largest overlap
      down, exact ones first; above 0.5 nothing else is possible where spans of one side do not overlap one
      another.
    * speaker: matched by overlap, with the right speaker. That is: the same entity, if both have one; else
      words that overlap in the text, or the same name, whatever its case. Without positions the name or the
      words of the one must be those of the other. Quotes without a speaker are right where neither has one.

    The class of a quote is its kind, that of a mention the type of its entity, or its kind without one;
    everything else is of the class "span". The time grows linearly with the number of spans and of pairs
    that overlap.

    Args:
        gold: what is right: a `Document`; a list of `Quote`, `Mention`, `Sentence` or `Span` objects, or of
            dicts as their ``to_dict`` gives them, of one text; a list of such lists or of documents, one
            for each text; a `Table`, or a frame or a list of rows like its ``to_pylist()``, with "row" for
            the text. Of a dict only "start" and "end" are needed; "kind", "pieces" and "speaker" (a dict, a
            name or None) are used.
        predicted: what was found, in any of these shapes.
        kind: what to take of documents.
        overlap: the least overlap that counts, above 0 and at most 1.
        by_class: whether classes must be the same. Without it every span is of the class "span".

    Raises:
        InputTypeError: gold or predicted, or something in them, has a type that cannot be compared.
        InvalidValueError: they are not of the same texts, a position is missing or below the one before it,
            some of the spans have a class and others not, or an option cannot be used.
    """
    if kind not in _KINDS:
        raise InvalidValueError(f"kind={kind!r} is not one of {', '.join(_KINDS)}")
    if not 0 < overlap <= 1:
        raise InvalidValueError(f"overlap={overlap!r} is not above 0 and at most 1")
    sides = [read(side, given, kind) for side, given in (("gold", gold), ("predicted", predicted))]
    check_texts(*sides)
    if by_class:
        check_classes(*sides)
    items = [side.items if by_class else [item._replace(label=None) for item in side.items] for side in sides]
    return _score(items[0], items[1], overlap)


def _score(gold: list[Item], predicted: list[Item], overlap: float) -> Score:
    """The score of all classes and of each."""
    both: defaultdict[str, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((gold, predicted)):
        for item in items:
            both[item.label or "span"][side].append(item)
    has_speakers = bool(both) and all(item.has_speaker for item in [*gold, *predicted])
    classes = {
        label: _class_score(*both[label], overlap, has_speakers=has_speakers) for label in sorted(both)
    }
    return Score(
        _sum(inner.exact for inner in classes.values()),
        _sum(inner.overlap for inner in classes.values()),
        _sum(inner.speaker for inner in classes.values() if inner.speaker) if has_speakers else None,
        classes,
    )


def _class_score(gold: list[Item], predicted: list[Item], overlap: float, *, has_speakers: bool) -> Score:
    pairs = _matches(gold, predicted, overlap)
    sizes = len(gold), len(predicted)
    exact = sum(one.pieces == other.pieces for one, other in pairs)
    right = sum(_same_speaker(one.speaker, other.speaker) for one, other in pairs)
    speaker = Counts(right, *sizes) if has_speakers else None
    return Score(Counts(exact, *sizes), Counts(len(pairs), *sizes), speaker, {})


def _matches(gold: list[Item], predicted: list[Item], overlap: float) -> list[tuple[Item, Item]]:
    """Pair the items of one class one to one, the best pairs first.

    The order among pairs as good as one another does not tell gold from predicted, so that to exchange the
    two exchanges precision and recall.
    """
    texts: defaultdict[Any, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((gold, predicted)):
        for item in sorted(items, key=lambda item: item.pieces):
            texts[item.text][side].append(item)
    return [pair for both in texts.values() for pair in _best(*both, overlap)]


def _best(gold: list[Item], predicted: list[Item], overlap: float) -> Iterator[tuple[Item, Item]]:
    """Pair the items of one text, which are sorted."""
    rated = []
    for one, other in _meeting(gold, predicted):
        share = _shared(gold[one].pieces, predicted[other].pieces)
        if share >= overlap:
            differ = gold[one].pieces != predicted[other].pieces
            rated.append((-share, differ, min(one, other), max(one, other), one, other))
    matched: tuple[set[int], set[int]] = (set(), set())
    for *_, one, other in sorted(rated):
        if one not in matched[0] and other not in matched[1]:
            matched[0].add(one)
            matched[1].add(other)
            yield gold[one], predicted[other]


def _meeting(gold: list[Item], predicted: list[Item]) -> Iterator[tuple[int, int]]:
    """The indexes of all pairs that overlap or touch, from one sweep over the text."""
    sides = (gold, predicted)
    reached: list[list[int]] = [[], []]
    starts = sorted(
        (item.pieces[0][0], side, index)
        for side, items in enumerate(sides)
        for index, item in enumerate(items)
    )
    for start, side, index in starts:
        other = 1 - side
        reached[other] = [near for near in reached[other] if sides[other][near].pieces[-1][1] >= start]
        for near in reached[other]:
            yield (near, index) if side else (index, near)
        reached[side].append(index)


def _shared(ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> float:
    """Intersection over union of two spans of pieces, in characters."""
    if ours == theirs:
        return 1.0
    both = one = other = 0
    while one < len(ours) and other < len(theirs):
        both += max(0, min(ours[one][1], theirs[other][1]) - max(ours[one][0], theirs[other][0]))
        if ours[one][1] <= theirs[other][1]:
            one += 1
        else:
            other += 1
    return _ratio(both, sum(end - start for start, end in [*ours, *theirs]) - both)


def _same_speaker(gold: Speaker | None, predicted: Speaker | None) -> bool:
    if gold is None or predicted is None:
        return gold is predicted
    if gold.entity_id is not None and predicted.entity_id is not None:
        return gold.entity_id == predicted.entity_id
    if gold.position is None or predicted.position is None:
        return not _folded(gold.name, gold.text).isdisjoint(_folded(predicted.name, predicted.text))
    if gold.position[0] < predicted.position[1] and predicted.position[0] < gold.position[1]:
        return True
    return not _folded(gold.name).isdisjoint(_folded(predicted.name))


def _folded(*names: str | None) -> set[str]:
    return {name.casefold() for name in names if name is not None}


def _sum(counts: Iterable[Counts]) -> Counts:
    """Add counts up: micro averages are ratios of sums."""
    return Counts(*map(sum, zip(Counts(0, 0, 0), *counts, strict=True)))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _ways(counted: Score) -> list[tuple[str, Counts]]:
    """The ways to match that were counted, by their names."""
    ways = {"exact": counted.exact, "overlap": counted.overlap, "speaker": counted.speaker}
    return [(name, counts) for name, counts in ways.items() if counts]


def _row(name: str, counted: Score) -> list[str]:
    ratios = (ratio for _, ways in _ways(counted) for ratio in (ways.precision, ways.recall, ways.f1))
    return [
        name,
        str(counted.exact.gold),
        str(counted.exact.predicted),
        *(f"{ratio:.3f}" for ratio in ratios),
    ]


def _html_row(tag: str, cells: Iterable[str]) -> str:
    from html import escape  # noqa: PLC0415  only a notebook asks for it

    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"
