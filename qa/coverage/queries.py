"""Points to weighted classes of terms, as questions are, with their context apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from qa.analysis.words import fold
from qa.coverage.numbers import (
    CONTEXT_WEIGHT,
    ENOUGH_WORDS,
    MINOR_WEIGHT,
    MOST_REST,
    REST_WEIGHT,
)
from qa.coverage.records import Wording
from qa.index.lexicon import Lexicon
from qa.models import Language
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.terms import TermClass
from qa.settings import Settings

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PointQuery:
    """What a wording of a point asks for."""

    own: tuple[Word, ...]
    context: tuple[Word, ...]
    """Words of the context that the point does not repeat."""

    @property
    def mass(self) -> float:
        """What the words of the point count together."""
        return sum(word.mass for word in self.own)

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
            # The confidence of coverage is fitted to words by their idf: the common words of a
            # statement belong to it, and other words than these prove less.
            rarity_weight=0.0,
            meaning_weight=0.0,
        )
        self._builder = ClassBuilder(lexicon, ranking)
        self._context = lru_cache(_CONTEXTS)(self._words)

    def queries(self, wordings: Sequence[Wording]) -> list[PointQuery]:
        """The classes of many wordings, of which the words are looked up at once."""
        for language in dict.fromkeys(wording.language for wording in wordings):
            texts = {
                text
                for wording in wordings
                if wording.language == language
                for text in (wording.text, wording.context)
            }
            self._builder.learn(texts, _languages(language))
        return [self.query(wording) for wording in wordings]

    def query(self, wording: Wording) -> PointQuery:
        """The classes of a wording: keys in full, the rest of the text and the context for less."""
        inside, outside = _split(wording)
        own = tuple(_new(self._words(inside, wording.language), ()))
        if outside.strip():
            own = (*own, *_beside(tuple(_new(self._words(outside, wording.language), own)), own))
        context = tuple(_new(self._context(wording.context, wording.language), own))
        if len(own) < ENOUGH_WORDS:
            # `Definition`, `Freezing`: what they are about stands in the context only.
            return PointQuery(own=(*own, *_beside(context, own)), context=())
        return PointQuery(own=own, context=_scaled(context, CONTEXT_WEIGHT))

    def _words(self, text: str, language: Language) -> tuple[Word, ...]:
        return tuple(
            Word(c, c.mass * (MINOR_WEIGHT if _is_minor(c.word) else 1.0))
            for c in self._builder.build(text, _languages(language))
        )


def _languages(first: Language) -> tuple[Language, ...]:
    """The languages that a wording is read in, its own first."""
    return ("fr", "en") if first == "fr" else ("en", "fr")


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


@lru_cache(1 << 16)
def _is_minor(word: str) -> bool:
    folded = fold(word)
    return folded in _MINOR or folded.isdecimal()


def _new(words: Iterable[Word], before: Sequence[Word]) -> Iterator[Word]:
    """Each word once, without those that came before."""
    seen = {_key(word) for word in before}
    for word in words:
        key = _key(word)
        if key not in seen:
            seen.add(key)
            yield word


def _key(word: Word) -> int | str:
    members = word.term_class.members
    return members[0].term if members else fold(word.term_class.word)


def _beside(rest: Sequence[Word], keys: Sequence[Word]) -> tuple[Word, ...]:
    """Words beside the keys, for less, and for no more than their share together."""
    mass = sum(word.mass for word in rest)
    if mass <= 0 or not keys:
        return tuple(rest)
    lacking = max(ENOUGH_WORDS - len(keys), 0) * mass / len(rest)
    most = max(MOST_REST * sum(word.mass for word in keys), lacking)
    return _scaled(rest, min(1.0, max(REST_WEIGHT, lacking / mass), most / mass))


def _scaled(words: Iterable[Word], factor: float) -> tuple[Word, ...]:
    return tuple(Word(term_class, mass * factor) for term_class, mass in words)
