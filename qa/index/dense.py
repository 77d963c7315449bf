"""The first pass that looks at every passage: a score each, then the best of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.index.catalogue import Catalogue
from qa.index.contracts import Scored, ScoredDocuments
from qa.index.postings import Postings
from qa.models import Filters

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseFirstPass:
    """Sums up the postings of a question's terms; see `qa.index.contracts.FirstPass`."""

    postings: Postings
    catalogue: Catalogue
    owners: NDArray[np.int32]
    """The document number of every passage."""

    def count(self, allowed: Filters) -> int:
        """How many passages are of the documents that the filters let through."""
        return int(self.passages_of(allowed).sum())

    def best(
        self,
        question: Mapping[int, float],
        most: int,
        *,
        allowed: Filters | None = None,
        base: float = 0.0,
    ) -> Scored:
        """The `most` passages that score best, of those above 0."""
        scores = self.scores(question)
        if allowed:
            scores = np.where(self.passages_of(allowed), scores + base, 0.0)
        found = best(scores, most)
        return Scored(found, scores[found])

    def scores(self, question: Mapping[int, float]) -> NDArray[np.float64]:
        """The dot product of every passage with a sparse question, float64 (passages,)."""
        if not question:
            return np.zeros(self.postings.passage_count)
        pieces = [self.postings.of(term) for term in question]
        weights = [
            piece[1] * weight for piece, weight in zip(pieces, question.values(), strict=True)
        ]
        scores = np.bincount(
            np.concatenate([piece[0] for piece in pieces]),
            np.concatenate(weights),
            minlength=self.postings.passage_count,
        )
        return np.asarray(scores, np.float64)

    def best_documents(self, questions: csr_array, most: int) -> list[ScoredDocuments]:
        """For each of many questions the `most` documents that score best, each by one passage."""
        # SciPy takes a third of a second to import, and one question does without it.
        from qa.index.bulk import best_documents

        return best_documents(self.postings, self.owners, questions, most)

    def passages_of(self, allowed: Filters) -> NDArray[np.bool_]:
        """Which passages are of the documents that the filters let through, bool (passages,)."""
        return np.isin(self.owners, self.catalogue.documents_of(allowed))


def best(scores: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Places of the `most` greatest positive scores, best first, ties by place."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > most:
        values = scores[positive]
        least = np.partition(values, len(values) - most)[len(values) - most]
        positive = positive[values >= least]
    order = np.lexsort((positive, -scores[positive]))
    return positive[order][:most]
