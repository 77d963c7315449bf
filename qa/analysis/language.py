"""French or English, from function words, endings and letters."""

from __future__ import annotations

import re
from typing import Final

from qa.analysis.languages import WORDS
from qa.analysis.languages.words_of_language import WordsOfLanguage
from qa.analysis.pieces import pieces_of
from qa.analysis.remembered import Remembered
from qa.models import Language

_SAMPLE = 3000
"""Characters that are looked at; a passage is shorter, a document says it at its start."""
_ENOUGH = 8
"""Function words from which on endings and letters add nothing."""
_UNIT = 10
"""What a function word tells, of which endings and letters tell a part."""
_ENDING_WEIGHT = 5
_LETTER_WEIGHT = 8
_SHORTEST = 4
_REMEMBERED = 1 << 18
"""Words, with the signs around them, of which is kept what they tell."""
_LONGEST = 64
"""Characters of those."""
_BITS = 15
"""Room for each of the sums over a sample: no two of its characters tell more than `_UNIT`.

All four fit into a number of the machine, which is added many times faster than a longer one.
"""
_MASK = (1 << _BITS) - 1

_WORD = re.compile(r"[^\W\d_]+['’]?")


def detect_language(text: str, default: Language = "fr") -> Language:
    """Tell whether a text is French or English; `default` where nothing tells."""
    french, english = language_scores(text)
    if french == english:
        return default
    return "fr" if french > english else "en"


def language_scores(text: str) -> tuple[float, float]:
    """Return the evidence for French and for English: about one for each telling word."""
    sample = text[:_SAMPLE]
    told = sum(map(_PIECES.__getitem__, pieces_of(sample)))
    french, english = told & _MASK, told >> _BITS & _MASK
    more_french, more_english = told >> 2 * _BITS & _MASK, told >> 3 * _BITS
    word = _WORD.search(sample)
    if word and abs(french - english) < _ENOUGH * _UNIT:
        # A capital inside a text begins a name, which may be of the other language.
        first = _LOOKS[_plain(word[0])] if word[0][0].isupper() else (0, 0)
        french += first[0] + more_french
        english += first[1] + more_english
    return french / _UNIT, english / _UNIT


def _told(piece: str) -> int:
    """What the words between two blanks tell: four sums in one number, which is added as one."""
    return sum(
        sum(sign << n * _BITS for n, sign in enumerate(_signs(word)))
        for word in _WORD.findall(piece)
    )


_PIECES: Final = Remembered(_told, most=_REMEMBERED, longest=_LONGEST)


def _signs(word: str) -> tuple[int, int, int, int]:
    """What a word tells for French and English by itself, and by its letters and its ending."""
    lower = _plain(word)
    french, english = (_UNIT * (lower in known.telling) for known in WORDS.values())
    looks = (0, 0) if word[0].isupper() else _LOOKS[lower]
    return french, english, *looks


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _looks(word: str) -> tuple[int, int]:
    """What a word in lower case tells for French and English by its letters and its ending."""
    if len(word) < _SHORTEST or any(word in known.telling for known in WORDS.values()):
        return 0, 0
    french, english = (_look(word, known) for known in WORDS.values())
    return french, english


_LOOKS: Final = Remembered(_looks, most=_REMEMBERED, longest=_LONGEST)


def _look(word: str, known: WordsOfLanguage) -> int:
    lettered = known.letter is not None and known.letter.search(word) is not None
    return _LETTER_WEIGHT * lettered + _ENDING_WEIGHT * (known.ending.search(word) is not None)
