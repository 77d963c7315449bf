"""How likely it is that a passage covers a point: a logistic model on scale-free features.

The coefficients are plain numbers. The slopes of the subject were fitted to objectives of which the
pages of whole items are hidden; the others were chosen by the agreement with a table made by hand,
from what a fit to single hidden pages suggests. What follows for the confidence was then fitted to
large and small collections in which half of the objectives are covered (`qa-eval coverage --fit`).
Unlike the confidence of an answer, this one does not fall where a second document says the same:
both cover the point.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, log1p
from typing import Final, NamedTuple

CROWD: Final = 30
"""Documents after the best one that it is compared with."""

_SUPPORT: Final = (13.0, 0.38)
_PROMINENCE: Final = (16.4, 0.42)
"""Slope of each, and its mean over many subjects."""
_ENOUGH: Final = -0.5
"""From about here on the subject is there, and more of it tells nothing of one point."""
_PRIOR_OBJECTIVES: Final = 2
_LARGE: Final = 200
"""Passages from which on the weights of words are steady."""


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
    other_language: float
    """`passage_share` where the point is not stated in the language of the passage, else 0: what
    is matched across languages is worth more, because fewer words can match."""
    statement: float
    """1 for a statement of a page, 0 for a title or description."""
    small: float
    """`passage_share` times how far the documents fall short of a large collection: there the
    weights of words say less."""
    subject: float
    """At most 0: how much the documents lack the subject of the objective as a whole."""


COEFFICIENTS: Final = Features(
    unit_share=3.0,
    passage_share=0.75,
    saturation=3.2,
    context=0.45,
    other_language=1.6,
    statement=-0.25,
    small=1.3,
    subject=3.0,
)
INTERCEPT: Final = -3.25
SLOPE: Final = 0.828
SHIFT: Final = 0.34
GROWTH: Final = 0.256
"""From the evidence, as the coefficients weigh it, to the logit of the confidence: among many
passages the words of a point weigh more, and the same share of them is harder to reach."""


class Subject(NamedTuple):
    """What the documents have on one objective, by its title."""

    support: float
    """Saturation of the passage that fits best."""
    prominence: float
    """1 less the mean score of the next documents over that of the best one."""


def probability(values: Features, passages: int) -> float:
    """How sure it is that a passage, one of so many, covers the point, 0 to 1."""
    evidence = INTERCEPT + sum(c * v for c, v in zip(COEFFICIENTS, values, strict=True))
    return 1 / (1 + exp(-(SLOPE * evidence + SHIFT + GROWTH * largeness(passages))))


def subject_lack(objectives: Sequence[Subject], documents: int) -> float:
    """The feature `subject` of all objectives of an item: a soft ceiling on their mean.

    It counts less where few objectives or few documents tell of it.
    """
    count = len(objectives)
    if count == 0:
        return 0.0
    support = sum(subject.support for subject in objectives) / count
    prominence = sum(subject.prominence for subject in objectives) / count
    found = _SUPPORT[0] * (support - _SUPPORT[1]) + _PROMINENCE[0] * (prominence - _PROMINENCE[1])
    known = count / (count + _PRIOR_OBJECTIVES) * min(1.0, max(documents - 1, 0) / CROWD)
    return -known * log1p(exp(_ENOUGH - found))


def smallness(passages: int) -> float:
    """How far the documents fall short of a large collection, as a logarithm, at least 0."""
    return max(0.0, log(_LARGE / max(passages, 1)))


def largeness(passages: int) -> float:
    """How far they go beyond it, likewise."""
    return max(0.0, log(max(passages, 1) / _LARGE))
