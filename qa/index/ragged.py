"""Runs of different lengths, end to end in one array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def run_ends(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of these lengths begins, and the end of the last one, int64 (runs+1,)."""
    return np.concatenate([[0], np.cumsum(lengths)])


def run_places(begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of the entries of some runs, end to end, int64."""
    some = np.flatnonzero(lengths)
    if not len(some):
        return np.empty(0, np.int64)
    begins, lengths = begins[some], lengths[some]
    # From place to place: one step on within a run, and to the next run behind its end.
    steps = np.ones(int(lengths.sum()), np.int64)
    steps[0] = begins[0]
    steps[np.cumsum(lengths)[:-1]] = begins[1:] - begins[:-1] - lengths[:-1] + 1
    return np.cumsum(steps)


def first_of_runs(marked: NDArray[np.bool_], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of the first marked entry of each run, int64; every run must have one."""
    places = np.flatnonzero(marked)
    return places[np.searchsorted(places, run_ends(lengths)[:-1])]
