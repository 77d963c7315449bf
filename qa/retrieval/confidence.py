"""How likely it is that a passage answers: a logistic model on scale-free features.

The coefficients are plain numbers, made by `qa-eval calibrate`.
"""

from __future__ import annotations

from math import exp, log1p
from typing import Final, NamedTuple

import numpy as np

from qa.retrieval.search import Ranking
from qa.retrieval.units import UnitEvidence
from qa.settings import Caution

THRESHOLDS: Final[dict[Caution, float]] = {"strict": 0.7, "balanced": 0.4, "eager": 0.15}
"""Least confidence of an answer, by how cautious it should be."""


class Features(NamedTuple):
    """What the confidence is made of; shares are of the question's idf mass, 0 to 1."""

    passage_share: float
    """Matched by the passage as a whole."""
    unit_share: float
    """Matched by its best sentence."""
    saturation: float
    """Score over the question's mass, halved so that a full match of each word gives about 1."""
    margin: float
    """Distance to the best passage of another document, over the score."""
    unknown_share: float
    """Words that no document has."""
    length: float
    """Logarithm of the number of content words."""


COEFFICIENTS: Final = Features(
    passage_share=2.5,
    unit_share=2.5,
    saturation=1.5,
    margin=1.5,
    unknown_share=-2.0,
    length=0.3,
)
INTERCEPT: Final = -3.2


def features(ranking: Ranking, place: int, evidence: UnitEvidence, rival: float) -> Features:
    """Features of one hit; `rival` is the best score of a passage of another document."""
    words = float(evidence.masses.sum())
    mass = words + ranking.identifier_mass
    if mass <= 0:
        return Features(0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    named = ranking.identifier_mass / mass
    score = float(ranking.scores[place])
    unknown = sum(c.mass for c in ranking.classes if not c.members)
    best_unit = max((evidence.share([row]) for row in range(len(evidence.matches))), default=0.0)
    spoken = words / mass
    return Features(
        passage_share=named + spoken * evidence.share(slice(None)),
        unit_share=named + spoken * best_unit,
        saturation=min(score / (2 * mass), 1.0),
        margin=float(np.clip((score - rival) / score, -1.0, 1.0)) if score > 0 else 0.0,
        unknown_share=unknown / mass,
        length=log1p(len(ranking.classes)),
    )


def probability(values: Features) -> float:
    """The calibrated probability that the passage answers the question."""
    logit = INTERCEPT + sum(c * v for c, v in zip(COEFFICIENTS, values, strict=True))
    return 1 / (1 + exp(-logit))
