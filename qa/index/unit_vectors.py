"""The vectors of the units of an index, and how alike a question is to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from qa.index.generation import Arrays
from qa.index.ragged import run_places
from qa.meaning.vectors import Vectors

KEY: Final = 16
"""Bytes of a digest of what was encoded."""
_AT_ONCE: Final = 1 << 14
"""Vectors that are widened at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitVectors:
    """A vector a unit, in the order of the index.

    `vectors`: float16 (units, dimensions), of unit length. `keys`: uint8 (units, 16), digests of
    what was encoded. `mean`: float32 (dimensions,). `spread`: float32 (dimensions, dimensions),
    their covariance. `begins`: int64 (passages+1,), where the units of each passage begin.
    """

    encoder: str
    """The name of what made them."""
    vectors: NDArray[np.float16]
    keys: NDArray[np.uint8]
    mean: Vectors
    spread: Vectors
    begins: NDArray[np.int64]

    @classmethod
    def of(cls, arrays: Arrays, encoder: str) -> Self | None:
        """Those of an index; `None` where it has none."""
        if not encoder:
            return None
        return cls(
            encoder=encoder,
            vectors=arrays["meaning_vectors"],
            keys=arrays["meaning_keys"],
            mean=arrays["meaning_mean"],
            spread=arrays["meaning_spread"],
            begins=arrays["unit_indptr"],
        )

    def likeness(self, question: Vectors, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """How much more each unit of some passages is like the question than a unit is by chance.

        In standard deviations over all units, float64 (units,). Encoders give any two texts of a
        field nearly the same cosine: only the difference tells.
        """
        first = self.begins[passages]
        places = run_places(first, self.begins[passages + 1] - first)
        rows = self.vectors[places].astype(np.float32)
        variance = float(question @ self.spread @ question)
        if variance <= 0:
            return np.zeros(len(rows))
        # Row by row: a product of matrices adds up equal rows in different orders.
        cosines = (rows * question).sum(axis=1) - (self.mean * question).sum()
        found: NDArray[np.float64] = (cosines / sqrt(variance)).astype(np.float64)
        return found


def vector_arrays(keys: Sequence[bytes], vectors: NDArray[np.float16]) -> Arrays:
    """The arrays of some units, named as they are stored."""
    count, width = max(len(vectors), 1), vectors.shape[1]
    mean = sum((part.sum(axis=0) for part in _widened(vectors)), np.zeros(width)) / count
    spread = np.zeros((width, width))
    for part in _widened(vectors):
        spread += (part - mean).T @ (part - mean)
    return {
        "meaning_vectors": vectors,
        "meaning_keys": np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY),
        "meaning_mean": mean.astype(np.float32),
        "meaning_spread": (spread / count).astype(np.float32),
    }


def _widened(vectors: NDArray[np.float16]) -> Iterator[NDArray[np.float64]]:
    for first in range(0, len(vectors), _AT_ONCE):
        yield vectors[first : first + _AT_ONCE].astype(np.float64)


def faults_of(arrays: Arrays, encoder: str) -> Iterator[str]:
    """What is wrong with the vectors of an index that names an encoder."""
    if not encoder:
        return
    units = len(arrays["unit_terms"])
    width = arrays["meaning_vectors"].shape[-1] if "meaning_vectors" in arrays else 0
    expected: dict[str, tuple[str, tuple[int, ...]]] = {
        "meaning_vectors": ("float16", (units, width)),
        "meaning_keys": ("uint8", (units, KEY)),
        "meaning_mean": ("float32", (width,)),
        "meaning_spread": ("float32", (width, width)),
    }
    for name, (dtype, shape) in expected.items():
        if name not in arrays:
            yield f"{name} is missing"
        elif arrays[name].dtype != dtype or arrays[name].shape != shape:
            yield f"{name} has {arrays[name].dtype} of the shape {arrays[name].shape}"
