"""The confidence that a passage states a point."""

from __future__ import annotations

import pytest

from qa.coverage.point_confidence import SIGNS, Features, Subject, fitted_model, subject_lack

NOTHING = Features(*(0.0 for _ in Features._fields))


@pytest.mark.parametrize("feature", Features._fields)
def test_every_feature_counts_as_its_meaning_says(feature: str) -> None:
    model = fitted_model()
    more = model.probability(NOTHING._replace(**{feature: 0.5})) - model.probability(NOTHING)
    assert more * getattr(SIGNS, feature) >= 0


def test_what_is_said_in_full_is_stated_and_half_of_it_is_not() -> None:
    whole = Features(said=2.5, unsaid=0.0, lacking=0.0, subject=0.6, statement=1.0, crowd=7.0)
    half = whole._replace(said=1.9, unsaid=1.9, lacking=0.3)
    assert fitted_model().probability(whole) > 0.75
    assert fitted_model().probability(half) < 0.4


def test_a_subject_that_the_documents_lack_counts_against_its_points() -> None:
    absent, present = Subject(0.1, 0.1), Subject(0.9, 0.9)
    assert subject_lack([absent], 100) < subject_lack([present], 100) <= 0
    assert subject_lack([absent] * 5, 100) < subject_lack([absent], 100)
    assert subject_lack([absent], 1) == 0 == subject_lack([], 100)
