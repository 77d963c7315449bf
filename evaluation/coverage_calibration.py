"""Fits how the confidence of coverage follows from the evidence, on pages that are hidden.

A slope and a shift of the logit (Platt: Probabilistic Outputs for Support Vector Machines, 1999),
which also grows with the collection: within one, the order of the evidence stays as it is.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.special import expit, logit

from evaluation.answer_measures import auroc, calibration_error
from evaluation.coverage_hidden import (
    PointOutcome,
    measure_hidden_items,
    measure_present,
    pages_with_body,
)
from evaluation.errors import EvaluationError
from qa.coverage.confidence import CALIBRATION, Calibrated, largeness
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
_LOOSE: Final = 1e6
"""The fit is not held back: there are thousands of points and three numbers."""


class Sample(NamedTuple):
    """Points put to collections of one size, in passages."""

    name: str
    passages: int
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
    """From evidence to logit, and how that does on the half of the items kept aside."""

    slope: float
    shift: float
    growth: float
    qualities: tuple[Quality, ...]

    def as_json(self) -> dict[str, Any]:
        """The fit as `qa-eval coverage --fit --json` prints it."""
        return {
            "slope": self.slope,
            "shift": self.shift,
            "growth": self.growth,
            "kept_aside": [quality._asdict() for quality in self.qualities],
        }


def samples(
    pages: Sequence[Document],
    settings: Settings,
    *,
    titles: Mapping[str, Stated] | None = None,
    on_progress: Progress | None = None,
) -> Iterator[Sample]:
    """Points against the pages of half of the items, then against a few pages drawn at random.

    About as many objectives have their page in a collection as have not: what is covered elsewhere
    cannot be known.
    """
    whole = measure_hidden_items(pages, settings, titles=titles, share=0.5, on_progress=on_progress)
    yield Sample(whole.name, whole.passages, whole.points)
    rng = random.Random(_SEED)  # noqa: S311 - nothing secret is drawn
    known = [
        page
        for page in pages_with_body(pages)
        if page.objective and (titles is None or page.objective.code in titles)
    ]
    for size in _SMALL:
        if 2 * size > len(known):
            break
        drawn = [rng.sample(known, 2 * size) for _ in range(_REPETITIONS)]
        found = [measure_present(d, d[:size], settings, titles=titles) for d in drawn]
        yield Sample(
            f"{whole.name}, {size} pages",
            sum(one.passages for one in found) // len(found),
            tuple(point for one in found for point in one.points),
        )


def fit(found: Sequence[Sample]) -> Calibration:
    """What fits half of the items best, every sample counting the same.

    Raises `EvaluationError` where there is too little to fit to.
    """
    from sklearn.linear_model import LogisticRegression

    rows, labels, weights = [], [], []
    for sample in found:
        learnt = [point for point in sample.points if not _is_unseen(point.item)]
        rows += _rows(sample, learnt)
        labels += [point.covered for point in learnt]
        weights += [1 / len(learnt)] * len(learnt)
    if len(set(labels)) < 2:
        raise EvaluationError("too few objective pages to fit to; give a larger folder of them")
    model = LogisticRegression(C=_LOOSE).fit(
        np.array(rows), labels, sample_weight=np.array(weights) * len(weights)
    )
    slope, growth = (round(float(c), 3) for c in model.coef_[0])
    shift = round(float(model.intercept_[0]), 3)
    return Calibration(
        slope=slope,
        shift=shift,
        growth=growth,
        qualities=tuple(_quality(sample, slope, shift, growth) for sample in found),
    )


def _quality(sample: Sample, slope: float, shift: float, growth: float) -> Quality:
    unseen = [point for point in sample.points if _is_unseen(point.item)]
    covered = [point.covered for point in unseen]
    confidences = [point.confidence for point in unseen]
    logits = np.array(_rows(sample, unseen)).reshape(-1, 2) @ (slope, growth) + shift
    return Quality(
        name=sample.name,
        points=len(unseen),
        auroc=auroc(covered, confidences),
        calibration_error=calibration_error(covered, expit(logits).tolist()),
        in_use=calibration_error(covered, confidences),
    )


def _rows(sample: Sample, points: Sequence[PointOutcome]) -> list[tuple[float, float]]:
    """The evidence for each point, without slope, shift and growth; and the size of the sample."""
    large = largeness(sample.passages)
    without = CALIBRATION.logit(Calibrated(evidence=0.0, growth=large))
    return [
        (
            float(logit(min(max(p.confidence, _LEAST), 1 - _LEAST)) - without)
            / CALIBRATION.coefficients.evidence,
            large,
        )
        for p in points
    ]


def _is_unseen(item: str) -> bool:
    """Whether an item is kept aside from the fit, one of two by the hash of its number."""
    return hashlib.sha256(_UNSEEN + item.encode()).digest()[0] >= 128
