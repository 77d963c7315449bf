"""Whether a text answers a facet, by how it is worded and headed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.analysis.words import analyser, fold
from qa.index.contracts import Candidates
from qa.models import LANGUAGES, Language, Passage
from qa.retrieval.asking import read
from qa.retrieval.facets import DEFINITION, Facet, facets

_BY_WORD: Final = 0.5
"""For a sentence that has a word of the facet but none of its turns of phrase."""
_IN_PASSING: Final = 0.6
"""For a heading that has a word of the facet among others."""


class Looks(NamedTuple):
    """How units look as answers to what is asked.

    `answers`: float64 (units,), how much each looks like one, 0 to 1. `heads`: int64 (units,), how
    many terms stand before the turn of phrase by which a sentence defines; 0 where it does not.
    """

    answers: NDArray[np.float64]
    heads: NDArray[np.int64]


def unit_looks(
    candidates: Candidates,
    passages: Sequence[Passage],
    facets: Sequence[Facet],
    number: Callable[[str], int | None],
) -> Looks:
    """How the units of some passages look as answers to any of the facets.

    `number`: of a term in the vocabulary that `candidates` are written in.
    """
    looks = np.zeros(len(candidates.units))
    heads = np.zeros(len(looks), np.int64)
    for facet in facets if len(looks) else ():
        looks[_worded(candidates, facet, number)] = _BY_WORD
    for place, passage in enumerate(passages if facets else ()):
        patterns = [(facet.name, _pattern(facet.name, passage.language)) for facet in facets]
        for unit, span in enumerate(passage.units, start=candidates.unit_begins[place]):
            text = fold(passage.text[span.start : span.end])
            for name, pattern in patterns:
                found = pattern.search(text)
                if found is None:
                    continue
                looks[unit] = 1.0
                if name == DEFINITION:
                    heads[unit] = len(analyser(passage.language).terms(text[: found.start()]))
    return Looks(looks, heads)


def defined_by(text: str, language: Language) -> int | None:
    """How many characters of a sentence stand before what defines them; `None` for no definition.

    The pattern reads folded text, which may be longer or shorter: the end is that of the same word.
    """
    folded = fold(text)
    found = _pattern(DEFINITION, language).search(folded)
    if found is None:
        return None
    count = len(re.findall(r"\w+", folded[: found.start()]))
    words = list(re.finditer(r"\w+", text))
    return words[count].start() if count < len(words) else None


def _worded(
    candidates: Candidates, facet: Facet, number: Callable[[str], int | None]
) -> NDArray[np.int64]:
    """Units that have a word of a facet, each perhaps more than once."""
    found = []
    terms, starts, ends = candidates.terms, candidates.units[:, 0], candidates.units[:, 1]
    in_french = np.repeat(candidates.in_french, np.diff(candidates.begins))
    for language in LANGUAGES:
        of_language = in_french == (language == "fr")
        for entry in chain.from_iterable(_word_terms(facet.name, language).values()):
            numbers = [number(term) for term in entry]
            if None in numbers or len(numbers) > len(terms):
                continue
            met = of_language[: len(terms) - len(numbers) + 1].copy()
            for step, one in enumerate(numbers):
                met &= terms[step : step + len(met)] == one
            places = np.flatnonzero(met)
            # Units do not overlap, and of those that begin at one place the last one has terms.
            units = np.searchsorted(starts, places, side="right") - 1
            found.append(units[(units >= 0) & (places + len(numbers) <= ends[units])])
    return np.concatenate([np.empty(0, np.int64), *found])


@lru_cache(maxsize=1 << 14)
def said_by_heading(facet: Facet, heading: str, language: Language) -> float:
    """How much a heading announces what answers a facet, from 0 to 1."""
    if _folded_words(heading) in _rubrics(facet.name):
        return 1.0
    if facet in read(heading).facets:
        return 1.0
    terms = analyser(language).terms(heading)
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
    terms_of = analyser(language).terms
    entries = {tuple(terms_of(w)) for w in facets()[name].wording(language).words}
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
