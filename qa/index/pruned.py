"""The first pass that passes over what cannot be among the best; needs the `fast` extra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from itertools import count
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import FirstPass, Scored, ScoredDocuments
from qa.index.dense import DenseFirstPass
from qa.index.postings import BlockMaxima
from qa.models import Filters

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from qa.index.kernels import Kept, Lists

Number = TypeVar("Number", bound=np.generic)

_WORTH_IT: Final = 20_000
"""Passages from which on the time to load compiled code is made up for; below, dense is as fast."""
_A_FEW: Final = 4
"""Questions of one process for which compiled code, a second or two to load, is not worth while."""
_AT_FIRST: Final = 48
"""Blocks of the greatest bounds that are searched first, or as many as passages are wanted: the
score that is good enough is known early then."""
_AMONG: Final = 5_000
"""Where one passage among so many is wanted, or more, few blocks could be passed over: the best 300
of 100,000 and of 400,000 made-up passages (`qa-eval bench`) take a third of the time, the best ten
twice as long."""


def first_pass(dense: DenseFirstPass) -> FirstPass:
    """The faster one for an index of this size, of those that are installed."""
    if dense.postings.passage_count < _WORTH_IT or find_spec("numba") is None:
        return dense
    return PrunedFirstPass(dense, after=_A_FEW)


@dataclass(frozen=True)
class PrunedFirstPass:
    """Finds what `DenseFirstPass` finds, to the last bit; see `qa.index.contracts.FirstPass`."""

    dense: DenseFirstPass
    after: int = 0
    """Questions that the dense one answers first."""
    among: int = _AMONG
    """Every posting is looked at where one passage among so many is wanted, or more."""
    _asked: Iterator[int] = field(default_factory=count, init=False, repr=False, compare=False)

    def count(self, allowed: Filters) -> int:
        """How many passages are of the documents that the filters let through."""
        return self.dense.count(allowed)

    def best(
        self,
        question: Mapping[int, float],
        most: int,
        *,
        allowed: Filters | None = None,
        base: float = 0.0,
    ) -> Scored:
        """The `most` passages that score best, of those above 0."""
        few = next(self._asked) < self.after
        if few or any(weight < 0 for weight in question.values()):
            # Greatest weights bound no sum from which something is taken away.
            return self.dense.best(question, most, allowed=allowed, base=base)
        mask = self.dense.passages_of(allowed) if allowed else np.empty(0, np.bool_)
        kept = self._search(question, most, mask, base if allowed else 0.0)
        taken = slice(int(kept.taken[0]))
        scores, passages = kept.scores[taken], kept.passages[taken]
        order = np.lexsort((passages, -scores))
        return Scored(passages[order], scores[order])

    def best_documents(self, questions: csr_array, most: int) -> list[ScoredDocuments]:
        """For each of many questions the `most` documents that score best, each by one passage."""
        return self.dense.best_documents(questions, most)

    @cached_property
    def _maxima(self) -> BlockMaxima:
        from qa.index.kernels import BLOCK

        return BlockMaxima.of(self.dense.postings, BLOCK)

    def _search(
        self, question: Mapping[int, float], most: int, allowed: NDArray[np.bool_], base: float
    ) -> Kept:
        # Loaded where it is needed: opening an index and a first question do without it.
        from qa.index.kernels import Kept, Lists, search_all

        postings = self.dense.postings
        terms = np.fromiter(question, np.int64, len(question))
        lists = Lists(
            passages=_read_only(postings.passages),
            weights=_read_only(postings.weights),
            firsts=postings.indptr[terms],
            lasts=postings.indptr[terms + 1],
            factors=np.fromiter(question.values(), np.float32, len(question)),
        )
        size = min(most, postings.passage_count)
        kept = Kept(np.zeros(size), np.zeros(size, np.int64), np.zeros(1, np.int64))
        if size * self.among < postings.passage_count:
            self._search_blocks(lists, terms, allowed, base, kept)
        else:
            search_all(lists, postings.passage_count, allowed, base, kept)
        return kept

    def _search_blocks(
        self,
        lists: Lists,
        terms: NDArray[np.int64],
        allowed: NDArray[np.bool_],
        base: float,
        kept: Kept,
    ) -> None:
        from qa.index.kernels import BLOCK, Frequent, bound_blocks, search_blocks

        passages, maxima = self.dense.postings.passage_count, self._maxima
        frequent = Frequent(maxima.rows[terms], maxima.maxima, maxima.begins)
        bounds = np.zeros(-(-passages // BLOCK))
        of_frequent = np.zeros_like(bounds)
        bound_blocks(lists, frequent, bounds, of_frequent)
        possible = bounds + base > 0
        if len(allowed):
            possible &= np.logical_or.reduceat(allowed, np.arange(0, passages, BLOCK))
        waiting = np.flatnonzero(possible)
        early = np.zeros(len(waiting), np.bool_)
        first = max(_AT_FIRST, len(kept.scores))
        early[np.argsort(-bounds[waiting], kind="stable")[:first]] = True
        for blocks in (waiting[early], waiting[~early]):
            search_blocks(lists, frequent, blocks, bounds, of_frequent, allowed, base, kept)


def _read_only(array: NDArray[Number]) -> NDArray[Number]:
    """As arrays of files are: code is compiled for each kind of array anew."""
    view = array.view()
    view.flags.writeable = False
    return view
