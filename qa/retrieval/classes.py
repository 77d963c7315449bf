"""Question words to classes of terms: the word itself, its look-alikes, its translations.

The idf belongs to the class: it is that of the passages that have any of its terms, so that a rare
spelling of a frequent word is not over-rewarded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from qa.analysis.glossary import Glossary
from qa.analysis.words import Analyser, surfaces
from qa.index.index import Index
from qa.models import Language, Via
from qa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A term of the vocabulary that a question word stands for, and how well, in (0, 1]."""

    term: int
    weight: float
    via: Via


@dataclass(frozen=True, slots=True, kw_only=True)
class TermClass:
    """All terms that one word of the question stands for."""

    word: str
    """As the question has it."""
    idf: float
    members: tuple[Member, ...]
    weight: float = 1.0
    """Below 1 for a word that an earlier turn of the conversation lends."""

    @property
    def mass(self) -> float:
        """What the word counts in the question, found in the documents or not."""
        return self.idf * self.weight


class ClassBuilder:
    """Builds the classes of questions put to one index; remembers the words it has met."""

    def __init__(self, index: Index, glossary: Glossary, settings: Settings) -> None:
        self._index = index
        self._glossary = glossary
        self._settings = settings
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}
        self._look_alikes: dict[str, tuple[Member, ...]] = {}
        self._idf: dict[frozenset[int], float] = {}

    def build(
        self, question: str, languages: Sequence[Language], *, weight: float = 1.0
    ) -> tuple[TermClass, ...]:
        """One class a content word of `question`, read in each of `languages` (the first leads)."""
        leading = self._analysers[languages[0]]
        words = [
            (surface, term) for surface in surfaces(question) for term in leading.terms_of(surface)
        ]
        translated = self._translations(question, words, languages)
        classes = []
        for place, (surface, term) in enumerate(words):
            members = dict(translated[place])
            for member in self._forms(surface, term, languages):
                known = members.get(member.term)
                if known is None or known.weight < member.weight:
                    members[member.term] = member
            ordered = tuple(sorted(members.values(), key=lambda m: (-m.weight, m.term)))
            classes.append(
                TermClass(
                    word=surface,
                    idf=self._class_idf(frozenset(members)),
                    members=ordered,
                    weight=weight,
                )
            )
        return tuple(classes)

    def _forms(self, surface: str, term: str, languages: Sequence[Language]) -> list[Member]:
        """The word itself, as each language stems it, and its look-alikes."""
        exact = [term]
        exact += [
            other
            for language in languages[1:]
            for other in self._analysers[language].terms_of(surface)
            if other not in exact
        ]
        numbers = [self._index.vocabulary.number(form) for form in exact[:2]]
        members = [
            Member(term=number, weight=1.0, via="exact") for number in numbers if number is not None
        ]
        damping = self._settings.exact_damping if members else 1.0
        members += [
            Member(term=m.term, weight=m.weight * damping, via=m.via) for m in self._similar(term)
        ]
        return members

    def _similar(self, term: str) -> tuple[Member, ...]:
        if term not in self._look_alikes:
            found = self._index.ngrams.neighbours(
                term,
                least=self._settings.neighbour_similarity,
                most=self._settings.neighbours + 1,
            )
            own = self._index.vocabulary.number(term)
            self._look_alikes[term] = tuple(
                Member(term=number, weight=cosine**2, via="similar")
                for number, cosine in found
                if number != own
            )[: self._settings.neighbours]
        return self._look_alikes[term]

    def _translations(
        self, question: str, words: Sequence[tuple[str, str]], languages: Sequence[Language]
    ) -> list[dict[int, Member]]:
        members: list[dict[int, Member]] = [{} for _ in words]
        for language in languages:
            analyser = self._analysers[language]
            terms = [analyser.stem(surface) if language != languages[0] else term
                     for surface, term in words]
            for start, end, translation in self._glossary.translations(language, terms):
                weight = self._settings.glossary_weight / len(translation)
                for term in translation:
                    number = self._index.vocabulary.number(term)
                    if number is None:
                        continue
                    for place in range(start, end):
                        known = members[place].get(number)
                        if known is None or known.weight < weight:
                            members[place][number] = Member(
                                term=number, weight=weight, via="glossary"
                            )
        return members

    def _class_idf(self, members: frozenset[int]) -> float:
        idf = self._idf.get(members)
        if idf is None:
            postings = self._index.postings
            found = postings.union_frequency(np.array(sorted(members))) if members else 0
            idf = log(1 + (postings.passage_count - found + 0.5) / (found + 0.5))
            self._idf[members] = idf
        return idf


def query_vector(classes: Sequence[TermClass]) -> dict[int, float]:
    """The sparse question: weight by term number. A passage's score is its dot product with it."""
    vector: dict[int, float] = {}
    for term_class in classes:
        for member in term_class.members:
            weight = term_class.mass * member.weight
            vector[member.term] = vector.get(member.term, 0.0) + weight
    return dict(sorted(vector.items()))
