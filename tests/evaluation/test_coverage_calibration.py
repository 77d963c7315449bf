"""The slope and shift of coverage's confidence, fitted to hidden pages."""

from __future__ import annotations

import random

import numpy as np
import pytest

from evaluation.coverage_calibration import Sample, fit, samples
from evaluation.coverage_hidden import PointOutcome
from evaluation.errors import EvaluationError
from qa.coverage.confidence import CALIBRATION, Calibrated
from qa.settings import Settings
from tests.evaluation.test_coverage_measures import PAGES

RNG = random.Random(7)  # noqa: S311 - nothing secret is drawn


def sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def outcomes(
    slope: float, shift: float, count: int = 20_000, *, large: float = 0.0
) -> tuple[PointOutcome, ...]:
    """Points whose evidence, as the coefficients weigh it, tells the truth by slope and shift."""
    points = []
    for number in range(count):
        evidence = RNG.gauss(0, 1.5)
        covered = RNG.random() < sigmoid(slope * evidence + shift)
        confidence = CALIBRATION.probability(Calibrated(evidence, large))
        points.append(PointOutcome(f"{number % 300:03d}", confidence, covered))
    return tuple(points)


def test_slope_and_shift_are_found_again() -> None:
    found = fit([Sample("made", 100, outcomes(0.5, 1.0))])
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert found.shift == pytest.approx(1.0, abs=0.07)
    (quality,) = found.qualities
    assert quality.calibration_error is not None
    assert quality.in_use is not None
    assert quality.calibration_error < 0.02 < quality.in_use


def test_every_sample_counts_the_same() -> None:
    large, small = outcomes(1.0, 2.0, 20_000), outcomes(1.0, -2.0, 2_000)
    assert fit([Sample("a", 100, large), Sample("b", 100, small)]).shift == pytest.approx(
        0.0, abs=0.15
    )


def test_growth_with_the_collection_is_found_again() -> None:
    large = 200 * round(np.exp(2.0))
    found = fit(
        [
            Sample("small", 100, outcomes(1.0, 0.0)),
            Sample("large", large, outcomes(1.0, 1.0, large=2.0)),
        ]
    )
    assert found.growth == pytest.approx(0.5, abs=0.05)
    assert found.shift == pytest.approx(0.0, abs=0.07)


def test_half_of_the_items_are_kept_aside() -> None:
    points = outcomes(1.0, 0.0)
    (quality,) = fit([Sample("made", 100, points)]).qualities
    assert 0.4 < quality.points / len(points) < 0.6


def test_a_few_pages_make_one_sample() -> None:
    (sample,) = samples(PAGES, Settings())
    assert sample.name == "header fields"
    assert len(sample.points) == len(PAGES)


def test_too_little_to_fit_to() -> None:
    with pytest.raises(EvaluationError, match="give a larger folder"):
        fit([Sample("made", 100, (PointOutcome("001", 0.5, True),))])
