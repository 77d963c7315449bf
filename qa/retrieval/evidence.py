"""Sentences, list items and rows of passages, scored with the weights of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.models import Language
from qa.retrieval.occurrences import occurrences
from qa.retrieval.terms import TermClass

CONTEXT: Final = 0.7
"""What a match in a title or heading counts, against one in the unit itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvidence:
    """How well each unit of some passages matches each word of a question.

    `matches`: float64 (units, classes), the greatest weight of a class's terms in the unit, or in
    what stands above it, discounted; 0 to 1. `unit_begins`: int64 (passages+1,), where the units of
    each passage begin. `masses`: float64 (classes,), what each word counts; 0 for one that only
    frames the question. `above`: float64 (passages,), the share of the question's mass that the
    title and the headings say, 0 to 1.
    """

    matches: NDArray[np.float64]
    unit_begins: NDArray[np.int64]
    masses: NDArray[np.float64]
    above: NDArray[np.float64]

    def of(self, place: int) -> UnitEvidence:
        """That of the one passage at `place`."""
        begin, end = self.unit_begins[place : place + 2].tolist()
        return replace(
            self,
            matches=self.matches[begin:end],
            unit_begins=np.array([0, end - begin]),
            above=self.above[place : place + 1],
        )

    def share(self, units: Sequence[int] | slice) -> float:
        """The share of the question's mass that these units match together, 0 to 1."""
        total = float(self.masses.sum())
        chosen = self.matches[units if isinstance(units, slice) else list(units)]
        if total <= 0 or len(chosen) == 0:
            return 0.0
        return float(chosen.max(axis=0) @ self.masses) / total


def unit_evidence(
    candidates: Candidates, classes: Sequence[TermClass], language: Language
) -> UnitEvidence:
    """The matches of every unit of some passages with every class of a question in `language`."""
    translated = candidates.in_french if language == "en" else ~candidates.in_french
    places, plain = occurrences(candidates.terms, classes)
    owners = candidates.owners[places]
    weights = np.where(
        translated[owners, None],
        occurrences(candidates.terms, [_as_translated(c) for c in classes]).weights,
        plain,
    )
    above = np.zeros((len(candidates), len(classes)))
    before = places < candidates.bodies[owners]
    np.maximum.at(above, owners[before], weights[before])

    matches = np.repeat(CONTEXT * above, np.diff(candidates.unit_begins), axis=0)
    # Units do not overlap, and of those that begin at one place only the last one can have terms.
    unit = np.searchsorted(candidates.units[:, 0], places, side="right") - 1
    inside = unit >= 0
    inside[inside] = places[inside] < candidates.units[unit[inside], 1]
    np.maximum.at(matches, unit[inside], weights[inside])

    subject = any(not c.framing for c in classes)
    masses = np.array([0.0 if c.framing and subject else c.mass for c in classes], np.float64)
    total = max(sum(masses.tolist()), 1e-9)
    return UnitEvidence(
        matches=matches,
        unit_begins=candidates.unit_begins,
        masses=masses,
        above=np.array([float(row @ masses) / total for row in above]),
    )


def _as_translated(term_class: TermClass) -> TermClass:
    """The class in a text of the other language, where its best translation is a full match."""
    best = max((m.weight for m in term_class.members if m.via == "glossary"), default=1.0)
    return replace(
        term_class,
        members=tuple(
            replace(m, weight=m.weight / best) if m.via == "glossary" else m
            for m in term_class.members
        ),
    )
