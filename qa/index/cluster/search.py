"""The first pass that a cluster makes, with the scores of the embedded one to the last bit.

The engine keeps a weight with 9 significant bits and adds up in its own order. So it is asked for
more passages than are wanted, page after page, until it is proven that none that was not seen can
be among them; those that were seen are scored from their exact weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import Place, feature
from qa.index.cluster.records import Records, weights_of
from qa.index.contracts import Scored, ScoredDocuments
from qa.index.dense import best
from qa.models import Filters

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_CLAUSES: Final = 1_000
"""Terms in one query; OpenSearch takes 1,024, filters counted, where it is not set otherwise."""
_MARGIN: Final = 2.0**-9 + 2.0**-20
"""How much more a passage can score than the engine says, relatively: half of the last of 9 bits
that a weight is rounded to, and some steps in single precision, each of 2**-24."""
_MORE: Final = 1.15
"""How many passages are asked for at first, of those that are wanted."""
_LONGEST_PAGE: Final = 10_000
"""The most that OpenSearch gives at once where it is not set otherwise."""
_AT_ONCE: Final = 4
"""Questions of one kind that are under way at a time."""


@dataclass(slots=True)
class _Pages:
    """The passages that match some terms, best first, page after page."""

    query: Mapping[str, Any]
    after: list[Any] = field(default_factory=list)
    bound: float = np.inf
    """What a passage that was not seen can score by these terms at most."""
    seen_all: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """The passages seen so far, scored exactly; `bound` is for all others."""

    passages: NDArray[np.int64]
    scores: NDArray[np.float64]
    bound: float
    later: bool
    """Whether those of them that reach the bound have greater numbers than all that were seen."""
    complete: bool

    def proves(self, scores: NDArray[np.float64], most: int) -> bool:
        """Whether the `most` best of these scores stand, whatever was not seen."""
        if self.complete:
            return True
        positive = scores[scores > 0]
        if len(positive) < most:
            return False
        least = np.partition(positive, len(positive) - most)[len(positive) - most]
        return bool(self.bound < least or (self.later and self.bound == least))


class ClusterFirstPass:
    """Asks a cluster; see `qa.index.contracts.FirstPass`."""

    def __init__(self, cluster: Cluster, place: Place, records: Records) -> None:
        self._cluster = cluster
        self._index = place.index("passages")
        self._documents = place.index("documents")
        self._records = records
        self._has_page = lru_cache(1 << 12)(self._find_page)

    def count(self, allowed: Filters) -> int:
        """How many passages are of the documents that the filters let through."""
        return self._count({"bool": {"filter": self._filters(allowed)}})

    def count_of_any(self, terms: Sequence[int]) -> int:
        """How many passages have at least one of the terms."""
        return self._count({"bool": {"filter": {"bool": {"should": [_clause(t) for t in terms]}}}})

    def best(
        self,
        question: Mapping[int, float],
        most: int,
        *,
        allowed: Filters | None = None,
        base: float = 0.0,
    ) -> Scored:
        """The `most` passages that score best, of those above 0."""
        filters = self._filters(allowed) if allowed else []
        for seen in self._seen(question, most, filters, base if allowed else 0.0):
            if seen.proves(seen.scores, most):
                break
        found = best(seen.scores, most)
        return Scored(seen.passages[found], seen.scores[found])

    def best_documents(self, questions: csr_array, most: int) -> list[ScoredDocuments]:
        """For each of many questions the `most` documents that score best, each by one passage."""
        vectors = []
        for row in range(questions.shape[0]):
            span = slice(questions.indptr[row], questions.indptr[row + 1])
            terms, weights = questions.indices[span].tolist(), questions.data[span].tolist()
            vectors.append(dict(zip(terms, weights, strict=True)))
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            return list(threads.map(lambda vector: self._documents_for(vector, most), vectors))

    def _documents_for(self, question: Mapping[int, float], most: int) -> ScoredDocuments:
        for seen in self._seen(question, most, [], 0.0):
            owners = np.array(
                [one.document for one in self._records.of(seen.passages.tolist())], np.int64
            )
            order = np.lexsort((seen.passages, -seen.scores))
            documents, first = np.unique(owners[order], return_index=True)
            chosen = order[first]
            if seen.proves(seen.scores[chosen], most):
                break
        found = best(seen.scores[chosen], most)
        return ScoredDocuments(
            documents[found], seen.passages[chosen[found]], seen.scores[chosen[found]]
        )

    def _seen(
        self,
        question: Mapping[int, float],
        most: int,
        filters: Sequence[Mapping[str, Any]],
        base: float,
    ) -> Iterator[_Seen]:
        """What is known after every page, until all has been seen."""
        streams = [_Pages(query) for query in _queries(question, filters, everything=base > 0)]
        numbers: set[int] = set()
        size = int(most * _MORE) + 20
        while True:
            for pages in streams:
                if not pages.seen_all:
                    numbers.update(self._next(pages, size))
            passages = np.array(sorted(numbers), np.int64)
            yield _Seen(
                passages,
                self._exact(question, passages, base),
                # From all terms together: one that no page has shown is below each page's last.
                base + sum(pages.bound for pages in streams),
                # Where only passages of no word are left, they come by number.
                not any(pages.bound for pages in streams)
                and min(question.values(), default=0) >= 0,
                all(pages.seen_all for pages in streams),
            )
            if all(pages.seen_all for pages in streams):
                return
            size = min(2 * size, _LONGEST_PAGE)

    def _next(self, pages: _Pages, size: int) -> list[int]:
        body = {
            "size": size,
            "query": pages.query,
            "sort": [{"_score": "desc"}, {"number": "asc"}],
            "track_total_hits": False,
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["packed"],
            **({"search_after": pages.after} if pages.after else {}),
        }
        hits = self._cluster.search(self._index, body)["hits"]["hits"]
        if len(hits) < size:
            pages.bound, pages.seen_all = 0.0, True
        else:
            pages.after = hits[-1]["sort"]
            pages.bound = float(pages.after[0]) * (1 + _MARGIN)
        return self._records.keep(hits)

    def _exact(
        self, question: Mapping[int, float], passages: NDArray[np.int64], base: float
    ) -> NDArray[np.float64]:
        """Scores as `qa.index.dense.DenseFirstPass` adds them up, in the order of the terms."""
        weights = weights_of(self._records.of(passages.tolist()), list(question))
        scores = np.zeros(len(passages))
        for column, weight in zip(weights.astype(np.float32).T, question.values(), strict=True):
            scores += column * weight
        return scores + base

    def _filters(self, allowed: Filters) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [
            {"terms": {column: list(values)}} for column, values in allowed.by_column.items()
        ]
        if allowed.objective:
            either = [self._about(code) for code in allowed.objective]
            found.append({"bool": {"should": either}})
        return found

    def _about(self, code: str) -> dict[str, Any]:
        """The query for the pages of an objective, or else for the documents that teach it."""
        return {"term": {"objective" if self._has_page(code) else "taught": code}}

    def _find_page(self, code: str) -> bool:
        return self._count({"term": {"objective": code}}, self._documents) > 0

    def _count(self, query: Mapping[str, Any], index: str = "") -> int:
        body = {"size": 0, "track_total_hits": True, "query": query}
        found = self._cluster.search(index or self._index, body)
        return int(found["hits"]["total"]["value"])


def _queries(
    question: Mapping[int, float], filters: Sequence[Mapping[str, Any]], *, everything: bool
) -> Iterator[dict[str, Any]]:
    """The question in as few queries as there must be, the heaviest terms in the first one.

    What takes away is left to the exact scores: it moves no bound. `everything`: what the filters
    let through counts, whatever its words.
    """
    added = {term: weight for term, weight in question.items() if weight > 0}
    terms = sorted(added, key=lambda term: (-added[term], term))
    for first in range(0, len(terms) or everything, _CLAUSES):
        should = [_clause(term, added[term]) for term in terms[first : first + _CLAUSES]]
        least = 0 if everything or not should else 1
        yield {"bool": {"should": should, "filter": filters, "minimum_should_match": least}}


def _clause(term: int, weight: float = 1.0) -> dict[str, Any]:
    return {"rank_feature": {"field": ".".join(feature(term)), "boost": weight, "linear": {}}}


def rounded(weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """Numbers of four digits, float64, of which the engine keeps the nearest weights of 9 bits.

    The engine cuts off what it does not keep, and takes longer to read numbers of more digits.
    """
    bits = weights.view(np.uint32) + np.uint32(1 << 14) & ~np.uint32((1 << 15) - 1)
    middle = (bits + np.uint32(1 << 14)).view(np.float32).astype(np.float64)
    scale = 10.0 ** (3 - np.floor(np.log10(middle)))
    return np.round(middle * scale) / scale
