"""pandas and polars: the callers' own rows and labels."""

import pandas as pd
import polars as pl
import pullquote as pq
import pullquote.pandas
import pullquote.polars as pqp
import pytest

TEXTS = ["“It leaks,” said Mara Quist. “Badly.” “No,” said Ines Calder.", None, "", "“Ja,” said Tobias Fenn."]
INDEXES = {
    "default": pd.RangeIndex(4),
    "labels": pd.Index(["a", "b", "c", "d"], name="day"),
    "duplicates": pd.Index(["a", "b", "a", "a"]),
    "several levels": pd.MultiIndex.from_tuples(
        [(1, "x"), (1, "y"), (2, "x"), (2, "y")], names=["week", "day"]
    ),
    "dates": pd.date_range("2026-11-01", periods=4),
}


@pytest.mark.parametrize("index", INDEXES)
@pytest.mark.parametrize("dtype", ["object", "str", "string[pyarrow]"])
def test_hits_have_the_callers_labels(index, dtype):
    series = pd.Series(TEXTS, index=INDEXES[index], dtype=dtype)
    quotes = series.pullquote.quotes()
    assert quotes["speaker_name"].tolist() == ["Mara Quist", "Ines Calder", "Tobias Fenn"]
    assert quotes.index.equals(series.index.take([0, 0, 3]))
    assert quotes.index.names == series.index.names
    assert "row" not in quotes


def test_a_part_of_a_series_keeps_its_labels():
    part = pd.Series(TEXTS)[[3, 0]]
    assert part.pullquote.quotes().index.tolist() == [3, 0, 0]


def test_join_puts_texts_and_hits_together():
    articles = pd.DataFrame({"id": [7, 8, 9, 10], "text": TEXTS})
    joined = articles.join(articles["text"].pullquote.quotes().add_prefix("quote_"))
    assert joined["id"].tolist() == [7, 7, 8, 9, 10]
    assert joined["quote_content"].isna().tolist() == [False, False, True, True, False]


def test_nested_results_are_arrow_arrays_as_long_as_the_series():
    series = pd.Series(TEXTS, index=list("abaa"))
    nested = series.pullquote.quotes(nested=True)
    assert isinstance(nested.dtype, pd.ArrowDtype)
    assert nested.index.equals(series.index)
    assert nested.isna().tolist() == [False, True, False, False]
    assert [quote["content"] for quote in nested.iloc[0]] == ["It leaks, Badly.", "No,"]


def test_each_reader_can_be_chosen():
    series = pd.Series(TEXTS)
    matcher = pq.EntityMatcher([{"id": "Q1", "name": "Mara Quist"}])
    assert series.pullquote.mentions(matcher)["entity_id"].tolist() == ["Q1"]
    assert series.pullquote.mentions(["Ines Calder"])["text"].tolist() == ["Ines Calder"]
    assert "Tobias Fenn" in series.pullquote.mentions()["text"].tolist()
    assert series.pullquote.mentions(pq.Pipeline(matcher=matcher))["entity_id"].dropna().iloc[0] == "Q1"
    assert series.pullquote.quotes(matcher)["speaker_entity_id"].tolist()[0] == "Q1"
    assert len(series.pullquote.quotes(pq.QuoteDetector(kinds=["scare"]))) == 0
    assert len(series.pullquote.sentences(pq.SentenceSplitter())) == len(series.pullquote.sentences())
    with pytest.raises(pq.InputTypeError, match="detector must be a QuoteDetector"):
        series.pullquote.quotes("“It leaks,” said Mara Quist.")


@pytest.mark.parametrize("kind", ["sentences", "mentions", "quotes"])
def test_polars_expressions_give_a_list_for_each_text(kind):
    frame = pl.DataFrame({"id": range(4), "text": TEXTS})
    wanted = pl.DataFrame(pq.Pipeline().batch(TEXTS, kind, nested=True))[kind]
    expression = getattr(pqp, kind)("text")
    assert frame.select(expression)[kind].equals(wanted)
    lazy = frame.lazy().with_columns(getattr(pqp, kind)(pl.col("text")))
    assert lazy.collect_schema()[kind] == wanted.dtype
    assert lazy.collect()[kind].equals(wanted)
    assert lazy.sort("id").collect(engine="streaming")[kind].equals(wanted)


def test_polars_takes_the_readers():
    frame = pl.DataFrame({"text": TEXTS})
    matcher = pq.EntityMatcher([{"id": "Q1", "name": "Mara Quist"}])
    mentions = frame.select(pqp.mentions("text", matcher)).explode("mentions").unnest("mentions")
    assert mentions["entity_id"].to_list()[0] == "Q1"
    quotes = (
        frame.select(pqp.quotes("text", pq.QuoteDetector(matcher=matcher))).explode("quotes").unnest("quotes")
    )
    assert quotes["speaker_entity_id"].to_list()[0] == "Q1"
