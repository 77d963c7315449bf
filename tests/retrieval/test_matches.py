"""Sparse cells: each pair once, with its greatest weight."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieval.matches import Cells

TRIPLES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(0.1, 1.0)), max_size=20
)


@given(TRIPLES)
def test_of_several_weights_the_greatest_counts(triples: list[tuple[int, int, float]]) -> None:
    rows = np.array([row for row, _, _ in triples], np.int64)
    columns = np.array([column for _, column, _ in triples], np.int64)
    weights = np.array([weight for _, _, weight in triples], np.float64)
    cells = Cells.greatest(rows, columns, weights)
    expected = np.zeros((5, 5))
    np.maximum.at(expected, (rows, columns), weights)
    np.testing.assert_array_equal(cells.dense(5, 5), expected)
    pairs = list(zip(cells.rows.tolist(), cells.columns.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
