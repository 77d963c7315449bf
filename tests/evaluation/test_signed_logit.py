"""Logit models: signs held, and otherwise the optimum that others find."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from evaluation.signed_logit import Choice, Matrix, fit_choices, fit_labels

LOOSENESS = 2.0


def drawn(seed: int, *, features: int, count: int = 12, size: int = 5) -> list[Choice]:
    """Choices at random, some with several right rows and some with none."""
    random = np.random.default_rng(seed)
    return [
        Choice(random.normal(size=(size, features)), random.random(size) < 0.3)
        for _ in range(count)
    ]


def loss(choices: list[Choice], weights: Matrix) -> float:
    """What is minimised, straight from its definition."""
    total = float(weights @ weights) / (2 * LOOSENESS)
    for rows, right in choices:
        if right.any():
            worth = np.exp(rows @ weights)
            total -= float(np.log(worth[right].sum() / worth.sum()))
    return total


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("signs", [(0, 0), (1, -1), (-1, 1)])
def test_choices_agree_with_a_search_of_the_whole_plane(seed: int, signs: tuple[int, int]) -> None:
    choices = drawn(seed, features=2)
    steps = np.round(np.arange(-2, 2.01, 0.05), 2)
    allowed = [steps[steps * sign >= 0] if sign else steps for sign in signs]
    best = min(
        (np.array([first, second]) for first in allowed[0] for second in allowed[1]),
        key=lambda weights: loss(choices, weights),
    )
    found = fit_choices(choices, signs, LOOSENESS)
    assert found == pytest.approx(best, abs=0.05)
    assert loss(choices, found) <= loss(choices, best) + 1e-9


def test_the_right_rows_of_separable_choices_are_found() -> None:
    random = np.random.default_rng(0)
    truth = np.array([2.0, -1.0, 0.5])
    choices = []
    for _ in range(40):
        rows = random.normal(size=(6, 3))
        worth = rows @ truth
        choices.append(Choice(rows, worth == worth.max()))
    weights = fit_choices(choices, (1, -1, 0), 100.0)
    assert all(right[np.argmax(rows @ weights)] for rows, right in choices)


@pytest.mark.parametrize("sign", [1, -1])
def test_signs_are_held_against_the_data(sign: int) -> None:
    rows = np.array([[-1.0 * sign, 0.0], [1.0 * sign, 0.0]])
    labels = np.array([True, False])
    assert fit_choices([Choice(rows, labels)], (sign, 0), LOOSENESS)[0] == 0
    assert fit_choices([Choice(rows, labels)], (0, 0), LOOSENESS)[0] * sign < 0
    assert fit_labels(rows, labels, (sign, 0), LOOSENESS)[0][0] == 0
    assert fit_labels(rows, labels, (0, 0), LOOSENESS)[0][0] * sign < 0


def test_choices_without_a_right_row_tell_nothing() -> None:
    choices = drawn(4, features=3)
    telling = [choice for choice in choices if choice.right.any()]
    assert len(telling) < len(choices)
    assert np.array_equal(
        fit_choices(choices, (0, 0, 0), LOOSENESS), fit_choices(telling, (0, 0, 0), LOOSENESS)
    )


def test_labels_agree_with_scikit_learn_where_no_sign_binds() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(80, 4))
    labels = rows @ [1.0, -0.5, 0.0, 2.0] + random.normal(size=80) > 0.3
    counts = random.uniform(0.1, 3, size=80)
    peer = LogisticRegression(C=LOOSENESS, tol=1e-10, max_iter=1000).fit(rows, labels, counts)
    weights, intercept = fit_labels(rows, labels, (0, 0, 0, 0), LOOSENESS, counts)
    assert weights == pytest.approx(peer.coef_[0], abs=1e-5)
    assert intercept == pytest.approx(peer.intercept_[0], abs=1e-5)
