"""How documents and tables look in notebooks and browsers.

What is written here needs no script, loads nothing, and has no ids, so that it may stand often on a page.
Everything that the package did not write itself is escaped.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from itertools import islice
from reprlib import Repr
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pullquote import Document, Entity, Mention, Quote, Speaker

__all__ = ["CLOSING", "NO_MATHS", "document", "escaped", "opening", "page", "section", "table"]

CLOSING = "</body>\n</html>\n"
"""The end of a page."""

ROWS = 10
"""How many rows of a table are shown."""

CELL = 80
"""How many characters of a cell are shown."""

LIT = 100
"""How many quotes light up, with their speakers, under the pointer; more such rules make browsers slow."""

DEEPEST = 24
"""How many elements may lie over the same words: where thousands of spans cross, the work stays linear."""

PALETTE = {
    "person": ("PERSON", "PER"),
    "organization": ("ORG", "ORGANIZATION", "ORGANISATION", "COMPANY", "NORP"),
    "place": ("PLACE", "GPE", "LOC", "LOCATION", "FAC"),
    "unknown": ("UNKNOWN", ""),
}
COLOURS = {kind: colour for colour, kinds in PALETTE.items() for kind in kinds}
SPARE = 4
"""How many colours the types share that the palette does not name."""

KINDS = {
    "gazetteer": "one of yours",
    "name": "another name",
    "role": "a description",
    "pronoun": "a pronoun",
    "pattern": "a pattern of yours",
}

# MathJax and KaTeX look for maths in whatever a notebook shows. These classes keep MathJax out. KaTeX, and
# MathJax where it is set up in another way, is kept out by the element around every dollar and backslash:
# they do not see delimiters across elements.
NO_MATHS = "tex2jax_ignore mathjax_ignore"

_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
_IN_CONTENT = re.compile(f"[&<>$\\\\\r{_CONTROL}]")
_IN_ATTRIBUTES = re.compile(f"[&<>\"'\n\r{_CONTROL}]")
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "\n": "&#10;",
    "\r": "&#13;",
    "$": "<span>$</span>",
    "\\": "<span>\\</span>",
}
_OTHER_BREAKS = re.compile("\r(?!\n)|[\v\f\x85\u2028\u2029]")


def document(doc: Document) -> str:
    """Write a document as a piece of HTML for a notebook: the article, and who said what in it."""
    return _fragment(doc, "pq-bounded")


def page(doc: Document, title: str | None = None) -> str:
    """Write a document as an HTML page of its own.

    Args:
        doc: the document.
        title: the page's title, shown above the article; without one, the browser shows the first line.
    """
    return opening(_first_line(doc.text) if title is None else title) + section(doc, title) + CLOSING


def opening(title: str) -> str:
    """Write the beginning of a page that may hold several documents.

    Args:
        title: what the browser shows.
    """
    # The policy is a second lock: whatever an article holds, the page runs and loads nothing.
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<title>{_plain(title)}</title>\n</head>\n<body class="pq-page">\n'
    )


def section(doc: Document, title: str | None) -> str:
    """Write a document as a part of a page.

    Args:
        doc: the document.
        title: shown above the article.
    """
    heading = "" if title is None else f'<h1 class="pullquote pq-title {NO_MATHS}">{_content(title)}</h1>\n'
    return f"{heading}{_fragment(doc)}\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], total: int) -> str:
    """Write the first rows of a table as a piece of HTML, and how many there are.

    Args:
        columns: the names of the columns.
        rows: the rows, each with a value for every column. No more of them are read than shown.
        total: how many rows there are.
    """
    head = "".join(f'<th scope="col">{_content(column)}</th>' for column in columns)
    shown = ["".join(map(_cell, row)) for row in islice(rows, ROWS)]
    body = "".join(f"<tr>{row}</tr>" for row in shown)
    count = f"{_counted(total, 'row')}, {_counted(len(columns), 'column')}"
    if len(shown) < total:
        count += f"; the first {len(shown)} are shown"
    return (
        f'<div class="pullquote {NO_MATHS}"><style>{_style()}</style><div class="pq-scroll">'
        f'<table class="pq-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        f'<p class="pq-count">{count}</p></div>'
    )


def _fragment(doc: Document, *classes: str) -> str:
    said = f'<section class="pq-side">{_quotes(doc)}{_entities(doc)}{_legend(doc)}</section>'
    return (
        f'<div class="{" ".join(("pullquote", NO_MATHS, *classes))}">'
        f"<style>{_style()}{_lights(len(doc.quotes))}</style>"
        f'<div class="pq-columns"><div class="pq-article" dir="auto">{_article(doc)}</div>{said}</div></div>'
    )


# The article.


class _Layer(NamedTuple):
    """An element over some of the text; where two cross, one is closed and opened again."""

    start: int
    end: int
    depth: int
    """Which of two over the same words is outside: the lower."""
    name: str
    first: str
    """The attributes of its first part."""
    later: str
    """The attributes of the parts that follow."""


def _article(doc: Document) -> str:
    text = _OTHER_BREAKS.sub("\n", doc.text)
    layers = [*_sentence_layers(doc), *_quote_layers(doc), *_mention_layers(doc)]
    return "".join(_nested(text, layers))


def _nested(text: str, layers: Iterable[_Layer]) -> Iterator[str]:
    """The text inside its elements, which may have lain anywhere, over each other and crossing."""
    end_of_text = _Layer(len(text), len(text), 0, "", "", "")
    inside = (layer._replace(end=min(layer.end, len(text))) for layer in layers)
    in_order = sorted(
        (layer for layer in inside if layer.start < layer.end), key=lambda it: (it.start, -it.end, it.depth)
    )
    opened: list[_Layer] = []
    position = 0
    for layer in (*in_order, end_of_text):
        while opened and (end := min(other.end for other in opened)) <= layer.start:
            yield _content(text[position:end])
            position = end
            outermost = next(index for index, other in enumerate(opened) if other.end == end)
            yield "".join(f"</{other.name}>" for other in reversed(opened[outermost:]))
            crossing = [other for other in opened[outermost:] if other.end > end]
            yield "".join(f"<{other.name}{other.later}>" for other in crossing)
            opened[outermost:] = crossing
        yield _content(text[position : layer.start])
        position = layer.start
        if len(opened) < DEEPEST and layer is not end_of_text:
            yield f"<{layer.name}{layer.first}>"
            opened.append(layer)


def _sentence_layers(doc: Document) -> Iterator[_Layer]:
    last = 0
    for number, sentence in enumerate(doc.sentences):
        # Where a new line shows the boundary, no mark is needed.
        follows = number > 0 and not _OTHER_BREAKS.sub("\n", doc.text[last : sentence.start]).count("\n")
        later = _attributes("pq-sentence")
        yield _Layer(
            sentence.start,
            sentence.end,
            0,
            "span",
            _attributes("pq-sentence", "pq-follows") if follows else later,
            later,
        )
        last = sentence.end


def _quote_layers(doc: Document) -> Iterator[_Layer]:
    speakers: dict[tuple[int, int], list[int]] = {}
    cues: dict[tuple[int, int], list[int]] = {}
    for number, quote in enumerate(doc.quotes, 1):
        classes = ("pq-quote", f"pq-{quote.kind}", *_lit(number))
        title = _about_quote(number, quote)
        first, later = _attributes(*classes, n=str(number), title=title), _attributes(*classes, title=title)
        for piece in quote.pieces or (quote,):
            yield _Layer(piece.start, piece.end, 1, "span", first, later)
        for span in quote.quoted:
            marked = _attributes("pq-quoted")
            yield _Layer(span.start, span.end, 2, "span", marked, marked)
        if quote.speaker:
            speakers.setdefault((quote.speaker.start, quote.speaker.end), []).append(number)
        if quote.cue:
            cues.setdefault((quote.cue.start, quote.cue.end), []).append(number)
    for (start, end), numbers in cues.items():
        attributes = _attributes("pq-cue", *_lit(*numbers), title=f"cue of {_numbered(numbers)}")
        yield _Layer(start, end, 3, "i", attributes, attributes)
    for (start, end), numbers in speakers.items():
        classes, title = ("pq-speaker", *_lit(*numbers)), f"speaker of {_numbered(numbers)}"
        shown = " ".join(map(str, numbers))
        first, later = _attributes(*classes, n=shown, title=title), _attributes(*classes, title=title)
        yield _Layer(start, end, 3, "b", first, later)


def _mention_layers(doc: Document) -> Iterator[_Layer]:
    for mention in doc.mentions:
        classes = ("pq-mention", f"pq-{mention.kind}", *_coloured(mention.entity))
        attributes = _attributes(*classes, title=_about_mention(mention))
        yield _Layer(mention.start, mention.end, 4, "mark", attributes, attributes)


# What stands beside it.


def _quotes(doc: Document) -> str:
    if not doc.quotes:
        return '<p class="pq-none">Nobody is quoted.</p>'
    items = "".join(f"<li{_listed(number)}>{_said(quote)}</li>" for number, quote in enumerate(doc.quotes, 1))
    return f'<p class="pq-heading">Who said what</p><ol class="pq-quotes">{items}</ol>'


def _listed(number: int) -> str:
    return _attributes(*_lit(number), n=str(number))


def _said(quote: Quote) -> str:
    facts = [quote.kind, *(["thought"] if quote.manner == "thought" else [])]
    if quote.speaker:
        facts.append(f"confidence {quote.confidence:.2f}")
    if not quote.closed:
        facts.append("not closed")
    if quote.parent is not None:
        facts.append(f"within {quote.parent + 1}")
    cue = f' <i class="pq-cue">{_content(quote.cue.text)}</i>' if quote.cue else ""
    return (
        f'<div dir="auto">{_speaker(quote.speaker)}{cue}</div>'
        f'<div class="pq-content pq-{quote.kind}" dir="auto">{_content(quote.content)}</div>'
        f'<div class="pq-facts">{" · ".join(facts)}</div>'
    )


def _speaker(speaker: Speaker | None) -> str:
    if speaker is None:
        return '<span class="pq-nobody">nobody in particular</span>'
    parts = [f'<b class="pq-name">{_content(str(speaker))}</b>']
    if speaker.entity:
        parts.append(_identified(speaker.entity))
    if speaker.name is not None and speaker.name != speaker.text:
        parts.append(f'<span class="pq-words">“{_content(speaker.text)}”</span>')
    if speaker.anonymous:
        parts.append('<span class="pq-words">anonymous</span>')
    return " ".join(parts)


def _entities(doc: Document) -> str:
    if not doc.entities:
        return ""
    by_type: dict[str, list[Entity]] = {}
    for entity in doc.entities:
        by_type.setdefault(entity.type, []).append(entity)
    rows = "".join(
        f'<dt><mark class="{" ".join(("pq-mention", *_coloured(entities[0])))}">{_content(kind)}</mark></dt>'
        f"<dd>{', '.join(map(_entity, entities))}</dd>"
        for kind, entities in by_type.items()
    )
    return f'<p class="pq-heading">Who and what is mentioned</p><dl class="pq-entities">{rows}</dl>'


def _entity(entity: Entity) -> str:
    return f"<bdi>{_content(entity.name)}</bdi>" + (
        "" if entity.id.startswith("name:") else f" {_identified(entity)}"
    )


def _identified(entity: Entity) -> str:
    return f'<code class="pq-id">{_content(entity.id)}</code>'


def _legend(doc: Document) -> str:
    quotes = {quote.kind for quote in doc.quotes}
    mentions = {mention.kind for mention in doc.mentions}
    samples = [
        *(
            f'<span class="pq-quote pq-{kind}">{_sample(kind)}</span>'
            for kind in ("direct", "mixed", "indirect", "scare")
            if kind in quotes
        ),
        *(
            f'<mark class="pq-mention pq-{kind}">{kind}</mark> {meaning}'
            for kind, meaning in KINDS.items()
            if kind in mentions
        ),
    ]
    return (
        f'<ul class="pq-legend">{"".join(f"<li>{sample}</li>" for sample in samples)}</ul>' if samples else ""
    )


def _sample(kind: str) -> str:
    return '<span class="pq-quoted">mix</span>ed' if kind == "mixed" else kind


# What the pointer shows.


def _about_quote(number: int, quote: Quote) -> str:
    lines = [f"quote {number}: {quote.kind} {quote.manner}"]
    if quote.speaker:
        lines += [f"speaker: {_named(quote.speaker)}", f"confidence: {quote.confidence:.2f}"]
    else:
        lines.append("no speaker")
    if quote.cue:
        lines.append(f"cue: {quote.cue.text}")
    if not quote.closed:
        lines.append("not closed")
    if quote.parent is not None:
        lines.append(f"within quote {quote.parent + 1}")
    return "\n".join(lines)


def _named(speaker: Speaker) -> str:
    identity = f" ({speaker.entity.id})" if speaker.entity else ""
    return f"{speaker}{identity}{', anonymous' if speaker.anonymous else ''}"


def _about_mention(mention: Mention) -> str:
    entity = mention.entity
    lines = [f"{entity.name}: {entity.type}", f"id: {entity.id}"] if entity else []
    lines += [f"kind: {mention.kind}", f"score: {mention.score:.4g}"]
    others = [other for other in mention.candidates if other != entity]
    if others:
        lines.append("or: " + ", ".join(f"{other.name} ({other.id})" for other in others[:5]))
    return "\n".join(lines)


# Small things.


def _lit(*numbers: int) -> list[str]:
    return [f"pq-{number}" for number in numbers if number <= LIT]


def _lights(quotes: int) -> str:
    """The rules that join a quote's pieces, cue, speaker and entry when the pointer is over one of them."""
    return "".join(
        f".pullquote:has(.pq-{number}:hover) .pq-{number}{{background-color:var(--lit)}}"
        for number in range(1, min(quotes, LIT) + 1)
    )


