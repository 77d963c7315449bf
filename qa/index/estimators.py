"""The document side of the retrieval model as a scikit-learn estimator; see `qa.index.weighing`."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from qa.index.weighing import mean_length, saturated

Matrix = sparse.csr_array[Any, Any]


class SaturatedTf(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # untyped base
    """Counts to saturated, length-normalised term frequencies, by `qa.index.weighing.saturated`."""

    mean_length_: float

    def __init__(self, *, k1: float = 1.2, b: float = 0.75) -> None:
        self.k1 = k1
        self.b = b

    def fit(self, counts: Matrix, y: object = None) -> Self:
        """Learn the mean length of a row, in weighted terms."""
        self.mean_length_ = mean_length(_lengths(counts))
        return self

    def transform(self, counts: Matrix) -> Matrix:
        """Weights, float32, of the same shape and sparsity as `counts`."""
        check_is_fitted(self)
        lengths = np.repeat(_lengths(counts), np.diff(counts.indptr))
        weights = saturated(counts.data, lengths, self.mean_length_, k1=self.k1, b=self.b)
        return sparse.csr_array((weights, counts.indices, counts.indptr), shape=counts.shape)


def _lengths(counts: Matrix) -> NDArray[np.float64]:
    return np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
