"""Points to weighted classes of terms, as questions are, with their context apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from qa.analysis.words import fold
from qa.coverage.parameters import (
    ASKED_WEIGHT,
    CONTEXT_OF_FEW,
    CONTEXT_WEIGHT,
    ENOUGH_WORDS,
    MINOR_WEIGHT,
    WEAK,
)
from qa.coverage.records import Wording
from qa.index.lexicon import Lexicon
from qa.index.ragged import run_ends
from qa.models import Language, languages_from
from qa.retrieval.asking import read
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.terms import TermClass
from qa.settings import Settings

_SURFACE = re.compile(r"[^\W_]+")
_CONTEXTS = 256
"""Contexts that are remembered."""
_MINOR = frozenset(
    """
    concept concepts general generale generales generaux least main modalite modalites moins notion
    notions principal principale principales principaux principe principes principle principles
    several type types
    """.split()
)
"""Words that are about the subject, not it."""


class Word(NamedTuple):
    """A word of a point, and what it counts there."""

    term_class: TermClass
    mass: float


Words = Sequence[Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointQuery:
    """What a wording of a point asks for."""

    own: tuple[Word, ...]
    context: tuple[Word, ...]
    """Words of the context that the point does not repeat."""

    @property
    def length(self) -> int:
        """How many words it has."""
        return len(self.own) + len(self.context)

    @property
    def mass(self) -> float:
        """What the words of the point count together."""
        return sum(word.mass for word in self.own)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words with what they count in the choice of a passage.

        `Definition`, `Freezing`: what they are about stands in the context only.
        """
        few = len(self.own) < ENOUGH_WORDS
        return (*self.own, *_scaled(self.context, CONTEXT_OF_FEW if few else CONTEXT_WEIGHT))

    @property
    def own_vector(self) -> dict[int, float]:
        """The words of the point as a sparse question: weight by term number."""
        found: dict[int, float] = {}
        for term_class, mass in self.own:
            for member in term_class.members:
                found[member.term] = found.get(member.term, 0.0) + mass * member.weight
        return found


class QueryMaker:
    """Makes queries of wordings; remembers contexts, which many points share."""

    def __init__(self, lexicon: Lexicon, settings: Settings) -> None:
        # A translation proves less than the word itself, even where it is all that can be found.
        weight = settings.ranking.glossary_weight
        ranking = replace(
            settings.ranking,
            lone_glossary_weight=weight,
            # Other words of the same meaning prove less than these, and so do those of a kind.
            meaning_weight=0.0,
            kind_weight=0.0,
        )
        self._builder = ClassBuilder(lexicon, ranking)
        self._known: dict[int, tuple[TermClass, Word]] = {}
        self._context = lru_cache(_CONTEXTS)(self._each_once)

    def queries(self, wordings: Sequence[Wording]) -> list[PointQuery]:
        """The classes of many wordings, of which the words are looked up at once."""
        for language in dict.fromkeys(wording.language for wording in wordings):
            texts = {
                text
                for wording in wordings
                if wording.language == language
                for text in (wording.text, wording.context)
            }
            self._builder.learn(texts, languages_from(language))
        return [self.query(wording) for wording in wordings]

    def query(self, wording: Wording) -> PointQuery:
        """The classes of a wording, and those of what it is said of."""
        own = _by_key(self._own(wording))
        every = self._context(wording.context, wording.language)
        context = tuple(word for key, word in every.items() if key not in own)
        # What has no words of its own stands for what it is about.
        if not own:
            return PointQuery(own=context, context=())
        return PointQuery(own=tuple(own.values()), context=context)

    def _own(self, wording: Wording) -> Iterable[Word]:
        """The words of a wording; those that tell what is asked of a subject count less."""
        words = self._words(wording.text, wording.language)
        if not wording.asks:
            return words
        asked = read(wording.text)
        spans = (*asked.framing, *asked.asked)
        minor = {fold(word) for a, b in spans for word in _SURFACE.findall(asked.text[a:b])}
        if not asked.subject:
            return words
        return [
            word._replace(mass=word.mass * ASKED_WEIGHT)
            if fold(word.term_class.word) in minor
            else word
            for word in words
        ]

    def _each_once(self, text: str, language: Language) -> dict[int | str, Word]:
        return _by_key(self._words(text, language))

    def _words(self, text: str, language: Language) -> list[Word]:
        return [self._word(c) for c in self._builder.build(text, languages_from(language))]

    def _word(self, term_class: TermClass) -> Word:
        """By identity, which the builder keeps: comparing all members takes as long as building."""
        known = self._known.get(id(term_class))
        if known is None:
            mass = term_class.mass * (MINOR_WEIGHT if _is_minor(term_class.word) else 1.0)
            known = self._known[id(term_class)] = term_class, Word(_firm(term_class), mass)
        return known[1]


@lru_cache(1 << 16)
def _is_minor(word: str) -> bool:
    folded = fold(word)
    return folded in _MINOR or folded.isdecimal()


def _firm(term_class: TermClass) -> TermClass:
    """Without the translations of words that it only looks like: they would count in full."""
    firm = tuple(m for m in term_class.members if m.via != "glossary" or m.weight >= WEAK)
    return term_class if len(firm) == len(term_class.members) else replace(term_class, members=firm)


def _by_key(words: Iterable[Word]) -> dict[int | str, Word]:
    """Each word once, the first of several."""
    found: dict[int | str, Word] = {}
    for word in words:
        found.setdefault(_key(word), word)
    return found


def _key(word: Word) -> int | str:
    members = word.term_class.members
    return members[0].term if members else fold(word.term_class.word)


def _scaled(words: Iterable[Word], factor: float) -> tuple[Word, ...]:
    return tuple(Word(term_class, mass * factor) for term_class, mass in words)


def class_masses(points: Sequence[Words]) -> tuple[tuple[TermClass, ...], csr_array]:
    """The classes of all points, each once, and what each counts: float64 (points, classes)."""
    classes = {id(word.term_class): word.term_class for words in points for word in words}
    columns = {key: column for column, key in enumerate(classes)}
    entries = [columns[id(word.term_class)] for words in points for word in words]
    masses = [word.mass for words in points for word in words]
    ends = run_ends(np.array([len(words) for words in points], np.int64))
    shape = (len(points), len(classes))
    return tuple(classes.values()), csr_array(
        (np.array(masses, np.float64), np.array(entries, np.int32), ends), shape=shape
    )


def term_vectors(points: Sequence[Words], terms: int) -> csr_array:
    """The points as questions by so many terms, float32 (points, terms)."""
    classes, masses = class_masses(points)
    members = [member for term_class in classes for member in term_class.members]
    ends = run_ends(np.array([len(c.members) for c in classes], np.int64))
    weights = csr_array(
        (
            np.array([member.weight for member in members], np.float32),
            np.array([member.term for member in members], np.int32),
            ends,
        ),
        shape=(len(classes), terms),
    )
    return masses.astype(np.float32) @ weights
