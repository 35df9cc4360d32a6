"""The spans that `pullquote.score` compares, read from any of the shapes in which people have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pullquote._core import Document
from pullquote._errors import InputTypeError, InvalidValueError

__all__ = ["Item", "Side", "Speaker", "check_classes", "check_texts", "read"]


class Speaker(NamedTuple):
    entity_id: str | None
    name: str | None
    text: str | None
    position: tuple[int, int] | None


class Item(NamedTuple):
    """A span to compare: where it is, of which class, and who speaks, if that is known."""

    text: Any
    label: str | None
    pieces: tuple[tuple[int, int], ...]
    has_speaker: bool
    speaker: Speaker | None


class Side(NamedTuple):
    """The items of the gold or of the predictions; `texts` is None if the rows do not tell their number."""

    name: str
    items: list[Item]
    texts: int | None


def read(name: str, given: Any, kind: str) -> Side:  # noqa: ANN401  see `score`
    """Read one side; `name` is what errors call it, `kind` what is taken of documents."""
    entries = _entries(name, given)
    if not entries:
        return Side(name, [], None)
    whole = [_is_text(entry, kind) for entry in entries]
    if not any(whole):
        return _read_rows(name, entries)
    if not all(whole):
        raise InputTypeError(f"{name}[{whole.index(False)}] is a span among whole texts")
    items = [
        _item(f"{name}[{text}][{index}]", text, found)
        for text, entry in enumerate(entries)
        for index, found in enumerate(_found(entry, kind))
    ]
    return Side(name, items, len(entries))


def _entries(name: str, given: Any) -> list[Any]:  # noqa: ANN401  see `score`
    """What is given, as a list of texts or of spans."""
    if isinstance(given, (Document, Mapping)):
        return [given]
    if hasattr(given, "to_pylist"):  # a Table, and pyarrow's
        return list(given.to_pylist())
    if hasattr(given, "to_dicts"):  # polars
        return list(given.to_dicts())
    if hasattr(given, "iterrows"):  # pandas
        return _pandas_rows(name, given)
    if isinstance(given, Iterable) and not isinstance(given, (str, bytes)):
        return list(given)
    raise InputTypeError(f"{name} must be a document, a table or a list of spans, not {type(given).__name__}")


def _pandas_rows(name: str, frame: Any) -> list[Any]:  # noqa: ANN401  pandas may not be installed
    if "row" not in frame.columns and len(frame.columns) > 1:
        hint = 'if its index says that, give frame.reset_index(names="row")'
        raise InvalidValueError(f'{name} needs a column "row" that says which text a span is of; {hint}')
    rows: list[Any] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def _is_text(entry: Any, kind: str) -> bool:  # noqa: ANN401  see `score`
    """Whether an entry is all of a text, not one of its spans."""
    if isinstance(entry, Mapping):
        return kind in entry
    return (
        entry is None
        or isinstance(entry, (Document, list))
        or (isinstance(entry, tuple) and not _is_pair(entry))
    )


def _found(entry: Any, kind: str) -> Iterable[Any]:  # noqa: ANN401  see `score`
    """The spans of one text."""
    if isinstance(entry, Mapping):
        entry = entry[kind]
    elif isinstance(entry, Document):
        entry = getattr(entry, kind)
    return () if entry is None else entry


def _read_rows(name: str, entries: list[Any]) -> Side:
    texts = [entry["row"] if isinstance(entry, Mapping) and "row" in entry else None for entry in entries]
    items = [
        _item(f"{name}[{index}]", text, entry)
        for index, (text, entry) in enumerate(zip(texts, entries, strict=True))
    ]
    if None not in texts:
        return Side(name, items, None)
    if any(text is not None for text in texts):
        raise InvalidValueError(f'{name}[{texts.index(None)}] has no "row", while others have one')
    return Side(name, [item._replace(text=0) for item in items], 1)


def _item(where: str, text: Any, found: Any) -> Item:  # noqa: ANN401  see `score`
    row = _row(where, found)
    pieces = row.get("pieces")
    pieces = [row] if pieces is None or not len(pieces) else pieces
    return Item(
        text, _label(row), _merged(_position(where, piece) for piece in pieces), *_speaker(where, row)
    )


def _row(where: str, found: Any) -> Mapping[str, Any]:  # noqa: ANN401  see `score`
    if isinstance(found, Mapping):
        return found
    if _is_pair(found):
        return dict(zip(("start", "end"), found, strict=True))
    if hasattr(found, "start") and hasattr(found, "to_dict"):
        return found.to_dict()  # type: ignore[no-any-return]
    raise InputTypeError(f"{where} must be a span or a dict, not {type(found).__name__}")


def _is_pair(found: object) -> bool:
    """Whether something is a start and an end, as `SentenceSplitter.spans` gives them."""
    return isinstance(found, tuple) and [type(number) for number in found] == [int, int]


def _position(where: str, found: Any) -> tuple[int, int]:  # noqa: ANN401  see `score`
    row = _row(where, found)
    start, end = _number(where, row, "start"), _number(where, row, "end")
    if not 0 <= start <= end:
        raise InvalidValueError(f"{where} cannot reach from {start} to {end}")
    return start, end


def _number(where: str, row: Mapping[str, Any], key: str) -> int:
    value = row.get(key)
    if value is None:
        raise InvalidValueError(f'{where} has no "{key}"')
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None or number != value:
        raise InputTypeError(f'{where}: "{key}" must be a whole number, not {value!r}')
    return number


def _merged(pieces: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The pieces in order, without holding anything twice."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _label(row: Mapping[str, Any]) -> str | None:
    entity = row.get("entity")
    type_of_entity = entity.get("type") if isinstance(entity, Mapping) else row.get("entity_type")
    return type_of_entity or row.get("kind")


def _speaker(where: str, row: Mapping[str, Any]) -> tuple[bool, Speaker | None]:
    """Whether a row tells who speaks, and who does."""
    if "speaker" not in row:
        flat = {key.removeprefix("speaker_"): row[key] for key in row if key.startswith("speaker_")}
        return bool(flat), _speaker_of(where, flat | {"entity": flat.get("entity_id")})
    speaker = row["speaker"]
    if speaker is None:
        return True, None
    if isinstance(speaker, str):
        return True, Speaker(None, speaker, speaker, None)
    return True, _speaker_of(where, _row(where, speaker))


def _speaker_of(where: str, row: Mapping[str, Any]) -> Speaker | None:
    entity = row.get("entity")
    entity_id = entity["id"] if isinstance(entity, Mapping) else entity
    position = None if row.get("start") is None else _position(where, row)
    speaker = Speaker(entity_id, row.get("name"), row.get("text"), position)
    return speaker if any(field is not None for field in speaker) else None


def check_texts(gold: Side, predicted: Side) -> None:
    """See that both sides are of the same texts, as far as they tell."""
    counts = gold.texts, predicted.texts
    if None not in counts and counts[0] != counts[1]:
        raise InvalidValueError(f"gold has {counts[0]} texts, but predicted has {counts[1]}")
    _check_rows(gold, predicted)
    _check_rows(predicted, gold)


def _check_rows(side: Side, other: Side) -> None:
    if other.texts is None:
        return
    for item in side.items:
        if item.text not in range(other.texts):
            what = f"{side.name} has a span in text {item.text!r}"
            raise InvalidValueError(f"{what}, but {other.name} has {other.texts} texts")


def check_classes(*sides: Side) -> None:
    """See that either all spans have a class or none has."""
    labelled = {item.label is not None for side in sides for item in side.items}
    if len(labelled) > 1:
        side = next(side for side in sides if any(item.label is None for item in side.items))
        lacking = sum(item.label is None for item in side.items)
        hint = "by_class=False compares them without"
        raise InvalidValueError(f"{lacking} of {len(side.items)} {side.name} spans have no class; {hint}")
