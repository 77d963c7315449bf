"""French or English, from function words, endings and letters."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter

from qa.analysis.languages import WORDS
from qa.analysis.languages.words_of_language import WordsOfLanguage
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
_REMEMBERED = 1 << 16
"""Words whose endings and letters are known: the same ones come again and again."""

_WORD = re.compile(r"[^\W\d_]+'?")


def detect_language(text: str, default: Language = "fr") -> Language:
    """Tell whether a text is French or English; `default` where nothing tells."""
    french, english = language_scores(text)
    if french == english:
        return default
    return "fr" if french > english else "en"


def language_scores(text: str) -> tuple[float, float]:
    """Return the evidence for French and for English: about one for each telling word."""
    words = _WORD.findall(text[:_SAMPLE].replace("’", "'"))
    signs = list(map(_signs, words))
    french, english = (sum(map(itemgetter(n), signs)) for n in (0, 1))
    if signs and abs(french - english) < _ENOUGH * _UNIT:
        # A capital inside a text begins a name, which may be of the other language.
        first = _looks(words[0].lower()) if words[0][0].isupper() else (0, 0)
        french += first[0] + sum(map(itemgetter(2), signs))
        english += first[1] + sum(map(itemgetter(3), signs))
    return french / _UNIT, english / _UNIT


@lru_cache(_REMEMBERED)
def _signs(word: str) -> tuple[int, int, int, int]:
    """What a word tells for French and English by itself, and by its letters and its ending."""
    lower = word.lower()
    french, english = (_UNIT * (lower in known.telling) for known in WORDS.values())
    looks = (0, 0) if word[0].isupper() else _looks(lower)
    return french, english, *looks


def _looks(word: str) -> tuple[int, int]:
    if len(word) < _SHORTEST or any(word in known.telling for known in WORDS.values()):
        return 0, 0
    french, english = (_look(word, known) for known in WORDS.values())
    return french, english


def _look(word: str, known: WordsOfLanguage) -> int:
    lettered = known.letter is not None and known.letter.search(word) is not None
    return _LETTER_WEIGHT * lettered + _ENDING_WEIGHT * (known.ending.search(word) is not None)
