"""The terms of passages, numbered as they come: what goes from one process to another.

Without NumPy, which reading documents does without.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from qa.models import Span


class FieldTerms(NamedTuple):
    """Terms of one passage by field, and the range in `body` that each of its units has."""

    title: Sequence[str]
    heading: Sequence[str]
    body: Sequence[str]
    units: Sequence[Span] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedTerms:
    """The terms of passages as numbers in `words`, of all fields and passages end to end.

    `lengths`: terms of each passage. `headings`, `bodies`: how many stand before each field.
    `units`: first and last term of each unit, counted from the first one of its passage.
    `unit_counts`: units of each passage.
    """

    words: Sequence[str]
    terms: array[int]
    lengths: array[int]
    headings: array[int]
    bodies: array[int]
    units: array[int]
    unit_counts: array[int]


class TermPacker:
    """Collects the terms of passages."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._terms, self._headings, self._bodies = array("i"), array("i"), array("i")
        self._units, self._lengths, self._unit_counts = array("i"), array("q"), array("q")

    def add(self, fields: FieldTerms) -> None:
        """Append one passage."""
        for field in (fields.title, fields.heading, fields.body):
            self._terms.extend(map(self._numbers.__getitem__, field))
        before = len(fields.title) + len(fields.heading)
        self._lengths.append(before + len(fields.body))
        self._headings.append(len(fields.title))
        self._bodies.append(before)
        self._units.extend(map(before.__add__, chain.from_iterable(fields.units)))
        self._unit_counts.append(len(fields.units))

    def pack(self) -> PackedTerms:
        """All passages that were added."""
        return PackedTerms(
            words=tuple(self._numbers),
            terms=self._terms,
            lengths=self._lengths,
            headings=self._headings,
            bodies=self._bodies,
            units=self._units,
            unit_counts=self._unit_counts,
        )
