"""Vocabulary, postings and sequences against what they stand for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.exceptions import NotFittedError

from qa.index.estimators import SaturatedTf
from qa.index.packing import FieldTerms
from qa.index.postings import Postings
from qa.index.sequences import SequenceBuilder
from qa.index.vocabulary import Vocabulary
from tests.index.fields import fields_of

Held = Callable[[Callable[[str], object], str], Callable[[], bool]]

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
FIELDS = st.builds(
    FieldTerms,
    title=st.lists(st.sampled_from("abcé"), max_size=3),
    heading=st.lists(st.sampled_from("abcé"), max_size=3),
    body=st.lists(st.sampled_from("abcdé"), max_size=6),
    units=st.just([]),
)


@given(st.sets(WORDS), WORDS)
def test_a_vocabulary_is_its_sorted_terms(terms: set[str], other: str) -> None:
    ordered = sorted(terms)
    vocabulary = Vocabulary.from_terms(ordered)
    assert list(vocabulary) == ordered
    assert [vocabulary.number(term) for term in ordered] == list(range(len(ordered)))
    if other not in terms:
        assert vocabulary.number(other) is None


def test_unknown_terms_that_a_vocabulary_remembers_are_forgotten_in_the_end(held: Held) -> None:
    vocabulary = Vocabulary.from_terms(["antigen", "blood", "z" * 100])
    short, long = (held(vocabulary.number, term) for term in ("quux", "q" * 9900))
    assert short()
    assert not long()
    for number in range(100_000):
        vocabulary.number(f"quux{number}")
    assert not short()
    assert [vocabulary.number(term) for term in vocabulary] == [0, 1, 2]
    assert vocabulary.number("quux") is None


@given(st.lists(FIELDS, max_size=6))
def test_sequences_give_back_the_terms_of_each_field(passages: list[FieldTerms]) -> None:
    builder = SequenceBuilder()
    for fields in passages:
        builder.add(fields)
    vocabulary, sequences = builder.finish()
    assert vocabulary == sorted(
        {term for fields in passages for field in fields[:3] for term in field}
    )
    assert [fields_of(sequences, n, vocabulary) for n in range(len(sequences))] == passages


def test_saturation_is_that_of_bm25() -> None:
    counts = sparse.csr_array(np.array([[1, 3], [2, 0]], np.float32))
    weights = SaturatedTf(k1=1.2, b=0.75).fit_transform(counts).toarray()
    expected = 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 4 / 3))
    assert weights[0, 1] == pytest.approx(expected)
    assert weights[1, 1] == 0


def test_weights_are_not_given_before_fit() -> None:
    with pytest.raises(NotFittedError):
        SaturatedTf().transform(sparse.csr_array((1, 1), dtype=np.float32))


MATRIX = st.lists(
    st.lists(st.sampled_from([0, 0, 0.5, 1, 2]), min_size=4, max_size=4), min_size=1, max_size=6
)


def postings_of(rows: list[list[float]]) -> Postings:
    matrix = sparse.csc_array(np.array(rows, np.float32))
    return Postings(
        indptr=matrix.indptr.astype(np.int64),
        passages=matrix.indices.astype(np.int32),
        weights=matrix.data,
        passage_count=len(rows),
    )


@given(MATRIX)
def test_frequencies_and_weights_are_those_of_the_matrix(rows: list[list[float]]) -> None:
    postings, matrix = postings_of(rows), np.array(rows)
    everything = np.arange(len(rows))
    for term in range(4):
        assert postings.count_of_any([term]) == np.count_nonzero(matrix[:, term])
        np.testing.assert_array_equal(postings.submatrix(everything, [term])[:, 0], matrix[:, term])
    assert postings.count_of_any([]) == 0
    both = np.count_nonzero(matrix[:, :2].any(axis=1))
    assert postings.count_of_any([0, 1]) == both
