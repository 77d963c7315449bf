"""The sorted terms of an index, looked up without loading them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

_LONGEST, _MOST_UNKNOWN = 64, 1 << 16
"""Characters of an unknown term that is remembered, and how many are: questions can have any."""


class Vocabulary(Sequence[str]):
    """Terms in code-point order; a term's number is its place.

    `text`: uint8, the UTF-8 of all terms end to end. `offsets`: int64 (V+1,).
    """

    def __init__(self, text: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self._text = text
        self._offsets = offsets
        self._numbers: dict[str, int | None] = {}
        self._unknown = 0

    @classmethod
    def from_terms(cls, terms: Iterable[str]) -> Vocabulary:
        """The vocabulary of these terms, which must be sorted and distinct."""
        encoded = [term.encode() for term in terms]
        offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets)

    @property
    def text(self) -> NDArray[np.uint8]:
        """The UTF-8 of all terms end to end."""
        return self._text

    @property
    def offsets(self) -> NDArray[np.int64]:
        """Where each term begins in `text`, and the end."""
        return self._offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        if number >= len(self):
            raise IndexError(number)
        return self._text[self._offsets[number] : self._offsets[number + 1]].tobytes().decode()

    def words(self) -> list[str]:
        """All terms, in order."""
        text, offsets = self._text.tobytes(), self._offsets.tolist()
        return [text[first:last].decode() for first, last in pairwise(offsets)]

    def number(self, term: str) -> int | None:
        """The number of a term, or `None`."""
        try:
            return self._numbers[term]
        except KeyError:
            return self._find(term)

    def _find(self, term: str) -> int | None:
        # UTF-8 sorts as code points do, so strings can be compared directly.
        place = bisect_left(self, term)
        if place < len(self) and self[place] == term:
            self._numbers[term] = place
            return place
        if len(term) <= _LONGEST:
            self._remember_unknown(term)
        return None

    def _remember_unknown(self, term: str) -> None:
        if self._unknown >= _MOST_UNKNOWN:
            self._numbers = {term: n for term, n in self._numbers.items() if n is not None}
            self._unknown = 0
        self._numbers[term] = None
        self._unknown += 1
