"""How likely it is that a passage states a point: a logistic model on scale-free features.

Unlike the confidence of an answer, this one does not fall where a second document says the same:
both cover the point.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import log
from typing import Any, Final, NamedTuple, Self

from qa.coverage import parameters
from qa.coverage.records import UNKNOWN, ItemFeatures, Presence
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


ITEM_SIGNS: Final = ItemFeatures(support=1, prominence=1, nearest=1)
"""Likewise, of whether the documents deal with an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The numbers that coverage rests on."""

    points: Logistic[Features]
    """How likely a passage states a point."""
    items: Logistic[ItemFeatures]
    """How likely the documents deal with an item."""

    @classmethod
    def of(cls, numbers: Mapping[str, Any]) -> Self:
        """The model of what `as_json` gave."""
        return cls(
            points=Logistic.of(numbers["points"], SIGNS),
            items=Logistic.of(numbers["items"], ITEM_SIGNS),
        )

    def as_json(self) -> dict[str, Any]:
        """The numbers by model and feature."""
        return {"points": self.points.as_json(), "items": self.items.as_json()}


@cache
def fitted_model() -> Model:
    """The model that comes with the package."""
    file = resources.files("qa.coverage") / FILE
    return Model.of(json.loads(file.read_text(encoding="utf-8")))


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
    compared = min(1.0, (items - 1) / parameters.CROWD)
    features = ItemFeatures(
        support=sum(one.support for one in objectives) / count,
        prominence=sum(one.prominence for one in objectives) / count,
        nearest=compared * (min(nearest / count, 1.0) - 0.5),
    )
    model = fitted_model().items
    enough = documents > parameters.CROWD and count >= parameters.TELLING_OBJECTIVES
    known = count / (count + parameters.PRIOR_OBJECTIVES)
    known *= min(1.0, max(documents - 1, 0) / parameters.CROWD)
    return Presence(
        told=enough and model.logit(features._replace(nearest=0.0)) >= 0,
        lack=known * log(model.probability(features)),
        features=features,
    )
