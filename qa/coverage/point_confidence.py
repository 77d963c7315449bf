"""How likely it is that a passage states a point: a logistic model on scale-free features.

Unlike the confidence of an answer, this one does not fall where a second document says the same:
both cover the point.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from math import exp, log1p
from typing import Final, NamedTuple

from qa.coverage import parameters
from qa.coverage.records import UNKNOWN, Presence
from qa.logistic import Logistic

FILE: Final = "fitted.json"
"""Beside this module; `qa-eval coverage --fit --write` writes it."""


class Features(NamedTuple):
    """What the evidence is made of; shares are of what words count together, 0 to 1."""

    said: float
    """How much of the point the best unit says, with its headings and passage: the logarithm of
    the words, a rare one counting in full. So few or common words never say much."""
    unsaid: float
    """How much nothing there says, likewise."""
    lacking: float
    """Share of the weightiest word that nothing there says."""
    subject: float
    """Share of what the point is said of: its headings, its objective and item; 0 for a title,
    which says itself what it is about."""
    statement: float
    """1 for a statement of a page, 0 for a title or description."""
    crowd: float
    """For a statement, the logarithm of the number of passages: among many, one has all of its
    words by chance."""


SIGNS: Final = Features(said=1, unsaid=-1, lacking=-1, subject=1, statement=0, crowd=-1)
"""Which way each feature must count."""


class Subject(NamedTuple):
    """What the documents have on one objective, by its title."""

    support: float
    """Saturation of the passage that fits best."""
    prominence: float
    """1 less the mean score of the next documents over that of the best one."""


@cache
def fitted_model() -> Logistic[Features]:
    """The model that comes with the package."""
    file = resources.files("qa.coverage") / FILE
    return Logistic.of(json.loads(file.read_text(encoding="utf-8")), SIGNS)


def presence(
    objectives: Sequence[Subject], nearest: float, *, documents: int, items: int
) -> Presence:
    """Whether so many documents deal with an item, by all its objectives.

    `nearest`: how many documents are nearest to this one of so many items. Few objectives,
    documents or items tell little; of what is found, more than enough tells nothing more.
    """
    count = len(objectives)
    if count == 0:
        return UNKNOWN
    found = sum(
        slope * (sum(values) / count - mean)
        for values, (slope, mean) in (
            ([one.support for one in objectives], parameters.SUPPORT),
            ([one.prominence for one in objectives], parameters.PROMINENCE),
        )
    )
    enough = documents > parameters.CROWD and count >= parameters.TELLING_OBJECTIVES
    slope, mean = parameters.NEAREST
    near = slope * (log1p(min(nearest / count, parameters.MOST_NEAREST)) - mean)
    compared = min(1.0, (items - 1) / parameters.CROWD)
    known = count / (count + parameters.PRIOR_OBJECTIVES)
    known *= min(1.0, max(documents - 1, 0) / parameters.CROWD)
    return Presence(
        told=enough and found >= 0,
        lack=-known * log1p(exp(parameters.ENOUGH_SUBJECT - found - compared * near)),
    )