def _coloured(entity: Entity | None) -> list[str]:
    if entity is None:
        return []
    kind = entity.type.upper()
    return [f"pq-{COLOURS.get(kind) or f'type{crc32(_encodable(kind)) % SPARE}'}"]


def _encodable(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _numbered(numbers: list[int]) -> str:
    return f"quote{'s' if len(numbers) > 1 else ''} " + ", ".join(map(str, numbers))


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _first_line(text: str) -> str:
    line = next((line for line in text[:1000].splitlines() if line.strip()), "pullquote")
    return _cut(line.strip())


def _cut(text: str) -> str:
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


class _Shown(Repr):
    """Writes nested values, only as much of them as a cell shows; spans as their words."""

    def repr_dict(self, x: dict[object, object], level: int) -> str:
        """Write a span as its words."""
        return self.repr1(x["text"], level) if "text" in x else super().repr_dict(x, level)


_shown = _Shown()
_shown.maxlevel = _shown.maxlist = _shown.maxtuple = 3
_shown.maxstring = _shown.maxother = CELL


def _cell(value: object) -> str:
    match value:
        case None:
            return '<td class="pq-null">None</td>'
        case bool():
            return f"<td>{value}</td>"
        case int():
            return f'<td class="pq-number">{value}</td>'
        case float():
            return f'<td class="pq-number">{value:.4g}</td>'
        case str():
            return f'<td dir="auto">{_content(_cut(value))}</td>'
        case _:
            return f"<td>{_content(_cut(_shown.repr(value)))}</td>"


def _attributes(*classes: str, n: str = "", title: str = "") -> str:
    number = f' data-n="{n}"' if n else ""
    about = f' title="{_attribute(title)}"' if title else ""
    return f' class="{" ".join(classes)}"{number}{about}'


def _content(text: str) -> str:
    """A text between tags."""
    return _IN_CONTENT.sub(lambda found: _ESCAPES.get(found[0], "\ufffd"), text)


def escaped(text: str) -> str:
    """Write a text so that a page shows it as it is.

    Args:
        text: the text.
    """
    return _content(text)


def _attribute(text: str) -> str:
    """A text inside quotation marks in a tag."""
    return _IN_ATTRIBUTES.sub(lambda found: _ESCAPES.get(found[0], "\ufffd"), text)


def _plain(text: str) -> str:
    """A text where no elements may stand."""
    return _attribute(text)


@cache
def _style() -> str:
    """The style sheet without what only its readers need."""
    sheet = resources.files("pullquote").joinpath("html.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|\n\s*", "", sheet, flags=re.DOTALL)
