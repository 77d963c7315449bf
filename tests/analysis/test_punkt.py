"""Punkt is loaded by itself, and NLTK can be imported as ever afterwards."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from qa.analysis.sentences import sentence_spans
assert len(sentence_spans("They bind. They block.")) == 2
assert not {"scipy", "nltk.chunk"} & set(sys.modules)
import nltk
assert nltk.tokenize.RegexpTokenizer(r"\\w+").tokenize("a b") == ["a", "b"]
assert nltk.tokenize.punkt is sys.modules["nltk.tokenize.punkt"]
"""


def test_punkt_is_loaded_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
