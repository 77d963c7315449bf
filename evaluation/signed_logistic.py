"""Logistic regression whose coefficients keep the sign that their meaning gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted


class SignedLogisticRegression(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # untyped base
    """L2-regularised logistic regression with bounds on the coefficients.

    A match that counts against an answer would be a quirk of the documents it was learnt from.
    `signs`: by feature 1 for at least 0, -1 for at most 0, 0 for free. `looseness`: the inverse
    strength of the regularisation, as scikit-learn's `C`.
    """

    classes_: NDArray[np.bool_]
    coef_: NDArray[np.float64]
    intercept_: float

    def __init__(self, signs: Sequence[float] = (), *, looseness: float = 1.0) -> None:
        self.signs = signs
        self.looseness = looseness

    def fit(self, values: NDArray[Any], labels: Sequence[bool]) -> Self:
        """Fit to `values`, float (rows, features), and one label a row."""
        rows = np.column_stack([np.asarray(values, dtype=np.float64), np.ones(len(values))])
        wanted = np.asarray(labels, dtype=np.float64)

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            logits = rows @ weights
            error = np.logaddexp(0, logits).sum() - wanted @ logits
            penalty = weights[:-1] / self.looseness
            gradient = rows.T @ (expit(logits) - wanted)
            gradient[:-1] += penalty
            return float(error + 0.5 * penalty @ weights[:-1]), gradient

        limits = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
        bounds = [limits[int(sign)] for sign in self.signs] + [(None, None)]
        found = minimize(loss, np.zeros(rows.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B")
        self.coef_, self.intercept_ = found.x[:-1], float(found.x[-1])
        self.classes_ = np.array([False, True])
        return self

    def predict_proba(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Probabilities of `False` and `True`, float (rows, 2)."""
        check_is_fitted(self)
        chances = expit(np.asarray(values, dtype=np.float64) @ self.coef_ + self.intercept_)
        return np.column_stack([1 - chances, chances])

    def predict(self, values: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether each row is likelier `True`, bool (rows,)."""
        likelier: NDArray[np.bool_] = self.predict_proba(values)[:, 1] > 0.5
        return likelier
