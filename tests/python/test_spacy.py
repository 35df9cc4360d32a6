"""The component in spaCy's pipelines: blank ones, since no model is needed."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from functools import cache

import pullquote as pq
import pytest
import spacy
from hypothesis import given
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, DocBin
from strategies import texts

TEXT = "Engineer Mara Quist closed the pumps.The wall had moved. “It leaks,” she told the council. “Badly.”"
PEOPLE = '{"id": "Q1", "name": "Mara Quist"}\n'


def blank(spacy_language="en", **config) -> Language:
    nlp = spacy.blank(spacy_language)
    nlp.add_pipe("pullquote", config=config)
    return nlp


@cache
def plain() -> Language:
    return blank()


def by_spaces(**config) -> Language:
    """A pipeline whose tokens are cut at spaces alone."""
    nlp = blank(**config)
    nlp.tokenizer = Tokenizer(nlp.vocab)
    return nlp


@pytest.fixture
def gazetteer(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def speaker_ids(nlp: Language, text: str) -> list[str]:
    doc = nlp(text)  # a group of spans does not keep its text alive
    return [span.kb_id_ for span in doc.spans["pullquote_quotes"]]


def everything(doc: Doc) -> list:
    """All that the component writes, as it compares."""
    groups = {
        key: [(span.start, span.end, span.label_, span.kb_id_, span.id_) for span in group]
        for key, group in doc.spans.items()
    }
    return [groups, json.dumps(doc._.pullquote), [token.is_sent_start for token in doc]]


def test_spacy_finds_the_component_by_its_name_alone():
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('pullquote'); print(*nlp('“No.”').spans)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["pullquote_quotes", "pullquote_mentions"]


@pytest.mark.parametrize("language", ["en", "xx"])
def test_quotes_are_spans(language):
    doc = blank(language)(TEXT)
    [span] = doc.spans["pullquote_quotes"]
    [quote] = pq.quotes(TEXT)
    assert (span.label_, span.kb_id_) == ("direct", "")
    assert span.text == "It leaks,” she told the council. “Badly."
    assert [piece.text for piece in span._.pullquote_pieces] == ["It leaks,", "Badly."]
    assert span._.pullquote_speaker.text == "she"
    assert span._.pullquote == quote.to_dict()


def test_mentions_are_spans():
    doc = plain()(TEXT)
    spans = {span.text: span for span in doc.spans["pullquote_mentions"]}
    assert {text: (span.label_, span.kb_id_) for text, span in spans.items()} == {
        "Mara Quist": ("PERSON", "name:Mara Quist"),
        "It": ("pronoun", ""),
        "she": ("PERSON", "name:Mara Quist"),
        "the council": ("role", ""),
    }
    assert spans["she"]._.pullquote["entity"]["name"] == "Mara Quist"
    assert spans["she"]._.pullquote_speaker is None
    assert spans["she"]._.pullquote_pieces == []


def test_a_quote_without_a_speaker():
    doc = plain()("The “minor” crack is old.")
    [span] = doc.spans["pullquote_quotes"]
    assert (span.label_, span.kb_id_, span._.pullquote_speaker) == ("scare", "", None)


def test_other_spans_have_no_data():
    doc = plain()(TEXT)
    assert doc[1:3]._.pullquote is None
    assert doc[1:3]._.pullquote_speaker is None
    assert doc[1:3]._.pullquote_pieces == []
    unread = spacy.blank("en")(TEXT)
    assert unread._.pullquote is None
    assert unread._.pullquote_expanded is None
    assert unread.char_span(0, 8, span_id="pullquote/quotes/0")._.pullquote is None


def test_the_gazetteer_gives_ids(gazetteer):
    doc = blank(matcher=str(gazetteer))(TEXT)
    assert [span.kb_id_ for span in doc.spans["pullquote_quotes"]] == ["Q1"]
    assert "Q1" in [span.kb_id_ for span in doc.spans["pullquote_mentions"]]


def test_gazetteers_of_every_form(tmp_path, gazetteer):
    saved, table = tmp_path / "people.matcher", tmp_path / "people.CSV"
    pq.EntityMatcher([pq.Entity("Q1", "Mara Quist")], fuzzy=True).save(saved)
    table.write_text("id,name\nQ1,Mara Quist\n", encoding="utf-8")
    misspelt = "“It leaks,” Mara Quistt said."
    for config in (
        {"matcher": str(saved)},
        {"matcher": str(table), "fuzzy": True},
        {"matcher": str(gazetteer), "fuzzy": 1},
    ):
        assert speaker_ids(blank(**config), misspelt) == ["Q1"]
    assert speaker_ids(blank(matcher=str(gazetteer)), misspelt) == [""]


def test_a_pipeline_of_ones_own():
    nlp = blank()
    pipeline = pq.Pipeline(matcher=pq.EntityMatcher([pq.Entity("Q7", "Mara Quist")]))
    nlp.get_pipe("pullquote").pipeline = pipeline
    assert speaker_ids(nlp, TEXT) == ["Q7"]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"language": "qq"}, 'unknown language "qq"'),
        ({"kinds": ["shouted"]}, "shouted"),
        ({"kinds": 3}, "kinds"),
        ({"speaker": True}, "speaker"),
    ],
)
def test_settings_that_cannot_be_used(config, message):
    with pytest.raises(ValueError, match=message):
        blank(**config)


def test_a_matcher_that_cannot_be_used(tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(pq.InvalidValueError, match=r"broken\.jsonl"):
        blank(matcher=str(broken))
    saved = tmp_path / "people.matcher"
    pq.EntityMatcher(["Mara Quist"]).save(saved)
    with pytest.raises(pq.InvalidValueError, match="fuzzy belongs to the matcher"):
        blank(matcher=str(saved), fuzzy=True)
    missing = blank(matcher=str(tmp_path / "missing.csv"))
    with pytest.raises(FileNotFoundError, match=r"missing\.csv"):
        missing(TEXT)


def test_kinds_and_keys():
    doc = blank(kinds=["scare"], quotes_key="scares", mentions_key="who")(
        "“No,” she said. The “minor” crack is old."
    )
    assert [span.text for span in doc.spans["scares"]] == ["minor"]
    assert set(doc.spans) == {"scares", "who"}


def test_components_of_several_names():
    nlp = spacy.blank("en")
    nlp.add_pipe("pullquote", name="all/of it")
    nlp.add_pipe("pullquote", name="scares", config={"kinds": ["scare"]})
    text = "“No,” said Mara Quist. The “minor” crack is old."
    doc = Doc(nlp.vocab).from_bytes(nlp(text).to_bytes())
    assert set(doc.spans) == {"all/of it_quotes", "all/of it_mentions", "scares_quotes", "scares_mentions"}
    for key, contents in (("all/of it_quotes", ["No,", "minor"]), ("scares_quotes", ["minor"])):
        assert [span._.pullquote["content"] for span in doc.spans[key]] == contents
    assert doc.spans["all/of it_quotes"][0]._.pullquote_speaker.text == "Mara Quist"
    assert [quote["content"] for quote in doc._.pullquote["quotes"]] == ["minor"]
    again = nlp.get_pipe("all/of it")(doc)
    assert [quote["content"] for quote in again._.pullquote["quotes"]] == ["No,", "minor"]


def test_what_is_read_from_a_text_changes_nothing_in_it():
    doc = plain()(TEXT)
    before = everything(doc)
    doc._.pullquote["quotes"].clear()
    doc.spans["pullquote_quotes"][0]._.pullquote["pieces"].clear()
    assert everything(doc) == before
    unread = spacy.blank("en")(TEXT)
    assert unread[:2]._.pullquote is unread._.pullquote is None
    assert not unread.user_data


def test_spans_that_end_inside_tokens_grow_and_are_counted():
    doc = by_spaces()(TEXT)
    [quote] = doc.spans["pullquote_quotes"]
    assert quote.text == "“It leaks,” she told the council. “Badly.”"
    assert quote._.pullquote["text"] == "It leaks,” she told the council. “Badly."
    assert [piece.text for piece in quote._.pullquote_pieces] == ["“It leaks,”", "“Badly.”"]
    # The first two sentences meet in “pumps.The”; “It” and “council.” have a mark in their tokens.
    assert doc._.pullquote["expanded"] == {"sentences": 2, "mentions": 2, "quotes": 1}
    assert doc._.pullquote_expanded == 5
    assert [sentence.text for sentence in doc.sents] == [
        "Engineer Mara Quist closed the",
        "pumps.The wall had moved.",
        "“It leaks,” she told the council.",
        "“Badly.”",
    ]
    assert plain()(TEXT)._.pullquote_expanded == 0


def test_sentences_begin_where_pullquote_says():
    assert [sentence.text for sentence in plain()(TEXT).sents] == pq.SentenceSplitter().split(TEXT)
    assert not any(token.is_sent_start for token in blank(sentences=False)(TEXT)[1:])


def test_starts_that_are_set_stay():
    nlp = spacy.blank("en")

    @Language.component("preset")
    def preset(doc):
        doc[1].is_sent_start = True
        doc[doc.char_span(*pq.SentenceSplitter().spans(TEXT)[1]).start].is_sent_start = False
        return doc

    nlp.add_pipe("preset")
    nlp.add_pipe("pullquote")
    sentences = [sentence.text for sentence in nlp(TEXT).sents]
    assert sentences[:2] == ["Engineer", "Mara Quist closed the pumps.The wall had moved."]
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    alone = [sentence.text for sentence in nlp(TEXT).sents]
    nlp.add_pipe("pullquote")
    assert [sentence.text for sentence in nlp(TEXT).sents] == alone


def test_a_parsed_text_keeps_its_sentences():
    nlp = plain()
    words = ["It", "leaks", ".", "Badly", "."]
    parsed = Doc(
        nlp.vocab, words=words, heads=[1, 1, 1, 1, 1], deps=["nsubj", "ROOT", "punct", "advmod", "punct"]
    )
    doc = nlp(parsed)
    assert len(list(doc.sents)) == 1
    assert len(pq.sentences(doc.text)) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "No", "\n\nIt leaks."])
def test_little_text(text):
    doc = plain()(text)
    assert [sentence.text for sentence in doc.sents] == ([doc.text] if len(doc) else [])
    assert list(doc.spans["pullquote_quotes"]) == []


def test_many_texts_at_once():
    nlp = by_spaces()
    articles = [TEXT, "", "“No,” said Tobias Fenn.", " ", TEXT] * 3
    alone = [everything(nlp(text)) for text in articles]
    assert [everything(doc) for doc in nlp.pipe(articles, batch_size=4)] == alone
    pairs = nlp.pipe([(text, index) for index, text in enumerate(articles)], as_tuples=True)
    assert [index for _, index in pairs] == list(range(len(articles)))


def test_many_processes(tmp_path, gazetteer):
    script = tmp_path / "read.py"
    script.write_text(
        f"""
