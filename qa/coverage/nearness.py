"""Which of many items each document is nearest to: one that has none is likely not dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.coverage.matching import Asked


class Nearness(NamedTuple):
    """How near documents are to an item. `documents`: int64, numbers; `values`: float64."""

    documents: NDArray[np.int64]
    values: NDArray[np.float64]


def nearness(titles: Sequence[Asked]) -> Nearness:
    """What the documents score for the titles of an item together.

    By the root of what the words of a title count, and of the number of titles: else long titles
    and large items would be nearest to everything.
    """
    documents = [title.found.documents for title in titles]
    scores = [
        title.found.scores / max(sum(w.mass for w in title.query.words), 1.0) ** 0.5
        for title in titles
    ]
    if not titles:
        return Nearness(np.empty(0, np.int64), np.empty(0))
    distinct, places = np.unique(np.concatenate(documents), return_inverse=True)
    sums = np.bincount(places, np.concatenate(scores), len(distinct))
    return Nearness(distinct, sums / len(titles) ** 0.5)


def nearest_counts(items: Sequence[Nearness]) -> list[int]:
    """By item, how many documents are nearer to it than to any other; of equals the first."""
    documents = np.concatenate([one.documents for one in items])
    values = np.concatenate([one.values for one in items])
    owners = np.repeat(np.arange(len(items)), [len(one.documents) for one in items])
    order = np.lexsort((owners, -values, documents))
    first = np.diff(documents[order], prepend=-1) > 0
    counts: list[int] = np.bincount(owners[order[first]], minlength=len(items)).tolist()
    return counts
