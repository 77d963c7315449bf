"""Whether a text answers a facet, by how it is worded and headed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from qa.analysis.words import Analyser, fold
from qa.models import Language
from qa.retrieval.asking import read
from qa.retrieval.facets import Facet, facets

_BY_WORD: Final = 0.5
"""For a sentence that has a word of the facet but none of its turns of phrase."""
_IN_PASSING: Final = 0.6
"""For a heading that has a word of the facet among others."""


def said_by(facet: Facet, sentence: str, language: Language) -> float:
    """How much a sentence, an item or a row looks like an answer to a facet, from 0 to 1."""
    if _pattern(facet.name, language).search(fold(sentence)):
        return 1.0
    return _BY_WORD if _has_word(_analyser(language).terms(sentence), facet.name, language) else 0.0


@lru_cache(maxsize=1 << 14)
def said_by_heading(facet: Facet, heading: str, language: Language) -> float:
    """How much a heading announces what answers a facet, from 0 to 1."""
    if _folded_words(heading) in _rubrics(facet.name):
        return 1.0
    if facet in read(heading).facets:
        return 1.0
    terms = _analyser(language).terms(heading)
    found = _has_word(terms, facet.name, language)
    if not found:
        return 0.0
    return 1.0 if found[0] == 0 or 2 * found[1] >= len(terms) else _IN_PASSING


def _has_word(terms: Sequence[str], name: str, language: Language) -> tuple[int, int] | None:
    """Where the first word of a facet stands among terms, and how many terms it has."""
    by_first = _word_terms(name, language)
    for place, term in enumerate(terms):
        for entry in by_first.get(term, ()):
            if tuple(terms[place : place + len(entry)]) == entry:
                return place, len(entry)
    return None


@cache
def _word_terms(name: str, language: Language) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    analyser = _analyser(language)
    entries = {tuple(analyser.terms(w)) for w in facets()[name].wording(language).words}
    return {
        first: tuple(sorted((e for e in entries if e and e[0] == first), key=len, reverse=True))
        for first in {entry[0] for entry in entries if entry}
    }


@cache
def _pattern(name: str, language: Language) -> re.Pattern[str]:
    return re.compile(facets()[name].wording(language).says)


@cache
def _rubrics(name: str) -> frozenset[str]:
    return frozenset(map(_folded_words, facets()[name].rubrics))


def _folded_words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@cache
def _analyser(language: Language) -> Analyser:
    return Analyser(language)
