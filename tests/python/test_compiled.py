"""The compiled classes: building, sharing, saving."""

from __future__ import annotations

import copy
import inspect
import json
import multiprocessing
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pullquote as pq
import pytest

TEXT = "“It leaks,” said Mara Quist of the Quay Trust. She was sure.\n\n“It doesn’t,” said Łukasz Żak."
PEOPLE = [
    pq.Entity("Q1", "Mara Quist", aliases=("Quist",)),
    {"id": "Q2", "name": "Quay Trust", "type": "ORG"},
    "Łukasz Żak",
]
MATCHER = pq.EntityMatcher(PEOPLE)
COMPILED = {
    "SentenceSplitter": (pq.SentenceSplitter(abbreviations=["Cllr"]), pq.SentenceSplitter.find),
    "EntityMatcher": (MATCHER, pq.EntityMatcher.find),
    "QuoteDetector": (pq.QuoteDetector(matcher=MATCHER), pq.QuoteDetector.find),
    "Pipeline": (pq.Pipeline(matcher=MATCHER, newlines="break"), pq.Pipeline.__call__),
}

compiled = pytest.mark.parametrize(("thing", "read"), COMPILED.values(), ids=COMPILED)


@compiled
class TestEveryCompiledObject:
    def test_survives_bytes_pickle_and_copy(self, thing, read):
        found = read(thing, TEXT)
        assert found
        assert read(type(thing).from_bytes(thing.to_bytes()), TEXT) == found
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert read(pickle.loads(pickle.dumps(thing, protocol)), TEXT) == found
        assert copy.copy(thing) is thing
        assert copy.deepcopy([thing]) == [thing]

    def test_same_object_same_bytes(self, thing, read):
        twin = type(thing).from_bytes(thing.to_bytes())
        assert twin.to_bytes() == thing.to_bytes()
        assert repr(twin) == repr(thing)
        assert read(twin, TEXT) == read(thing, TEXT)

    @pytest.mark.parametrize("kind", [str, Path])
    def test_survives_a_file(self, thing, read, kind, tmp_path):
        path = kind(tmp_path / "saved")
        assert thing.save(path) is None
        assert read(type(thing).load(path), TEXT) == read(thing, TEXT)

    def test_a_file_in_use_may_be_replaced(self, thing, read, tmp_path):
        path = tmp_path / "saved"
        thing.save(path)
        loaded, twin = type(thing).load(path), type(thing).load(path)
        loaded.save(path)
        path.unlink()
        assert read(loaded, TEXT) == read(twin, TEXT) == read(thing, TEXT)
        loaded.save(path)
        assert list(tmp_path.iterdir()) == [path]

    def test_every_cut_and_change_is_an_error(self, thing, read):
        whole = thing.to_bytes()
        for end in range(len(whole)):
            with pytest.raises(pq.PullquoteError, match=f"not a saved {type(thing).__name__}"):
                type(thing).from_bytes(whole[:end])
        for at in range(len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 0x20
            with pytest.raises(pq.PullquoteError):
                type(thing).from_bytes(bytes(changed))
        assert read(type(thing).from_bytes(whole), TEXT) == read(thing, TEXT)

    def test_a_foreign_file_is_an_error_that_names_it(self, thing, read, tmp_path):
        path = tmp_path / "people.bin"
        for content in [b"", b"GIF89a", pickle.dumps(read), thing.to_bytes()[:-1], thing.to_bytes() + b"x"]:
            path.write_bytes(content)
            with pytest.raises(pq.PullquoteError, match=r"people\.bin: not a saved"):
                type(thing).load(path)

    def test_another_class_is_an_error(self, thing, read):
        assert read(thing, TEXT)
        for other, _ in COMPILED.values():
            if type(other) is not type(thing):
                with pytest.raises(pq.PullquoteError, match="another object"):
                    type(thing).from_bytes(other.to_bytes())

    def test_a_missing_file_is_pythons_own_error(self, thing, read, tmp_path):
        assert read(thing, TEXT)
        with pytest.raises(FileNotFoundError) as caught:
            type(thing).load(tmp_path / "none")
        assert Path(caught.value.filename) == tmp_path / "none"
        with pytest.raises(OSError, match="nowhere"):
            thing.save(tmp_path / "nowhere" / "file")

    def test_is_frozen(self, thing, read):
        with pytest.raises(AttributeError):
            thing.anything = read

    def test_threads_share_it(self, thing, read):
        texts = [TEXT * (1 + n % 7 * 40) for n in range(40)]
        alone = [read(thing, text) for text in texts]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda text: read(thing, text), texts)) == alone

    def test_a_spawned_process_finds_the_same(self, thing, read):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            assert pool.apply(_read, (thing, TEXT)) == read(thing, TEXT)


