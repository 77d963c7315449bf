"""Weights of terms in passages, against the formulas written out without sparseness."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.index.packing import FieldTerms
from qa.index.sequences import SequenceBuilder, TermSequences
from qa.index.weighing import count_terms, weigh
from qa.settings import IndexSettings

WORDS = st.lists(st.sampled_from("abcd"), max_size=4)
PASSAGES = st.lists(st.builds(FieldTerms, WORDS, WORDS, WORDS, st.just(())), max_size=6)
WEIGHTS = st.sampled_from([0.0, 0.5, 1.0, 3.0])


def built(passages: list[FieldTerms]) -> tuple[list[str], TermSequences]:
    builder = SequenceBuilder()
    for fields in passages:
        builder.add(fields)
    return builder.finish()


def expected_counts(
    passages: list[FieldTerms], vocabulary: list[str], title: float, heading: float
) -> NDArray[np.float64]:
    rows = [
        [
            title * one.title.count(term) + heading * one.heading.count(term) + one.body.count(term)
            for term in vocabulary
        ]
        for one in passages
    ]
    return np.array(rows, np.float64).reshape(len(passages), len(vocabulary))


@given(PASSAGES, WEIGHTS, WEIGHTS)
def test_counts_weigh_the_fields(passages: list[FieldTerms], title: float, heading: float) -> None:
    vocabulary, sequences = built(passages)
    found = count_terms(sequences, title=title, heading=heading)
    expected = expected_counts(passages, vocabulary, title, heading)
    dense = np.zeros(expected.shape)
    dense[found.passages, found.terms] = found.counts
    np.testing.assert_array_equal(dense, expected)
    assert len(found.counts) == np.count_nonzero(expected)


def bm25(counts: NDArray[np.float64], mean: float, k1: float, b: float) -> NDArray[np.float64]:
    """The formula of `saturated`, 0 where a term is not."""
    floor = k1 * (1 - b + b * counts.sum(axis=1, keepdims=True) / max(mean, 1e-9))
    weights = np.zeros_like(counts)
    np.divide(counts * (k1 + 1), counts + floor, out=weights, where=counts > 0)
    return weights


@given(PASSAGES, st.data(), WEIGHTS, st.sampled_from([0.0, 1.2]), st.sampled_from([0.0, 0.75]))
def test_the_document_adds_what_it_says_as_a_whole(
    passages: list[FieldTerms], data: st.DataObject, title: float, k1: float, b: float
) -> None:
    steps = data.draw(st.lists(st.integers(0, 1), min_size=len(passages), max_size=len(passages)))
    owners = np.cumsum([0, *steps[1:]])[: len(passages)].astype(np.int32)
    vocabulary, sequences = built(passages)
    settings = IndexSettings(
        title_weight=title, heading_weight=2.0, document_weight=0.5, k1=k1, b=b
    )
    found = weigh(sequences, owners, len(vocabulary), settings)
    counts = expected_counts(passages, vocabulary, title, 2.0)
    whole = np.zeros((int(owners.max(initial=-1)) + 1, len(vocabulary)))
    np.add.at(whole, owners, counts)
    means = [float(x.sum(axis=1).mean()) if len(x) else 1.0 for x in (counts, whole)]
    expected = bm25(counts, means[0], k1, b)
    expected += 0.5 * np.where(counts > 0, bm25(whole, means[1], k1, b)[owners], 0)
    dense = np.zeros(expected.shape)
    terms = np.repeat(np.arange(len(vocabulary)), np.diff(found.indptr))
    dense[found.passages, terms] = found.weights
    np.testing.assert_allclose(dense, expected, rtol=1e-5)
    np.testing.assert_allclose((found.mean_passage_length, found.mean_document_length), means)
    assert found.weights.dtype == np.float32
    assert found.passages.dtype == np.int32
    for begin, end in zip(found.indptr, found.indptr[1:], strict=False):
        assert (np.diff(found.passages[begin:end]) > 0).all()
