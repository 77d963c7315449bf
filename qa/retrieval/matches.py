"""Which words of questions stand in which units of passages, as the few cells that are not 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.index.ragged import run_places
from qa.models import Language
from qa.retrieval.terms import TermClass

Places = NDArray[np.int64]


class Cells(NamedTuple):
    """A sparse matrix: `rows` and `columns`, int64, each pair once and in order; and `weights`."""

    rows: Places
    columns: Places
    weights: NDArray[np.float64]

    @classmethod
    def greatest(cls, rows: Places, columns: Places, weights: NDArray[np.float64]) -> Cells:
        """Of several weights of one row and column the greatest one."""
        width = int(columns.max(initial=0)) + 1
        keys = rows * width + columns
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        kept = keys[first]
        return cls(kept // width, kept % width, np.maximum.reduceat(weights[order], first))

    def dense(self, rows: int, columns: int) -> NDArray[np.float64]:
        """The whole matrix, float64 (rows, columns)."""
        matrix = np.zeros((rows, columns))
        matrix[self.rows, self.columns] = self.weights
        return matrix


class UnitMatches(NamedTuple):
    """How well terms stand for words, 0 to 1.

    `above`: passages by classes, in titles and headings. `units`: units by classes, in the text.
    """

    above: Cells
    units: Cells


def unit_matches(
    candidates: Candidates, classes: Sequence[TermClass], language: Language
) -> UnitMatches:
    """The words of questions in `language`, as classes, in the units of some passages."""
    members = list(_members(classes))
    if not members or len(candidates.terms) == 0:
        nothing = Cells(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        return UnitMatches(nothing, nothing)
    members.sort()
    terms, columns, plain, translated = map(np.array, zip(*members, strict=True))
    distinct, begins, counts = np.unique(terms, return_index=True, return_counts=True)
    # By look-up and not by search: thousands of terms are asked for a few members.
    numbers = np.zeros(max(int(distinct[-1]), int(candidates.terms.max())) + 1, np.int32)
    numbers[distinct] = np.arange(1, len(distinct) + 1)
    found = numbers[candidates.terms]
    places = np.flatnonzero(found)
    stands = found[places] - 1
    entries = run_places(begins[stands], counts[stands])
    places = np.repeat(places, counts[stands])

    owners = np.searchsorted(candidates.begins, places, side="right") - 1
    is_other = candidates.in_french if language == "en" else ~candidates.in_french
    weights = np.where(is_other[owners], translated[entries], plain[entries])
    before = places < candidates.bodies[owners]
    above = Cells.greatest(owners[before], columns[entries[before]], weights[before])

    # Units do not overlap, and of those that begin at one place only the last one can have terms.
    unit = np.searchsorted(candidates.units[:, 0], places, side="right") - 1
    inside = unit >= 0
    inside[inside] = places[inside] < candidates.units[unit[inside], 1]
    said = Cells.greatest(unit[inside], columns[entries[inside]], weights[inside])
    return UnitMatches(above, said)


def _members(classes: Sequence[TermClass]) -> Iterator[tuple[int, int, float, float]]:
    """Term and class of each member, its weight, and that in a text of the other language.

    There, the best translation of a word is a full match, and a word of it a part of one.
    """
    for column, term_class in enumerate(classes):
        best = term_class.best_translation
        for m in term_class.members:
            yield m.term, column, m.weight, m.weight / best if m.via == "glossary" else m.weight
