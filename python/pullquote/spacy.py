"""Who said what, as a component of a spaCy pipeline.

With spaCy and pullquote installed, spaCy knows the component by its name:

>>> import spacy
>>> nlp = spacy.blank("en")
>>> component = nlp.add_pipe("pullquote")
>>> doc = nlp("Mara Quist closed the pumps. “It leaks,” she said.")
>>> [quote] = doc.spans["pullquote_quotes"]
>>> quote.text, quote.label_, quote._.pullquote_speaker.text, quote._.pullquote["speaker"]["name"]
('It leaks,', 'direct', 'she', 'Mara Quist')
>>> [sentence.text for sentence in doc.sents]
['Mara Quist closed the pumps.', '“It leaks,” she said.']

What it sets:

* ``doc.spans["pullquote_quotes"]``: each quote from its first piece to its last. The label is the quote's
  kind, the `kb_id_` the id of the speaker's entity, if that is one of the caller's.
* ``doc.spans["pullquote_mentions"]``: the label is the entity's type, or the mention's kind without an
  entity; the `kb_id_` is the entity's id, also where pullquote made the entity from a name (``"name:Mara
  Quist"``).
* ``doc._.pullquote``: the same as plain data: ``"quotes"`` and ``"mentions"``, as `Quote.to_dict` and
  `Mention.to_dict` give them, with positions in ``doc.text``, and ``"expanded"``. The `id_` of a span says
  which it is: ``"pullquote/quotes/0"`` is the first of the quotes. `Doc.to_bytes` keeps the data, and so
  does a `DocBin` with ``store_user_data=True``.
* ``doc._.pullquote_expanded``: how many sentences, mentions and quotes begin or end inside a token
  (“pumps.The”). Their spans hold the whole of such tokens. ``doc._.pullquote["expanded"]`` counts each
  kind.
* ``span._.pullquote``: what the plain data says of a span in these groups, or None for any other span.
  ``span._.pullquote_speaker`` is the speaker as written, a span or None; ``span._.pullquote_pieces`` lists
  the pieces of what was said, as spans.
* Sentence starts, if ``sentences`` is true.

A component of another name puts its spans under that name, so that there may be several in one pipeline:
after ``nlp.add_pipe("pullquote", name="scares", config={"kinds": ["scare"]})`` they are in
``doc.spans["scares_quotes"]`` and ``doc.spans["scares_mentions"]``, their ids begin with ``"scares/"``, and
each span has the data of its own component. ``doc._.pullquote`` is that of the last one.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pullquote import EntityMatcher, Pipeline
from pullquote._errors import InvalidValueError
from pullquote._extras import require

require("spacy", "spacy")

import numpy as np  # noqa: E402  spaCy brings it; without spaCy, the line above says what to install
from spacy.language import Language  # noqa: E402  the same
from spacy.tokens import Doc, Span, SpanGroup  # noqa: E402  the same
from spacy.util import minibatch  # noqa: E402  the same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pullquote import Document, Mention, Quote, Sentence, Speaker

__all__ = ["PullquoteComponent", "create"]

_START, _NO_START = 1, np.uint64(2**64 - 1)  # spaCy's own numbers for SENT_START; 0 is not known


@Language.factory(
    "pullquote",
    assigns=["doc.spans", "doc._.pullquote", "token.is_sent_start"],
    default_config={
        "language": "en",
        "matcher": None,
        "fuzzy": False,
        "kinds": ["direct", "mixed", "indirect", "scare"],
        "sentences": True,
        "quotes_key": None,
        "mentions_key": None,
    },
)
def create(  # noqa: PLR0913  spaCy passes each setting by its name
    nlp: Language,  # noqa: ARG001  spaCy passes it
    name: str,
    *,
    language: str,
    matcher: str | None,
    fuzzy: bool | int,
    kinds: list[str],
    sentences: bool,
    quotes_key: str | None,
    mentions_key: str | None,
) -> PullquoteComponent:
    """Make the component; spaCy calls this for ``nlp.add_pipe("pullquote", config={...})``.

    Args:
        nlp: the pipeline of spaCy's that the component is for.
        name: the component's name there.
        language: the language that pullquote reads, whichever ``nlp`` has.
        matcher: whom to know: the path of a saved `EntityMatcher`, or of a gazetteer that ends in
            ``.jsonl`` or ``.csv``. `spacy.load` needs the file no more, since a saved component holds the
            entities; so a file that is not there is an error only when the component is used.
        fuzzy: whether the names of a gazetteer are found misspelt, as for `EntityMatcher`.
        kinds: the kinds of quotes to find.
        sentences: whether to set sentence starts. Those that are set already, by a parser or by a
            component of your own, stay as they are. A parser behind this component keeps to the starts
            that this one sets.
        quotes_key: the key of ``doc.spans`` for the quotes; by default the component's name and "_quotes".
        mentions_key: the same for the mentions.

    Raises:
        PullquoteError: a setting or the gazetteer cannot be used.
    """
    compile_pipeline = partial(_compile, language, matcher, kinds, fuzzy=fuzzy)
    pipeline = compile_pipeline() if matcher is None or Path(matcher).exists() else None
    return PullquoteComponent(
        name,
        pipeline or compile_pipeline,
        sentences=sentences,
        quotes_key=quotes_key,
        mentions_key=mentions_key,
    )


class PullquoteComponent:
    """A component of spaCy's around a compiled `Pipeline`; made by ``nlp.add_pipe("pullquote")``."""

    def __init__(
        self,
        name: str,
        pipeline: Pipeline | Callable[[], Pipeline],
        *,
        sentences: bool = True,
        quotes_key: str | None = None,
        mentions_key: str | None = None,
    ) -> None:
        """Keep the pipeline, or what compiles one when it is first needed; see `create` for the others."""
        self.name = name
        self.sentences = sentences
        self.quotes_key = quotes_key or f"{name}_quotes"
        self.mentions_key = mentions_key or f"{name}_mentions"
        self._pipeline = pipeline

    @property
    def pipeline(self) -> Pipeline:
        """The compiled pipeline that reads the texts; another one may be set, with entities from anywhere.

        Raises:
            OSError: the file that should hold the entities is not there.
            PullquoteError: that file cannot be used.
        """
        if not isinstance(self._pipeline, Pipeline):
            self._pipeline = self._pipeline()
        return self._pipeline

    @pipeline.setter
    def pipeline(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def __call__(self, doc: Doc) -> Doc:
        """Read one document, and write what was found into it."""
        return self._annotate(doc, self.pipeline(doc.text))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1000) -> Iterator[Doc]:
        """Read many documents, in batches on several threads, in their order."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            documents = self.pipeline.pipe([doc.text for doc in docs])
            for doc, document in zip(docs, documents, strict=True):
                assert document is not None  # noqa: S101  only a text that is None has no document
                yield self._annotate(doc, document)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002  spaCy passes it
        """The compiled pipeline with its entities, in pullquote's own format."""
        return self.pipeline.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:  # noqa: ARG002  spaCy passes it
        """Take the compiled pipeline from bytes.

        Raises:
            PullquoteError: the bytes hold no pipeline of this version.
        """
        self.pipeline = Pipeline.from_bytes(data)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002  spaCy passes it
        """Save the compiled pipeline with its entities in a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        self.pipeline.save(folder / "pipeline")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:  # noqa: ARG002  spaCy passes it
        """Load the compiled pipeline from a folder.

        Raises:
            OSError: there is none.
            PullquoteError: it is damaged, or not of this version.
        """
        self.pipeline = Pipeline.load(Path(path) / "pipeline")
        return self

    def _annotate(self, doc: Doc, document: Document) -> Doc:
        sentences = [_tokens(doc, sentence.start, sentence.end) for sentence in document.sentences]
        quotes = [
            _span(doc, quote, f"{self.name}/quotes/{index}", quote.kind, quote.speaker)
            for index, quote in enumerate(document.quotes)
        ]
        mentions = [
            _span(doc, mention, f"{self.name}/mentions/{index}", _label(mention), mention)
            for index, mention in enumerate(document.mentions)
        ]
        doc.spans[self.quotes_key] = SpanGroup(doc, name=self.quotes_key, spans=quotes)
        doc.spans[self.mentions_key] = SpanGroup(doc, name=self.mentions_key, spans=mentions)
        data = {
            "quotes": [quote.to_dict() for quote in document.quotes],
            "mentions": [mention.to_dict() for mention in document.mentions],
            "expanded": {
                "sentences": _expanded(sentences, document.sentences),
                "mentions": _expanded(mentions, document.mentions),
                "quotes": _expanded(quotes, document.quotes),
            },
        }
        others = {name: other for name, other in _components(doc).items() if name != self.name}
        doc._.pullquote_components = {**others, self.name: data}
        if self.sentences and not doc.has_annotation("DEP"):
            _set_sentence_starts(doc, sentences)
        return doc


def _compile(language: str, matcher: str | None, kinds: list[str], *, fuzzy: bool | int) -> Pipeline:
    return Pipeline(language, matcher=_matcher(matcher, fuzzy=fuzzy), kinds=kinds)  # type: ignore[arg-type]  # checked there


def _matcher(path: str | None, *, fuzzy: bool | int) -> EntityMatcher | None:
    if path is None:
        return None
    match Path(path).suffix.lower():
        case ".jsonl":
            return EntityMatcher.from_jsonl(path, fuzzy=fuzzy)  # type: ignore[arg-type]  # checked there
        case ".csv":
            return EntityMatcher.from_csv(path, fuzzy=fuzzy)  # type: ignore[arg-type]  # checked there
    if fuzzy:
        raise InvalidValueError(
            f"fuzzy belongs to the matcher that was saved in {path}; make it so and save it again"
        )
    return EntityMatcher.load(path)


def _span(doc: Doc, found: Mention | Quote, span_id: str, label: str, who: Mention | Speaker | None) -> Span:
    tokens = _tokens(doc, found.start, found.end)
    entity_id = who.entity.id if who and who.entity else ""
    return Span(doc, tokens.start, tokens.end, label, kb_id=entity_id, span_id=span_id)


def _tokens(doc: Doc, start: int, end: int) -> Span:
    """The tokens that hold a stretch of the text, even if it begins or ends inside one."""
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None  # noqa: S101  the tokens hold the whole text
    return span


def _expanded(spans: Iterable[Span], found: Iterable[Sentence | Mention | Quote]) -> int:
    return sum(
        (span.start_char, span.end_char) != (exact.start, exact.end)
        for span, exact in zip(spans, found, strict=True)
    )


def _set_sentence_starts(doc: Doc, sentences: list[Span]) -> None:
    """Set the starts that are not known yet, at once: each one set singly costs a look at the whole text."""
    if not len(doc):
        return
    starts = np.full(len(doc), _NO_START, dtype=np.uint64)
    # White space before the first sentence is part of it, as spaCy has it behind every other sentence.
    starts[[0, *(sentence.start for sentence in sentences[1:])]] = _START
    known = doc.to_array("SENT_START")
    doc.from_array("SENT_START", np.where(known == 0, starts, known))  # type: ignore[arg-type]  # one column


def _label(mention: Mention) -> str:
    return mention.entity.type if mention.entity else mention.kind


def _components(doc: Doc) -> dict[str, Any]:
    """The plain data of each component by its name, the last one last."""
    return doc._.pullquote_components or {}


def _last(doc: Doc) -> dict[str, Any] | None:
    """The plain data of the component that came last."""
    found = [*_components(doc).values()]
    return _listed(found[-1]) if found else None


def _data(span: Span) -> dict[str, Any] | None:
    """The plain data of a span, found by its id."""
    components = _components(span.doc)
    match span.id_.rsplit("/", 2):
        case [component, stage, index] if component in components:
            data: dict[str, Any] = _listed(components[component][stage][int(index)])
            return data
    return None


def _listed(data: Any) -> Any:  # noqa: ANN401  plain data of any shape
    """A copy in which tuples are lists, as they were before spaCy wrote them to bytes."""
    if isinstance(data, dict):
        return {name: _listed(item) for name, item in data.items()}
    return [_listed(item) for item in data] if isinstance(data, (list, tuple)) else data


def _speaker(span: Span) -> Span | None:
    speaker = (_data(span) or {}).get("speaker")
    return _tokens(span.doc, speaker["start"], speaker["end"]) if speaker else None


def _pieces(span: Span) -> list[Span]:
    return [
        _tokens(span.doc, piece["start"], piece["end"]) for piece in (_data(span) or {}).get("pieces", ())
    ]


def _total(doc: Doc) -> int | None:
    data = _last(doc)
    return None if data is None else sum(data["expanded"].values())


# spaCy may run this module again, as notebooks do; then the latest functions count.
Doc.set_extension("pullquote_components", default=None, force=True)
Doc.set_extension("pullquote", getter=_last, force=True)
Doc.set_extension("pullquote_expanded", getter=_total, force=True)
Span.set_extension("pullquote", getter=_data, force=True)
Span.set_extension("pullquote_speaker", getter=_speaker, force=True)
Span.set_extension("pullquote_pieces", getter=_pieces, force=True)
