"""The confidence that a passage states a point."""

from __future__ import annotations

import pytest

from qa.coverage.point_confidence import SIGNS, Features, Subject, fitted_model, presence

NOTHING = Features(*(0.0 for _ in Features._fields))


@pytest.mark.parametrize("feature", Features._fields)
def test_every_feature_counts_as_its_meaning_says(feature: str) -> None:
    model = fitted_model().points
    more = model.probability(NOTHING._replace(**{feature: 0.5})) - model.probability(NOTHING)
    assert more * getattr(SIGNS, feature) >= 0


def test_what_is_said_in_full_is_stated_and_half_of_it_is_not() -> None:
    whole = Features(said=2.5, unsaid=0.0, lacking=0.0, subject=0.6, statement=1.0, crowd=7.0)
    half = whole._replace(said=1.9, unsaid=1.9, lacking=0.3)
    assert fitted_model().points.probability(whole) > 0.75
    assert fitted_model().points.probability(half) < 0.4


def lack(
    subjects: list[Subject], nearest: float = 0, documents: int = 100, items: int = 100
) -> float:
    return presence(subjects, nearest, documents=documents, items=items).lack


def test_a_subject_that_the_documents_lack_counts_against_its_points() -> None:
    absent, present = Subject(0.1, 0.1), Subject(0.9, 0.9)
    assert lack([absent]) < lack([present]) <= 0
    assert lack([absent] * 5) < lack([absent])
    assert lack([absent], documents=1) == 0 == lack([])


def test_an_item_that_documents_are_nearest_to_lacks_less() -> None:
    subjects = [Subject(0.4, 0.4)] * 5
    assert lack(subjects, nearest=0) < lack(subjects, nearest=5) <= 0
    assert lack(subjects, nearest=50) == lack(subjects, nearest=500)
    assert lack(subjects, nearest=0, items=1) == lack(subjects, nearest=5, items=1)


def test_documents_deal_with_an_item_where_several_objectives_tell_so() -> None:
    present = Subject(0.9, 0.9)
    told = [
        presence([present] * count, 0, documents=documents, items=100).told
        for count, documents in ((5, 100), (1, 100), (5, 10))
    ]
    assert told == [True, False, False]
    assert not presence([Subject(0.1, 0.1)] * 5, 50, documents=100, items=100).told
