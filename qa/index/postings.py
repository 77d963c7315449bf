"""Weights by term, and the kernel that turns a weighted question into the best passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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

    def scores(self, query: Mapping[int, float]) -> NDArray[np.float64]:
        """The dot product of every passage with a sparse question, float64 (passages,)."""
        if not query:
            return np.zeros(self.passage_count)
        pieces = [self.of(term) for term in query]
        weights = [piece[1] * weight for piece, weight in zip(pieces, query.values(), strict=True)]
        return np.bincount(
            np.concatenate([piece[0] for piece in pieces]),
            weights=np.concatenate(weights),
            minlength=self.passage_count,
        )

    def weight(self, term: int, passages: NDArray[Any]) -> NDArray[np.float32]:
        """The weight of one term in each of `passages`, 0 where it is absent."""
        owners, weights = self.of(term)
        if len(owners) == 0:
            return np.zeros(len(passages), np.float32)
        places = np.minimum(np.searchsorted(owners, passages), len(owners) - 1)
        return np.where(owners[places] == passages, weights[places], np.float32(0))


def best(scores: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Places of the `most` greatest positive scores, best first, ties by place."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > most:
        values = scores[positive]
        least = np.partition(values, len(values) - most)[len(values) - most]
        positive = positive[values >= least]
    order = np.lexsort((positive, -scores[positive]))
    return positive[order][:most]
