"""Finds a quote in a text whatever the white space in either."""

from __future__ import annotations

from qa.models import Span


class Searchable:
    """A text in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        kept: list[str] = []
        places: list[int] = []
        gap = False
        for place, character in enumerate(text):
            if character.isspace():
                gap = bool(kept)
                continue
            if gap:
                kept.append(" ")
                places.append(place - 1)
                gap = False
            kept.append(character)
            places.append(place)
        self._text = "".join(kept)
        self._places = places

    def find(self, quote: str) -> tuple[Span, ...]:
        """Every place where the quote stands, as spans of the original text."""
        wanted = " ".join(quote.split())
        spans = []
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            spans.append((self._places[start], self._places[start + len(wanted) - 1] + 1))
            start = self._text.find(wanted, start + len(wanted))
        return tuple(spans)


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
