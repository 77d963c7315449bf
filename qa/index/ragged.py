"""Runs of different lengths, end to end in one array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def run_ends(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of these lengths begins, and the end of the last one, int64 (runs+1,)."""
    return np.concatenate([[0], np.cumsum(lengths)])


def run_places(begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of the entries of some runs, end to end, int64."""
    shift = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
    return np.arange(len(shift)) + shift
