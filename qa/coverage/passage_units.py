"""The terms of every sentence, list item and row, read once for each passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from qa.analysis.words import Analyser
from qa.coverage.queries import PointQuery
from qa.index.index import Index
from qa.models import Language, Passage, Span
from qa.retrieval.terms import TermClass

WeightsByTerm = Mapping[int, Sequence[tuple[int, float]]]
"""By term number, the classes that it stands for and how well."""


class UnitTerms(NamedTuple):
    """A passage and the units that each of its terms, by number, stands in."""

    document_id: str
    passage: Passage
    spans: tuple[Span, ...]
    places: Mapping[int, Sequence[int]]


class Match(NamedTuple):
    """How a passage matches a point: shares of the point's mass, 0 to 1."""

    passage_share: float
    unit_share: float
    unit: int
    """The best unit."""


class PassageUnits:
    """Units of the passages of one index, remembered by passage number."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}
        self._known: dict[int, UnitTerms] = {}

    def read(self, numbers: Iterable[int]) -> None:
        """Read passages ahead, many at a time."""
        wanted = sorted({number for number in numbers if number not in self._known})
        for number, (passage, document) in zip(
            wanted, self._index.catalogue.passages(wanted), strict=True
        ):
            spans = tuple((unit.start, unit.end) for unit in passage.units)
            spans = spans or ((0, len(passage.text)),)
            places: dict[int, list[int]] = {}
            for unit, span in enumerate(spans):
                for term in self._terms(passage, span):
                    places.setdefault(term, []).append(unit)
            self._known[number] = UnitTerms(document.id, passage, spans, places)

    def of(self, number: int) -> UnitTerms:
        """One passage; it must have been read."""
        return self._known[number]

    def _terms(self, passage: Passage, span: Span) -> tuple[int, ...]:
        words = self._analysers[passage.language].terms(passage.text[slice(*span)])
        numbers = (self._index.lexicon.vocabulary.number(word) for word in dict.fromkeys(words))
        return tuple(number for number in numbers if number is not None)


def weights_by_term(classes: Sequence[TermClass]) -> WeightsByTerm:
    """Look-up from terms to classes."""
    found: dict[int, list[tuple[int, float]]] = {}
    for column, term_class in enumerate(classes):
        for member in term_class.members:
            # The root, because a translation is as good a match as there can be across languages.
            found.setdefault(member.term, []).append((column, sqrt(member.weight)))
    return found


def match_units(query: PointQuery, weights: WeightsByTerm, units: UnitTerms) -> Match:
    """The best unit and the passage as a whole against the words of a point.

    A unit is read with the one before it at half weight: sentences refer back by pronouns.
    """
    masses, total = query.masses, query.mass
    if total <= 0:
        return Match(0.0, 0.0, 0)
    whole: dict[int, float] = {}
    found: dict[int, dict[int, float]] = {}
    for term in weights.keys() & units.places.keys():
        for column, weight in weights[term]:
            if whole.get(column, 0.0) < weight:
                whole[column] = weight
            for unit in units.places[term]:
                here = found.setdefault(unit, {})
                if here.get(column, 0.0) < weight:
                    here[column] = weight
    best, best_unit = 0.0, 0
    for unit in sorted(found):
        share = _share(found[unit], found.get(unit - 1), masses)
        if share > best:
            best, best_unit = share, unit
    passage = sum([weight * masses[column] for column, weight in whole.items()])
    return Match(passage / total, best / total, best_unit)


def _share(
    here: Mapping[int, float], before: Mapping[int, float] | None, masses: Sequence[float]
) -> float:
    share = sum([weight * masses[column] for column, weight in here.items()])
    for column, weight in (before or {}).items():
        more = weight / 2 - here.get(column, 0.0)
        if more > 0:
            share += more * masses[column]
    return share
