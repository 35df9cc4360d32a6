"""The examples that users read: the README's, the docstrings', and what help() says."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pullquote as pq
import pullquote.pandas
import pullquote.polars
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = ["pullquote.spacy", "pullquote.testing", "pullquote._carets", "pullquote._marked"]
README = Path(__file__).parents[2] / "README.md"
PUBLIC = {name: getattr(pq, name) for name in pq.__all__ if name != "__version__"}


def named() -> Iterator[tuple[str, object]]:
    """Everything public with its name, and the members of classes."""
    for name, thing in PUBLIC.items():
        yield name, thing
        if isinstance(thing, type):
            yield from ((f"{name}.{member}", value) for member, value in vars(thing).items())


WITH_EXAMPLES = {
    "pullquote": pq,
    "pullquote.pandas": pullquote.pandas,
    "pullquote.polars": pullquote.polars,
    **{name: thing for name, thing in named() if ">>> " in (getattr(thing, "__doc__", None) or "")},
}


def run(source: str, name: str) -> doctest.TestResults:
    """Run the examples in a text, each seeing the names of those before it."""
    names = {"__name__": "__main__", **PUBLIC}
    test = doctest.DocTestParser().get_doctest(source, names, name, None, 0)
    return doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings(name):
    failed, attempted = run(WITH_EXAMPLES[name].__doc__, name)
    assert attempted
    assert not failed


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_modules(name):
    failed, attempted = doctest.testmod(import_module(name))
    assert attempted
    assert not failed


def test_examples_in_the_readme():
    blocks = [block.split("```")[0] for block in README.read_text(encoding="utf-8").split("```python\n")[1:]]
    assert blocks
    assert all(">>> " in block for block in blocks), "a block that shows no output proves nothing"
    assert not run("\n".join(blocks), "README.md").failed


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_is_documented(name):
    thing = PUBLIC[name]
    assert thing.__doc__
    if isinstance(thing, type) and not issubclass(thing, Exception):
        for member, value in vars(thing).items():
            assert member.startswith("_") or value.__doc__, f"{name}.{member}"


def test_the_compiled_and_the_shortcut_examples_are_there():
    compiled = {"SentenceSplitter", "EntityMatcher", "QuoteDetector", "Pipeline"}
    assert compiled | {"sentences", "entities", "quotes", "analyze"} <= WITH_EXAMPLES.keys()


def test_dir_shows_what_is_public():
    assert sorted(pq.__all__) == pq.__all__ == dir(pq)
