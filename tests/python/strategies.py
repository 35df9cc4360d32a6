"""Texts and entities for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = ["Mara Quist", "Quist", "Łukasz Żak", "U.S.", "Quay Trust", "O’Brien", "😀 Inc"]

_PIECES = [
    *NAMES,
    *(
        "said",
        " said ",
        "according to ",
        "he",
        "she",
        "officials said that ",
        "We will appeal",
        "the bridge",
        "Mr. ",
    ),
    *("“", "”", '"', "'", "‘", "’", "„", "«", "»", "(", ")", "-", "—"),
    *(". ", ".", ", ", "? ", "! ", "…", "2.5"),
    *("\n", "\n\n", "\r\n", "\t", " ", "  ", "\u2028", "\u00a0", "\u200b"),
    *("é", "e\u0301", "😀", "\ud800", "\udfff", "\0"),
]

_CHARACTERS = st.characters(exclude_categories=())
"""Every code point, lone surrogates too."""

texts = st.one_of(
    st.text(_CHARACTERS),
    st.lists(st.one_of(st.sampled_from(_PIECES), _CHARACTERS), max_size=60).map("".join),
)

gazetteers = st.lists(st.sampled_from(NAMES), unique=True).map(tuple)