def _read(thing, text):
    return COMPILED[type(thing).__name__][1](thing, text)


@pytest.mark.parametrize("make", [pq.SentenceSplitter, pq.QuoteDetector, pq.Pipeline])
def test_an_unknown_language_is_an_error_that_lists_the_known(make):
    known = "en, de, fr, es, it, pt, nl, ru, pl, zh, ja, ar, hi, da, el, und"
    with pytest.raises(pq.PullquoteError, match=f'unknown language "xx"; known: {known}$') as caught:
        make("xx")
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: pq.SentenceSplitter(newlines="blank"), 'newlines="blank" is not one of paragraph'),
        (lambda: pq.Pipeline(newlines="blank"), 'newlines="blank" is not one of paragraph'),
        (lambda: pq.SentenceSplitter(quotes="none"), 'quotes="none" is not one of inside, whole'),
        (lambda: pq.Pipeline(quotes="none"), 'quotes="none" is not one of inside, whole'),
        (lambda: pq.Pipeline(kinds=["loud"]), 'kind="loud" is not one of direct, mixed, indirect, scare'),
        (
            lambda: pq.QuoteDetector(kinds=["loud"]),
            'kind="loud" is not one of direct, mixed, indirect, scare',
        ),
        (lambda: pq.EntityMatcher([], case="upper"), 'case="upper" is not one of smart'),
        (lambda: pq.EntityMatcher([], accents="drop"), 'accents="drop" is not one of fold'),
        (lambda: pq.EntityMatcher([], overlap="first"), 'overlap="first" is not one of longest'),
        (lambda: pq.EntityMatcher([], strict=["case"]), 'strict="case" is not one of apostrophes, hyphens, '),
        (lambda: pq.EntityMatcher([], fuzzy=3), "fuzzy=3 is not one of False, True, 1, 2"),
        (lambda: pq.EntityMatcher([], fuzzy="yes"), "fuzzy='yes' is not one of False, True, 1, 2"),
    ],
)
def test_unknown_options_are_errors_that_list_the_known(make, message):
    with pytest.raises(pq.PullquoteError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: pq.SentenceSplitter(abbreviations="Cllr"),
            "abbreviations must be an iterable of str, not str",
        ),
        (lambda: pq.Pipeline(verbs=[1]), "each of verbs must be str, not int"),
        (lambda: pq.Pipeline(kinds="direct"), "kinds must be an iterable of str, not str"),
        (lambda: pq.Pipeline(matcher=["Mara Quist"]), "matcher must be an EntityMatcher or None, not list"),
        (lambda: pq.EntityMatcher("Mara Quist"), "not one str: put it in a list"),
        (lambda: pq.EntityMatcher(b"Mara Quist"), "not one bytes: put it in a list"),
        (lambda: pq.EntityMatcher({"name": "Mara Quist"}), "not one dict: put it in a list"),
        (lambda: pq.EntityMatcher(PEOPLE[0]), "not one Entity: put it in a list"),
        (lambda: pq.EntityMatcher(3), "entities must be an iterable of entities, not int"),
        (lambda: pq.EntityMatcher(["A", 3]), "entity 1 must be an Entity, a dict or a str, not int"),
        (lambda: pq.EntityMatcher(["A", {"id": 3}]), 'entity 1: "id" must be str, not int'),
        (
            lambda: pq.EntityMatcher([{"name": "A", "aliases": "B"}]),
            'entity 0: "aliases" must be an iterable of str, not str',
        ),
        (lambda: pq.entities(TEXT, MATCHER, fuzzy=True), "options belong to the EntityMatcher"),
    ],
)
def test_wrong_types_are_type_errors_that_say_where(make, message):
    with pytest.raises(TypeError, match=message) as caught:
        make()
    assert isinstance(caught.value, pq.PullquoteError)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"type": "ORG"}, 'entity 1: neither "id" nor "name"'),
        ({"name": "A", "alias": "B"}, "entity 1: unknown key 'alias'; known: id, name, type, aliases, regex"),
    ],
)
def test_unusable_rows_are_value_errors_that_say_where(row, message):
    with pytest.raises(ValueError, match=message):
        pq.EntityMatcher(["Mara Quist", row])


