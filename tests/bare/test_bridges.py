"""Without spaCy, and without anything else: what a user of the bridges meets."""

import importlib

import pullquote as pq
import pytest
from pullquote.testing import assert_quotes, mark


def test_spacy_is_asked_for_by_name():
    with pytest.raises(ImportError, match=r'pip install "pullquote\[spacy\]"'):
        importlib.import_module("pullquote.spacy")


def test_scores_and_assertions_need_nothing():
    marked = mark("“[It leaks,]{Mara Quist|direct}” said Mara Quist.")
    assert_quotes(marked)
    assert pq.score(marked.quotes, pq.quotes(marked.text)).f1 == 1.0
