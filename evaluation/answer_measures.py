"""Measures of answers and of the decision to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from evaluation.records import Query
from evaluation.runs import Extract, Outcome


class RiskCoverage(NamedTuple):
    """Error among the answered questions, as more and more of them are answered.

    `coverage` and `risk`: float64, one value a threshold, coverage rising.
    """

    coverage: NDArray[np.float64]
    risk: NDArray[np.float64]


class Bin(NamedTuple):
    """Questions of like confidence: their mean confidence, the share of right ones, the number."""

    confidence: float
    accuracy: float
    size: int


def normalised(text: str) -> str:
    """Text as answers are compared: case folded, white space made single."""
    return " ".join(text.casefold().split())


def contains_answer(extracts: Iterable[Extract], answers: Iterable[str]) -> bool:
    """Whether an extract contains one of the answers."""
    texts = [normalised(extract.text) for extract in extracts]
    wanted = [normalised(answer) for answer in answers]
    return any(answer in text for text in texts for answer in wanted)


def answer_hit(outcomes: Sequence[Outcome[Query]], *, shown: bool = False) -> float | None:
    """The share of questions with answers whose extracts contain one; `None` without any.

    With `shown`, a question that the system abstained from is a miss.
    """
    asked = [o for o in outcomes if o.question.answers and o.question.answerable is not False]
    if not asked:
        return None
    hits = [
        contains_answer(outcome.extracts, outcome.question.answers)
        for outcome in asked
        if outcome.answered or not shown
    ]
    return sum(hits) / len(asked)


def auroc(labels: Sequence[bool], confidences: Sequence[float]) -> float | None:
    """The chance that a positive is more confident than a negative, half of it where they tie.

    By ranks, as in the Mann-Whitney test; `None` unless both labels occur.
    """
    positive = np.asarray(labels, dtype=bool)
    count = int(positive.sum())
    pairs = count * (len(positive) - count)
    if not pairs:
        return None
    ranks = rankdata(np.asarray(confidences, dtype=np.float64))
    return float((ranks[positive].sum() - count * (count + 1) / 2) / pairs)


def risk_coverage(correct: Sequence[bool], confidences: Sequence[float]) -> RiskCoverage:
    """The curve over all thresholds; questions of equal confidence are answered together.

    El-Yaniv and Wiener: On the Foundations of Noise-free Selective Classification, JMLR 2010.
    """
    order = np.argsort(-np.asarray(confidences, dtype=np.float64), kind="stable")
    sorted_confidences = np.asarray(confidences, dtype=np.float64)[order]
    errors = np.cumsum(~np.asarray(correct, dtype=bool)[order])
    answered = np.arange(1, len(order) + 1)
    last_of_tie = np.append(np.diff(sorted_confidences) != 0, [True] if len(order) else [])
    last = last_of_tie.astype(bool)
    return RiskCoverage(
        coverage=answered[last] / max(len(order), 1), risk=errors[last] / answered[last]
    )


def area_under_risk_coverage(correct: Sequence[bool], confidences: Sequence[float]) -> float | None:
    """The mean risk over all coverages (AURC), risk held constant up to the next threshold."""
    curve = risk_coverage(correct, confidences)
    if len(curve.coverage) == 0:
        return None
    return float(np.diff(curve.coverage, prepend=0.0) @ curve.risk)


def sampled(curve: RiskCoverage, points: int) -> list[tuple[float, float]]:
    """Coverage and risk at `points` even coverages: of the least threshold that reaches each."""
    if len(curve.coverage) == 0:
        return []
    wanted = np.arange(1, points + 1) / points
    places = np.minimum(np.searchsorted(curve.coverage, wanted - 1e-12), len(curve.coverage) - 1)
    return [(float(w), float(curve.risk[p])) for w, p in zip(wanted, places, strict=True)]


def calibration_error(
    correct: Sequence[bool], confidences: Sequence[float], *, bins: int = 10
) -> float | None:
    """The mean gap between confidence and accuracy over bins of equal width (ECE).

    Naeini et al.: Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015.
    """
    found = reliability(correct, confidences, bins=bins)
    total = sum(one.size for one in found)
    if not total:
        return None
    return sum(one.size * abs(one.confidence - one.accuracy) for one in found) / total


def reliability(
    correct: Sequence[bool], confidences: Sequence[float], *, bins: int = 10
) -> tuple[Bin, ...]:
    """What is expected and what is true in each bin of confidence that is not empty."""
    values = np.asarray(confidences, dtype=np.float64)
    truth = np.asarray(correct, dtype=np.float64)
    numbers = np.minimum((values * bins).astype(int), bins - 1)
    return tuple(
        Bin(float(values[inside].mean()), float(truth[inside].mean()), int(inside.sum()))
        for number in range(bins)
        if (inside := numbers == number).any()
    )


def percentile_ms(times: Sequence[float], percent: float) -> float | None:
    """A percentile of times in milliseconds, to the microsecond."""
    return round(float(np.percentile(times, percent)), 3) if times else None
