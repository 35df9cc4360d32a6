"""Whether a matcher's time grows with the text alone: lists of names and texts made to trap one.

    python benches/entity_traps.py

For each trap the CPU seconds that a text and one four times as long take, and the exponent of the growth:
1.0 is linear.
"""

from __future__ import annotations

import itertools
import math
import time
from typing import TYPE_CHECKING

import pullquote as pq

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUNDS = 3
SMALL, FACTOR = 250_000, 4

LONG = " ".join(f"Vorrand{n}" for n in range(60))
LETTERS = itertools.islice(itertools.product("abcdefgh", repeat=9), 100_000)
NEAR_IDENTICAL = ["".join(letters).title() for letters in LETTERS]
PEOPLE = [f"Mara Quist{n} Rell" for n in range(1000)]

# A trap is its name, the list of names, the options and the text that is repeated.
TRAPS: list[tuple[str, Iterable[str], dict[str, object], str]] = [
    ("many overlapping aliases", [" ".join(["Ab"] * n) for n in range(1, 65)], {}, "Ab "),
    ("the same, all of them given", [" ".join(["Ab"] * n) for n in range(1, 65)], {"overlap": "all"}, "Ab "),
    ("near misses of long aliases", [f"{LONG} End{n}" for n in range(1000)], {}, f"{LONG} And "),
    ("one repetitive alias", ["ab" * 16_000], {}, "ab" * 16_000 + "a "),
    ("the same, misspelt", ["ab" * 16_000], {"fuzzy": True}, "ab" * 16_000 + "a "),
    (
        "100,000 near-identical aliases",
        NEAR_IDENTICAL,
        {"fuzzy": True},
        "Abcabcabd ",
    ),
    (
        "the same, misspelt",
        NEAR_IDENTICAL,
        {"fuzzy": True},
        "Abcabcxbd Abqdefabc ",
    ),
    (
        "beginnings of misspelt names",
        ["Vorrand", *(f"Vorrand {a}xyz Rell{b}" for a in "abc" for b in range(9))],
        {},
        "Vorrand Qxyz Rell ",
    ),
    ("hyphens only", ["Ab-Ab", "AbAb"], {"fuzzy": True}, "Ab-"),
    (
        "derived forms",
        [f"Mara Quist{n} Rell" for n in range(1000)],
        {"derive": True},
        "Mara Quist7 Rell (MQR) Rell ",
    ),
]


def seconds(matcher: pq.EntityMatcher, text: str) -> float:
    """The least CPU time of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        matcher.spans(text)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Prints a row for each trap."""
    print("| trap | build, s | 250 kB, s | 1 MB, s | exponent |\n|---|---|---|---|---|")
    for name, names, options, unit in TRAPS:
        start = time.process_time()
        matcher = pq.EntityMatcher(names, **options)  # type: ignore[arg-type]  # each trap has options of its own
        build = time.process_time() - start
        count = SMALL // len(unit) + 1
        small, large = seconds(matcher, unit * count), seconds(matcher, unit * count * FACTOR)
        exponent = math.log(large / small, FACTOR)
        print(f"| {name} | {build:.3f} | {small:.3f} | {large:.3f} | {exponent:.2f} |")


if __name__ == "__main__":
    main()
