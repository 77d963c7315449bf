"""Sentences, list items and rows of a passage, scored with the weights of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.analysis.words import Analyser
from qa.index.index import Index
from qa.models import Language, Passage
from qa.retrieval.classes import TermClass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvidence:
    """How well each unit of a passage matches each word of a question.

    `matches`: float64 (units, classes), the greatest weight of a class's terms in the unit, 0 to 1.
    `masses`: float64 (classes,), what each word counts.
    `words`: int64 (units,), content words in each unit.
    """

    matches: NDArray[np.float64]
    masses: NDArray[np.float64]
    words: NDArray[np.int64]

    def share(self, units: Sequence[int] | NDArray[np.int64] | slice) -> float:
        """The share of the question's mass that these units match together, 0 to 1."""
        total = float(self.masses.sum())
        chosen = self.matches[list(units)] if isinstance(units, tuple) else self.matches[units]
        if total <= 0 or len(chosen) == 0:
            return 0.0
        return float(chosen.max(axis=0) @ self.masses) / total


class UnitScorer:
    """Scores the units of passages of one index."""

    def __init__(self, index: Index) -> None:
        self._vocabulary = index.vocabulary
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}

    def evidence(self, passage: Passage, classes: Sequence[TermClass]) -> UnitEvidence:
        """The matches of every unit of `passage` with every class."""
        weights = _weights_by_term(classes, self._vocabulary)
        analyser = self._analysers[passage.language]
        matches = np.zeros((len(passage.units), len(classes)))
        words = np.zeros(len(passage.units), np.int64)
        for row, (start, end) in enumerate(passage.units):
            terms = analyser.terms(passage.text[start:end])
            words[row] = len(terms)
            for term in terms:
                for column, weight in weights.get(term, ()):
                    matches[row, column] = max(matches[row, column], weight)
        masses = np.array([term_class.mass for term_class in classes], dtype=np.float64)
        return UnitEvidence(matches=matches, masses=masses, words=words)


def _weights_by_term(
    classes: Sequence[TermClass], vocabulary: Sequence[str]
) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for column, term_class in enumerate(classes):
        for member in term_class.members:
            found.setdefault(vocabulary[member.term], []).append((column, member.weight))
    return found
