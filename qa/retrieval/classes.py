"""Question words to classes of terms: the word itself, its look-alikes, its translations.

The idf belongs to the class: it is that of the passages that have any of its terms, so that a rare
spelling of a frequent word is not over-rewarded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np

from qa.analysis.lexicon import Entry, built_in_words
from qa.analysis.stopwords import FRAMING
from qa.analysis.words import Analyser, fold, surfaces, without_elision
from qa.index.index import Index
from qa.models import Language, Via
from qa.settings import Settings

_MOSTLY = 0.9
_LONGEST_ENTRY = 6
"""Terms in the longest lexicon entry that is looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A term of the vocabulary that a question word stands for, and how well, in (0, 1]."""

    term: int
    weight: float
    via: Via
    phrase: bool = False
    """Whether it stands for a phrase that the word is part of: it says little of the word alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermClass:
    """All terms that one word of the question stands for."""

    word: str
    """As the question has it."""
    idf: float
    members: tuple[Member, ...]
    weight: float = 1.0
    """Below 1 for a word that frames the question, or that an earlier turn lends."""
    framing: bool = False
    """Whether it sets the task (`describe`) rather than names the subject."""
    carried: bool = False
    """Whether an earlier turn of the conversation lends it."""

    @property
    def exact(self) -> frozenset[int]:
        """The terms that are the word itself."""
        return frozenset(member.term for member in self.members if member.via == "exact")

    @property
    def own_terms(self) -> frozenset[int]:
        """The terms that stand for the word by itself: its forms, or else its translations."""
        translations = (m.term for m in self.members if m.via == "glossary" and not m.phrase)
        return self.exact or frozenset(translations)

    @property
    def mass(self) -> float:
        """What the word counts in the question, found in the documents or not."""
        return self.idf * self.weight


@dataclass(frozen=True, slots=True)
class _Word:
    """One term of the question: its surface, and its form in each language, likeliest first."""

    surface: str
    forms: tuple[str, ...]
    compound: bool
    """Whether it is a hyphenated word written as one, beside its parts."""
    share: float
    """What it counts among the terms of one surface, which say much the same."""


