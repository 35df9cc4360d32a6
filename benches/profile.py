"""Walks the core as users do, over the texts of tests and examples, to learn which of its paths are walked.

    MATURIN_PGO=1 pip wheel .

builds the core twice, runs this with the first, and lays out the second by what was counted.
"""

import tomllib
from pathlib import Path

import pullquote

ROOT = Path(__file__).parents[1]
ROUNDS = 40


def texts(folder: str, language: str = "en") -> list[str]:
    """Give the texts of a folder of cases in a language."""
    files = sorted((ROOT / "tests/cases" / folder).glob("*.toml"))
    cases = [case for file in files for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]
    return [case["text"] for case in cases if case.get("language", "en") == language]


def main() -> None:
    """Read everything some times over."""
    examples = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    english = [*examples, *texts("quotes"), *texts("sentences"), *texts("entities")]
    # Articles are longer than what a test needs.
    article = "\n\n".join([*examples, *texts("quotes")])
    read = [
        pullquote.QuoteDetector().find,
        pullquote.Pipeline(),
        pullquote.SentenceSplitter().split,
        pullquote.EntityMatcher.from_jsonl(ROOT / "examples/people.jsonl").find,
    ]
    german = pullquote.QuoteDetector(language="de").find
    for _ in range(ROUNDS):
        for text in [*english, article]:
            for one in read:
                one(text)
        for text in [*texts("quotes", "de"), *texts("sentences", "de")]:
            german(text)


if __name__ == "__main__":
    main()
