"""In an environment without any extra: what must work all the same."""

import subprocess
import sys

OPTIONAL = ["duckdb", "numpy", "pandas", "polars", "pyarrow", "pyspark", "ray", "spacy", "tqdm"]


def test_the_import_brings_nothing_optional_with_it():
    code = f"import sys, pullquote; print(*[name for name in {OPTIONAL} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
