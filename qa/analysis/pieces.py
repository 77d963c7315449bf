"""Texts cut at blanks, the first step of whatever reads them word by word."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_KEPT: Final = 4
"""A text is counted, its language told and its terms found one after the other."""


@lru_cache(_KEPT)
def pieces_of(text: str) -> tuple[str, ...]:
    """What stands between the blanks of a text, signs and all."""
    return tuple(text.split())
