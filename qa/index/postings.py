"""Weights by term: a sparse matrix of passages by terms, read a term at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_MANY: Final = 16
"""Of so many passages more than one posting: as long as it takes to sort them it takes to mark
them in an array of all passages (100,000 and 1,000,000 of them; with 1,000 postings 4 and 16 times
as long)."""


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
        spans = self._spans(terms)
        postings = sum(last - first for first, last in spans)
        if len(terms) == 1 or not postings:
            return postings
        if postings * _MANY < self.passage_count:
            each = np.concatenate([self.passages[first:last] for first, last in spans])
            each.sort()
            return 1 + int(np.count_nonzero(each[1:] != each[:-1]))
        # Marked and counted: the postings of frequent terms are long, and sorting them is slow.
        present = np.zeros(self.passage_count, np.bool_)
        for first, last in spans:
            present[self.passages[first:last]] = True
        return int(np.count_nonzero(present))

    def submatrix(self, passages: NDArray[np.int64], terms: Sequence[int]) -> NDArray[np.float64]:
        """The weights of some terms in some passages, float64 (passages, terms)."""
        # What is asked for is few, the postings of a frequent term are all the corpus: they are
        # searched, and in order, so that each search begins where the one before ended.
        order = np.argsort(passages)
        wanted = passages[order].astype(np.int32)
        by_term = np.zeros((len(terms), len(passages)))
        for row, (first, last) in zip(by_term, self._spans(terms), strict=True):
            if first == last:
                continue
            having = self.passages[first:last]
            places = having.searchsorted(wanted)
            places[places == last - first] = 0
            found = (having[places] == wanted).nonzero()[0]
            row[order[found]] = self.weights[first:last][places[found]]
        return np.ascontiguousarray(by_term.T)

    def _spans(self, terms: Sequence[int]) -> list[tuple[int, int]]:
        """Where the postings of some terms begin and end."""
        numbers = np.array(terms, np.int64)
        firsts, lasts = self.indptr[numbers], self.indptr[numbers + 1]
        return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockMaxima:
    """A table of frequent terms by blocks.

    `rows`: int32 (terms,), the row of each term, -1 where it has none. `maxima`: float32 (rows,
    blocks), 0 where a block lacks the term. `begins`: int32 (rows, blocks+1), places counted from
    the term's first posting.
    """

    rows: NDArray[np.int32]
    maxima: NDArray[np.float32]
    begins: NDArray[np.int32]

    @classmethod
    def of(cls, postings: Postings, block: int) -> BlockMaxima:
        """The table of an index by blocks of so many passages, read off its postings."""
        blocks = -(-postings.passage_count // block)
        frequent = np.flatnonzero(np.diff(postings.indptr) > blocks)
        rows = np.full(len(postings.indptr) - 1, -1, np.int32)
        rows[frequent] = np.arange(len(frequent))
        maxima = np.zeros((len(frequent), blocks), np.float32)
        begins = np.empty((len(frequent), blocks + 1), np.int32)
        edges = np.arange(blocks + 1, dtype=np.int32) * block
        for row, term in enumerate(frequent.tolist()):
            passages, weights = postings.of(term)
            begins[row] = np.searchsorted(passages, edges)
            present = np.flatnonzero(np.diff(begins[row]))
            maxima[row, present] = np.maximum.reduceat(weights, begins[row, present])
        return cls(rows=rows, maxima=maxima, begins=begins)