import spacy

if __name__ == "__main__":
    nlp = spacy.blank("en")
    nlp.add_pipe("pullquote", config={{"matcher": {str(gazetteer)!r}}})
    nlp("Warm.")
    for doc in nlp.pipe([{TEXT!r}] * 20, n_process=2, batch_size=5):
        [quote] = doc.spans["pullquote_quotes"]
        print(quote.kb_id_, quote._.pullquote_speaker, len(list(doc.sents)))
""",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["Q1 she 4"] * 20


def test_a_saved_pipeline_needs_no_gazetteer(tmp_path, gazetteer):
    nlp = blank(matcher=str(gazetteer), kinds=["direct"], sentences=False)
    before = everything(nlp(TEXT))
    nlp.to_disk(tmp_path / "saved")
    data = nlp.to_bytes()
    json.dumps(nlp.config)
    gazetteer.unlink()
    loaded = spacy.load(tmp_path / "saved")
    assert everything(loaded(TEXT)) == before
    assert loaded.config["components"]["pullquote"] == nlp.config["components"]["pullquote"]
    copy = blank(matcher=str(gazetteer), sentences=False).from_bytes(data)
    assert everything(copy(TEXT)) == before


def test_a_damaged_pipeline_is_an_error(tmp_path):
    plain().to_disk(tmp_path / "saved")
    file = tmp_path / "saved" / "pullquote" / "pipeline"
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(pq.PullquoteError, match="pipeline"):
        spacy.load(tmp_path / "saved")


def test_the_component_pickles():
    component = pickle.loads(pickle.dumps(plain().get_pipe("pullquote")))
    doc = spacy.blank("en")(TEXT)
    assert everything(component(doc)) == everything(plain()(TEXT))


def test_read_texts_can_be_kept():
    doc = plain()(TEXT)
    box = DocBin(store_user_data=True, docs=[doc])
    kept = list(DocBin().from_bytes(box.to_bytes()).get_docs(spacy.blank("en").vocab))
    kept.append(Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes()))
    for copy in kept:
        assert everything(copy) == everything(doc)
        assert copy._.pullquote == doc._.pullquote
        [quote] = copy.spans["pullquote_quotes"]
        assert quote._.pullquote == pq.quotes(TEXT)[0].to_dict()
        assert quote._.pullquote_speaker.text == "she"
        assert copy._.pullquote_expanded == 0
    [bare] = DocBin(docs=[doc]).get_docs(doc.vocab)
    [quote] = bare.spans["pullquote_quotes"]
    assert (quote.label_, quote._.pullquote) == ("direct", None)


@given(texts.filter(str.isprintable))
def test_spans_hold_what_was_found(text):
    document = pq.analyze(text)
    doc = plain()(text)
    assert doc.text == text
    starts = {sentence.start_char for sentence in doc.sents}
    for key, found in (("pullquote_quotes", document.quotes), ("pullquote_mentions", document.mentions)):
        for span, exact in zip(doc.spans[key], found, strict=True):
            assert span.start_char <= exact.start < exact.end <= span.end_char
            assert text[exact.start : exact.end] == span._.pullquote["text"] == exact.text
            assert doc[span.start].idx + len(doc[span.start]) > exact.start
            assert doc[span.end - 1].idx < exact.end
    expected = [doc.char_span(s.start, s.end, alignment_mode="expand").start_char for s in document.sentences]
    assert starts == ({0, *expected[1:]} if len(doc) else set())
