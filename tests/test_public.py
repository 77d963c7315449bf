"""The names that users import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import qa

ROOT = Path(qa.__file__).parent.parent


def test_public_names_are_sorted_and_there() -> None:
    assert qa.__all__ == sorted(qa.__all__)
    assert {"Engine", "load_corpus", "Document", "Passage", "Hit", "Answer", "Settings"} <= set(
        qa.__all__
    )
    for name in qa.__all__:
        assert getattr(qa, name).__name__ == name
        assert name in dir(qa)


def test_other_names_are_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        qa.nothing  # noqa: B018 - asking for it is the test


def test_star_import_and_first_use() -> None:
    program = "from qa import *; print(Engine.__name__, load_corpus.__name__, QAError.__name__)"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert result.stdout == "Engine load_corpus QAError\n"
