"""Weights by term, and the kernel that turns a weighted question into the best passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, overload

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

    def frequency(self, term: int) -> int:
        """How many passages have the term."""
        return int(self.indptr[term + 1] - self.indptr[term])

    def union_frequency(self, terms: NDArray[Any]) -> int:
        """How many passages have at least one of the terms."""
        if len(terms) == 1:
            return self.frequency(int(terms[0]))
        return len(np.unique(np.concatenate([self.of(int(term))[0] for term in terms])))

    @overload
    def idf(self, frequency: int) -> float: ...
    @overload
    def idf(self, frequency: NDArray[np.integer[Any]]) -> NDArray[np.float64]: ...
    def idf(self, frequency: int | NDArray[np.integer[Any]]) -> float | NDArray[np.float64]:
        """The idf of what so many passages have, as in Lucene's BM25: above 0 for what all have."""
        odds = (self.passage_count - frequency + 0.5) / (frequency + 0.5)
        return np.log(1 + odds) if isinstance(odds, np.ndarray) else log(1 + odds)

    def scores(self, query: Mapping[int, float]) -> NDArray[np.float64]:
        """The dot product of every passage with a sparse question, float64 (passages,)."""
        if not query:
            return np.zeros(self.passage_count)
        pieces = [self.of(term) for term in query]
        weights = [piece[1] * weight for piece, weight in zip(pieces, query.values(), strict=True)]
        passages = np.concatenate([piece[0] for piece in pieces])
        scores = np.bincount(passages, np.concatenate(weights), minlength=self.passage_count)
        return np.asarray(scores, np.float64)

    def submatrix(self, passages: NDArray[Any], terms: Sequence[int]) -> NDArray[np.float64]:
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


def best(scores: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Places of the `most` greatest positive scores, best first, ties by place."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > most:
        values = scores[positive]
        least = np.partition(values, len(values) - most)[len(values) - most]
        positive = positive[values >= least]
    order = np.lexsort((positive, -scores[positive]))
    return positive[order][:most]
