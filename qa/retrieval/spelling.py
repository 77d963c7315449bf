"""Slips of the pen: what a word that nothing knows stands for if one letter of it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.analysis.lexicon import built_in_terms, built_in_words
from qa.analysis.words import edits, fold
from qa.index.index import Index
from qa.models import Language
from qa.retrieval.translations import Member, Translator

_SHORTEST, _LONGEST = 6, 20
"""Characters of a word, the least of its term too: a shorter one has too many at one edit."""
_SIMILARITY, _NEIGHBOURS = 0.3, 40
"""Of the look-alikes that are checked; one letter leaves less than usual alike."""
_WEIGHT = 0.8
"""What a corrected term counts, against one that is written right."""


class Speller:
    """Corrects words by the vocabulary of one index, or else by its lexicon."""

    def __init__(self, index: Index, translator: Translator) -> None:
        self._index = index
        self._translator = translator

    def corrections(
        self, surface: str, forms: Sequence[str], languages: Sequence[Language]
    ) -> tuple[Member, ...]:
        """The terms that a word which the documents lack can be a slip for; none for a name.

        `forms`: its term in each of `languages`, likeliest first.
        """
        term, language = forms[0], languages[0]
        if surface.isupper() or not surface.isalpha():
            return ()
        if len(surface) > _LONGEST or min(len(surface), len(term)) < _SHORTEST:
            return ()
        if _is_a_word(surface, forms, languages):
            return ()
        near = {edit for edit in edits(term) if edit[:1] == term[:1]}
        vocabulary = self._index.vocabulary
        alike = self._index.ngrams.neighbours(term, least=_SIMILARITY, most=_NEIGHBOURS)
        found = tuple(
            Member(term=number, weight=1.0, via="similar")
            for number, _ in alike
            if vocabulary[number] in near
        ) or self._translator.members(sorted(near), language)
        return tuple(
            replace(member, weight=_WEIGHT * member.weight, corrected=True) for member in found
        )


def _is_a_word(surface: str, forms: Sequence[str], languages: Sequence[Language]) -> bool:
    """Whether a dictionary has the word, or another form of it: then it is no slip."""
    return fold(surface) in built_in_words() or any(
        form in built_in_terms(language) for form, language in zip(forms, languages, strict=False)
    )
