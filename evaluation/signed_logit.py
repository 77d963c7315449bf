"""Logit models whose coefficients keep the sign that their meaning gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

Matrix = NDArray[np.float64]
_LIMITS = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}


class Choice(NamedTuple):
    """What one question chooses from: `rows` float64 (n, features), and which are right, bool."""

    rows: Matrix
    right: NDArray[np.bool_]


def fit_choices(
    choices: Sequence[Choice], signs: Sequence[float], looseness: float
) -> NDArray[np.float64]:
    """Coefficients under which the right rows of each choice are likely, float64 (features,).

    Conditional logit (McFadden 1974) with an L2 penalty; `looseness` is its inverse strength, as
    scikit-learn's `C`. Choices without a right row tell nothing and are passed over.
    """
    telling = [choice for choice in choices if choice.right.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.5 / looseness * weights @ weights, weights / looseness
        for rows, right in telling:
            logits = rows @ weights
            every, good = logsumexp(logits), logsumexp(logits[right])
            total += every - good
            gradient = gradient + np.exp(logits - every) @ rows
            gradient -= np.exp(logits[right] - good) @ rows[right]
        return float(total), gradient

    return _minimised(loss, [_LIMITS[int(sign)] for sign in signs])


def fit_labels(
    rows: Matrix,
    labels: NDArray[np.bool_],
    signs: Sequence[float],
    looseness: float,
    counts: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float64], float]:
    """Coefficients, float64 (features,), and intercept of a logistic regression, likewise.

    `counts`: as how many rows each one counts, float64 (n,).
    """
    design = np.column_stack([rows, np.ones(len(rows))])
    wanted = labels.astype(np.float64)
    counted = np.ones(len(rows)) if counts is None else counts

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = design @ weights
        penalty = np.append(weights[:-1] / looseness, 0.0)
        total = counted @ (np.logaddexp(0, logits) - wanted * logits) + 0.5 * penalty @ weights
        return float(total), design.T @ (counted * (expit(logits) - wanted)) + penalty

    found = _minimised(loss, [*(_LIMITS[int(sign)] for sign in signs), (None, None)])
    return found[:-1], float(found[-1])


def _minimised(
    loss: Callable[[Matrix], tuple[float, Matrix]],
    bounds: Sequence[tuple[float | None, float | None]],
) -> Matrix:
    # So near the optimum that rounded coefficients do not hang on the order of sums.
    found: Matrix = minimize(
        loss,
        np.zeros(len(bounds)),
        jac=True,
        bounds=bounds,
        method="L-BFGS-B",
        options={"ftol": 1e-14, "gtol": 1e-8, "maxiter": 10_000, "maxfun": 20_000},
    ).x
    return found
