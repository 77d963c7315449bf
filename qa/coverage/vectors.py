"""Words of many points as sparse matrices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from qa.coverage.queries import Word
from qa.index.ragged import run_ends
from qa.retrieval.terms import TermClass

Words = Sequence[Word]


def class_masses(points: Sequence[Words]) -> tuple[tuple[TermClass, ...], csr_array]:
    """The classes of all points, each once, and what each counts: float64 (points, classes)."""
    classes = {id(word.term_class): word.term_class for words in points for word in words}
    columns = {key: column for column, key in enumerate(classes)}
    entries = [columns[id(word.term_class)] for words in points for word in words]
    masses = [word.mass for words in points for word in words]
    ends = run_ends(np.array([len(words) for words in points], np.int64))
    shape = (len(points), len(classes))
    return tuple(classes.values()), csr_array(
        (np.array(masses, np.float64), np.array(entries, np.int32), ends), shape=shape
    )


def term_vectors(points: Sequence[Words], terms: int) -> csr_array:
    """The points as questions by so many terms, float32 (points, terms)."""
    classes, masses = class_masses(points)
    members = [member for term_class in classes for member in term_class.members]
    ends = run_ends(np.array([len(c.members) for c in classes], np.int64))
    weights = csr_array(
        (
            np.array([member.weight for member in members], np.float32),
            np.array([member.term for member in members], np.int32),
            ends,
        ),
        shape=(len(classes), terms),
    )
    return masses.astype(np.float32) @ weights
