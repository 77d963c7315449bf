"""Decisions to answer by confidence: what each question deserved, and how sure the system was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evaluation.answer_measures import (
    Bin,
    RiskCoverage,
    area_under_risk_coverage,
    auroc,
    calibration_error,
    reliability,
    risk_coverage,
    sampled,
)
from evaluation.intervals import Statistic
from evaluation.records import mean

POINTS: Final = 20
"""Even coverages at which a curve is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """One value a question in each."""

    answerable: Sequence[bool]
    right: Sequence[bool]
    """Whether the answer is right, given or withheld; never where there is none."""
    answered: Sequence[bool]
    confidences: Sequence[float]

    @property
    def statistics(self) -> dict[str, tuple[Statistic, Sequence[bool]]]:
        """What is told of all decisions together, and the labels that each takes."""
        return {
            "AUROC": (auroc, self.answerable),
            "AURC": (area_under_risk_coverage, self.right),
            "ECE": (calibration_error, self.right),
        }

    @property
    def curve(self) -> RiskCoverage:
        """Risk, as the share of wrong answers, over coverage."""
        return risk_coverage(self.right, self.confidences)

    def risks(self, most: int) -> list[tuple[float, float]]:
        """Coverage and risk at the points of the curve, at most so many."""
        curve = self.curve
        drawn = list(zip(curve.coverage.tolist(), curve.risk.tolist(), strict=True))
        return drawn if len(drawn) <= most else sampled(curve, most)

    @property
    def reliability(self) -> tuple[Bin, ...]:
        """Confidence against the share of right answers."""
        return reliability(self.right, self.confidences)

    def share_answered(self, *, answerable: bool) -> float | None:
        """The share that was answered of the questions with an answer, or without."""
        pairs = zip(self.answered, self.answerable, strict=True)
        return mean([float(answered) for answered, label in pairs if label is answerable])
