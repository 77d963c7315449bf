"""Where blocks of passages begin in the postings of frequent terms, and their greatest weights.

A term in fewer than one passage a block has no row: its postings are as short as a row would be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.index.postings import Postings


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
