"""How rare words are in French and English, whatever the documents are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import log10
from typing import Final

from qa.analysis.lexicon import compiled, table_lines
from qa.analysis.words import Analyser
from qa.models import LANGUAGES, Language

FREQUENCIES: Final = {language: f"frequency-{language}.txt" for language in LANGUAGES}
_RARE, _EVERYWHERE = 3.5, 7.0
"""Zipf frequencies: of words that no list of common ones has, and once in a hundred words."""
_LEAST = 0.1


def rarity(term: str, language: Language) -> float:
    """Near 0 for a term that any text has, 1 for a rare one.

    Along the Zipf frequency, as the idf of a word in passages of a hundred words is.
    """
    zipf = _frequencies(language).get(term, _RARE)
    return max((_EVERYWHERE - zipf) / (_EVERYWHERE - _RARE), _LEAST)


def is_common(term: str, language: Language) -> bool:
    """Whether a term is one of the common words of a language."""
    return term in _frequencies(language)


def common_terms(language: Language) -> frozenset[str]:
    """The terms of the common words of a language."""
    return frozenset(_frequencies(language))


def frequencies_of_terms(language: Language) -> Iterator[tuple[str, float]]:
    """The Zipf frequency of every common term: that of its words together."""
    stem = Analyser(language).stem
    shares: defaultdict[str, float] = defaultdict(float)
    for line in table_lines(FREQUENCIES[language]):
        word, zipf = line.split("\t")
        shares[stem(word)] += 10 ** float(zipf)
    for term, share in shares.items():
        if log10(share) > _RARE:
            yield term, log10(share)


@cache
def _frequencies(language: Language) -> dict[str, float]:
    lines = (line.split("\t") for line in compiled(f"zipf-{language}"))
    return {term: float(zipf) for term, zipf in lines}
