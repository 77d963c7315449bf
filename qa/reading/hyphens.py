"""Words that were broken at the end of a line: which hyphens are part of the word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_][\w]*(?:[-‐‑'’]\w+)*)[-‐\u00ad]\Z")
_FIRST = re.compile(r"[\w’']+(?:[-‐‑]\w+)*")
_KEPT: Final = frozenset(
    "anti non ex demi semi mi vice sous contre quasi post co self well high low long short"
    " half two three one four de peut est a ont sont dit doit fait va celui celle ceux lui elle moi"
    " nous vous eux soi là ci grand dix vingt trente quarante cinquante soixante quatre".split()
)
"""Words that stand before a hyphen more often than they begin a longer word."""


class Hyphens:
    """Joins lines; the words of the whole text say whether one is written with its hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known = {word.casefold() for line in lines for word in _WORD.findall(line)}

    def joined(self, above: str, below: str) -> str:
        """Two lines as one; a word that was broken between them is whole again."""
        broken = _LAST.search(above[-100:])
        follows = _FIRST.match(below)
        if broken is None or follows is None:
            return f"{above} {below}"
        if not below[:1].islower() or self._keeps(broken[1], follows[0]):
            return above.replace("\u00ad", "-") + below if above[-1] == "\u00ad" else above + below
        return above[:-1] + below

    def _keeps(self, before: str, after: str) -> bool:
        whole, hyphened = f"{before}{after}".casefold(), f"{before}-{after}".casefold()
        if (whole in self._known) != (hyphened in self._known):
            return hyphened in self._known
        return before.casefold().rpartition("-")[2] in _KEPT
