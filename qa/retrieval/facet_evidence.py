"""Whether a text answers a facet, by how it is worded and headed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.analysis.names import has_name
from qa.analysis.words import analyser, fold
from qa.index.contracts import Candidates
from qa.models import LANGUAGES, Language, Passage
from qa.retrieval.asking import read
from qa.retrieval.facets import DEFINITION, Facet, facets
from qa.retrieval.units import folded_units

_BY_WORD: Final = 0.5
"""For a sentence that has a word of the facet but none of its turns of phrase (.001, .004)."""
_IN_PASSING: Final = 0.6
"""For a heading that has a word of the facet among others (.001, .004)."""


class Looks(NamedTuple):
    """How units look as answers to what is asked.

    `answers`: float64 (units,), how much each looks like one, 0 to 1. `names`: bool (units,),
    whether each has a name of a kind that is asked for. `heads`: int64 (units,), how many terms
    stand before the turn of phrase by which a sentence defines; 0 where it does not.
    """

    answers: NDArray[np.float64]
    names: NDArray[np.bool_]
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
    names = np.zeros(len(looks), np.bool_)
    heads = np.zeros(len(looks), np.int64)
    kinds = frozenset(kind for facet in facets for kind in facet.names)
    for facet in facets if len(looks) else ():
        looks[_worded(candidates, facet, number)] = _BY_WORD
    begins = candidates.unit_begins.tolist()
    for begin, passage in zip(begins, passages if facets else (), strict=False):
        names[[begin + unit for unit in _named_by_units(kinds, passage)]] = True
        for facet in facets:
            for unit, head in _said_by_units(facet.name, passage):
                looks[begin + unit] = 1.0
                if facet.name == DEFINITION:
                    heads[begin + unit] = head
    return Looks(looks, names, heads)


@lru_cache(maxsize=1 << 13)
def _named_by_units(kinds: frozenset[str], passage: Passage) -> tuple[int, ...]:
    """The units of a passage with a name of one of some kinds."""
    units = enumerate(folded_units(passage) if kinds else ())
    return tuple(unit for unit, text in units if has_name(kinds, text, passage.language))


@lru_cache(maxsize=1 << 14)
def _said_by_units(name: str, passage: Passage) -> tuple[tuple[int, int], ...]:
    """The units of a passage with a turn of phrase of a facet, and the terms that stand before it.

    These are counted for definitions only.
    """
    pattern = _pattern(name, passage.language)
    said = []
    for unit, text in enumerate(folded_units(passage)):
        found = pattern.search(text)
        if found is not None:
            head = text[: found.start()] if name == DEFINITION else ""
            said.append((unit, len(analyser(passage.language).terms(head))))
    return tuple(said)


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
    in_french = np.repeat(candidates.in_french, np.diff(candidates.begins))
    starts, ends = candidates.units.T
    found = []
    for language in LANGUAGES:
        entries = _numbered(facet.name, language, number)
        # By look-up and not by search: thousands of terms are asked for a few words.
        is_first = np.zeros(max(entries, default=0) + 2, np.bool_)
        is_first[list(entries)] = True
        begun = is_first.take(candidates.terms, mode="clip") & (in_french == (language == "fr"))
        for place in np.flatnonzero(begun).tolist():
            for entry in entries[int(candidates.terms[place])]:
                if candidates.terms[place : place + len(entry)].tolist() == entry:
                    found.append((place, place + len(entry)))
    firsts, lasts = np.array(found, np.int64).reshape(-1, 2).T
    # Units do not overlap, and of those that begin at one place the last one has terms.
    units = np.searchsorted(starts, firsts, side="right") - 1
    within: NDArray[np.int64] = units[(units >= 0) & (lasts <= ends[units])]
    return within


def _numbered(
    name: str, language: Language, number: Callable[[str], int | None]
) -> dict[int, list[list[int]]]:
    """The words of a facet that a vocabulary has, by the first term of each."""
    found: dict[int, list[list[int]]] = {}
    for entry in chain.from_iterable(_word_terms(name, language).values()):
        numbers = [known for term in entry if (known := number(term)) is not None]
        if len(numbers) == len(entry):
            found.setdefault(numbers[0], []).append(numbers)
    return found


@lru_cache(maxsize=1 << 14)
def said_by_heading(facet: Facet, heading: str, language: Language) -> float:
    """How much a heading announces what answers a facet, from 0 to 1."""
    if _folded_words(heading) in _rubrics(facet.name):
        return 1.0
    if facet.name in _asked_by(heading):
        return 1.0
    terms = analyser(language).terms(heading)
    found = _has_word(terms, facet.name, language)
    if not found:
        return 0.0
    return 1.0 if found[0] == 0 or 2 * found[1] >= len(terms) else _IN_PASSING


@lru_cache(maxsize=1 << 14)
def _asked_by(heading: str) -> tuple[str, ...]:
    """The facets that a heading asks, read as a question, by name; the same whatever is asked."""
    return tuple(facet.name for facet in read(heading).facets)


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
