"""Block-max pruning in compiled loops: bounds of blocks, then the blocks that can still matter.

Mallia, Suel and Tonellotto, "Faster Learned Sparse Retrieval with Block-Max Pruning", SIGIR 2024:
a block of passages is passed over where the sum of its terms' greatest weights is below the worst
score kept. Within a block, terms without a row in the table of maxima are the essential ones of
MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995): where the
others alone cannot reach that score, they are only read if one of the essential ones lifts a
passage far enough. Where many passages are wanted, all postings are read, term by term.

Every score is summed up in the order of the question, from products of single precision: to the
last bit what the dense first pass gives. Rounding is monotone, so bounds that are summed in the
same order hold exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, ParamSpec, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

BLOCK: Final = 64
"""Passages in a block. It stands here since compiled code is kept until this very file changes."""
_STRETCH: Final = 4096
"""Passages whose sums are kept at hand; 1,024, 16,384 or 65,536 take as long."""
_SLACK: Final = 1 + 1e-9
"""For sums in another order than that of the question: far more than rounding can make."""

P = ParamSpec("P")
R = TypeVar("R")


class Lists(NamedTuple):
    """The postings of a question's terms, in its order.

    `passages`: int32 and `weights`: float32, of all terms of the index. `firsts`, `lasts`: int64
    (terms,), where those of each term begin and end. `factors`: float32 (terms,).
    """

    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    factors: NDArray[np.float32]


class Frequent(NamedTuple):
    """What is known of the terms of a question by blocks; see `BlockMaxima`.

    `rows`: int32 (terms,), their rows in `maxima` and `begins`, -1 for terms that have none.
    """

    rows: NDArray[np.int32]
    maxima: NDArray[np.float32]
    begins: NDArray[np.int32]


class Kept(NamedTuple):
    """The best passages so far: a heap whose root is the worst, of ties the one numbered highest.

    `taken`: int64 (1,), how many of the places are taken.
    """

    scores: NDArray[np.float64]
    passages: NDArray[np.int64]
    taken: NDArray[np.int64]


def _compiled(function: Callable[P, R]) -> Callable[P, R]:
    """`function` as machine code, which is kept for the next process where that is possible."""
    try:
        made: Callable[P, R] = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        # Neither the package nor the user's folder of caches can be written.
        made = njit(nogil=True)(function)
    return made


@_compiled
def bound_blocks(
    lists: Lists,
    frequent: Frequent,
    bounds: NDArray[np.float64],
    of_frequent: NDArray[np.float64],
) -> None:
    """Add to `bounds` what each block can score at most, to `of_frequent` that of terms with a row.

    Both: float64 (blocks,), 0 at first.
    """
    for term in range(len(lists.factors)):
        factor, row = lists.factors[term], frequent.rows[term]
        if row >= 0:
            for block in range(len(bounds)):
                most = factor * frequent.maxima[row, block]
                bounds[block] += most
                of_frequent[block] += most
            continue
        at, end = lists.firsts[term], lists.lasts[term]
        while at < end:
            block = lists.passages[at] // BLOCK
            greatest = lists.weights[at]
            at += 1
            while at < end and lists.passages[at] // BLOCK == block:
                greatest = max(greatest, lists.weights[at])
                at += 1
            bounds[block] += factor * greatest


@_compiled
def _is_worse(kept: Kept, one: int, other: int) -> bool:
    if kept.scores[one] != kept.scores[other]:
        return bool(kept.scores[one] < kept.scores[other])
    return bool(kept.passages[one] > kept.passages[other])


@_compiled
def _swap(kept: Kept, one: int, other: int) -> None:
    kept.scores[one], kept.scores[other] = kept.scores[other], kept.scores[one]
    kept.passages[one], kept.passages[other] = kept.passages[other], kept.passages[one]


@_compiled
def _offer(kept: Kept, score: float, passage: int) -> None:
    """Keep a passage if it is among the best."""
    count = kept.taken[0]
    if count < len(kept.scores):
        kept.scores[count], kept.passages[count] = score, passage
        kept.taken[0] = count + 1
        while count and _is_worse(kept, count, (count - 1) // 2):
            _swap(kept, count, (count - 1) // 2)
            count = (count - 1) // 2
        return
    worst = kept.scores[0]
    if score < worst or (score == worst and passage > kept.passages[0]):
        return
    kept.scores[0], kept.passages[0] = score, passage
    place = 0
    while 2 * place + 1 < count:
        child = 2 * place + 1
        if child + 1 < count and _is_worse(kept, child + 1, child):
            child += 1
        if not _is_worse(kept, child, place):
            return
        _swap(kept, child, place)
        place = child


@_compiled
def _find(passages: NDArray[np.int32], first: int, last: int, wanted: int) -> int:
    """The first place in a stretch whose passage is `wanted` or after it."""
    while first < last:
        middle = (first + last) // 2
        if passages[middle] < wanted:
            first = middle + 1
        else:
            last = middle
    return first


@_compiled
def _skip(passages: NDArray[np.int32], first: int, last: int, wanted: int) -> int:
    """The same by steps that double, for what is near."""
    step = 1
    while first + step < last and passages[first + step] < wanted:
        first += step
        step *= 2
    return _find(passages, first, min(first + step + 1, last), wanted)


@_compiled
def _stretches(
    lists: Lists,
    frequent: Frequent,
    block: int,
    cursors: NDArray[np.int64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
) -> None:
    """Set where the postings of each term in a block begin and end; `cursors` only go forward."""
    for term in range(len(lists.factors)):
        row = frequent.rows[term]
        if row >= 0:
            firsts[term] = lists.firsts[term] + frequent.begins[row, block]
            lasts[term] = lists.firsts[term] + frequent.begins[row, block + 1]
            continue
        at, end = cursors[term], lists.lasts[term]
        if at < end and lists.passages[at] < block * BLOCK:
            at = _skip(lists.passages, at, end, block * BLOCK)
        firsts[term] = at
        while at < end and lists.passages[at] < (block + 1) * BLOCK:
            at += 1
        lasts[term] = cursors[term] = at


@_compiled
def _add_up(
    lists: Lists,
    frequent: Frequent,
    block: int,
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    sums: NDArray[np.float64],
    rare_only: bool,
) -> None:
    """Set `sums` to what each passage of a block scores; with `rare_only`, by terms without row."""
    sums[:] = 0
    for term in range(len(lists.factors)):
        if rare_only and frequent.rows[term] >= 0:
            continue
        for at in range(firsts[term], lasts[term]):
            added = lists.factors[term] * lists.weights[at]
            sums[lists.passages[at] - block * BLOCK] += added


@_compiled
def search_blocks(
    lists: Lists,
    frequent: Frequent,
    blocks: NDArray[np.int64],
    bounds: NDArray[np.float64],
    of_frequent: NDArray[np.float64],
    allowed: NDArray[np.bool_],
    base: float,
    kept: Kept,
) -> None:
    """Offer to `kept` what scores above 0 in some blocks, which must be ascending.

    `allowed`: bool (passages,), or empty where all are. `base` is added to every score.
    """
    cursors = lists.firsts.copy()
    firsts, lasts = np.empty_like(cursors), np.empty_like(cursors)
    sums = np.empty(BLOCK)
    full = len(kept.scores)
    for block in blocks:
        begin = block * BLOCK
        bound = bounds[block] + base
        is_full = kept.taken[0] == full
        worst = kept.scores[0]
        # Of ties the lower number is better.
        if is_full and (bound < worst or (bound == worst and begin > kept.passages[0])):
            continue
        _stretches(lists, frequent, block, cursors, firsts, lasts)
        others = of_frequent[block] + base
        if is_full and others < worst:
            _add_up(lists, frequent, block, firsts, lasts, sums, rare_only=True)
            greatest = sums.max()
            if greatest == 0 or (greatest + others) * _SLACK < worst:
                continue
        _add_up(lists, frequent, block, firsts, lasts, sums, rare_only=False)
        for place in range(BLOCK):
            passage = begin + place
            if len(allowed) and (passage >= len(allowed) or not allowed[passage]):
                continue
            if sums[place] + base > 0:
                _offer(kept, sums[place] + base, passage)


@_compiled
def search_all(
    lists: Lists, passages: int, allowed: NDArray[np.bool_], base: float, kept: Kept
) -> None:
    """Offer to `kept` what scores above 0 in all `passages`: see `search_blocks`.

    Term by term, in stretches whose sums stay near the processor.
    """
    cursors = lists.firsts.copy()
    sums = np.empty(_STRETCH)
    worst = 0.0
    for begin in range(0, passages, _STRETCH):
        end = min(begin + _STRETCH, passages)
        sums[:] = 0
        for term in range(len(cursors)):
            factor = lists.factors[term]
            at, last = cursors[term], lists.lasts[term]
            while at < last and lists.passages[at] < end:
                sums[lists.passages[at] - begin] += factor * lists.weights[at]
                at += 1
            cursors[term] = at
        for place in range(end - begin):
            score = sums[place] + base
            # Of ties the lower number is better, and was met before.
            if score > worst and (not len(allowed) or allowed[begin + place]):
                _offer(kept, score, begin + place)
                if kept.taken[0] == len(kept.scores):
                    worst = kept.scores[0]
