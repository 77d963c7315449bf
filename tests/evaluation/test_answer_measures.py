"""Measures of answers and of the decision to answer, on cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.answer_measures import (
    answer_hit,
    area_under_risk_coverage,
    auroc,
    calibration_error,
    contains_answer,
    percentile_ms,
    reliability,
    risk_coverage,
)
from evaluation.records import Query
from evaluation.runs import Extract, Outcome


def _extract(text: str) -> Extract:
    return Extract("d", 0, len(text), text)


def _outcome(
    text: str, answers: tuple[str, ...], *, answered: bool = True, answerable: bool | None = None
) -> Outcome[Query]:
    return Outcome(
        question=Query(id="q", text="?", answers=answers, answerable=answerable),
        answered=answered,
        extracts=(_extract(text),),
    )


@pytest.mark.parametrize(
    ("extract", "answers", "expected"),
    [
        ("In the 10th  and\n11th centuries", ["10th and 11th Centuries"], True),
        ("in STRASSE 4", ["Straße"], True),
        ("nothing of it", ["10th", "11th"], False),
        ("nothing of it", [], False),
    ],
)
def test_an_answer_is_found_whatever_case_and_space(
    extract: str, answers: list[str], expected: bool
) -> None:
    assert contains_answer([_extract(extract)], answers) is expected


def test_answer_hit_counts_answerable_questions_only() -> None:
    outcomes = [
        _outcome("it is France", ("France",)),
        _outcome("it is Spain", ("France",)),
        _outcome("it is France", ("France",), answered=False),
        _outcome("no label", ()),
        _outcome("it is France", ("France",), answerable=False),
    ]
    assert answer_hit(outcomes) == pytest.approx(2 / 3)
    assert answer_hit(outcomes, shown=True) == pytest.approx(1 / 3)
    assert answer_hit(outcomes[3:4]) is None


@pytest.mark.parametrize(
    ("labels", "confidences", "expected"),
    [
        ([True, False], [0.9, 0.1], 1.0),
        ([True, False], [0.1, 0.9], 0.0),
        ([True, False, False], [0.5, 0.5, 0.1], 0.75),
        ([True, True], [0.9, 0.1], None),
        ([], [], None),
    ],
)
def test_auroc(labels: list[bool], confidences: list[float], expected: float | None) -> None:
    assert auroc(labels, confidences) == expected


def test_risk_and_coverage_by_hand() -> None:
    answers = [True, False, True, False], [0.9, 0.8, 0.7, 0.1]
    curve = risk_coverage(*answers)
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert curve.risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert area_under_risk_coverage(*answers) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidence_is_one_threshold() -> None:
    curve = risk_coverage([True, False, False], [0.5, 0.5, 0.2])
    assert curve.coverage == pytest.approx([2 / 3, 1.0])
    assert curve.risk == pytest.approx([1 / 2, 2 / 3])


def test_nothing_has_no_area() -> None:
    assert area_under_risk_coverage([], []) is None
    assert calibration_error([], []) is None
    assert percentile_ms([], 50) is None


def test_calibration_error_by_hand() -> None:
    correct, confidences = [True, False, True, True], [0.95, 0.95, 0.25, 0.25]
    assert [bin_.size for bin_ in reliability(correct, confidences)] == [2, 2]
    assert calibration_error(correct, confidences) == pytest.approx((0.45 + 0.75) / 2)


_ANSWERS = st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=40)


@given(_ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_the_questions_is_no_matter(
    answers: list[tuple[bool, float]], rng: np.random.Generator
) -> None:
    shuffled = list(answers)
    rng.shuffle(shuffled)
    first, second = (
        risk_coverage([a for a, _ in some], [c for _, c in some]) for some in (answers, shuffled)
    )
    assert first.risk.tolist() == second.risk.tolist()
    assert first.coverage.tolist() == second.coverage.tolist()


@given(_ANSWERS)
def test_full_coverage_has_the_overall_risk(answers: list[tuple[bool, float]]) -> None:
    curve = risk_coverage([a for a, _ in answers], [c for _, c in answers])
    assert curve.coverage[-1] == 1.0
    assert curve.risk[-1] == pytest.approx(sum(not a for a, _ in answers) / len(answers))
