"""How likely it is that a passage covers a point: a logistic model on scale-free features.

Unlike the confidence of an answer, this one does not fall where a second document says the same:
both cover the point.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, log1p
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.coverage import numbers
from qa.logistic import Logistic


class Features(NamedTuple):
    """What the evidence is made of; shares are of the idf mass of the point's words, 0 to 1."""

    unit_share: float
    """Matched by the best sentence."""
    passage_share: float
    """Matched by the passage."""
    saturation: float
    """The score of the passage, that of the context with it, over that of a full match."""
    statement: float
    """1 for a statement of a page, 0 for a title or description."""
    small: float
    """`passage_share` times how far the documents fall short of a large collection: there the
    weights of words say less."""
    subject: float
    """At most 0: how much the documents lack the subject of the objective as a whole."""


class Calibrated(NamedTuple):
    """What the confidence is made of."""

    evidence: float
    """By the features."""
    growth: float
    """How far the documents go beyond a large collection, as a logarithm: among many passages the
    words of a point weigh more, and the same share of them is harder to reach."""


class Subject(NamedTuple):
    """What the documents have on one objective, by its title."""

    support: float
    """Saturation of the passage that fits best."""
    prominence: float
    """1 less the mean score of the next documents over that of the best one."""


EVIDENCE: Final = Logistic(
    coefficients=Features(
        unit_share=numbers.UNIT_SHARE,
        passage_share=numbers.PASSAGE_SHARE,
        saturation=numbers.SATURATION,
        statement=numbers.STATEMENT,
        small=numbers.SMALL,
        subject=numbers.SUBJECT,
    ),
    intercept=numbers.INTERCEPT,
    signs=Features(1, 1, 1, 0, 1, 1),
)
CALIBRATION: Final = Logistic(
    coefficients=Calibrated(evidence=numbers.SLOPE, growth=numbers.GROWTH),
    intercept=numbers.SHIFT,
    signs=Calibrated(1, 1),
)


def confidences(features: NDArray[np.float64], passages: int) -> NDArray[np.float64]:
    """How sure it is that passages, of so many, cover their points, 0 to 1.

    `features`: float64 (pairs, features), in the order of `Features`.
    """
    evidence = EVIDENCE.logits(features)
    growth = np.full(len(evidence), largeness(passages))
    return CALIBRATION.probabilities(np.column_stack([evidence, growth]))


def subject_lack(objectives: Sequence[Subject], documents: int) -> float:
    """The feature `subject` of all objectives of an item: a soft ceiling on their mean.

    It counts less where few objectives or few documents tell of it.
    """
    count = len(objectives)
    if count == 0:
        return 0.0
    support = sum(subject.support for subject in objectives) / count
    prominence = sum(subject.prominence for subject in objectives) / count
    found = sum(
        slope * (value - mean)
        for value, (slope, mean) in (
            (support, numbers.SUPPORT),
            (prominence, numbers.PROMINENCE),
        )
    )
    known = count / (count + numbers.PRIOR_OBJECTIVES)
    known *= min(1.0, max(documents - 1, 0) / numbers.CROWD)
    return -known * log1p(exp(numbers.ENOUGH_SUBJECT - found))


def smallness(passages: int) -> float:
    """How far the documents fall short of a large collection, as a logarithm, at least 0."""
    return max(0.0, log(numbers.LARGE_COLLECTION / max(passages, 1)))


def largeness(passages: int) -> float:
    """How far they go beyond it, likewise."""
    return max(0.0, log(max(passages, 1) / numbers.LARGE_COLLECTION))
