"""Finds a quote in a text whatever the white space in either."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Final

from qa.models import Span

_WORD: Final = re.compile(r"\S+")


class Searchable:
    """A text in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        self._original = text
        self._text = " ".join(text.split())

    def find(self, quote: str) -> tuple[Span, ...]:
        """Every place where the quote stands, as spans of the original text."""
        wanted = " ".join(quote.split())
        spans = []
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            spans.append((self._place(start), self._place(start + len(wanted) - 1) + 1))
            start = self._text.find(wanted, start + len(wanted))
        return tuple(spans)

    @cached_property
    def _words(self) -> tuple[array[int], array[int]]:
        """Where each word begins, in the text that is searched and in the original."""
        found = [(match.start(), match.end()) for match in _WORD.finditer(self._original)]
        lengths = (end - start + 1 for start, end in found[:-1])
        return array("q", accumulate(lengths, initial=0)), array("q", [one[0] for one in found])

    def _place(self, position: int) -> int:
        """A place of the text that is searched, in the original."""
        here, there = self._words
        word = bisect_right(here, position) - 1
        return there[word] + position - here[word]


def overlap(first: Span, second: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def covered(span: Span, by: tuple[Span, ...]) -> int:
    """How many characters of a span are in at least one of others."""
    total, reached = 0, span[0]
    for start, end in sorted(by):
        start, end = max(start, reached), min(end, span[1])
        if start < end:
            total += end - start
            reached = end
    return total
