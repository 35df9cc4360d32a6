"""Texts with what is said in brackets, as people write them in tests."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, NoReturn

from pullquote._carets import underline
from pullquote._errors import InputTypeError, InvalidValueError

__all__ = ["Marked", "mark"]

_KINDS = ("direct", "mixed", "indirect", "scare")
_NOBODY = "-"

_TOKEN = re.compile(
    r"""\\ (?P<literal> [][{}\\|\#-] )?  # an escape, or a backslash that escapes nothing
    | (?P<open> \[ )
    | \] (?: (?P<brace> \{ ) (?P<label> (?: \\. | [^\\{}] )* ) (?P<end> \} )? )?
    | [^][\\]+""",
    re.VERBOSE | re.DOTALL,
)
_LABEL = re.compile(
    r"""(?P<speaker> (?: \\. | [^\\|\#] )* )
    (?: \| (?P<kind> [^|\#]* ) )?
    (?: \# (?P<id> .+ ) )?""",
    re.VERBOSE | re.DOTALL,
)


class Marked(NamedTuple):
    """A plain text and the quotes that are expected in it; made by `mark`.

    The quotes are dicts like those of `Quote.to_dict`, with the fields that are known;
    `pullquote.score` takes them for gold, too.
    """

    text: str
    quotes: tuple[dict[str, Any], ...]


class _Piece(NamedTuple):
    """Something in brackets: its place in the plain text, its bracket's in the marked one, and its label."""

    start: int
    end: int
    bracket: int
    speaker: str | None
    kind: str | None
    id: str | None


def mark(text: str) -> Marked:
    r"""Read a text in which brackets hold what is said, and braces behind them tell who says it.

    >>> text, expected = mark("[We will appeal]{the mayor}, said the mayor.")
    >>> text
    'We will appeal, said the mayor.'
    >>> expected[0]["content"], expected[0]["start"], expected[0]["end"], expected[0]["speaker"]
    ('We will appeal', 0, 14, 'the mayor')

    The braces are no part of the text. Each of their parts may be left out, and is then not compared:

    * ``[It leaks.]{Mara Quist}``: the speaker, in the article's words, by the full name, or by the entity's
      name or id. ``[minor]{-}``: nobody.
    * ``[it leaks]{officials|indirect}``: the kind, after a bar.
    * ``“[It leaks,]{Mara Quist#1}” said Mara Quist. “[Badly.]{#1}”``: the pieces of one quote, by any name
      after a number sign.

    Brackets may stand inside one another. A backslash before one of ``[ ] { } | # - \`` makes it an ordinary
    character; braces that follow no bracket are ordinary, too.

    Raises:
        InvalidValueError: the notation cannot be read; the error says where.
        InputTypeError: the text is no `str`.
    """
    if not isinstance(text, str):
        raise InputTypeError(f"text must be str, not {type(text).__name__}")
    plain, pieces = _read(text)
    quotes: dict[object, list[_Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        quotes.setdefault(piece.id or piece.bracket, []).append(piece)
    return Marked(plain, tuple(_quote(text, plain, pieces) for pieces in quotes.values()))


def _read(text: str) -> tuple[str, list[_Piece]]:
    """The plain text, and the pieces in it."""
    plain: list[str] = []
    length = 0
    opened: list[tuple[int, int]] = []
    pieces = []
    for token in _TOKEN.finditer(text):
        if token["open"]:
            opened.append((length, token.start()))
        elif token[0].startswith("]"):
            if not opened:
                _complain(text, token.start(), "this bracket closes nothing")
            start, bracket = opened.pop()
            if start == length:
                _complain(text, bracket, "there is nothing in these brackets")
            pieces.append(_Piece(start, length, bracket, **_label(text, token)))
        elif token[0] == "\\":
            _complain(text, token.start(), "a backslash stands before one of [ ] { } | # - \\ only")
        else:
            plain.append(token["literal"] or token[0])
            length += len(plain[-1])
    if opened:
        _complain(text, opened[-1][1], "this bracket is never closed")
    return "".join(plain), pieces


def _label(text: str, token: re.Match[str]) -> dict[str, str | None]:
    """The parts between braces; None for those that are left out."""
    if not token["brace"]:
        return dict.fromkeys(("speaker", "kind", "id"))
    if not token["end"]:
        _complain(text, token.start("brace"), "this brace is never closed")
    parts = _LABEL.fullmatch(token["label"])
    if parts is None or not token["label"].strip():
        _complain(text, token.start("brace"), "braces hold {speaker|kind#id}, or some of that")
    label = {name: part.strip() or None for name, part in parts.groupdict(default="").items()}
    if label["kind"] not in {None, *_KINDS}:
        _complain(text, token.start("brace"), f"the kind {label['kind']!r} is none of {', '.join(_KINDS)}")
    return label


def _quote(text: str, plain: str, pieces: list[_Piece]) -> dict[str, Any]:
    """What is expected, in the form in which quotes are given as dicts."""
    start, end = pieces[0].start, max(piece.end for piece in pieces)
    words = [plain[piece.start : piece.end] for piece in pieces]
    quote: dict[str, Any] = {
        "text": plain[start:end],
        "start": start,
        "end": end,
        "pieces": [
            {"text": said, "start": piece.start, "end": piece.end}
            for said, piece in zip(words, pieces, strict=True)
        ],
        "content": " ".join(words),
    }
    speaker = _one_of(text, pieces, "speaker")
    if speaker is not None:
        quote["speaker"] = None if speaker == _NOBODY else re.sub(r"\\(.)", r"\1", speaker, flags=re.DOTALL)
    kind = _one_of(text, pieces, "kind")
    return quote if kind is None else quote | {"kind": kind}


def _one_of(text: str, pieces: list[_Piece], field: str) -> str | None:
    """What the pieces of a quote say of it, if any does."""
    said: str | None = None
    for piece in pieces:
        other = getattr(piece, field)
        if None not in {said, other} and said != other:
            _complain(text, piece.bracket, f"another piece of this quote has the {field} {said!r}")
        said = said if other is None else other
    return said


def _complain(text: str, position: int, problem: str) -> NoReturn:
    shown = underline(text, [("here", [(position, position + 1)])])
    raise InvalidValueError(f"at {position}: {problem}\n{shown}")
