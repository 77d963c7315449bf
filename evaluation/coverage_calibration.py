"""Fits how the confidence of coverage follows from the evidence, on pages that are hidden.

A slope and a shift of the logit (Platt: Probabilistic Outputs for Support Vector Machines, 1999):
the order of the evidence stays as it is.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaluation.answer_measures import auroc, calibration_error
from evaluation.coverage_hidden import (
    PointOutcome,
    measure_hidden_items,
    measure_present,
    pages_with_body,
)
from evaluation.errors import EvaluationError
from qa.coverage.confidence import SHIFT, SLOPE
from qa.coverage.cover import Progress
from qa.coverage.objectives import Stated
from qa.models import Document
from qa.settings import Settings

_SMALL: Final = (20, 40, 80)
"""Pages in the small collections, of which each counts as much as the whole one."""
_REPETITIONS: Final = 4
_SEED: Final = 20_240_229
_UNSEEN: Final = b"unseen"
_LEAST: Final = 1e-6


class Sample(NamedTuple):
    """Points put to collections of one size."""

    name: str
    points: tuple[PointOutcome, ...]


class Quality(NamedTuple):
    """How well confidences part and measure the points of items that were not fitted to."""

    name: str
    points: int
    auroc: float | None
    calibration_error: float | None
    in_use: float | None
    """Calibration error of the confidence as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A slope and a shift of the logit, and how they do on the half of the items kept aside."""

    slope: float
    shift: float
    qualities: tuple[Quality, ...]

    def as_json(self) -> dict[str, Any]:
        """The fit as `qa-eval coverage --fit --json` prints it."""
        return {
            "slope": self.slope,
            "shift": self.shift,
            "kept_aside": [quality._asdict() for quality in self.qualities],
        }


def samples(
    pages: Sequence[Document],
    settings: Settings,
    *,
    titles: Mapping[str, Stated] | None = None,
    on_progress: Progress | None = None,
) -> Iterator[Sample]:
    """Points against the pages of most items, then against a few pages drawn at random.

    Of a small collection, as many objectives have their page in it as have not.
    """
    whole = measure_hidden_items(pages, settings, titles=titles, on_progress=on_progress)
    yield Sample(whole.name, whole.points)
    rng = random.Random(_SEED)  # noqa: S311 - nothing secret is drawn
    known = [
        page
        for page in pages_with_body(pages)
        if page.objective and (titles is None or page.objective.code in titles)
    ]
    for size in _SMALL:
        if 2 * size > len(known):
            break
        points: list[PointOutcome] = []
        for _ in range(_REPETITIONS):
            drawn = rng.sample(known, 2 * size)
            points += measure_present(drawn, drawn[:size], settings, titles=titles).points
        yield Sample(f"{whole.name}, {size} pages", tuple(points))


def fit(found: Sequence[Sample]) -> Calibration:
    """The slope and shift that fit half of the items best, every sample counting the same.

    Raises `EvaluationError` where there is too little to fit to.
    """
    from sklearn.linear_model import LogisticRegression

    logits, labels, weights = [], [], []
    for sample in found:
        learnt = [point for point in sample.points if not _is_unseen(point.item)]
        logits += [_evidence(point.confidence) for point in learnt]
        labels += [point.covered for point in learnt]
        weights += [1 / len(learnt)] * len(learnt)
    if len(set(labels)) < 2:
        raise EvaluationError("too few objective pages to fit to; give a larger folder of them")
    model = LogisticRegression(C=np.inf).fit(
        np.array(logits)[:, None], labels, sample_weight=np.array(weights) * len(weights)
    )
    slope, shift = round(float(model.coef_[0, 0]), 3), round(float(model.intercept_[0]), 3)
    return Calibration(
        slope=slope,
        shift=shift,
        qualities=tuple(_quality(sample, slope, shift) for sample in found),
    )


def _quality(sample: Sample, slope: float, shift: float) -> Quality:
    unseen = [point for point in sample.points if _is_unseen(point.item)]
    covered = [point.covered for point in unseen]
    confidences = [point.confidence for point in unseen]
    evidence = np.array([_evidence(confidence) for confidence in confidences])
    return Quality(
        name=sample.name,
        points=len(unseen),
        auroc=auroc(covered, confidences),
        calibration_error=calibration_error(covered, _chances(evidence, slope, shift)),
        in_use=calibration_error(covered, confidences),
    )


def _chances(evidence: NDArray[np.float64], slope: float, shift: float) -> list[float]:
    chances: list[float] = (1 / (1 + np.exp(-(slope * evidence + shift)))).tolist()
    return chances


def _evidence(confidence: float) -> float:
    """The logit before slope and shift."""
    chance = min(max(confidence, _LEAST), 1 - _LEAST)
    return (float(np.log(chance / (1 - chance))) - SHIFT) / SLOPE


def _is_unseen(item: str) -> bool:
    """Whether an item is kept aside from the fit, one of two by the hash of its number."""
    return hashlib.sha256(_UNSEEN + item.encode()).digest()[0] >= 128
