"""The document side of the retrieval model as a scikit-learn estimator.

The idf is not part of a passage's weights: it belongs to the class of terms that a question word
stands for, and is applied on the question side (see `qa.retrieval.classes`).
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from qa.index.sequences import TermSequences

Matrix = sparse.csr_array[Any, Any]


class SaturatedTf(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # untyped base
    """Counts to saturated, length-normalised term frequencies `tf (k1+1) / (tf + k1 (1-b+b l/m))`.

    Robertson and Zaragoza: The Probabilistic Relevance Framework, 2009, section 3.4; without idf.
    """

    mean_length_: float

    def __init__(self, *, k1: float = 1.2, b: float = 0.75) -> None:
        self.k1 = k1
        self.b = b

    def fit(self, counts: Matrix, y: object = None) -> Self:
        """Learn the mean length of a row, in weighted terms."""
        lengths = _lengths(counts)
        self.mean_length_ = float(lengths.mean()) if len(lengths) else 1.0
        return self

    def transform(self, counts: Matrix) -> Matrix:
        """Weights, float32, of the same shape and sparsity as `counts`."""
        check_is_fitted(self)
        relative = _lengths(counts) / max(self.mean_length_, 1e-9)
        floor = self.k1 * (1 - self.b + self.b * relative)
        tf = counts.data.astype(np.float64)
        weights = tf * (self.k1 + 1) / (tf + np.repeat(floor, np.diff(counts.indptr)))
        return sparse.csr_array(
            (weights.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape
        )


def field_counts(
    sequences: TermSequences, vocabulary_size: int, *, title: float, heading: float
) -> Matrix:
    """Field-weighted term frequencies, float32 (passages, terms): the pseudo-frequencies of BM25F.

    Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM 2004.
    """
    weights = sequences.field_weights(title=title, heading=heading)
    shape = (len(sequences), vocabulary_size)
    counts = sparse.csr_array((weights, sequences.terms.copy(), sequences.indptr.copy()), shape)
    counts.sum_duplicates()
    counts.eliminate_zeros()
    return counts


def weights_in_document(
    counts: Matrix, owners: NDArray[np.int32], saturation: SaturatedTf
) -> NDArray[np.float32]:
    """By entry of `counts`, the weight of its term in the whole document of its passage.

    `saturation` is fitted to the documents.
    """
    passages, terms = counts.shape
    documents = int(owners[-1]) + 1 if passages else 0
    membership = sparse.csr_array(
        (np.ones(passages, np.float32), (owners, np.arange(passages))), (documents, passages)
    )
    whole = sparse.csr_array(membership @ counts)
    whole.sort_indices()
    weights = saturation.fit_transform(whole)
    row_of_entry = np.repeat(np.arange(documents, dtype=np.int64), np.diff(whole.indptr))
    wanted = np.repeat(owners.astype(np.int64), np.diff(counts.indptr)) * terms + counts.indices
    places = np.searchsorted(row_of_entry * terms + whole.indices, wanted)
    found: NDArray[np.float32] = weights.data[places]
    return found


def _lengths(counts: Matrix) -> NDArray[np.float64]:
    return np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
