"""The document side of the model: a scikit-learn estimator, and the formulas by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline

from qa.index.estimators import SaturatedTf

COUNTS = st.lists(
    st.lists(st.sampled_from([0, 0, 1, 2, 3]), min_size=4, max_size=4), min_size=1, max_size=6
)


def matrix(rows: list[list[int]]) -> sparse.csr_array:
    return sparse.csr_array(np.array(rows, np.float32).reshape(len(rows), -1))


def bm25(counts: NDArray[np.float64], mean: float, k1: float, b: float) -> NDArray[np.float64]:
    """The formula of the docstring, without sparseness."""
    lengths = counts.sum(axis=1, keepdims=True)
    floor = k1 * (1 - b + b * lengths / mean)
    weights = np.zeros_like(counts)
    np.divide(counts * (k1 + 1), counts + floor, out=weights, where=counts > 0)
    return weights


@given(COUNTS, st.sampled_from([0.0, 0.9, 1.2, 2.0]), st.sampled_from([0.0, 0.75, 1.0]))
def test_weights_are_those_of_the_formula(rows: list[list[int]], k1: float, b: float) -> None:
    dense = np.array(rows, np.float64)
    mean = max(float(dense.sum(axis=1).mean()), 1e-9)
    weights = SaturatedTf(k1=k1, b=b).fit_transform(matrix(rows))
    np.testing.assert_allclose(weights.toarray(), bm25(dense, mean, k1, b), rtol=1e-5)
    assert weights.dtype == np.float32


@pytest.mark.parametrize(
    ("tf", "others", "weight"),
    [
        (1, 9, 1.0),
        (2, 8, 4.4 / 3.2),
        (10, 0, 22 / 11.2),
        (1, 19, 2.2 / (1 + 1.2 * 1.75)),
        (1, 4, 2.2 / (1 + 1.2 * 0.625)),
    ],
)
def test_weights_by_hand_for_a_mean_length_of_ten(tf: int, others: int, weight: float) -> None:
    estimator = SaturatedTf().fit(matrix([[4, 16], [0, 0]]))
    assert estimator.mean_length_ == 10
    assert estimator.transform(matrix([[tf, others]])).toarray()[0, 0] == pytest.approx(weight)


def test_it_behaves_as_an_estimator() -> None:
    estimator = SaturatedTf(k1=2.0, b=0.5)
    assert estimator.get_params() == {"k1": 2.0, "b": 0.5}
    assert estimator.set_params(b=0.25).b == 0.25
    copy = clone(estimator)
    assert copy.get_params() == estimator.get_params()
    with pytest.raises(NotFittedError):
        copy.transform(matrix([[1]]))
    assert estimator.fit(matrix([[1, 3], [2, 0]])) is estimator
    assert estimator.mean_length_ == 3.0
    assert not hasattr(clone(estimator), "mean_length_")


def test_it_stands_in_a_pipeline() -> None:
    counts = matrix([[1, 0], [2, 3]])
    alone = SaturatedTf().fit_transform(counts).toarray()
    np.testing.assert_array_equal(
        make_pipeline(SaturatedTf()).fit_transform(counts).toarray(), alone
    )


def test_the_counts_are_left_as_they_are() -> None:
    counts = matrix([[1, 0], [2, 3]])
    before = counts.toarray()
    SaturatedTf().fit_transform(counts)
    np.testing.assert_array_equal(counts.toarray(), before)


def test_nothing_to_learn_from_is_no_error() -> None:
    empty = sparse.csr_array((0, 3), dtype=np.float32)
    assert SaturatedTf().fit_transform(empty).shape == (0, 3)
    blank = sparse.csr_array((2, 3), dtype=np.float32)
    assert SaturatedTf().fit_transform(blank).nnz == 0
