"""Documents and tables as notebooks and browsers show them."""

import json
import re
from html.parser import HTMLParser

import pullquote as pq
import pytest
from browser import chromium, prefer
from hypothesis import given
from strategies import texts as any_texts

TEXT = (
    "Engineer Mara Quist closed the pumps.\n\n“It leaks,” Quist told the council. “Badly.” City officials "
    "say that the crack is old. The “minor” leak grew. She disagreed: “It cost $5 & $7 in <March>.”"
)
HOSTILE = (
    '“<img src=x onerror="document.title=1">,” said <script>document.title=2</script> Mara Quist. $x$ \\(y\\)'
)
ENTITY = pq.Entity('"><script>', "Mara <b>Quist", "PER'S\" ONCLICK=")
VOID = {"meta", "img"}
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "dir", "title", "data-n"}


class Reader(HTMLParser):
    """Checks that tags are balanced and gathers the article's text."""

    def __init__(self, source):
        super().__init__()
        self.open, self.article, self.tags, self.attributes = [], [], set(), set()
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        if tag not in VOID:
            self.open.append((tag, dict(attributes).get("class", "")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any("pq-article" in classes for _, classes in self.open):
            self.article.append(data)


def shown(text):
    """A text as HTML can have it: what is no character of a page is replaced, line breaks are one kind."""
    text = re.sub("\r(?!\n)|[\v\f\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)


def span(text, start, end):
    return pq.Span(text[start:end], start, end)


@given(any_texts)
def test_any_text_can_be_read_off_the_page(text):
    document = pq.analyze(text)
    for source in (document.to_html(), document._repr_html_()):
        source.encode()
        assert "".join(Reader(source).article) == shown(text)


def test_spans_may_lie_anywhere():
    text = "It leaks badly."
    mention = pq.Mention("x", 3, 12, "name", ENTITY, (ENTITY,), 0.5)
    quote = pq.Quote(
        "", 5, 99, [span(text, 5, 99), span(text, 2, 2)], [span(text, 0, 8)], "", "mixed", "thought",
        pq.Speaker("It", 0, 2, None, ENTITY, anonymous=True), span(text, 1, 6), 0.5, closed=False, parent=7,
    )  # fmt: skip
    sentences = [pq.Sentence("", 4, 9), pq.Sentence("", 0, 7)]
    source = pq.Document(text, sentences, [mention, mention], [ENTITY], [quote]).to_html()
    reader = Reader(source)
    assert "".join(reader.article) == text
    assert "script" not in reader.tags
    assert reader.attributes <= ATTRIBUTES


def test_nothing_is_loaded_or_run():
    source = pq.analyze(HOSTILE, [ENTITY]).to_html(title="<script>")
    tags = Reader(source).tags
    assert not tags & {"script", "img", "link", "iframe", "object"}
    assert not re.search(r"https?:|url\(|@import|javascript:", source)


def test_a_fragment_and_a_page():
    document = pq.analyze(TEXT)
    assert document.to_html(title="The wall").startswith("<!DOCTYPE html>")
    assert "<title>The wall</title>" in document.to_html(title="The wall")
    assert "<title>Engineer Mara Quist closed the pumps.</title>" in document.to_html()
    assert "<html" not in document._repr_html_()
    assert " id=" not in document._repr_html_()


def test_a_table_shows_its_first_rows():
    table = pq.SentenceSplitter().batch(["It rained. " * 30, "<b>$5</b> & more"])
    source = table._repr_html_()
    Reader(source)
    assert source.count("<tr>") == 11
    assert "31 rows, 4 columns; the first 10 are shown" in source
    nested = pq.QuoteDetector().batch([TEXT, None], nested=True)._repr_html_()
    assert "2 rows, 1 column" in nested
    assert "&lt;b&gt;<span>$</span>5" in pq.SentenceSplitter().batch(["<b>$5</b> & more"])._repr_html_()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser, tmp_path):
    def open_page(source):
        path = tmp_path / "page.html"
        path.write_text(source, encoding="utf-8")
        for log in ("browser", "performance"):
            browser.get_log(log)  # what it did before is its own affair
        browser.get(path.as_uri())
        return browser

    return open_page


LUMINANCE = """
const luminance = c => {
  const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(Number)
    .map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
};
const ground = element => {
  for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (!/, 0\\)$/.test(colour)) return colour;
  }
};
const all = [...document.querySelectorAll('.pullquote, .pullquote *:not(style)')];
return all.filter(e => e.innerText).map(e => {
  const [a, b] = [luminance(getComputedStyle(e).color), luminance(ground(e))].sort((x, y) => y - x);
  return [(a + .05) / (b + .05), e.className];
});
"""


def test_the_browser_shows_the_article(opened):
    browser = opened(pq.analyze(TEXT).to_html())
    assert browser.execute_script("return document.querySelector('.pq-article').innerText") == TEXT
    assert browser.execute_script("return document.title") == "Engineer Mara Quist closed the pumps."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read(opened, scheme):
    browser = opened(pq.analyze(TEXT, ["Mara Quist"]).to_html())
    prefer(browser, scheme)
    contrasts = browser.execute_script(LUMINANCE)
    assert len(contrasts) > 20
    assert [contrast for contrast in contrasts if contrast[0] < 4.5] == []
    ground = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")


def test_kinds_look_different(opened):
    browser = opened(pq.analyze(TEXT).to_html())
    looks = browser.execute_script(
        "return ['direct', 'mixed', 'indirect', 'scare'].map(kind => {"
        " const e = document.querySelector('.pq-article .pq-quote.pq-' + kind);"
        " return e && getComputedStyle(e).borderBottom + getComputedStyle(e).backgroundColor; })"
    )
    looks = [look for look in looks if look]
    assert len(set(looks)) == len(looks) >= 2


def test_a_quote_and_its_speaker_have_one_number(opened):
    document = pq.analyze(TEXT)
    browser = opened(document.to_html())
    numbers = "return [...document.querySelectorAll(arguments[0])].map(e => [e.dataset.n, e.innerText])"
    speakers = browser.execute_script(numbers, ".pq-article .pq-speaker[data-n]")
    pieces = browser.execute_script(numbers, ".pq-article .pq-quote[data-n]")
    assert ["1", "Quist"] in speakers
    assert [text for number, text in pieces if number == "1"] == ["It leaks,", "Badly."]
    badge = browser.execute_script(
        "return getComputedStyle(document.querySelector('.pq-speaker[data-n]'), '::before').content"
    )
    assert badge == '"1"'
    assert "speaker: Mara Quist" in browser.execute_script("return document.querySelector('.pq-quote').title")


def test_a_hostile_article_does_nothing(opened):
    browser = opened(pq.analyze(HOSTILE, [ENTITY]).to_html(title="<script>document.title=3</script>"))
    assert browser.execute_script("return document.title") == "<script>document.title=3</script>"
    assert browser.execute_script("return document.querySelector('.pq-article').innerText") == HOSTILE
    assert browser.get_log("browser") == []
    sent = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [
        entry["params"]["request"]["url"] for entry in sent if entry["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in urls if not url.startswith(("file:", "data:"))] == []


def test_a_narrow_screen_does_not_scroll_sideways(opened):
    browser = opened(pq.analyze(TEXT + " " + "long" * 100, ["Mara Quist"]).to_html())
    metrics = {"width": 360, "height": 700, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_several_results_on_one_page(opened):
    one, two = pq.analyze(TEXT), pq.analyze("“No,” said Ines Calder.")
    browser = opened(f"<!DOCTYPE html><body>{one._repr_html_()}{two._repr_html_()}</body>")
    texts = browser.execute_script(
        "return [...document.querySelectorAll('.pq-article')].map(e => e.innerText)"
    )
    assert texts == [one.text, two.text]
