"""Weights by term: a sparse matrix of passages by terms, read a term at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """A sparse matrix of passages by terms, stored by term.

    `indptr`: int64 (terms+1,). `passages`: int32, ascending within a term. `weights`: float32.
    """

    indptr: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    passage_count: int

    def of(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Passages that have the term, and its weight in each."""
        span = slice(self.indptr[term], self.indptr[term + 1])
        return self.passages[span], self.weights[span]

    def count_of_any(self, terms: Sequence[int]) -> int:
        """How many passages have at least one of the terms."""
        if len(terms) == 1:
            return int(self.indptr[terms[0] + 1] - self.indptr[terms[0]])
        if not terms:
            return 0
        return len(np.unique(np.concatenate([self.of(term)[0] for term in terms])))

    def submatrix(self, passages: NDArray[np.int64], terms: Sequence[int]) -> NDArray[np.float64]:
        """The weights of some terms in some passages, float64 (passages, terms)."""
        wanted = np.full(self.passage_count, -1, np.int64)
        wanted[passages] = np.arange(len(passages))
        pieces = [self.of(term) for term in terms]
        if not pieces:
            return np.zeros((len(passages), 0))
        rows = wanted[np.concatenate([piece[0] for piece in pieces])]
        columns = np.repeat(np.arange(len(pieces)), [len(piece[0]) for piece in pieces])
        weights = np.concatenate([piece[1] for piece in pieces])
        inside = rows >= 0
        matrix = np.zeros((len(passages), len(pieces)))
        matrix[rows[inside], columns[inside]] = weights[inside]
        return matrix
