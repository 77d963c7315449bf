"""Sentences, list items and rows of a passage, scored with the weights of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.analysis.words import Analyser
from qa.index.index import Index
from qa.models import Language, Passage
from qa.retrieval.terms import TermClass

CONTEXT: Final = 0.7
"""What a match in a title or heading counts, against one in the unit itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvidence:
    """How well each unit of a passage matches each word of a question.

    `matches`: float64 (units, classes), the greatest weight of a class's terms in the unit, 0 to 1.
    `masses`: float64 (classes,), what each word counts; 0 for one that only frames the question.
    """

    matches: NDArray[np.float64]
    masses: NDArray[np.float64]
    above: float = 0.0
    """The share of the question's mass that the title and the headings say, 0 to 1."""

    def share(self, units: Sequence[int] | slice) -> float:
        """The share of the question's mass that these units match together, 0 to 1."""
        total = float(self.masses.sum())
        chosen = self.matches[units if isinstance(units, slice) else list(units)]
        if total <= 0 or len(chosen) == 0:
            return 0.0
        return float(chosen.max(axis=0) @ self.masses) / total


class UnitScorer:
    """Scores the units of passages of one index."""

    def __init__(self, index: Index) -> None:
        self._vocabulary = index.vocabulary
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}

    def evidence(
        self,
        passage: Passage,
        above: Sequence[str],
        classes: Sequence[TermClass],
        language: Language,
    ) -> UnitEvidence:
        """The matches of every unit of `passage` with every class of a question in `language`.

        What the title of the document and the headings above say counts for every unit, discounted.
        """
        translated = passage.language != language
        weights = _weights_by_term(classes, self._vocabulary, translated=translated)
        analyser = self._analysers[passage.language]
        said_above = _best_matches(
            analyser.terms("\n".join((*above, *passage.heading))), weights, len(classes)
        )
        context = CONTEXT * said_above
        matches = np.zeros((len(passage.units), len(classes)))
        for row, (start, end) in enumerate(passage.units):
            terms = analyser.terms(passage.text[start:end])
            matches[row] = np.maximum(context, _best_matches(terms, weights, len(classes)))
        subject = any(not c.framing for c in classes)
        masses = [0.0 if c.framing and subject else c.mass for c in classes]
        total = max(sum(masses), 1e-9)
        return UnitEvidence(
            matches=matches,
            masses=np.array(masses, dtype=np.float64),
            above=float(said_above @ masses) / total,
        )


def _best_matches(
    terms: Sequence[str], weights: Mapping[str, Sequence[tuple[int, float]]], classes: int
) -> NDArray[np.float64]:
    """By class, the greatest weight of its terms among `terms`, float64 (classes,)."""
    best = np.zeros(classes)
    for term in terms:
        for column, weight in weights.get(term, ()):
            best[column] = max(best[column], weight)
    return best


def _weights_by_term(
    classes: Sequence[TermClass], vocabulary: Sequence[str], *, translated: bool
) -> dict[str, list[tuple[int, float]]]:
    """Column and weight of every member; in the other language a translation is a full match."""
    found: dict[str, list[tuple[int, float]]] = {}
    for column, term_class in enumerate(classes):
        best = max((m.weight for m in term_class.members if m.via == "glossary"), default=1.0)
        for member in term_class.members:
            scale = best if translated and member.via == "glossary" else 1.0
            entry = (column, member.weight / scale)
            found.setdefault(vocabulary[member.term], []).append(entry)
    return found
