"""Confidence intervals by the bootstrap, with a fixed seed: same values, same interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

CONFIDENCE: Final = 0.95
_RESAMPLES: Final = 2000
_RESAMPLES_OF_STATISTICS: Final = 500
_BATCH_ELEMENTS: Final = 2_000_000
_SEED: Final = 20_240_229

Statistic = Callable[[Sequence[bool], Sequence[float]], float | None]


class Estimate(NamedTuple):
    """A value with its 95 % interval and the number of questions it rests on."""

    value: float
    low: float
    high: float
    size: int


def mean_estimate(values: Sequence[float] | NDArray[np.float64]) -> Estimate | None:
    """The mean with its percentile interval; `None` of nothing."""
    sample = np.asarray(values, dtype=np.float64)
    if len(sample) == 0:
        return None
    value = float(sample.mean())
    if np.ptp(sample) == 0:
        return Estimate(value, value, value, len(sample))
    found = bootstrap(
        (sample,),
        np.mean,
        n_resamples=_RESAMPLES,
        batch=max(1, _BATCH_ELEMENTS // len(sample)),
        method="percentile",
        confidence_level=CONFIDENCE,
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Estimate(value, float(found.low), float(found.high), len(sample))


def statistic_estimate(
    statistic: Statistic, labels: Sequence[bool], confidences: Sequence[float]
) -> Estimate | None:
    """A statistic of labels and confidences with its interval; `None` where it is not defined."""
    value = statistic(labels, confidences)
    if value is None:
        return None

    def of_resample(some: NDArray[np.bool_], those: NDArray[np.float64]) -> float:
        found = statistic(some.tolist(), those.tolist())
        return value if found is None else found

    if len(labels) < 2:
        return Estimate(value, value, value, len(labels))
    found = bootstrap(
        (np.asarray(labels, dtype=bool), np.asarray(confidences, dtype=np.float64)),
        of_resample,
        n_resamples=_RESAMPLES_OF_STATISTICS,
        batch=max(1, _BATCH_ELEMENTS // len(labels)),
        paired=True,
        vectorized=False,
        method="percentile",
        confidence_level=CONFIDENCE,
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Estimate(value, float(found.low), float(found.high), len(labels))
