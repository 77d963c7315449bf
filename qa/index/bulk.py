"""Thousands of questions at once: one product of two sparse matrices, then the best documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from qa.index.contracts import ScoredDocuments
from qa.index.postings import Postings
from qa.index.ragged import first_of_runs, run_places

_CELLS: Final = 1 << 22
"""Scores that are held at once, a passage a question."""
_QUESTIONS: Final = 32
"""At most so many at once: of 32, 64, 128 and 414 the fastest, as their terms are few."""


def best_documents(
    postings: Postings, owners: NDArray[np.int32], questions: csr_array, most: int
) -> list[ScoredDocuments]:
    """For each question the `most` documents that score best, each by its best passage.

    `owners`: the document of each passage; those of one document stand together. `questions`:
    float32 (questions, terms), of the precision of the postings, which need not be copied then.
    """
    count = questions.shape[0]
    if len(owners) == 0:
        nothing = np.empty(0, np.int64)
        return [ScoredDocuments(nothing, nothing, np.empty(0))] * count
    begins = np.append(0, np.flatnonzero(np.diff(owners)) + 1)
    narrow = postings.indptr.astype(np.int32) if postings.indptr[-1] < 1 << 31 else postings.indptr
    size = (len(postings.indptr) - 1, len(owners))
    weights = csr_array((postings.weights, postings.passages, narrow), shape=size)
    at_once = min(max(_CELLS // len(owners), 1), _QUESTIONS)
    found: list[ScoredDocuments] = []
    for first in range(0, count, at_once):
        some = questions[first : first + at_once]
        # Nearly every passage has a word of every question: a product of sparse ones would be
        # dense, and takes twice as long.
        terms = np.unique(some.indices)
        scores = weights[terms].T @ np.ascontiguousarray(some[:, terms].toarray().T)
        found += _best(scores, begins, owners, most)
    return found


def _best(
    scores: NDArray[np.float32], begins: NDArray[np.int64], owners: NDArray[np.int32], most: int
) -> Iterator[ScoredDocuments]:
    """`scores`: float32 (passages, questions). `begins`: the first passage of each document."""
    by_document = np.ascontiguousarray(np.maximum.reduceat(scores, begins, axis=0).T)
    chosen = _greatest(by_document, most)
    values = np.take_along_axis(by_document, chosen, axis=1)

    lengths = np.diff(np.append(begins, len(owners)))[chosen]
    passages = run_places(begins[chosen].ravel(), lengths.ravel())
    rows = np.repeat(np.arange(len(by_document)), lengths.sum(axis=1))
    reached = scores[passages, rows] == np.repeat(values.ravel(), lengths.ravel())
    firsts = passages[first_of_runs(reached, lengths.ravel())].reshape(chosen.shape)
    for row, count in enumerate((values > 0).sum(axis=1).tolist()):
        best = firsts[row, :count]
        yield ScoredDocuments(
            owners[best].astype(np.int64), best, values[row, :count].astype(np.float64)
        )


def _greatest(values: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Columns of the `most` greatest values of each row, greatest first, ties by column."""
    if most < values.shape[1]:
        columns = np.argpartition(-values, most - 1, axis=1)[:, :most]
        columns.sort(axis=1)
    else:
        columns = np.tile(np.arange(values.shape[1]), (len(values), 1))
    order = np.argsort(-np.take_along_axis(values, columns, axis=1), axis=1, kind="stable")
    return np.take_along_axis(columns, order, axis=1)
