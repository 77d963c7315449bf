"""The terms of passages in reading order: the forward view of an index.

Everything else follows from it: counts, weights, and how near to each other two words stand.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.models import Span


class FieldTerms(NamedTuple):
    """Terms of one passage by field, and the range in `body` that each of its units has."""

    title: Sequence[str]
    heading: Sequence[str]
    body: Sequence[str]
    units: Sequence[Span] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSequences:
    """Term numbers of every passage: those of its title, of its headings, then of its body.

    `terms`: int32, all passages end to end. `indptr`: int64 (passages+1,), where each begins.
    `headings`, `bodies`: int32 (passages,), how many terms stand before each field.
    `units`: int32 (units, 2), the terms of each unit of all passages, counted from the first one of
    its passage; `unit_indptr`: int64 (passages+1,), where the units of each passage begin.
    """

    terms: NDArray[np.int32]
    indptr: NDArray[np.int64]
    headings: NDArray[np.int32]
    bodies: NDArray[np.int32]
    units: NDArray[np.int32]
    unit_indptr: NDArray[np.int64]

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
            units=[
                (first - (body - begin), last - (body - begin))
                for first, last in self.units[slice(*self.unit_indptr[passage : passage + 2])]
                .astype(int)
                .tolist()
            ],
        )

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
        self._units = array("i")
        self._unit_ends = array("q", [0])

    def add(self, fields: FieldTerms) -> None:
        """Append one passage."""
        number = self._numbers.__getitem__
        for field in (fields.title, fields.heading, fields.body):
            self._terms.extend(map(number, field))
        before = len(fields.title) + len(fields.heading)
        self._headings.append(len(fields.title))
        self._bodies.append(before)
        self._ends.append(len(self._terms))
        for first, last in fields.units:
            self._units.extend((before + first, before + last))
        self._unit_ends.append(len(self._units) // 2)

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
            units=np.array(self._units, np.int32).reshape(-1, 2),
            unit_indptr=np.array(self._unit_ends, np.int64),
        )
