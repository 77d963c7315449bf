"""Where the words of a question stand in passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.retrieval.terms import TermClass


class Occurrences(NamedTuple):
    """Terms of some passages that stand for words of a question.

    `places`: int64, where they stand in the terms of the passages, ascending. `owners`: int64, the
    places of the passages that they are of. `weights`: float64 (places, classes), how well each
    stands for each word, 0 to 1.
    """

    places: NDArray[np.int64]
    owners: NDArray[np.int64]
    weights: NDArray[np.float64]


def occurrences(candidates: Candidates, classes: Sequence[TermClass]) -> Occurrences:
    """The members of the classes in some passages, their titles and headings."""
    terms = candidates.terms
    rows: dict[int, NDArray[np.float64]] = {}
    for column, term_class in enumerate(classes):
        for member in term_class.members:
            row = rows.setdefault(member.term, np.zeros(len(classes)))
            row[column] = max(row[column], member.weight)
    if not rows or len(terms) == 0:
        nothing = np.empty(0, np.int64)
        return Occurrences(nothing, nothing, np.empty((0, len(classes))))
    members = np.array(list(rows), np.int64)
    # By look-up and not by search: thousands of terms are asked for a few members.
    numbers = np.zeros(max(int(members.max()), int(terms.max())) + 1, np.int32)
    numbers[members] = np.arange(1, len(members) + 1)
    found = numbers[terms]
    places = np.flatnonzero(found)
    weights = np.stack(list(rows.values()))[found[places] - 1]
    return Occurrences(places, candidates.owners[places], weights)
