"""The pruned first pass finds what the dense one finds, to the last bit."""

from __future__ import annotations

import sqlite3
import sys
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from qa.index.catalogue import Catalogue
from qa.index.dense import DenseFirstPass
from qa.index.postings import Postings
from qa.index.pruned import PrunedFirstPass, first_pass
from qa.models import Filters

pytestmark = pytest.mark.skipif(find_spec("numba") is None, reason="needs the `fast` extra")


class _Halves(Catalogue):
    """A document a passage; the filter lets one in three through."""

    def __init__(self) -> None:
        super().__init__(sqlite3.connect(":memory:"), {}, np.empty(0, np.int32))

    def documents_of(self, filters: Filters) -> list[int]:
        return list(range(0, 10_000, 3))


def dense_of(matrix: np.ndarray) -> DenseFirstPass:
    """The first pass over some weights, passages by terms."""
    by_term = csc_array(matrix.astype(np.float32))
    return DenseFirstPass(
        postings=Postings(
            indptr=by_term.indptr.astype(np.int64),
            passages=by_term.indices.astype(np.int32),
            weights=by_term.data,
            passage_count=len(matrix),
        ),
        catalogue=_Halves(),
        owners=np.arange(len(matrix), dtype=np.int32),
    )


@settings(deadline=None)
@given(
    seed=st.integers(0, 1 << 32),
    passages=st.sampled_from([0, 1, 63, 64, 65, 500, 3000]),
    terms=st.sampled_from([0, 1, 3, 300]),
    levels=st.sampled_from([1, 3, 1000]),
    most=st.sampled_from([1, 10, 300, 5000]),
    base=st.sampled_from([None, 0.0, 1.5]),
    among=st.sampled_from([0, 1_000_000]),
)
def test_ids_and_scores_are_those_of_the_dense_one(
    seed: int, passages: int, terms: int, levels: int, most: int, base: float | None, among: int
) -> None:
    rng = np.random.default_rng(seed)
    # From words that all passages have to words of one: few levels make ties by the hundred.
    shares = rng.random(terms) ** rng.integers(1, 12, terms)
    present = rng.random((passages, terms)) < shares
    dense = dense_of(present * rng.integers(1, levels + 1, (passages, terms)) / levels)
    asked = rng.permutation(terms)[: rng.integers(0, terms + 1)]
    question = {int(term): float(rng.integers(1, levels + 1)) / 7 for term in asked}
    allowed = None if base is None else Filters(language=("fr",))
    expected = dense.best(question, most, allowed=allowed, base=base or 0.0)
    found = PrunedFirstPass(dense, among=among).best(
        question, most, allowed=allowed, base=base or 0.0
    )
    assert found.passages.tolist() == expected.passages.tolist()
    assert found.scores.tolist() == expected.scores.tolist()


def test_what_is_weighed_against_a_passage_is_taken_away() -> None:
    dense = dense_of(np.array([[1, 0], [1, 1], [0, 1]]))
    question = {0: 1.0, 1: -0.5}
    assert PrunedFirstPass(dense).best(question, 3).scores.tolist() == [1.0, 0.5]


def test_the_first_questions_of_a_process_do_not_wait_for_compiled_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    large = first_pass(dense_of(np.ones((20_000, 1))))
    monkeypatch.setitem(sys.modules, "qa.index.kernels", None)
    assert large.best({0: 1.0}, 2).passages.tolist() == [0, 1]
    with pytest.raises(ImportError):
        for _ in range(9):
            large.best({0: 1.0}, 2)


def test_a_small_index_does_without_compiled_code() -> None:
    assert isinstance(first_pass(dense_of(np.ones((9, 1)))), DenseFirstPass)
    assert isinstance(first_pass(dense_of(np.ones((20_000, 1)))), PrunedFirstPass)
