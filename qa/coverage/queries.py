"""Points to weighted classes of terms, as questions are, with their context apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from qa.analysis.words import fold
from qa.coverage.records import Wording
from qa.index.index import Index
from qa.models import Language
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.terms import TermClass
from qa.settings import Settings

CONTEXT_WEIGHT = 0.3
"""What a word of the context counts in the choice of a passage, against one of the point."""
_REST_WEIGHT = 0.25
"""What a word outside the keys of a statement counts, against one inside."""
_MOST_REST = 0.5
"""Most that all words outside the keys count together, against all inside ..."""
ENOUGH_WORDS = 3
"""... unless there are fewer key words than this: then one common word would decide alone."""
_CONTEXTS = 256
"""Contexts that are remembered."""
_SUBJECT_WORDS = 3
_PREDICATE_WEIGHT = 0.5
"""What a key word counts after the first few: in both languages a label opens with its subject."""
_MINOR_WEIGHT = 0.25
"""What numbers and words such as `type` or `notion` count: they are about the subject, not it."""
_MINOR = frozenset(
    """
    concept concepts general generale generales generaux least main modalite modalites moins notion
    notions principal principale principales principaux principe principes principle principles
    several type types
    """.split()
)


@dataclass(frozen=True, kw_only=True)
class PointQuery:
    """What a wording of a point asks for. Not slotted: what it counts is summed up once."""

    own: tuple[TermClass, ...]
    context: tuple[TermClass, ...]
    """Words of the context that the point does not repeat, at full weight."""

    @cached_property
    def masses(self) -> tuple[float, ...]:
        """What each word of the point counts."""
        return tuple(term_class.mass for term_class in self.own)

    @cached_property
    def mass(self) -> float:
        """What the words of the point count together."""
        return sum(self.masses)

    @cached_property
    def context_mass(self) -> float:
        """What the words of the context count together."""
        return sum(term_class.mass for term_class in self.context)


class QueryMaker:
    """Makes queries of wordings; remembers contexts, which many points share."""

    def __init__(self, index: Index, settings: Settings) -> None:
        # A translation proves less than the word itself, even where it is all that can be found.
        weight = settings.ranking.glossary_weight
        ranking = replace(
            settings.ranking,
            lone_glossary_weight=weight,
            # The confidence of coverage is fitted to words by their idf: the common words of a
            # statement belong to it, and other words than these prove less.
            rarity_weight=0.0,
            meaning_weight=0.0,
        )
        self.builder = ClassBuilder(index.lexicon, ranking)
        self._build = self.builder.build
        self._build_context = lru_cache(_CONTEXTS)(self.builder.build)

    def query(self, wording: Wording) -> PointQuery:
        """The classes of a wording: keys in full, the rest of the text and the context for less."""
        languages = languages_of_query(wording.language)
        inside, outside = _split(wording)
        own = _once(map(_by_kind, self._build(inside, languages)), ())
        if wording.keys:
            own = tuple(map(_by_place, range(len(own)), own))
        if outside.strip():
            rest = _once(map(_by_kind, self._build(outside, languages)), own)
            own = (*own, *_weighted(rest, own))
        context = _once(self._build_context(wording.context, languages), own)
        if len(own) < ENOUGH_WORDS:
            # `Definition`, `Freezing`: what they are about stands in the context only.
            return PointQuery(own=(*own, *_weighted(context, own)), context=())
        return PointQuery(own=own, context=context)


def languages_of_query(language: Language) -> tuple[Language, Language]:
    """The languages that a wording is read in, its own first."""
    return ("fr", "en") if language == "fr" else ("en", "fr")


def _split(wording: Wording) -> tuple[str, str]:
    """The text within the keys, and all the rest."""
    if not wording.keys:
        return wording.text, ""
    inside, outside, last = [], [], 0
    for start, end in wording.keys:
        outside.append(wording.text[last:start])
        inside.append(wording.text[start:end])
        last = end
    outside.append(wording.text[last:])
    return " ".join(inside), " ".join(outside)


def _by_kind(term_class: TermClass) -> TermClass:
    word = fold(term_class.word)
    if word in _MINOR or word.isdecimal():
        return replace(term_class, weight=term_class.weight * _MINOR_WEIGHT)
    return term_class


def _by_place(place: int, term_class: TermClass) -> TermClass:
    if place < _SUBJECT_WORDS:
        return term_class
    return replace(term_class, weight=term_class.weight * _PREDICATE_WEIGHT)


def _once(classes: Iterable[TermClass], before: Sequence[TermClass]) -> tuple[TermClass, ...]:
    """Each word once, without those that came before."""
    seen = {_key(term_class) for term_class in before}
    kept = []
    for term_class in classes:
        key = _key(term_class)
        if key not in seen:
            seen.add(key)
            kept.append(term_class)
    return tuple(kept)


def _key(term_class: TermClass) -> int | str:
    return term_class.members[0].term if term_class.members else fold(term_class.word)


def _weighted(rest: Sequence[TermClass], keys: Sequence[TermClass]) -> tuple[TermClass, ...]:
    """Words beside the keys, for less, and for no more than their share together."""
    mass = sum(term_class.mass for term_class in rest)
    if mass <= 0 or not keys:
        return tuple(rest)
    lacking = max(ENOUGH_WORDS - len(keys), 0) * mass / len(rest)
    most = max(_MOST_REST * sum(term_class.mass for term_class in keys), lacking)
    weight = min(1.0, max(_REST_WEIGHT, lacking / mass), most / mass)
    return tuple(replace(c, weight=c.weight * weight) for c in rest)
