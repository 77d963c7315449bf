"""Evidence of the title: does it say what the question says, and little else?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.index.index import Index
from qa.retrieval.classes import TermClass

Column = NDArray[np.float64]


def title_evidence(
    index: Index, candidates: NDArray[np.int64], classes: Sequence[TermClass]
) -> Column:
    """The idf mass that the titles of these passages match, float64 (candidates,).

    Its share of the question counts squared, so that a title that has all of the question stands
    out; half of it depends on the share of the title that the question has.
    """
    masses = np.array([c.mass for c in classes], dtype=np.float64)
    terms, owners = index.sequences.titles_of(candidates)
    members, weights = _weights(classes)
    if len(members) == 0 or len(terms) == 0:
        return np.zeros(len(candidates))
    rows = np.minimum(np.searchsorted(members, terms), len(members) - 1)
    matched = members[rows] == terms
    said = np.zeros((len(candidates), len(classes)))
    np.maximum.at(said, owners[matched], weights[rows[matched]])
    coverage = said @ masses / max(float(masses.sum()), 1e-9)
    idf = _idf(index, terms)
    asked = np.where(matched, weights[rows].max(axis=1), 0.0)
    whole = np.bincount(owners, idf, minlength=len(candidates))
    precision = np.bincount(owners, idf * asked, minlength=len(candidates)) / np.maximum(
        whole, 1e-9
    )
    found: Column = masses.sum() * coverage**2 * (1 + precision) / 2
    return found


def _idf(index: Index, terms: NDArray[np.int32]) -> Column:
    frequency = np.diff(index.postings.indptr)[terms]
    found: Column = np.log(1 + (index.postings.passage_count - frequency + 0.5) / (frequency + 0.5))
    return found


def _weights(classes: Sequence[TermClass]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The terms of all classes, sorted, and their weight by class."""
    by_term: dict[int, Column] = {}
    for column, term_class in enumerate(classes):
        for member in term_class.members:
            row = by_term.setdefault(member.term, np.zeros(len(classes)))
            row[column] = max(row[column], member.weight)
    terms = np.array(sorted(by_term), np.int64)
    return terms, np.array([by_term[int(term)] for term in terms])
