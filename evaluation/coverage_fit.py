"""Fits how likely a passage states a point to pairs that were judged by reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evaluation.answer_measures import auroc, calibration_error
from evaluation.coverage_pairs import FEATURES, Pair
from evaluation.errors import EvaluationError
from evaluation.records import mean
from evaluation.signed_logit import fit_labels
from evaluation.stored_rows import csv_text, read_csv
from qa.coverage.point_confidence import SIGNS, Features
from qa.logistic import Logistic

COMMAND: Final = "qa-eval coverage PAGES --fit --write"
"""What makes the rows of this fit anew."""
_LOOSENESS: Final = 1.0
"""Of .3, 1 and 3 the best calibrated in either half when fitted to the other one."""
_DIGITS: Final = 3

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairQuality:
    """How well confidences tell which pairs are stated, on the half that was not fitted to."""

    pairs: int
    auroc: float | None
    calibration_error: float | None
    covered: int
    """Pairs that would be called covered."""
    precision: float | None
    """Share of these that are stated."""

    def as_json(self) -> dict[str, Any]:
        """The figures as `qa-eval coverage --json` prints them."""
        return {
            "pairs": self.pairs,
            "AUROC": self.auroc,
            "ECE": self.calibration_error,
            "called_covered": self.covered,
            "precision": self.precision,
        }


def scored(rows: Matrix) -> NDArray[np.bool_]:
    """Which pairs have a confidence at all: the others name a picture, or share no word."""
    found: NDArray[np.bool_] = np.abs(rows).sum(axis=1) > 0
    return found


def fit(pairs: Sequence[Pair], rows: Matrix) -> Logistic[Features]:
    """The model of points in `qa/coverage/fitted.json`, fitted to the half of the pairs kept so.

    Raises `EvaluationError` where there is too little to fit to.
    """
    chosen = np.array([pair.half == "fit" for pair in pairs], bool) & scored(rows)
    stated = np.array([pair.label == "states" for pair in pairs], bool)[chosen]
    if len(set(stated.tolist())) < 2:
        raise EvaluationError("too few judged pairs to fit to; judge some that are stated")
    weights, intercept = fit_labels(rows[chosen], stated, SIGNS, _LOOSENESS)
    return Logistic(
        coefficients=Features(*(round(float(value), _DIGITS) for value in weights)),
        intercept=round(intercept, _DIGITS),
        signs=SIGNS,
    )


def quality(
    pairs: Sequence[Pair], rows: Matrix, model: Logistic[Features], covered: float
) -> PairQuality:
    """The half kept for checking; `covered`: the least confidence of what is called covered."""
    chosen = np.array([pair.half == "check" for pair in pairs], bool) & scored(rows)
    stated = [
        pair.label == "states" for pair, is_chosen in zip(pairs, chosen, strict=True) if is_chosen
    ]
    chances = model.probabilities(rows[chosen]).tolist()
    called = [
        float(is_stated) for is_stated, p in zip(stated, chances, strict=True) if p >= covered
    ]
    return PairQuality(
        pairs=len(stated),
        auroc=auroc(stated, chances),
        calibration_error=calibration_error(stated, chances),
        covered=len(called),
        precision=mean(called),
    )


def read_features(path: Path = FEATURES) -> Matrix:
    """The features of the judged pairs as they were stored, in the order of the pairs."""
    found = [list(map(float, row)) for row in read_csv(path, Features._fields, COMMAND)]
    return np.array(found).reshape(-1, len(Features._fields))


def features_text(rows: Matrix) -> str:
    """The features as `read_features` takes them."""
    return csv_text(Features._fields, [[f"{value:.4f}" for value in row] for row in rows.tolist()])
