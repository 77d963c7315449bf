"""The terms of every sentence, list item and row, read once for each passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from qa.analysis.words import Analyser
from qa.coverage.queries import PointQuery
from qa.index.index import Index
from qa.models import Language, Passage, Span
from qa.retrieval.classes import TermClass

WeightsByTerm = Mapping[int, Sequence[tuple[int, float]]]
"""By term number, the classes that it stands for and how well."""


class UnitTerms(NamedTuple):
    """A passage and the term numbers of its units."""

    document_id: str
    passage: Passage
    spans: tuple[Span, ...]
    terms: tuple[tuple[int, ...], ...]


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
            spans = passage.units or ((0, len(passage.text)),)
            terms = tuple(self._terms(passage, span) for span in spans)
            self._known[number] = UnitTerms(document.id, passage, spans, terms)

    def of(self, number: int) -> UnitTerms:
        """One passage; it must have been read."""
        return self._known[number]

    def _terms(self, passage: Passage, span: Span) -> tuple[int, ...]:
        words = self._analysers[passage.language].terms(passage.text[slice(*span)])
        numbers = (self._index.vocabulary.number(word) for word in dict.fromkeys(words))
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
    masses = [term_class.mass for term_class in query.own]
    total = sum(masses)
    if total <= 0:
        return Match(0.0, 0.0, 0)
    whole: dict[int, float] = {}
    before: dict[int, float] = {}
    best, best_unit = -1.0, 0
    for number, terms in enumerate(units.terms):
        found: dict[int, float] = {}
        for term in terms:
            for column, weight in weights.get(term, ()):
                if found.get(column, 0.0) < weight:
                    found[column] = weight
        seen = {column: weight / 2 for column, weight in before.items()}
        for column, weight in found.items():
            seen[column] = max(weight, seen.get(column, 0.0))
            whole[column] = max(weight, whole.get(column, 0.0))
        share = sum(weight * masses[column] for column, weight in seen.items())
        if share > best:
            best, best_unit = share, number
        before = found
    passage = sum(weight * masses[column] for column, weight in whole.items())
    return Match(passage / total, best / total, best_unit)
