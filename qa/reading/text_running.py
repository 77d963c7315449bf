"""Running heads and page numbers in text that was copied from a paged document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from qa.reading.running_heads import folded, is_page_number
from qa.reading.text_lines import TextLine

_WIDE = re.compile(r"\S[ \xa0]{4,}\S|\t")
_ENDS: Final = ".!?:;…"
_MIN_NUMBERS: Final = 2


def without_running(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[str]]:
    """Return the lines of the text itself, and those that were at the edges of its pages.

    A line comes from the edge of a page where it stands several times and is set wide, or beside
    the number of a page; numbers of pages count on from one to the next.
    """
    numbers = _page_numbers(lines)
    counts = Counter(folded(line.text) for line in lines if not line.marker)
    heads: set[str] = set()
    for place, line in enumerate(lines):
        beside = bool({place - 1, place + 1} & numbers)
        repeats = counts[folded(line.text)] > 1 and not line.is_sentence and not line.marker
        if repeats and (_WIDE.search(line.text) or beside) and not is_page_number(line.text):
            heads.add(folded(line.text))
    gone = {
        place for place, line in enumerate(lines) if folded(line.text) in heads and not line.marker
    }
    # The other edge of the same pages, with their number in it.
    gone |= {
        place
        for place, line in enumerate(lines)
        if {place - 1, place + 1} & gone
        and counts[folded(line.text)] > 1
        and not line.is_sentence
        and not line.marker
        and any(map(str.isdigit, line.text))
    }
    gone |= {
        place for place in numbers if {place - 1, place + 1} & gone or len(numbers) >= _MIN_NUMBERS
    }
    kept: list[TextLine] = []
    for place, line in enumerate(lines):
        if place in gone:
            continue
        cut = place - 1 in gone and kept
        runs_on = cut and kept[-1].last not in _ENDS and line.text[:1].islower()
        kept.append(replace(line, after_gap=False) if runs_on else line)
    return kept, [lines[place].text for place in sorted(gone)]


def _page_numbers(lines: Sequence[TextLine]) -> set[int]:
    """The places of lines that are nothing but a number, where each is one more than the last."""
    places = [
        place
        for place, line in enumerate(lines)
        if not line.marker and line.after_gap | (place > 0) and is_page_number(line.text)
    ]
    digits = [re.sub(r"\D", " ", lines[place].text).split()[:1] for place in places]
    values = [int(found[0]) if found else 0 for found in digits]
    counts_on = all(after == before + 1 for before, after in pairwise(values))
    return set(places) if places and counts_on and values[0] else set()
