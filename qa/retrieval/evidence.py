"""Sentences, list items and rows of passages against the words of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.models import Language
from qa.retrieval.matches import unit_matches
from qa.retrieval.terms import TermClass

_OPENING: Final = 6
"""Terms with which a unit says what it is about."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvidence:
    """How well each unit of some passages matches each word of a question's subject.

    `own`: float64 (units, classes), the greatest weight of a class's terms in the unit, 0 to 1.
    `opening`: the same in its first terms. `above`: float64 (passages, classes), the same in the
    title and the headings. `shares`: float64 (classes,), what each word counts; they add up to 1,
    or are all 0. `unit_begins`: int64 (passages+1,), where the units of each passage begin.
    """

    own: Matrix
    opening: Matrix
    above: Matrix
    shares: NDArray[np.float64]
    unit_begins: NDArray[np.int64]
    of_page: bool = False
    """Whether the subject is the page that the question names, and all that it says."""


def unit_evidence(
    candidates: Candidates, classes: Sequence[TermClass], language: Language
) -> UnitEvidence:
    """The matches of every unit of some passages with every class of a question in `language`."""
    cells = unit_matches(candidates, classes, language)
    ends = np.minimum(candidates.units[:, 1], candidates.units[:, 0] + _OPENING)
    openings = np.column_stack([candidates.units[:, 0], ends])
    opening = unit_matches(replace(candidates, units=openings), classes, language).units
    size = (len(candidates.units), len(classes))
    return UnitEvidence(
        own=cells.units.dense(*size),
        opening=opening.dense(*size),
        above=cells.above.dense(len(candidates), len(classes)),
        shares=subject_shares(classes),
        unit_begins=candidates.unit_begins,
    )


def of_the_page(evidence: UnitEvidence) -> UnitEvidence:
    """That of a question whose subject is the page that it names: every unit stands under it."""
    units, passages = len(evidence.own), len(evidence.above)
    return replace(
        evidence,
        own=np.zeros((units, 1)),
        opening=np.zeros((units, 1)),
        above=np.ones((passages, 1)),
        shares=np.ones(1),
        of_page=True,
    )


def subject_shares(classes: Sequence[TermClass]) -> NDArray[np.float64]:
    """What each word counts of all, float64; one that frames counts where nothing else is said."""
    subject = any(not (c.framing or c.facet) for c in classes)
    masses = np.array(
        [0.0 if c.facet or (c.framing and subject) else c.mass for c in classes], np.float64
    )
    return masses / max(float(masses.sum()), 1e-9)
