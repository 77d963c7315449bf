"""The terms of passages in reading order: the forward view of an index.

Everything else follows from it: counts, weights, and how near to each other two words stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.index.packing import PackedTerms, TermPacker
from qa.index.ragged import run_ends


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


class SequenceBuilder(TermPacker):
    """Collects passages one by one, in packs or from an index; in the end terms are in order."""

    def append(self, packed: PackedTerms) -> None:
        """Append the passages of a pack."""
        numbers = self.numbers(packed.words)
        self._terms.frombytes(numbers[np.frombuffer(packed.terms, np.int32)].tobytes())
        self._lengths.extend(packed.lengths)
        self._headings.extend(packed.headings)
        self._bodies.extend(packed.bodies)
        self._units.extend(packed.units)
        self._unit_counts.extend(packed.unit_counts)

    def numbers(self, words: Iterable[str]) -> NDArray[np.int32]:
        """The number of each word here; new ones are given out."""
        return np.fromiter(map(self._numbers.__getitem__, words), np.int32)

    def copy(
        self, sequences: TermSequences, numbers: NDArray[np.int32], first: int, last: int
    ) -> None:
        """Append some passages of an index; `numbers` are those of its terms here."""
        terms = slice(*sequences.indptr[[first, last]].tolist())
        units = slice(*sequences.unit_indptr[[first, last]].tolist())
        for target, values in (
            (self._terms, numbers[sequences.terms[terms]]),
            (self._lengths, np.diff(sequences.indptr[first : last + 1])),
            (self._headings, sequences.headings[first:last]),
            (self._bodies, sequences.bodies[first:last]),
            (self._units, sequences.units[units]),
            (self._unit_counts, np.diff(sequences.unit_indptr[first : last + 1])),
        ):
            target.frombytes(np.ascontiguousarray(values).tobytes())

    def finish(self) -> tuple[list[str], TermSequences]:
        """The sorted vocabulary, and the sequences in its numbers."""
        terms = np.frombuffer(self._terms, np.int32)
        # Words of an index whose passages were not taken over are in no passage.
        said = np.bincount(terms, minlength=len(self._numbers)).astype(bool)
        vocabulary = sorted(word for word, number in self._numbers.items() if said[number])
        renumbered = np.zeros(len(self._numbers), np.int32)
        renumbered[self.numbers(vocabulary)] = np.arange(len(vocabulary))
        return vocabulary, TermSequences(
            terms=renumbered[terms],
            indptr=run_ends(np.frombuffer(self._lengths, np.int64)),
            headings=np.array(self._headings, np.int32),
            bodies=np.array(self._bodies, np.int32),
            units=np.array(self._units, np.int32).reshape(-1, 2),
            unit_indptr=run_ends(np.frombuffer(self._unit_counts, np.int64)),
        )
