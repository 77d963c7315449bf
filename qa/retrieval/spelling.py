"""Slips of the pen: what a word that nothing knows stands for if one letter of it is wrong."""

from __future__ import annotations

from dataclasses import replace

from qa.analysis.lexicon import built_in_terms
from qa.analysis.words import edits
from qa.index.lexicon import Lexicon
from qa.models import Language
from qa.retrieval.terms import Member
from qa.retrieval.translations import Translator

_SHORTEST, _SHORTEST_TERM, _LONGEST = 6, 5, 20
"""Characters of a word and of its term: a shorter one has too many others at one edit."""
_SIMILARITY, _NEIGHBOURS = 0.3, 40
"""Of the look-alikes that are checked; one letter leaves less than usual alike."""
_WEIGHT = 0.8
"""What a corrected term counts, against one that is written right."""


class Speller:
    """Corrects words by the vocabulary of one index, or else by its lexicon."""

    def __init__(self, lexicon: Lexicon, translator: Translator) -> None:
        self._lexicon = lexicon
        self._translator = translator

    def corrections(self, surface: str, term: str, language: Language) -> tuple[Member, ...]:
        """The terms that a word which the documents lack can be a slip for; none for a name."""
        if surface.isupper() or not surface.isalpha():
            return ()
        if not _SHORTEST <= len(surface) <= _LONGEST or len(term) < _SHORTEST_TERM:
            return ()
        # `bananas` is no slip for `banal`; but `pronostic` is one in English.
        if term in built_in_terms(language):
            return ()
        near = {edit for edit in edits(term) if edit[:1] == term[:1]}
        vocabulary = self._lexicon.vocabulary
        alike = self._lexicon.neighbours(term, least=_SIMILARITY, most=_NEIGHBOURS)
        found = tuple(
            Member(term=number, weight=1.0, via="similar")
            for number, _ in alike
            if vocabulary[number] in near
        ) or self._translator.members(sorted(near), language)
        return tuple(
            replace(member, weight=_WEIGHT * member.weight, corrected=True) for member in found
        )
