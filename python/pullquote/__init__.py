"""Reads news text and says who said what.

One call reads a text; every position is in code points, so that ``text[x.start:x.end] == x.text``:

>>> import pullquote as pq
>>> document = pq.analyze("It rained on Tuesday. The bridge held.")
>>> document.sentences
(Sentence('It rained on Tuesday.', 0, 21), Sentence('The bridge held.', 22, 38))

`sentences`, `entities`, `quotes` and `analyze` use default objects that are compiled once. To choose options,
or to read many texts with the same entities, compile a `SentenceSplitter`, `EntityMatcher`, `QuoteDetector`
or `Pipeline` and keep it: they never change, threads may share them, and they can be pickled and saved.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pullquote._core import (
    Candidate,
    Decision,
    Document,
    Entity,
    EntityMatcher,
    Explanation,
    Mention,
    Pipeline,
    Quote,
    QuoteDetector,
    Reason,
    Ruling,
    Sentence,
    SentenceSplitter,
    SentenceStream,
    Span,
    Speaker,
    Table,
    __version__,
)
from pullquote._errors import InputTypeError, InvalidValueError, PullquoteError
from pullquote._score import Score, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Unpack

    from pullquote._core import MatcherOptions, _EntityLike

__all__ = [
    "Candidate",
    "Decision",
    "Document",
    "Entity",
    "EntityMatcher",
    "Explanation",
    "InputTypeError",
    "InvalidValueError",
    "Mention",
    "Pipeline",
    "PullquoteError",
    "Quote",
    "QuoteDetector",
    "Reason",
    "Ruling",
    "Score",
    "Sentence",
    "SentenceSplitter",
    "SentenceStream",
    "Span",
    "Speaker",
    "Table",
    "__version__",
    "analyze",
    "entities",
    "quotes",
    "score",
    "sentences",
]


def sentences(text: str) -> list[Sentence]:
    """Find the sentences of an English text.

    >>> [sentence.text for sentence in sentences("It rained. The bridge held.")]
    ['It rained.', 'The bridge held.']

    Raises:
        TypeError: the text is no `str`.
    """
    return _splitter().find(text)


def entities(
    text: str, people: EntityMatcher | Iterable[_EntityLike], **options: Unpack[MatcherOptions]
) -> list[Mention]:
    """Find the given entities in a text.

    Args:
        text: the text.
        people: an `EntityMatcher`, or what one is made from: `Entity` objects, dicts, names. For many texts,
            make the matcher once.
        options: those of `EntityMatcher`, where `people` is not one already.

    >>> [mention.text for mention in entities("MARA QUIST’S lawyer left.", ["Mara Quist"])]
    ['MARA QUIST']

    Raises:
        PullquoteError: an entity or an option cannot be used.
        TypeError: the text is no `str`, or an entity has the wrong type.
    """
    if isinstance(people, EntityMatcher):
        if options:
            raise InputTypeError("options belong to the EntityMatcher that was given: " + ", ".join(options))
        return people.find(text)
    return EntityMatcher(people, **options).find(text)


def quotes(text: str, entities: EntityMatcher | Iterable[_EntityLike] | None = None) -> list[Quote]:
    """Find the quotes of an English text, with their speakers.

    Args:
        text: the text.
        entities: whom to know, so that speakers get ids: an `EntityMatcher`, or what one is made from.

    >>> for quote in quotes("Mara Quist closed the pumps. “It leaks,” she said."):
    ...     print(quote.speaker.name, quote.cue.text, quote.content)
    Mara Quist said It leaks,

    Raises:
        PullquoteError: an entity cannot be used.
        TypeError: the text is no `str`, or an entity has the wrong type.
    """
    detector = _detector() if entities is None else QuoteDetector(matcher=_matcher(entities))
    return detector.find(text)


def analyze(text: str, entities: EntityMatcher | Iterable[_EntityLike] | None = None) -> Document:
    """Read an English text: sentences, mentions, entities and quotes in one pass.

    Args:
        text: the text.
        entities: whom to know, so that mentions and speakers get ids: an `EntityMatcher`, or what one is made
            from.

    >>> document = analyze("Mara Quist closed the pumps. Officials say that they leak.")
    >>> [entity.name for entity in document.entities]
    ['Mara Quist']
    >>> document.quotes[0].content, document.quotes[0].speaker.anonymous
    ('they leak', True)

    Raises:
        PullquoteError: an entity cannot be used.
        TypeError: the text is no `str`, or an entity has the wrong type.
    """
    pipeline = _pipeline() if entities is None else Pipeline(matcher=_matcher(entities))
    return pipeline(text)


def _matcher(entities: EntityMatcher | Iterable[_EntityLike]) -> EntityMatcher:
    return entities if isinstance(entities, EntityMatcher) else EntityMatcher(entities)


_splitter: Callable[[], SentenceSplitter] = cache(SentenceSplitter)
_detector: Callable[[], QuoteDetector] = cache(QuoteDetector)
_pipeline: Callable[[], Pipeline] = cache(Pipeline)


def __dir__() -> list[str]:
    return __all__
