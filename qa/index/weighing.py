"""Sequences of terms to their weights in passages: the document side of the retrieval model.

The idf is not part of a passage's weights: it belongs to the class of terms that a question word
stands for, and is applied on the question side (see `qa.retrieval.classes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qa.index.sequences import TermSequences
from qa.settings import IndexSettings

_FIELDS: Final = 4
"""Room for the number of a field, of which there are three, in the keys that are sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights of all terms in passages, by term; see `qa.index.postings.Postings`.

    Mean lengths are in terms, weighted by their fields.
    """

    indptr: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    mean_passage_length: float
    mean_document_length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Field-weighted term frequencies, the pseudo-frequencies of BM25F, by term and passage.

    Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM 2004.
    `terms`, `passages`: int32. `counts`: float32, all above 0.
    """

    terms: NDArray[np.int32]
    passages: NDArray[np.int32]
    counts: NDArray[np.float32]


def weigh(
    sequences: TermSequences, owners: NDArray[np.int32], terms: int, settings: IndexSettings
) -> Weights:
    """The weight of a term in a passage, with what the whole document says of it added.

    `owners`: the document number of every passage. `terms`: how many distinct ones there are.
    """
    found = count_terms(sequences, title=settings.title_weight, heading=settings.heading_weight)
    lengths = np.bincount(found.passages, found.counts, len(sequences)).astype(np.float64)
    mean = mean_length(lengths)
    weights = saturated(found.counts, lengths[found.passages], mean, k1=settings.k1, b=settings.b)

    documents = owners[found.passages]
    first = _changes(found.terms) | _changes(documents)
    whole = np.add.reduceat(found.counts, np.flatnonzero(first)) if len(first) else found.counts
    document_lengths = np.bincount(owners, lengths).astype(np.float64)
    document_mean = mean_length(document_lengths)
    in_document = saturated(
        whole, document_lengths[documents[first]], document_mean, k1=settings.k1, b=settings.b
    )
    in_document *= settings.document_weight
    among = np.cumsum(first, dtype=np.int64)
    among -= 1
    weights += in_document[among]

    return Weights(
        # As narrow as the terms, which would be copied otherwise.
        indptr=np.searchsorted(found.terms, np.arange(terms + 1, dtype=np.int32)),
        passages=found.passages,
        weights=weights,
        mean_passage_length=mean,
        mean_document_length=document_mean,
    )


def count_terms(sequences: TermSequences, *, title: float, heading: float) -> Counts:
    """What the terms of each passage count, by the fields they stand in."""
    passages = max(len(sequences), 1)
    # In place, and sorted as plain numbers: many times faster than by columns, in less memory.
    keys = sequences.terms.astype(np.int64)
    keys *= passages
    keys += np.repeat(np.arange(len(sequences), dtype=np.int32), np.diff(sequences.indptr))
    keys *= _FIELDS
    keys += _fields(sequences)
    keys.sort()
    weights = np.array([title, heading, 1.0], np.float32)[keys % _FIELDS]
    keys //= _FIELDS
    first = np.flatnonzero(_changes(keys))
    counts = np.add.reduceat(weights, first) if len(first) else weights
    counted = counts > 0
    numbers, among = np.divmod(keys[first[counted]], passages)
    return Counts(
        terms=numbers.astype(np.int32), passages=among.astype(np.int32), counts=counts[counted]
    )


def _fields(sequences: TermSequences) -> NDArray[np.int8]:
    """The field that each term stands in: 0 for the title, 1 for headings, 2 for the body."""
    begins = sequences.indptr[:-1]
    # A step up where a field begins, and down again where the next passage does.
    steps = np.zeros(len(sequences.terms) + 1, np.int8)
    np.subtract.at(steps, begins, 2)
    for starts in (sequences.headings, sequences.bodies):
        np.add.at(steps, begins + starts, 1)
    steps[:1] += 2
    fields: NDArray[np.int8] = np.cumsum(steps[:-1], dtype=np.int8)
    return fields


def saturated(
    counts: NDArray[np.float32], lengths: NDArray[np.float64], mean: float, *, k1: float, b: float
) -> NDArray[np.float32]:
    """Counts to saturated, length-normalised term frequencies `tf (k1+1) / (tf + k1 (1-b+b l/m))`.

    Robertson and Zaragoza: The Probabilistic Relevance Framework, 2009, section 3.4; without idf.
    `lengths`: of the passage or document that each count is of.
    """
    floor = lengths / max(mean, 1e-9)
    floor *= b
    floor += 1 - b
    floor *= k1
    tf = counts.astype(np.float64)
    floor += tf
    tf *= k1 + 1
    tf /= floor
    return tf.astype(np.float32)


def mean_length(lengths: NDArray[Any]) -> float:
    """The mean, 1 where there is nothing."""
    return float(lengths.mean()) if len(lengths) else 1.0


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value is another than the one before."""
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first
