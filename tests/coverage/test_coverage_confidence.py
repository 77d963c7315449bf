"""The confidence that a passage covers a point."""

from __future__ import annotations

import numpy as np
import pytest

from qa.coverage.confidence import (
    CALIBRATION,
    EVIDENCE,
    Features,
    Subject,
    confidences,
    largeness,
    smallness,
    subject_lack,
)
from qa.logistic import Logistic

NOTHING = Features(*(0.0 for _ in Features._fields))


def sure(features: Features, passages: int) -> float:
    """The confidence of one pair."""
    return float(confidences(np.array([features]), passages)[0])


@pytest.mark.parametrize("feature", Features._fields)
def test_every_feature_counts_as_its_coefficient_says(feature: str) -> None:
    more = NOTHING._replace(**{feature: 0.5})
    grown = sure(more, 100) > sure(NOTHING, 100)
    assert grown is (getattr(EVIDENCE.coefficients, feature) > 0)


@pytest.mark.parametrize("model", [EVIDENCE, CALIBRATION])
def test_coefficients_have_the_sign_of_their_meaning(model: Logistic[tuple[float, ...]]) -> None:
    signs = zip(model.signs, model.coefficients, strict=True)
    assert all(sign * coefficient >= 0 for sign, coefficient in signs)


def test_many_pairs_are_as_sure_as_each_by_itself() -> None:
    rows = [NOTHING, NOTHING._replace(unit_share=1.0), NOTHING._replace(subject=-2.0)]
    assert confidences(np.array(rows), 500).tolist() == pytest.approx([sure(r, 500) for r in rows])


def test_the_same_share_of_words_says_more_among_more_passages() -> None:
    found = NOTHING._replace(unit_share=0.5, saturation=0.5)
    chances = [sure(found, passages) for passages in (200, 2_000, 20_000)]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1] < 1


@pytest.mark.parametrize("passages", [0, 1, 50, 199, 200, 201, 10**6])
def test_a_collection_is_small_or_large(passages: int) -> None:
    assert smallness(passages) >= 0
    assert largeness(passages) >= 0
    assert smallness(passages) == 0 or largeness(passages) == 0


def test_a_subject_that_the_documents_lack_counts_against_its_points() -> None:
    absent, present = Subject(0.1, 0.1), Subject(0.9, 0.9)
    assert subject_lack([absent], 100) < subject_lack([present], 100) <= 0
    assert subject_lack([absent] * 5, 100) < subject_lack([absent], 100)
    assert subject_lack([absent], 1) == 0 == subject_lack([], 100)
