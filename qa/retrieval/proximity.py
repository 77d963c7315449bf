"""Evidence of word order: are the words of the question near to each other in a passage?

Computed for the best candidates only, from the term sequences of the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.retrieval.occurrences import Occurrences, greatest
from qa.retrieval.terms import TermClass

_GAP = 3
"""Terms by which two words may be apart and still be neighbours (.001, .004)."""
_LOOSE = 0.5
"""What neighbours count that do not touch (0, 0)."""
_STRETCH = 20
"""Terms in a stretch: about two sentences (.002, .004)."""
_LOOKAHEAD = 12
"""Matched terms that are looked at in one stretch, which has hardly more (0, 0)."""


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
    if len(masses) < 2:
        return np.zeros((candidates, 0))
    gaps = np.diff(found.places)
    near = np.flatnonzero((gaps <= _GAP) & (found.owners[1:] == found.owners[:-1]))
    first, second = found.weights[near], found.weights[near + 1]
    pairs = np.maximum(first[:, :-1] * second[:, 1:], first[:, 1:] * second[:, :-1])
    pairs *= np.where(gaps[near] == 1, 1.0, _LOOSE)[:, None]
    return greatest(found.owners[near], pairs, candidates) * (masses[:-1] + masses[1:]) / 2


def _togetherness(
    found: Occurrences, masses: NDArray[np.float64], candidates: int
) -> NDArray[np.float64]:
    count = len(found.places)
    if not count:
        return np.zeros(candidates)
    ends = np.searchsorted(found.places, found.places + _STRETCH)
    ends = np.minimum(ends, np.cumsum(np.bincount(found.owners))[found.owners])
    lengths = np.minimum(ends - np.arange(count), _LOOKAHEAD)
    together = _greatest_ahead(found.weights, lengths)
    best: NDArray[np.float64] = greatest(found.owners, (together @ masses)[:, None], candidates)
    return best[:, 0]


def _greatest_ahead(
    weights: NDArray[np.float64], lengths: NDArray[np.int64]
) -> NDArray[np.float64]:
    """By row, the greatest of so many rows from it on.

    These are two stretches that overlap, as long as a power of two, one at either end.
    """
    found = weights.copy()
    of_stretch, stretch, longest = weights, 1, lengths.max()
    while 2 * stretch <= longest:
        of_stretch = np.maximum(of_stretch[:-stretch], of_stretch[stretch:])
        stretch *= 2
        rows = np.flatnonzero((lengths >= stretch) & (lengths < 2 * stretch))
        last = rows + lengths[rows] - stretch
        found[rows] = np.maximum(of_stretch.take(rows, axis=0), of_stretch.take(last, axis=0))
    return found
