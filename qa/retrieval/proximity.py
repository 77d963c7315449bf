"""Evidence of word order: are the words of the question near to each other in a passage?

Computed for the best candidates only, from the term sequences of the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.retrieval.matches import Occurrences
from qa.retrieval.terms import TermClass

_GAP = 3
"""Terms by which two words may be apart and still be neighbours."""
_LOOSE = 0.5
"""What neighbours count that do not touch."""
_STRETCH = 20
"""Terms in a stretch: about two sentences."""
_LOOKAHEAD = 12
"""Matched terms that are looked at in one stretch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proximity:
    """What nearness adds to the score of each candidate.

    `adjacency`: float64 (candidates, classes-1), by pair of neighbours in the question.
    `togetherness`: float64 (candidates,), the idf mass of the fullest stretch.
    """

    adjacency: NDArray[np.float64]
    togetherness: NDArray[np.float64]


def proximity(found: Occurrences, classes: Sequence[TermClass], candidates: int) -> Proximity:
    """The evidence of nearness in so many passages, their titles and headings."""
    masses = np.array([c.mass for c in classes], dtype=np.float64)
    return Proximity(
        adjacency=_adjacency(found, masses, candidates),
        togetherness=_togetherness(found, masses, candidates),
    )


def _adjacency(
    found: Occurrences, masses: NDArray[np.float64], candidates: int
) -> NDArray[np.float64]:
    best = np.zeros((candidates, max(len(masses) - 1, 0)))
    if best.shape[1] == 0 or len(found.places) < 2:
        return best
    gaps = np.diff(found.places)
    near = (gaps <= _GAP) & (np.diff(found.owners) == 0)
    first, second = found.weights[:-1][near], found.weights[1:][near]
    pairs = np.maximum(first[:, :-1] * second[:, 1:], first[:, 1:] * second[:, :-1])
    pairs *= np.where(gaps[near] == 1, 1.0, _LOOSE)[:, None]
    np.maximum.at(best, found.owners[:-1][near], pairs)
    return best * (masses[:-1] + masses[1:]) / 2


def _togetherness(
    found: Occurrences, masses: NDArray[np.float64], candidates: int
) -> NDArray[np.float64]:
    best = np.zeros(candidates)
    count = len(found.places)
    together = found.weights.copy()
    for ahead in range(1, min(_LOOKAHEAD, count)):
        near = (found.places[ahead:] - found.places[:-ahead] < _STRETCH) & (
            found.owners[ahead:] == found.owners[:-ahead]
        )
        if not near.any():
            break
        rows = np.flatnonzero(near)
        together[rows] = np.maximum(together[rows], found.weights[rows + ahead])
    np.maximum.at(best, found.owners, together @ masses)
    return best
