"""Acronyms that a text itself explains: `cytokine release syndrome (CRS)`.

After Schwartz and Hearst: A simple algorithm for identifying abbreviation definitions in biomedical
text, PSB 2003. Here every letter of the acronym must begin a word or a part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qa.analysis.lexicon import Pair
from qa.analysis.words import fold

_SHORT: Final = re.compile(r"\(([\w-]{2,10})\)")
_CAPITAL: Final = re.compile("[A-ZÀ-Ý]")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CAPITALS: Final = 2
_LOOK_BACK: Final = 200
_MORE_WORDS: Final = 4
"""Words that an expansion may have beyond the letters of its acronym."""


def find_acronyms(text: str) -> Iterator[Pair]:
    """Acronyms in parentheses with the words before them that they abbreviate."""
    for match in _SHORT.finditer(text):
        short = match[1]
        if len(_CAPITAL.findall(short)) < _CAPITALS:
            continue
        line = text[max(match.start() - _LOOK_BACK, 0) : match.start()].rpartition("\n")[2]
        words = list(_WORD.finditer(line))
        letters = [letter for letter in fold(short) if letter.isalpha()]
        for count in range(2, min(len(letters) + _MORE_WORDS, len(words)) + 1):
            begin = words[-count].start()
            if _abbreviates(letters, line[begin:]):
                yield Pair(short, line[begin:].strip())
                break


def _abbreviates(letters: list[str], long: str) -> bool:
    """Whether the letters are initials of the words, in order, the first of the first."""
    initials = [part[0] for part in re.split(r"[\W_]+", fold(long)) if part]
    if not initials or initials[0] != letters[0]:
        return False
    remaining = iter(initials)
    return all(letter in remaining for letter in letters)