def test_an_error_in_the_callers_iterable_is_the_callers():
    def rows():
        yield "Mara Quist"
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        pq.EntityMatcher(rows())


def test_entities_may_be_objects_dicts_and_names():
    matcher = pq.EntityMatcher(iter([*PEOPLE, {"id": "Q4"}, {"name": "Ned", "type": None, "aliases": None}]))
    assert matcher.entities == (
        pq.Entity("Q1", "Mara Quist", "PERSON", ("Quist",)),
        pq.Entity("Q2", "Quay Trust", "ORG"),
        pq.Entity("Łukasz Żak", "Łukasz Żak"),
        pq.Entity("Q4", "Q4"),
        pq.Entity("Ned", "Ned"),
    )
    assert len(matcher) == 5
    assert len(pq.EntityMatcher([])) == 0


def test_mentions_share_the_matchers_entities():
    mentions = MATCHER.find(TEXT)
    assert [mention.text for mention in mentions] == ["Mara Quist", "Quay Trust", "Łukasz Żak"]
    assert [mention.entity for mention in mentions] == list(MATCHER.entities)
    assert all(a.entity is b for a, b in zip(mentions, MATCHER.entities, strict=True))
    assert all(mention.candidates == (mention.entity,) for mention in mentions)


def test_a_document_shares_its_entities():
    document = pq.analyze(TEXT, MATCHER)
    [quist] = [entity for entity in document.entities if entity.id == "Q1"]
    assert any(mention.entity is quist for mention in document.mentions)
    assert document.quotes[0].speaker.entity is quist


def test_quotes_know_the_callers_speakers():
    first, second = pq.quotes(TEXT, PEOPLE)
    assert (first.content, first.kind, first.cue.text) == ("It leaks,", "direct", "said")
    assert (first.speaker.text, first.speaker.entity.id) == ("Mara Quist", "Q1")
    assert (second.speaker.text, second.speaker.entity.id) == ("Łukasz Żak", "Łukasz Żak")


def test_fuzzy_may_be_a_bool_or_a_number():
    shown = [repr(pq.EntityMatcher([], fuzzy=fuzzy)) for fuzzy in (False, 0, True, 2, 1)]
    assert shown[0] == shown[1] != shown[2] == shown[3] != shown[4]


def test_entities_come_from_files(tmp_path):
    rows = [{"id": "Q1", "name": "Mara Quist"}, {"id": "Q2", "name": "Quay Trust"}]
    jsonl = tmp_path / "people.jsonl"
    jsonl.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8-sig")
    csv = tmp_path / "people.csv"
    csv.write_text("id,name\nQ1,Mara Quist\nQ2,Quay Trust\n", encoding="utf-8")
    for matcher in (pq.EntityMatcher.from_jsonl(jsonl), pq.EntityMatcher.from_csv(str(csv), fuzzy=1)):
        assert [entity.name for entity in matcher.entities] == ["Mara Quist", "Quay Trust"]


