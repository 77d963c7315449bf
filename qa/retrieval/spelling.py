"""Slips of the pen: the word that one which nothing knows stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final

from qa.analysis.lexicon import built_in_terms
from qa.analysis.rarity import common_terms
from qa.analysis.words import edits
from qa.index.lexicon import Lexicon
from qa.models import Language
from qa.retrieval.opposites import opposite_terms
from qa.retrieval.translations import Translator

_SHORTEST, _SHORTEST_TERM, _LONGEST = 6, 5, 20
"""Characters of a word and of its term: a shorter one has too many others at one edit."""
_SHORTEST_SOUND, _SHORTEST_LONG_SOUND = 4, 7
"""Letters of what a term sounds like, to be told by it, and to be told with one of them wrong."""
_SIMILARITY, _NEIGHBOURS = 0.3, 40
"""Of the look-alikes that are checked; one letter leaves less than usual alike."""
_SPELLINGS: Final = (
    ("ph", "f"), ("h", ""), ("y", "i"), ("ae", "e"), ("oe", "e"), ("qu", "k"), ("q", "k"),
    ("ce", "se"), ("ci", "si"), ("c", "k"), ("z", "s"), ("x", "ks"), ("mb", "nb"), ("mp", "np"),
)  # fmt: skip
"""Spellings that French and English writers confuse, in this order, and what stands for them."""


_DOUBLED: Final = re.compile(r"(.)\1+")


def sound(term: str) -> str:
    """What a term sounds like, roughly: equal for `nefrotic` and `nephrotic`."""
    for written, heard in _SPELLINGS:
        term = term.replace(written, heard)
    return _DOUBLED.sub(r"\1", term)


class Speller:
    """Corrects words by the vocabulary of one index and the words of a language."""

    def __init__(self, lexicon: Lexicon, translator: Translator) -> None:
        self._lexicon = lexicon
        self._translator = translator

    def correction(self, surface: str, term: str, language: Language) -> str | None:
        """The term that an unknown word is the likeliest slip for; none for a name.

        Of those that sound the same, or else are one letter away, the one that most passages have.
        """
        if surface.isupper() or not surface.isalpha() or len(surface) > _LONGEST:
            return None
        # `bananas` is no slip for `banal`; but `pronostic` is one in English.
        if term in _terms_of(language):
            return None
        for near in self._candidates(surface, term, language):
            others = set(near) - opposite_terms(term)
            found = {one: self._frequency(one, language) for one in others}
            best = max(found, key=lambda one: (found[one], one), default=None)
            if best is not None and found[best] > 0:
                return best
        return None

    def _candidates(self, surface: str, term: str, language: Language) -> Iterator[Collection[str]]:
        """Terms of the documents and of the language, the likeliest ones first."""
        heard, first = sound(term), term[:1]
        vocabulary = self._lexicon.vocabulary
        near = self._lexicon.neighbours(term, least=_SIMILARITY, most=_NEIGHBOURS)
        alike = [vocabulary[number] for number, _ in near]
        if len(heard) >= _SHORTEST_SOUND:
            same = (one for one in alike if sound(one) == heard)
            yield {*same, *_by_sound(language).get(heard, ())}
        if len(surface) >= _SHORTEST and len(term) >= _SHORTEST_TERM:
            edited = {edit for edit in edits(term) if edit[:1] == first}
            yield edited.intersection(alike)
            yield edited & _terms_of(language)
        if len(heard) >= _SHORTEST_LONG_SOUND:
            sounds = (edit for edit in edits(heard) if edit[:1] == heard[:1])
            yield {one for edit in sounds for one in _by_sound(language).get(edit, ())}

    def _frequency(self, term: str, language: Language) -> int:
        """In how many passages a term can be found, by itself or by what it stands for."""
        numbers = {member.term for member in self._translator.members([term], language)}
        own = self._lexicon.number(term)
        if own is not None:
            numbers.add(own)
        return self._lexicon.count_of_any(sorted(numbers)) if numbers else 0


@cache
def _terms_of(language: Language) -> frozenset[str]:
    return built_in_terms(language) | common_terms(language)


@cache
def _by_sound(language: Language) -> Mapping[str, tuple[str, ...]]:
    """The terms of a language by what they sound like."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for term in sorted(_terms_of(language)):
        found[sound(term)].append(term)
    return {heard: tuple(terms) for heard, terms in found.items()}
