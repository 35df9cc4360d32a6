"""Makes the pictures of a document, light and dark, with the browser that the tests use.

python docs/pictures/make.py
"""

import sys
from pathlib import Path

import pullquote as pq

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "python"))

from browser import chromium, prefer  # noqa: E402  it is a module of the tests


def main() -> None:
    """Write document.png and document-dark.png beside this file."""
    people = pq.EntityMatcher.from_jsonl(ROOT / "examples" / "people.jsonl", fuzzy=True)
    article = min((ROOT / "examples").glob("*.txt")).read_text(encoding="utf-8")
    page = Path(__file__).with_name("document.html")
    page.write_text(pq.analyze(article, people).to_html(), encoding="utf-8")
    try:
        with chromium(width=1100, height=900) as browser:
            browser.get(page.as_uri())
            for scheme, name in (("light", "document.png"), ("dark", "document-dark.png")):
                prefer(browser, scheme)
                browser.save_screenshot(str(page.with_name(name)))
    finally:
        page.unlink()


if __name__ == "__main__":
    main()
