"""How likely it is that a passage answers: a logistic model on scale-free features.

The coefficients are plain numbers, made by `qa-eval calibrate`.
"""

from __future__ import annotations

from math import log1p
from typing import Final, NamedTuple

import numpy as np

from qa.logistic import Logistic
from qa.retrieval.evidence import UnitEvidence
from qa.retrieval.search import Ranking
from qa.settings import Caution

THRESHOLDS: Final[dict[Caution, float]] = {"strict": 0.4, "balanced": 0.17, "eager": 0.08}
"""Least confidence of an answer, by how cautious it should be."""


class Features(NamedTuple):
    """What the confidence is made of; shares are of the question's idf mass, 0 to 1."""

    passage_share: float
    """Matched by the passage as a whole."""
    unit_share: float
    """Matched by its best sentence."""
    saturation: float
    """The score without nearness, over that of a full match of every word."""
    adjacency: float
    """Neighbours in the question that are neighbours in the passage; a single word's share."""
    togetherness: float
    """Matched within one stretch of the passage."""
    margin: float
    """Distance to the best passage of another document, over the score."""
    crowd: float
    """Mean score of the next passages, over the score: near 1 if the passage does not stand out."""
    unknown_share: float
    """Words that no document has."""
    length: float
    """Logarithm of the number of content words."""
    other_language: float
    """Above 0 where question and passage are in different languages: 1 if half of the documents or
    more are in that of the question, less if a passage in it is less to be expected."""


MODEL: Final = Logistic(
    coefficients=Features(
        passage_share=1.329,
        unit_share=2.3,
        saturation=1.203,
        adjacency=1.014,
        togetherness=1.205,
        margin=1.366,
        crowd=-0.416,
        unknown_share=-0.463,
        length=1.44,
        other_language=-1.136,
    ),
    intercept=-6.156,
    signs=Features(
        passage_share=1,
        unit_share=1,
        saturation=1,
        adjacency=1,
        togetherness=1,
        margin=1,
        crowd=-1,
        unknown_share=-1,
        length=0,
        other_language=0,
    ),
)

_CROWD = 9
"""Passages after the one in question that make the crowd."""
FULL_MATCH = 4.4
"""About the greatest weight of a term: (k1 + 1) in the passage and again in the document."""


def features(
    ranking: Ranking, place: int, evidence: UnitEvidence, *, other_language: float
) -> Features:
    """Features of one hit; `evidence` is that of its own units."""
    words = float(evidence.masses.sum())
    mass = words + ranking.identifier_mass
    subject = evidence.masses > 0
    unknown = np.array([not c.members for c in ranking.classes], dtype=bool)
    score = float(ranking.scores[place])
    if mass <= 0 or score <= 0:
        return Features(*([0.0] * len(Features._fields)))
    others = ranking.scores[ranking.documents != ranking.documents[place]]
    rival = float(others[0]) if len(others) else 0.0
    # What is named by code is matched in full; the rest counts by its share of the mass.
    named = ranking.identifier_mass / mass
    spoken = words / mass
    adjacency = float(ranking.adjacency[place].sum())
    togetherness = float(ranking.togetherness[place])
    said = score - ranking.identifier_mass - adjacency - togetherness
    said -= float(ranking.titles[place])
    passage_share = named + spoken * evidence.share(slice(None))
    best_unit = max((evidence.share([row]) for row in range(len(evidence.matches))), default=0.0)
    crowd = ranking.scores[place + 1 : place + 1 + _CROWD]
    return Features(
        passage_share=passage_share,
        unit_share=named + spoken * best_unit,
        saturation=min(named + said / (FULL_MATCH * mass), 1.0),
        adjacency=min(adjacency / mass, 1.0) if subject.sum() > 1 else passage_share,
        togetherness=min(named + togetherness / mass, 1.0),
        margin=float(np.clip((score - rival) / score, -1.0, 1.0)),
        crowd=float(crowd.sum()) / _CROWD / score,
        unknown_share=float(evidence.masses[unknown].sum()) / mass,
        length=log1p(int(subject.sum())),
        other_language=other_language,
    )
