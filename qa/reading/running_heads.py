"""What stands again at the head or foot of every page: it belongs to the paper, not the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|[-–—•|\[(])?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:[-–—•|\])]|(?:/|of|sur|de)\s*\d{1,4})?",
    re.IGNORECASE,
)
_SAME_HEIGHT: Final = 5
"""Points."""
_LOOK: Final = 3
"""Lines at the head and at the foot of a page that may be running ones."""


def is_page_number(text: str) -> bool:
    """Whether a line is the number of a page and nothing else."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


def folded(text: str) -> str:
    """A line as it is on every page: without numbers and blanks."""
    return _DIGITS.sub("0", "".join(text.split())).casefold()


def running_lines(
    pages: Sequence[Sequence[str]], heights: Sequence[Sequence[float]] | None = None
) -> set[tuple[int, int]]:
    """The places, page and line, of running heads, feet and page numbers.

    A line is a running one where it stands at the edge of half of the pages, of two at least, and
    at the same height, where heights are known.
    """
    keys = [
        [
            (folded(text), round(heights[number][place] / _SAME_HEIGHT) if heights else 0)
            for place, text in enumerate(lines)
        ]
        for number, lines in enumerate(pages)
    ]
    edges = [_edges(len(lines)) for lines in pages]
    counts = Counter(
        key
        for own, places in zip(keys, edges, strict=True)
        for key in {own[place] for place in places}
    )
    enough = max(2, (len(pages) + 1) // 2)
    return {
        (number, place)
        for number, (lines, places) in enumerate(zip(pages, edges, strict=True))
        for place in places
        if counts[keys[number][place]] >= enough
        or (place in (0, len(lines) - 1) and is_page_number(lines[place]))
    }


def _edges(count: int) -> set[int]:
    return {place for place in range(count) if place < _LOOK or place >= count - _LOOK}
