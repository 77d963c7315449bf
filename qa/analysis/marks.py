"""Piles of combining marks: putting them in order takes the square of their number."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RUN: Final = re.compile("[^\x00-\x7f]{200,}")
_MOST: Final = 30
"""Marks on one letter that are kept, as the Stream-Safe Text Format of Unicode (UAX #15) has it."""


def without_piles(text: str) -> str:
    """The same text, with at most thirty combining marks in a row."""
    return text if text.isascii() else _RUN.sub(_kept, text)


def _kept(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST:
            kept.append(character)
    return "".join(kept)
