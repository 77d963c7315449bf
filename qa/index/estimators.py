"""The document side of the retrieval model as scikit-learn estimators.

`TermCounter` turns fielded term lists into counts, `SaturatedTf` turns counts into weights. The idf
is not part of a document's weights: it belongs to the class of terms that a question word stands
for, and is applied on the question side (see `qa.retrieval.classes`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Sized
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted


class FieldTerms(NamedTuple):
    """Terms of one passage by field."""

    title: Sequence[str]
    heading: Sequence[str]
    body: Sequence[str]


class TermCounter(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # untyped base
    """Field-weighted term frequencies (the pseudo-frequencies of BM25F).

    Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM 2004.
    """

    vocabulary_: dict[str, int]

    def __init__(self, *, title_weight: float = 1.0, heading_weight: float = 1.0) -> None:
        self.title_weight = title_weight
        self.heading_weight = heading_weight

    def fit(self, passages: Iterable[FieldTerms], y: object = None) -> Self:
        """Learn the vocabulary, sorted."""
        self.fit_transform(passages)
        return self

    def fit_transform(
        self, passages: Iterable[FieldTerms], y: object = None
    ) -> sparse.csr_array[Any, Any]:
        """Learn the vocabulary, sorted, and return the counts, in one pass over `passages`."""
        met: defaultdict[str, int] = defaultdict()
        met.default_factory = met.__len__
        counts = self._count(passages, met.__getitem__, met)
        terms = sorted(met)
        self.vocabulary_ = {term: number for number, term in enumerate(terms)}
        old_numbers = np.fromiter((met[term] for term in terms), np.int64, len(terms))
        if terms:
            counts = sparse.csr_array(counts[:, old_numbers])
            counts.sort_indices()
        return counts

    def transform(self, passages: Iterable[FieldTerms]) -> sparse.csr_array[Any, Any]:
        """Counts, float32 of shape (passages, terms); terms never fitted are left out."""
        check_is_fitted(self)
        return self._count(passages, self.vocabulary_.get, self.vocabulary_)

    def _count(
        self,
        passages: Iterable[FieldTerms],
        number: Callable[[str], int | None],
        vocabulary: Sized,
    ) -> sparse.csr_array[Any, Any]:
        field_weights = (self.title_weight, self.heading_weight, 1.0)
        columns = array("i")
        weights = array("f")
        ends = array("q", [0])
        for fields in passages:
            for field, weight in zip(fields, field_weights, strict=True):
                if weight == 0:
                    continue
                known = [n for n in map(number, field) if n is not None]
                columns.extend(known)
                weights.extend([weight] * len(known))
            ends.append(len(columns))
        counts = sparse.csr_array(
            (
                np.frombuffer(weights, np.float32) if weights else np.empty(0, np.float32),
                np.frombuffer(columns, np.int32) if columns else np.empty(0, np.int32),
                np.frombuffer(ends, np.int64),
            ),
            shape=(len(ends) - 1, len(vocabulary)),
        )
        counts.sum_duplicates()
        return counts


class SaturatedTf(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # untyped base
    """Counts to saturated, length-normalised term frequencies `tf (k1+1) / (tf + k1 (1-b+b l/m))`.

    Robertson and Zaragoza: The Probabilistic Relevance Framework, 2009, section 3.4; without idf.
    """

    mean_length_: float

    def __init__(self, *, k1: float = 1.2, b: float = 0.75) -> None:
        self.k1 = k1
        self.b = b

    def fit(self, counts: sparse.csr_array[Any, Any], y: object = None) -> Self:
        """Learn the mean length of a passage, in weighted terms."""
        lengths = _lengths(counts)
        self.mean_length_ = float(lengths.mean()) if len(lengths) else 1.0
        return self

    def transform(self, counts: sparse.csr_array[Any, Any]) -> sparse.csr_array[Any, Any]:
        """Weights, float32, of the same shape and sparsity as `counts`."""
        check_is_fitted(self)
        relative = _lengths(counts) / max(self.mean_length_, 1e-9)
        floor = self.k1 * (1 - self.b + self.b * relative)
        tf = counts.data.astype(np.float64)
        weights = tf * (self.k1 + 1) / (tf + np.repeat(floor, np.diff(counts.indptr)))
        return sparse.csr_array(
            (weights.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape
        )


def _lengths(counts: sparse.csr_array[Any, Any]) -> NDArray[np.float64]:
    return np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