class ClassBuilder:
    """Builds the classes of questions put to one index; remembers the words it has met."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}
        self._look_alikes: dict[str, tuple[Member, ...]] = {}
        self._idf: dict[frozenset[int], float] = {}
        self._acronyms = tuple(self._one_term_acronyms())

    def build(self, question: str, languages: Sequence[Language]) -> tuple[TermClass, ...]:
        """One class a content word of `question`, read in `languages`, likeliest first."""
        words = [
            word for word in self._words(question, languages) if not self._is_slip(word, languages)
        ]
        translations = self._translations(words, languages)
        classes = [
            self._class(word, (*self._forms(word, languages), *translated))
            for word, translated in zip(words, translations, strict=True)
            if translated or self._is_known(word) or not word.compound
        ]
        return tuple(self._with_acronyms(classes))

    def _with_acronyms(self, classes: Sequence[TermClass]) -> Iterator[TermClass]:
        """The classes with the acronyms of what they say together, translated or not."""
        said = {member.term for term_class in classes for member in term_class.members}
        short_forms: dict[int, list[int]] = {}
        for long, short in self._acronyms:
            if long <= said:
                for term in long:
                    short_forms.setdefault(term, []).append(short)
        for term_class in classes:
            known = {member.term for member in term_class.members}
            found: dict[int, float] = {}
            for member in term_class.members:
                for short in short_forms.get(member.term, ()):
                    if short not in known:
                        weight = self._settings.acronym_weight * member.weight
                        found[short] = max(found.get(short, 0.0), weight)
            if not found:
                yield term_class
                continue
            added = [
                Member(term=term, weight=weight, via="acronym", phrase=True)
                for term, weight in sorted(found.items())
            ]
            yield replace(term_class, members=(*term_class.members, *added))

    def _one_term_acronyms(self) -> Iterator[tuple[frozenset[int], int]]:
        """The terms of each expansion that the documents explain, and its acronym."""
        number = self._index.vocabulary.number
        for entry in self._index.catalogue.expansions():
            long = frozenset(n for term in entry.source if (n := number(term)) is not None)
            short = number(entry.target[0])
            if len(long) == len(set(entry.source)) and short is not None:
                yield long, short

    def exact_terms(self, text: str, languages: Sequence[Language]) -> frozenset[int]:
        """The terms of the vocabulary that the words of `text` are, without any expansion."""
        numbers = (
            self._index.vocabulary.number(form)
            for word in self._words(text, languages)
            for form in word.forms
        )
        return frozenset(number for number in numbers if number is not None)

    def _words(self, question: str, languages: Sequence[Language]) -> Iterator[_Word]:
        for surface in surfaces(question):
            readings = [self._analysers[language].terms_of(surface) for language in languages]
            for place, term in enumerate(readings[0]):
                aligned = [r[place] for r in readings[1:] if len(r) == len(readings[0])]
                compound = self._analysers[languages[0]].is_compound(surface, term)
                share = 4 / (len(readings[0]) + 3)
                yield _Word(without_elision(surface), (term, *aligned), compound, share)

    def _is_known(self, word: _Word) -> bool:
        """Whether the documents have the word itself."""
        return any(self._index.vocabulary.number(form) is not None for form in word.forms)

    def _is_slip(self, word: _Word, languages: Sequence[Language]) -> bool:
        """Whether it is a misspelt function word, which no document can be expected to have."""
        if word.compound or self._is_known(word):
            return False
        # `sang` is one letter from `sans`, `fever` from `ever`: what a dictionary has is no slip.
        misspelt = self._analysers[languages[0]].is_misspelt_stopword(word.surface)
        return misspelt and fold(word.surface) not in built_in_words()

    def _class(self, word: _Word, found: Iterable[Member]) -> TermClass:
        members: dict[int, Member] = {}
        for member in found:
            known = members.get(member.term)
            if known is None or known.weight < member.weight:
                members[member.term] = member
        framing = fold(word.surface) in FRAMING
        return TermClass(
            word=word.surface,
            idf=self._class_idf(members.values()),
            members=tuple(sorted(members.values(), key=lambda m: (-m.weight, m.term))),
            weight=word.share * (self._settings.framing_weight if framing else 1.0),
            framing=framing,
        )

    def _forms(self, word: _Word, languages: Sequence[Language]) -> Iterator[Member]:
        """The word itself, as each language stems it, and its look-alikes."""
        exact = False
        for place, (form, language) in enumerate(zip(word.forms, languages, strict=False)):
            number = self._index.vocabulary.number(form)
            if number is not None and form not in word.forms[:place]:
                # Stemmed by the other language it may be another word: it counts as far as the
                # term is of that language.
                weight = 1.0 if place == 0 else self._belongs(number, language)
                if weight > 0:
                    exact = True
                    yield Member(term=number, weight=weight, via="exact")
        damping = self._settings.exact_damping if exact else 1.0
        for member in self._similar(word.forms[0]):
            yield replace(member, weight=member.weight * damping)

    def _belongs(self, term: int, language: Language) -> float:
        """How far a term is one of a language, by the passages it stands in, 0 to 1."""
        share = float(self._index.french[term])
        return share if language == "fr" else 1 - share

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
        self, words: Sequence[_Word], languages: Sequence[Language]
    ) -> list[list[Member]]:
        """By word, the terms of the lexicon entries that it is part of."""
        members: list[list[Member]] = [[] for _ in words]
        for reading, language in enumerate(languages):
            terms = tuple(word.forms[min(reading, len(word.forms) - 1)] for word in words)
            places: dict[tuple[str, ...], list[range]] = {}
            for start in range(len(terms)):
                for end in range(start + 1, min(start + _LONGEST_ENTRY, len(terms)) + 1):
                    if reading == 0 or all(self._is_of(t, language) for t in terms[start:end]):
                        places.setdefault(terms[start:end], []).append(range(start, end))
            for entry in self._index.catalogue.entries(language, list(places)):
                found = list(self._entry_members(entry))
                for place in (place for span in places[entry.source] for place in span):
                    if terms[place] not in entry.target:
                        members[place] += found
        return members

    def _is_of(self, term: str, language: Language) -> bool:
        """Whether the documents have a term, and mostly in this language."""
        number = self._index.vocabulary.number(term)
        return number is not None and self._belongs(number, language) > _MOSTLY

    def _entry_members(self, entry: Entry) -> Iterator[Member]:
        """The terms of an entry; homographs of another language count less."""
        weights = {
            "glossary": self._settings.glossary_weight,
            "acronym": self._settings.acronym_weight,
        }
        for term in entry.target:
            # What both say in the same word needs no translation.
            number = None if term in entry.source else self._index.vocabulary.number(term)
            if number is not None:
                belongs = self._belongs(number, entry.target_language)
                weight = weights[entry.via] / len(entry.target) * belongs
                if weight > 0:
                    phrase = len(entry.source) > 1 or len(entry.target) > 1
                    yield Member(term=number, weight=weight, via=entry.via, phrase=phrase)

    def _class_idf(self, members: Iterable[Member]) -> float:
        """Of the passages that have any of the terms that stand for the word itself."""
        every = list(members)
        own = frozenset(m.term for m in every if not m.phrase) or frozenset(m.term for m in every)
        idf = self._idf.get(own)
        if idf is None:
            postings = self._index.postings
            found = postings.union_frequency(np.array(sorted(own))) if own else 0
            idf = log(1 + (postings.passage_count - found + 0.5) / (found + 0.5))
            self._idf[own] = idf
        return idf


def query_vector(classes: Sequence[TermClass]) -> dict[int, float]:
    """The sparse question: weight by term number. A passage's score is its dot product with it."""
    vector: dict[int, float] = {}
    for term_class in classes:
        for member in term_class.members:
            weight = term_class.mass * member.weight
            vector[member.term] = vector.get(member.term, 0.0) + weight
    return dict(sorted(vector.items()))
