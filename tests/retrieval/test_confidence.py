"""What the confidence of a passage is made of."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieval.confidence import SIGNS, Features, confidence_features
from qa.retrieval.facets import facets
from qa.retrieval.model import fitted_model
from qa.retrieval.support import Features as Support

SIDE_EFFECTS = [facets()["adverse_effects"]]
NOTHING = Support(*[0.0] * len(Support._fields))
VALUES = st.lists(st.floats(-4, 4), min_size=len(SIGNS), max_size=len(SIGNS))


@pytest.mark.parametrize(
    ("evidence", "rival", "ahead"),
    [
        (0.0, -1.0, 1.0),
        (-1.0, 0.0, -1.0),
        (0.0, 0.0, 0.0),
        (0.0, -inf, 4.0),
        (9.0, 0.0, 4.0),
        (-50.0, 0.0, -4.0),
    ],
)
def test_a_passage_is_ahead_within_limits(evidence: float, rival: float, ahead: float) -> None:
    found = confidence_features(NOTHING, evidence, rival, 0.0, SIDE_EFFECTS)
    assert (found.evidence, found.ahead) == (evidence, ahead)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ({"own": 0.3, "lead": 0.2, "above": 0.1, "before": 0.1, "earlier": 0.2}, {"subject": 0.9}),
        ({"opening": 1.0, "score": 1.0}, {"subject": 0.0}),
        ({"lacking": 0.4}, {"lacking": 0.4}),
        ({"facet_own": 0.5, "facet_lead": 1.0}, {"unmet": 0.0}),
        ({"facet_heading": 0.6}, {"unmet": 0.4}),
        ({"facet_above": 1.0}, {"unmet": 1.0}),
        ({"own": 0.3, "above": 0.2}, {"unsaid": 0.25}),
        ({"headed": 0.7}, {"headed": 0.7}),
    ],
)
def test_it_takes_these_of_the_best_unit(
    unit: dict[str, float], expected: dict[str, float]
) -> None:
    found = confidence_features(NOTHING._replace(**unit), 0.0, 0.0, 0.0, SIDE_EFFECTS)
    assert {name: getattr(found, name) for name in expected} == pytest.approx(expected)


def test_where_nothing_is_asked_nothing_is_unmet() -> None:
    assert confidence_features(NOTHING, 0.0, 0.0, 0.0, []).unmet == 0


@pytest.mark.parametrize(("facet", "own", "uncounted"), [("dose", 0.5, 1), ("dose", 1, 0)])
def test_a_number_is_to_be_given_not_mentioned(facet: str, own: float, uncounted: float) -> None:
    unit = NOTHING._replace(facet_own=own)
    found = confidence_features(unit, 0.0, 0.0, 0.0, [facets()[facet]])
    assert found.uncounted == uncounted


@given(VALUES, st.sampled_from(Features._fields), st.floats(0, 4))
def test_more_of_what_speaks_for_an_answer_makes_it_no_less_sure(
    values: list[float], name: str, more: float
) -> None:
    model = fitted_model().confidence
    before = Features(*values)
    after = before._replace(**{name: getattr(before, name) + more})
    assert getattr(SIGNS, name) * (model.logit(after) - model.logit(before)) >= -1e-9
    assert 0 < model.probability(before) < 1
