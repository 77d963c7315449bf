"""Where the words of a question stand in the texts of passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.models import Language
from qa.retrieval.terms import TermClass

Places = NDArray[np.int64]
Matrix = NDArray[np.float64]


class WantedPhrase(NamedTuple):
    """Terms that stand for a word together: `members` are their places among those wanted.

    `weight`: how well, and in a text of another language than the question's, `translated`.
    """

    column: int
    members: tuple[int, ...]
    weight: float
    translated: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The terms that stand for the words of a question, made ready to be looked for.

    `terms`: int64 (members,), distinct ones. `columns`: int64, the place among them of each member
    of each class in turn. `weights`: float64 (members, classes), how well each stands for each
    word. `translated`: the same in a text of another language than the question's:
    there, the best translation of a word is a full match, and a word of it a part of one.
    """

    terms: Places
    columns: Places
    weights: Matrix
    translated: Matrix
    _numbers: NDArray[np.int32]
    """By term, its place among `terms` and 1; 0 for all others. One more ends it."""

    @classmethod
    def of(cls, classes: Sequence[TermClass]) -> Self:
        """The members of some classes."""
        places: dict[int, int] = {}
        cells: list[tuple[int, int, float, float]] = []
        for column, term_class in enumerate(classes):
            best = term_class.best_translation
            for m in term_class.members:
                translated = m.weight / best if m.via == "glossary" else m.weight
                row = places.setdefault(m.term, len(places))
                cells.append((row, column, m.weight, translated))
        terms = np.array(list(places), np.int64)
        size = (len(places), len(classes))
        found = cls(
            terms=terms,
            columns=np.array([place for place, *_ in cells], np.int64),
            weights=np.zeros(size),
            translated=np.zeros(size),
            _numbers=np.zeros(int(terms.max(initial=-1)) + 2, np.int32),
        )
        for row, column, plain, other in cells:
            found.weights[row, column] = max(found.weights[row, column], plain)
            found.translated[row, column] = max(found.translated[row, column], other)
        found._numbers[terms] = np.arange(1, len(terms) + 1)
        return found

    def phrases(self, classes: Sequence[TermClass]) -> list[WantedPhrase]:
        """The phrases of the classes that these terms are of."""
        return [
            WantedPhrase(
                column=column,
                members=tuple(int(self._numbers[term]) - 1 for term in phrase.terms),
                weight=phrase.weight,
                translated=phrase.weight
                / (term_class.best_translation if phrase.via == "glossary" else 1.0),
            )
            for column, term_class in enumerate(classes)
            for phrase in term_class.phrases
        ]

    def found_in(self, candidates: Candidates) -> Occurrences:
        """Where they stand in some passages."""
        # By look-up and not by search: thousands of terms are asked for a few members.
        numbers = self._numbers.take(candidates.terms, mode="clip")
        places = np.flatnonzero(numbers)
        members = numbers[places].astype(np.int64) - 1
        return Occurrences(
            wanted=self,
            places=places,
            owners=np.repeat(
                np.arange(len(candidates)), np.diff(places.searchsorted(candidates.begins))
            ),
            members=members,
            weights=self.weights[members],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """Terms of some passages that stand for words of a question.

    `places`: int64, where they stand in the terms of the passages, ascending. `owners`: int64, of
    which passage each is. `members`: int64, which of the wanted terms it is. `weights`: float64
    (places, classes), how well each stands for each word, 0 to 1.
    """

    wanted: Wanted
    places: Places
    owners: Places
    members: Places
    weights: Matrix

    def where(self, chosen: NDArray[np.bool_]) -> Occurrences:
        """Those that are chosen."""
        return Occurrences(
            wanted=self.wanted,
            places=self.places[chosen],
            owners=self.owners[chosen],
            members=self.members[chosen],
            weights=self.weights[chosen],
        )

    def as_read(self, candidates: Candidates, language: Language) -> Matrix:
        """How well each stands for the words of a question in `language`, in a text of its own."""
        is_other = candidates.in_french if language == "en" else ~candidates.in_french
        chosen = is_other[self.owners][:, None]
        return np.where(chosen, self.wanted.translated[self.members], self.weights)


def greatest(rows: Places, values: Matrix, count: int) -> Matrix:
    """The greatest values of each row, float64 (count, columns); `rows` ascending, values from 0.

    0 for a row without any.
    """
    found = np.zeros((count, values.shape[1]))
    if len(rows):
        begins = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
        found[rows[begins]] = np.maximum.reduceat(values, begins, axis=0)
    return found
