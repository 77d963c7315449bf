"""What a format reader makes of one file, and the builder that keeps text and spans in step."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from qa.models import Block, BlockKind, Notice, Objective, Removal, Span

_BLANKS = re.compile(r"\A\s+|\s+\Z|[^\S\n]{2,}|[^\S\n]+(?=\n)|(?<=\n)\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TIGHT = frozenset({("item", "item"), ("row", "row"), ("caption", "row")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A document as its format alone tells it, before the manifest and the file add what they know.

    `title`, `language` and `licence` are empty where the file does not state them.
    """

    format: str
    text: str
    blocks: tuple[Block, ...] = ()
    key_terms: tuple[Span, ...] = ()
    title: str = ""
    language: str = ""
    licence: str = ""
    url: str = ""
    objective: Objective | None = None
    objectives: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    removed: tuple[Removal, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(slots=True)
class TextBuilder:
    """Grows the clean text block by block, so that spans are right by construction."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _terms: list[Span] = field(default_factory=list)

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        page: int | None = None,
        marker: str = "",
        terms: Iterable[Span] = (),
    ) -> None:
        """Append a block; a blank text is ignored. `terms` are spans of `text` as it is given.

        `marker` (`"-"`, `"2."`) is written before the block and stays outside its span.
        """
        # A character reference may name half a character, which no file and no database takes.
        clean, terms = _collapse(_SURROGATE.sub("\ufffd", text), tuple(terms))
        if not clean:
            return
        self._write(self._separator(kind))
        if marker:
            self._write("  " * max(level - 1, 0) + marker + " ")
        start = self._length
        self._write(clean)
        self._blocks.append(Block(kind=kind, start=start, end=self._length, level=level, page=page))
        self._terms.extend((start + first, start + last) for first, last in terms)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added yet."""
        return not self._blocks

    def build(self) -> tuple[str, tuple[Block, ...], tuple[Span, ...]]:
        """Return the text, its blocks and its key terms."""
        return "".join(self._parts), tuple(self._blocks), tuple(self._terms)

    def _separator(self, kind: BlockKind) -> str:
        if not self._blocks:
            return ""
        return "\n" if (self._blocks[-1].kind, kind) in _TIGHT else "\n\n"

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _collapse(text: str, terms: tuple[Span, ...]) -> tuple[str, list[Span]]:
    """Return the text without outer and doubled blanks, and its terms trimmed to what they show."""
    parts: list[str] = []
    cuts: list[int] = []
    gone: list[int] = [0]
    last = 0
    for blank in _BLANKS.finditer(text):
        outer = blank.start() == 0 or blank.end() == len(text)
        keep = 0 if outer else 1
        parts.append(text[last : blank.start() + keep])
        cuts.append(blank.start() + keep)
        gone.append(gone[-1] + blank.end() - cuts[-1])
        last = blank.end()
    parts.append(text[last:])
    clean = "".join(parts)

    def moved_to(place: int) -> int:
        """Where a place of the text is now, behind so many cuts; at the cut that it lay in."""
        before = bisect_left(cuts, place)
        begun = gone[before - 1] if before else 0
        return place - min(gone[before], begun + place - cuts[before - 1]) if before else place

    moved = (_trim(clean, moved_to(start), moved_to(end)) for start, end in terms)
    return clean, sorted({(start, end) for start, end in moved if start < end})


def _trim(text: str, start: int, end: int) -> Span:
    term = text[start:end]
    return start + len(term) - len(term.lstrip()), start + len(term.rstrip())
