"""How likely it is that a passage covers a point: a logistic model on scale-free features.

The coefficients are plain numbers, made by `qa-eval coverage --fit`. Unlike the confidence of an
answer, this one does not fall where a second document says the same: both cover the point.
"""

from __future__ import annotations

from math import exp
from typing import Final, NamedTuple

FULL_MATCH: Final = 4.4
"""About the greatest weight of a term: (k1 + 1) in the passage and again in the document."""


class Features(NamedTuple):
    """What the confidence is made of; shares are of the idf mass of the point's words, 0 to 1."""

    unit_share: float
    """Matched by the best sentence."""
    passage_share: float
    """Matched by the passage."""
    saturation: float
    """The passage's score over that of a full match of every word."""
    context: float
    """The same of the words of the context."""
    support: float
    """Mean saturation, over the objectives of the item, of the best passage for their titles."""
    prominence: float
    """How far, over the objectives of the item, the best document stands out from the next ones."""


COEFFICIENTS: Final = Features(
    unit_share=3.0,
    passage_share=1.0,
    saturation=3.0,
    context=0.5,
    support=6.0,
    prominence=6.0,
)
INTERCEPT: Final = -6.0


def probability(values: Features) -> float:
    """The calibrated probability that the passage covers the point."""
    logit = INTERCEPT + sum(c * v for c, v in zip(COEFFICIENTS, values, strict=True))
    return 1 / (1 + exp(-logit))