def test_errors_in_entity_files_say_file_and_line(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_bytes(b'{"name": "Mara Quist"}\n{"name": 3\n')
    with pytest.raises(pq.PullquoteError, match=r"people\.jsonl: line 2: "):
        pq.EntityMatcher.from_jsonl(path)
    path.write_bytes(b"name\nMara Quist\n\xff\n")
    with pytest.raises(pq.PullquoteError, match=r"people\.jsonl: line 3: not UTF-8"):
        pq.EntityMatcher.from_csv(path)
    with pytest.raises(FileNotFoundError):
        pq.EntityMatcher.from_csv(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("make", "signature"),
    [
        (
            pq.SentenceSplitter,
            "(language='en', *, abbreviations=(), newlines='paragraph', quotes='inside', {})".format(
                "gaps=True, model=None"
            ),
        ),
        (
            pq.EntityMatcher,
            "(entities, *, case='smart', accents='fold', fuzzy=False, overlap='longest', {})".format(
                "derive=False, strict=(), patterns=()"
            ),
        ),
        (
            pq.QuoteDetector,
            "(language='en', *, matcher=None, verbs=(), kinds=({}), model=None)".format(
                "'direct', 'mixed', 'indirect', 'scare'"
            ),
        ),
    ],
)
def test_help_shows_the_true_defaults(make, signature):
    assert str(inspect.signature(make)) == signature


def test_kinds_may_be_chosen():
    assert len(pq.QuoteDetector(kinds=["direct"]).find(TEXT)) == 2
    assert pq.Pipeline(kinds=["scare"])(TEXT).quotes == ()


class TestAddAndRemove:
    """Both give a new matcher and leave the old one as it is."""

    def test_what_is_added_is_found(self):
        again = pq.Entity("Q1", "Mara Quist", aliases=("Dr. Q",))
        grown = MATCHER.add([{"id": "Q3", "name": "Ines Calder"}, again])
        assert [entity.id for entity in grown.entities] == ["Q1", "Q2", "Łukasz Żak", "Q3"]
        assert grown.entities[0].aliases == ("Quist", "Dr. Q")
        text = "Dr. Q and Quist met Ines Calder"
        assert [mention.entity.id for mention in grown.find(text)] == ["Q1", "Q1", "Q3"]
        assert [mention.entity.id for mention in MATCHER.find(text)] == ["Q1"]
        loaded = pickle.loads(pickle.dumps(grown))
        assert loaded.entities == grown.entities
        assert loaded.find(TEXT) == grown.find(TEXT)

    def test_what_is_removed_is_gone(self):
        less = MATCHER.remove(["Q2"])
        assert [mention.entity.id for mention in less.find(TEXT)] == ["Q1", "Łukasz Żak"]
        assert [entity.id for entity in less.entities] == ["Q1", "Łukasz Żak"]
        assert len(MATCHER) == 3

    def test_errors_name_what_is_wrong(self):
        with pytest.raises(pq.PullquoteError, match='entity 1: the id "Q2" is of type'):
            MATCHER.add(["Ines Calder", {"id": "Q2", "name": "Quay Trust"}])
        with pytest.raises(pq.PullquoteError, match='no entity has the id "Q9"'):
            MATCHER.remove(["Q1", "Q9"])
        with pytest.raises(TypeError):
            MATCHER.add("Ines Calder")
        with pytest.raises(TypeError):
            MATCHER.remove("Q1")

    def test_patterns_need_no_list(self, tmp_path):
        matcher = pq.EntityMatcher(["Mara Quist"], patterns=["money", "date"])
        found = pickle.loads(pickle.dumps(matcher)).find(
            "Mara Quist paid $2.5 million on March 5, 2016, or 5%."
        )
        assert [(mention.text, mention.entity.type, mention.kind) for mention in found] == [
            ("Mara Quist", "PERSON", "gazetteer"),
            ("$2.5 million", "MONEY", "pattern"),
            ("March 5, 2016", "DATE", "pattern"),
        ]
        assert found[1].entity.id == "pattern:money"
        with pytest.raises(pq.PullquoteError, match='patterns="phone" is not one of money, '):
            pq.EntityMatcher([], patterns=["phone"])
        path = tmp_path / "people.csv"
        path.write_text("name\nMara Quist\n")
        assert len(pq.EntityMatcher.from_csv(path, patterns=("url",))) == 2

    def test_derived_forms_count_once_the_text_tells_them(self):
        matcher = pq.EntityMatcher(PEOPLE[1:], derive=True)
        found = matcher.find("The Quay Trust (QUAT) and the QT. Łukasz Żak and Żak.")
        assert [mention.text for mention in found] == ["Quay Trust", "QUAT", "QT", "Łukasz Żak", "Żak"]
        grown = pq.EntityMatcher(PEOPLE[1:2], derive=True).add(PEOPLE[2:])
        found = grown.find("Łukasz Żak of Quay Trust (QUAT) spoke. Żak left QUAT.")
        assert [mention.text for mention in found] == ["Łukasz Żak", "Quay Trust", "QUAT", "Żak", "QUAT"]
        assert "derive=True" in repr(pickle.loads(pickle.dumps(matcher)))

    def test_patterns_say_what_they_found(self):
        matcher = pq.EntityMatcher(
            [{"id": "pattern:mine", "regex": "mine"}], patterns=["money", "percent", "date", "time", "handle"]
        )
        text = "It cost $2.5 million, 5% of 20 pesos, on March 5, 2016 at 7:30 p.m., @MaraQuist said of mine."
        assert {mention.text: mention.value for mention in matcher.find(text)} == {
            "$2.5 million": "USD 2500000",
            "5%": "5",
            "20 pesos": None,
            "March 5, 2016": "2016-03-05",
            "7:30 p.m.": "19:30",
            "@MaraQuist": "maraquist",
            "mine": None,
        }
        assert MATCHER.find(TEXT)[0].value is None

    def test_each_folding_has_its_switch(self, tmp_path):
        names = ["Jean-Luc O'Brien", "U.S.", "Quay & Rell"]
        text = "Jean Luc O'Brien, Jean-Luc O’Brien, US and U.S., Quay and Rell"

        def found(strict):
            matcher = pq.EntityMatcher(names, strict=strict)
            matcher.save(tmp_path / "matcher")
            loaded = pq.EntityMatcher.load(tmp_path / "matcher")
            assert repr(loaded) == repr(matcher)
            assert loaded.find(text) == matcher.find(text)
            return [mention.text for mention in loaded.find(text)]

        everything = ["Jean Luc O'Brien", "Jean-Luc O’Brien", "US", "U.S.", "Quay and Rell"]
        assert found(()) == everything
        assert found(["hyphens"]) == everything[1:]
        assert found(["apostrophes"]) == everything[:1] + everything[2:]
        assert found(["dots", "ampersand"]) == ["Jean Luc O'Brien", "Jean-Luc O’Brien", "U.S."]
        assert "strict=['dots']" in repr(pq.EntityMatcher([], strict=["dots"]))
        with pytest.raises(TypeError):
            pq.EntityMatcher([], strict="dots")

    def test_a_table_has_regular_expressions_too(self, tmp_path):
        path = tmp_path / "cases.csv"
        path.write_text("id,name,type,regex\ncase,,CASE,case \\d+\nq,Quist,,\n")
        found = pq.EntityMatcher.from_csv(path).find("Quist lost case 77.")
        assert [(mention.text, mention.kind, mention.entity.id) for mention in found] == [
            ("Quist", "gazetteer", "q"),
            ("case 77", "pattern", "case"),
        ]


MODELS = Path(__file__).parents[2] / "src/lang/en"
TRAINED = MODELS / "sentences.model"
QUOTES = MODELS / "quotes.model"
GLUED = "Bridge Closed After Storm The bridge over the river was closed on Monday."


def test_a_model_of_the_users_own(tmp_path):
    path = tmp_path / "own.model"
    path.write_bytes(TRAINED.read_bytes())
    splitter = pq.SentenceSplitter(model=path)
    assert splitter.split(GLUED) == pq.SentenceSplitter().split(GLUED)
    assert splitter.split(GLUED) != pq.SentenceSplitter(gaps=False).split(GLUED)
    assert pq.SentenceSplitter(model=str(path)).split(GLUED) == splitter.split(GLUED)
    pipeline = pq.Pipeline(sentence_model=path)
    assert [sentence.text for sentence in pipeline(GLUED).sentences] == splitter.split(GLUED)
    path.unlink()
    for again in (pickle.loads(pickle.dumps(splitter)), pickle.loads(pickle.dumps(pipeline))):
        assert type(again) in {pq.SentenceSplitter, pq.Pipeline}
    assert pickle.loads(pickle.dumps(splitter)).split(GLUED) == splitter.split(GLUED)
    assert pickle.loads(pickle.dumps(pipeline))(GLUED) == pipeline(GLUED)


def test_a_model_of_quotes_of_the_users_own(tmp_path):
    """French has no model of its own, so that one that is given shows."""
    path = tmp_path / "own.model"
    path.write_bytes(QUOTES.read_bytes())
    text = "Mara Quist: “It leaks, and nobody looks.”"
    detector, pipeline = pq.QuoteDetector("fr", model=path), pq.Pipeline("fr", quote_model=str(path))
    assert not pq.QuoteDetector("fr").explain(text)[0].decisions
    assert detector.explain(text)[0].decisions
    assert detector.explain(text) == pipeline.explain(text)
    path.unlink()
    saved = tmp_path / "saved"
    detector.save(saved)
    again = [pickle.loads(pickle.dumps(detector)), pq.QuoteDetector.load(saved)]
    assert [one.explain(text) for one in again] == [detector.explain(text)] * 2
    assert pickle.loads(pickle.dumps(pipeline)).explain(text) == pipeline.explain(text)
    assert pq.QuoteDetector(model=QUOTES).find(TEXT) == pq.QuoteDetector().find(TEXT)
    with pytest.raises(FileNotFoundError, match=r"own\.model"):
        pq.Pipeline(quote_model=path)


def damaged(whole: bytes) -> list[bytes]:
    changed = whole[:500] + b"0123456789" + whole[510:]
    return [whole[:-1], whole[: len(whole) // 2], changed, b"", b"no model"]


MAKERS = {
    "splitter": (lambda path: pq.SentenceSplitter(model=path), TRAINED, QUOTES),
    "detector": (lambda path: pq.QuoteDetector(model=path), QUOTES, TRAINED),
    "pipeline of sentences": (lambda path: pq.Pipeline(sentence_model=path), TRAINED, QUOTES),
    "pipeline of quotes": (lambda path: pq.Pipeline(quote_model=path), QUOTES, TRAINED),
}


@pytest.mark.parametrize(("make", "own", "other"), MAKERS.values(), ids=MAKERS)
def test_a_file_that_is_no_model_is_a_clear_error(tmp_path, make, own, other):
    path = tmp_path / "own.model"
    for data in (*damaged(own.read_bytes()), other.read_bytes(), pq.SentenceSplitter().to_bytes()):
        path.write_bytes(data)
        with pytest.raises(pq.PullquoteError, match=r"own\.model: not a saved model"):
            make(path)


def test_a_model_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.model"):
        pq.SentenceSplitter(model=tmp_path / "none.model")
