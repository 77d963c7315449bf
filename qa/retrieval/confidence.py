"""How sure it is that a passage answers: a logistic model on what its best unit has."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from qa.retrieval.facets import Facet
from qa.retrieval.support import SUBJECT
from qa.retrieval.support import Features as Support

_SUBJECT: Final = attrgetter(*SUBJECT)
_WIDEST: Final = 4.0
"""Difference in evidence from which on more of it tells no more (0, 0)."""


class Features(NamedTuple):
    """What the confidence is made of; shares are of the subject's mass, 0 to 1."""

    evidence: float
    """Of the best unit, as a logit."""
    ahead: float
    """How far it is ahead of the best unit of another passage, as a logit within limits."""
    subject: float
    """Said by the unit or by what stands above and before it."""
    lacking: float
    """The weightiest word that none of these says."""
    unsaid: float
    """What none of these says of the subject, squared: all of it is worse than twice half."""
    headed: float
    """Share of the words of the headings above the unit that are the question's."""
    margin: float
    """How far the score of its passage is ahead of the best other one, over the greatest."""
    unmet: float
    """How much it lacks of the look of an answer to what is asked, 0 to 1."""
    uncounted: float
    """That a number is asked, such as a dose, and the unit does not give one of its kind."""


SIGNS: Final = Features(
    evidence=1,
    ahead=1,
    subject=1,
    lacking=-1,
    unsaid=-1,
    headed=1,
    margin=1,
    unmet=-1,
    uncounted=-1,
)
"""Which way each feature must count: for an answer, against it, or either."""


def confidence_features(
    unit: Support, evidence: float, rival: float, margin: float, facets: Sequence[Facet]
) -> Features:
    """Features of a passage by its best unit; `rival` is the evidence of the best other one.

    `margin`: as the feature. `facets`: what the question asks for.
    """
    looks = max(unit.facet_own, unit.facet_lead, unit.facet_heading)
    subject = sum(_SUBJECT(unit))
    counts = any(facet.form == "number" for facet in facets)
    return Features(
        evidence=evidence,
        ahead=min(max(evidence - rival, -_WIDEST), _WIDEST),
        subject=subject,
        lacking=unit.lacking,
        unsaid=max(1 - subject, 0.0) ** 2,
        headed=unit.headed,
        margin=margin,
        unmet=1 - looks if facets else 0.0,
        uncounted=float(counts and unit.facet_own < 1),
    )
