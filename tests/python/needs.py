"""What tests need beyond pip's packages."""

import os
import shutil

import pytest


def program(name: str, package: str) -> str:
    """Give a program's path; without it, skip the test by name, but in CI fail."""
    path = shutil.which(name)
    if path is None:
        complain = pytest.fail if "CI" in os.environ else pytest.skip
        complain(f"needs {name}, from Debian's package {package}")
    return path
