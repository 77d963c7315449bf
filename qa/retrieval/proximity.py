"""Evidence of word order: are the words of the question near to each other in a passage?

Computed for the best candidates only, from the term sequences of the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.retrieval.occurrences import occurrences
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


@dataclass(frozen=True, slots=True)
class _Matches:
    """Occurrences of members: place in the running text, candidate, weight by class."""

    places: NDArray[np.int64]
    candidates: NDArray[np.int64]
    weights: NDArray[np.float64]


def proximity(candidates: Candidates, classes: Sequence[TermClass]) -> Proximity:
    """The evidence of nearness in these passages, their titles and headings."""
    masses = np.array([c.mass for c in classes], dtype=np.float64)
    matches = _matches(candidates, classes)
    return Proximity(
        adjacency=_adjacency(matches, masses, len(candidates)),
        togetherness=_togetherness(matches, masses, len(candidates)),
    )


def _matches(candidates: Candidates, classes: Sequence[TermClass]) -> _Matches:
    found = occurrences(candidates.terms, classes)
    return _Matches(found.places, candidates.owners[found.places], found.weights)


def _adjacency(
    matches: _Matches, masses: NDArray[np.float64], candidates: int
) -> NDArray[np.float64]:
    best = np.zeros((candidates, max(len(masses) - 1, 0)))
    if best.shape[1] == 0 or len(matches.places) < 2:
        return best
    gaps = np.diff(matches.places)
    near = (gaps <= _GAP) & (np.diff(matches.candidates) == 0)
    first, second = matches.weights[:-1][near], matches.weights[1:][near]
    pairs = np.maximum(first[:, :-1] * second[:, 1:], first[:, 1:] * second[:, :-1])
    pairs *= np.where(gaps[near] == 1, 1.0, _LOOSE)[:, None]
    np.maximum.at(best, matches.candidates[:-1][near], pairs)
    return best * (masses[:-1] + masses[1:]) / 2


def _togetherness(
    matches: _Matches, masses: NDArray[np.float64], candidates: int
) -> NDArray[np.float64]:
    best = np.zeros(candidates)
    count = len(matches.places)
    together = matches.weights.copy()
    for ahead in range(1, min(_LOOKAHEAD, count)):
        near = (matches.places[ahead:] - matches.places[:-ahead] < _STRETCH) & (
            matches.candidates[ahead:] == matches.candidates[:-ahead]
        )
        if not near.any():
            break
        rows = np.flatnonzero(near)
        together[rows] = np.maximum(together[rows], matches.weights[rows + ahead])
    np.maximum.at(best, matches.candidates, together @ masses)
    return best
