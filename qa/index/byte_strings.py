"""Byte strings end to end, found by number: one is read without the others.

A file of records is the strings, padded to eight bytes, then int64 little-endian: where each
begins, where the last one ends, and how many there are.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate, islice
from pathlib import Path
from typing import BinaryIO, Final, Self

import numpy as np
from numpy.typing import NDArray

_WORD: Final = 8
"""Bytes of a number."""


class Records:
    """The records of a file, memory-mapped."""

    def __init__(self, data: bytes | mmap.mmap, begins: NDArray[np.int64]) -> None:
        self._data = data
        self._begins = begins

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises `OSError`, and `ValueError` for what is no file of records."""
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = int.from_bytes(data[-_WORD:], "little")
        last = len(data) - _WORD * (count + 2)
        if last < 0 or last % _WORD:
            raise ValueError(f"{path.name} has no end")
        begins = np.frombuffer(data, np.dtype("<i8"), count + 1, last)
        if begins[0] or (np.diff(begins) < 0).any() or not 0 <= last - begins[-1] < _WORD:
            raise ValueError(f"{path.name} does not hold {count} records")
        return cls(data, begins)

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        begins = self._begins
        return self._data[begins[number] : begins[number + 1]]

    def part(self, number: int, first: int, last: int) -> bytes:
        """The bytes of a record from `first` to `last`."""
        begin, end = self._begins[number : number + 2].tolist()
        return self._data[min(begin + first, end) : min(begin + last, end)]

    def between(self, first: int, last: int) -> tuple[bytes, NDArray[np.int64]]:
        """Some records end to end, and the length of each."""
        begins = self._begins[first : last + 1]
        return self._data[begins[0] : begins[-1]], np.diff(begins)


class RecordWriter:
    """Writes records one after the other, to a file or, to be read at once, in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._memory = BytesIO()
        self._file: BinaryIO = path.open("wb") if path else self._memory
        self._ends = array("q", [0])

    def extend(self, records: Sequence[bytes]) -> None:
        """Append several."""
        self._file.write(b"".join(records))
        ends = accumulate(map(len, records), initial=self._ends[-1])
        self._ends.extend(islice(ends, 1, None))

    def copy(self, records: Records, first: int, last: int) -> None:
        """Append some of another file."""
        data, lengths = records.between(first, last)
        self._file.write(data)
        self._ends.frombytes((self._ends[-1] + np.cumsum(lengths)).tobytes())

    def finish(self) -> None:
        """Write where the records are, and close the file."""
        self._file.write(bytes(-self._ends[-1] % _WORD))
        for numbers in (self._ends, array("q", [len(self._ends) - 1])):
            self._file.write(np.asarray(numbers, "<i8").tobytes())
        self._file.close()

    def records(self) -> Records:
        """What was added in memory."""
        return Records(self._memory.getvalue(), np.array(self._ends, np.int64))
