"""What a format reader makes of one file, and the builder that keeps text and spans in step."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from qa.models import Block, BlockKind, Notice, Objective, Removal, Span

_BLANKS = re.compile(r"\A\s+|\s+\Z|[^\S\n]{2,}|[^\S\n]+(?=\n)|(?<=\n)\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TIGHT = frozenset({("item", "item"), ("row", "row"), ("caption", "row")})

_TABLE_WORDS: Final = 150
"""Words of the rows below a header, before it is repeated: less than a passage has."""
_LONG_ROW: Final = 45
"""A row that has more is a text of its own, and its table one of few rows."""
_MOST_HEADER_WORDS: Final = 25
_MOST_ROWS: Final = 200_000


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBlock:
    """A block to be, with its words; see `TextBuilder.add`."""

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    terms: tuple[Span, ...] = ()


@dataclass(slots=True)
class TextBuilder:
    """Grows the clean text block by block, so that spans are right by construction."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _terms: list[Span] = field(default_factory=list)
    _parted: bool = False
    _header: str | None = None
    """Of the table that is open: the row that names its columns, empty where none does."""
    _since: int = 0
    """Words of the rows since the header."""

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
        self._repeat_header(kind, clean, page)
        self._append(kind, clean, level, page, marker, terms)

    def part(self) -> None:
        """End the list or table that is open: the next item or row begins another."""
        self._parted = True

    def _append(
        self,
        kind: BlockKind,
        clean: str,
        level: int,
        page: int | None,
        marker: str,
        terms: Iterable[Span],
    ) -> None:
        self._write(self._separator(kind))
        if marker:
            self._write("  " * max(level - 1, 0) + marker + " ")
        start = self._length
        self._write(clean)
        self._blocks.append(Block(kind=kind, start=start, end=self._length, level=level, page=page))
        self._terms.extend((start + first, start + last) for first, last in terms)

    def _repeat_header(self, kind: BlockKind, row: str, page: int | None) -> None:
        """Repeat the header of a long table above its next rows, as on the pages of a book.

        A row says nothing without the names of its columns, and cannot be far from them.
        """
        if kind != "row" or self._parted:
            self._header, self._since = None, 0
        if kind != "row":
            return
        words = len(row.split())
        if self._header is None:
            self._header, self._since = row if _is_header(row) else "", 0
        elif self._header and words <= _LONG_ROW and self._since + words > _TABLE_WORDS:
            self._append("row", self._header, 0, page, "", ())
            self._since = words
        else:
            self._since += words

    def extend(self, blocks: Iterable[NewBlock]) -> None:
        """Append blocks, one after the other."""
        for block in blocks:
            self.add(
                block.kind, block.text, level=block.level, marker=block.marker, terms=block.terms
            )

    def add_table(self, rows: Iterable[Sequence[str]]) -> tuple[Notice, ...]:
        """Append the rows that have something in them; says so where there are too many."""
        added = 0
        for cells in rows:
            said = [" ".join(cell.split()) for cell in cells]
            if not any(said):
                continue
            if added == _MOST_ROWS:
                message = f"a table of more than {_MOST_ROWS} rows: the others were left out"
                return (Notice(kind="long-table", message=message),)
            self.add("row", " | ".join(said).rstrip(" |"))
            added += 1
        return ()

    def heading(self, level: int | None = None) -> str:
        """The first heading, of this level where one is given; empty without any."""
        heads = (b for b in self._blocks if b.kind == "heading" and level in (None, b.level))
        first = next(heads, None)
        return "".join(self._parts)[first.start : first.end] if first else ""

    @property
    def count(self) -> int:
        """How many blocks were added."""
        return len(self._blocks)

    def content(self, format_: str, **told: Any) -> Content:
        """What was added as a `Content`; `told` is what is known besides."""
        return Content(
            format=format_,
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            key_terms=tuple(self._terms),
            **told,
        )

    def _separator(self, kind: BlockKind) -> str:
        parted, self._parted = self._parted and kind in ("item", "row"), False
        if not self._blocks:
            return ""
        return "\n" if (self._blocks[-1].kind, kind) in _TIGHT and not parted else "\n\n"

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def without_text(numbers: Sequence[int], what: str) -> tuple[Notice, ...]:
    """Say so where pages have no text, by their numbers; `what` they are, in the plural."""
    if not numbers:
        return ()
    shown = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    message = f"no text on {len(numbers)} {what} ({shown}): pictures are not read"
    return (Notice(kind="pages-without-text", message=message),)


def _is_header(row: str) -> bool:
    """Whether a row names columns: several, in few words without numbers."""
    plain = not any(char.isdigit() for char in row) and not row.endswith((".", "!", "?", "…"))
    return plain and " | " in row and len(row.split()) <= _MOST_HEADER_WORDS


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
