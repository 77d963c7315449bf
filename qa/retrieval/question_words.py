"""The words of a question, with where they stand and what parts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.analysis.words import fold

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.?!;:\n]")
_PAUSE = re.compile(r"[,()\[\]\"«»“”/–—|]|\s-\s")
_HYPHENS = frozenset("-‐‑")
_SHORTEST_PLURAL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text taken apart into words, with what stands between them."""

    keys: tuple[str, ...]
    """Each word as phrases have it: folded, in the singular."""
    spans: tuple[tuple[int, int], ...]
    """Where each word stands in the text."""
    joined: tuple[bool, ...]
    """Whether a hyphen joins each word to the one before."""
    opens: tuple[bool, ...]
    """Whether each word opens a clause; one more for the end."""

    def clause_start(self, at: int) -> int:
        """The first word of the clause of a word."""
        while not self.opens[at]:
            at -= 1
        return at


def key_of(word: str) -> str:
    """A folded word without the sign of its plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def words_of(text: str) -> Words:
    """The words of a text; spans are offsets in the text as it is given."""
    folded, origin = _folded(text)
    keys: list[str] = []
    spans: list[tuple[int, int]] = []
    joined: list[bool] = []
    opens: list[bool] = []
    end = 0
    for match in _WORD.finditer(folded):
        between = folded[end : match.start()]
        keys.append(key_of(match[0]))
        spans.append((origin[match.start()], origin[match.end()]))
        joined.append(between in _HYPHENS)
        opens.append(not end or bool(_STOP.search(between) or _PAUSE.search(between)))
        end = match.end()
    return Words(keys=tuple(keys), spans=tuple(spans), joined=tuple(joined), opens=(*opens, True))


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text folded, and for each of its characters (and the end) where it comes from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    pieces = [character.lower() if character.isascii() else fold(character) for character in text]
    origin = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*origin, len(text)]
