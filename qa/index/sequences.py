"""The terms of passages in reading order: the forward view of an index.

Everything else follows from it: counts, weights, and how near to each other two words stand.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class FieldTerms(NamedTuple):
    """Terms of one passage by field."""

    title: Sequence[str]
    heading: Sequence[str]
    body: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSequences:
    """Term numbers of every passage: those of its title, of its headings, then of its body.

    `terms`: int32, all passages end to end. `indptr`: int64 (passages+1,), where each begins.
    `headings`, `bodies`: int32 (passages,), how many terms stand before each field.
    """

    terms: NDArray[np.int32]
    indptr: NDArray[np.int64]
    headings: NDArray[np.int32]
    bodies: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def fields_of(self, passage: int, vocabulary: Sequence[str]) -> FieldTerms:
        """The terms of one passage by field, as words."""
        begin, end = int(self.indptr[passage]), int(self.indptr[passage + 1])
        heading, body = begin + int(self.headings[passage]), begin + int(self.bodies[passage])
        words = [vocabulary[int(term)] for term in self.terms[begin:end]]
        return FieldTerms(
            title=words[: heading - begin],
            heading=words[heading - begin : body - begin],
            body=words[body - begin :],
        )

    def of(self, passages: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Terms of these passages end to end, and the place in `passages` of each term."""
        begins = self.indptr[passages]
        return self._runs(begins, self.indptr[passages + 1] - begins)

    def titles_of(self, passages: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The same for the terms of their titles only."""
        return self._runs(self.indptr[passages], self.headings[passages].astype(np.int64))

    def _runs(
        self, begins: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Runs of terms end to end, and the number of the run of each term."""
        owners = np.repeat(np.arange(len(begins)), lengths)
        shift = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
        return self.terms[np.arange(len(owners)) + shift], owners

    def field_weights(self, *, title: float, heading: float) -> NDArray[np.float32]:
        """What each occurrence in `terms` counts, float32, by the field it stands in."""
        lengths = np.diff(self.indptr)
        place = np.arange(len(self.terms)) - np.repeat(self.indptr[:-1], lengths)
        in_title = place < np.repeat(self.headings, lengths)
        in_body = place >= np.repeat(self.bodies, lengths)
        weights = np.full(len(self.terms), heading, np.float32)
        weights[in_title] = title
        weights[in_body] = 1.0
        return weights


class SequenceBuilder:
    """Collects the terms of passages and numbers them, in the end alphabetically."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._terms = array("i")
        self._ends = array("q", [0])
        self._headings = array("i")
        self._bodies = array("i")

    def add(self, fields: FieldTerms) -> None:
        """Append one passage."""
        number = self._numbers.__getitem__
        for field in fields:
            self._terms.extend(map(number, field))
        self._headings.append(len(fields.title))
        self._bodies.append(len(fields.title) + len(fields.heading))
        self._ends.append(len(self._terms))

    def finish(self) -> tuple[list[str], TermSequences]:
        """The sorted vocabulary, and the sequences in its numbers."""
        vocabulary = sorted(self._numbers)
        renumbered = np.empty(len(vocabulary), np.int32)
        for number, term in enumerate(vocabulary):
            renumbered[self._numbers[term]] = number
        terms = np.array(self._terms, np.int32)
        return vocabulary, TermSequences(
            terms=renumbered[terms] if len(terms) else terms,
            indptr=np.array(self._ends, np.int64),
            headings=np.array(self._headings, np.int32),
            bodies=np.array(self._bodies, np.int32),
        )
