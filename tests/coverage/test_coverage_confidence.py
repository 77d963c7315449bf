"""The confidence that a passage covers a point."""

from __future__ import annotations

import pytest

from qa.coverage.confidence import (
    COEFFICIENTS,
    Features,
    Subject,
    largeness,
    probability,
    smallness,
    subject_lack,
)

NOTHING = Features(*(0.0 for _ in Features._fields))


@pytest.mark.parametrize("feature", Features._fields)
def test_every_feature_counts_as_its_coefficient_says(feature: str) -> None:
    more = NOTHING._replace(**{feature: 0.5})
    grown = probability(more, 100) > probability(NOTHING, 100)
    assert grown is (getattr(COEFFICIENTS, feature) > 0)


def test_the_same_share_of_words_says_more_among_more_passages() -> None:
    found = NOTHING._replace(unit_share=0.5, saturation=0.5)
    chances = [probability(found, passages) for passages in (200, 2_000, 20_000)]
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
