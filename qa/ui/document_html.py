"""A document, or a stretch of it, as HTML: its structure, key terms and marked words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from typing import Final, Literal

from qa.models import Block, Document, Span
from qa.ui.html import element

PART_CHARACTERS: Final = 40_000
"""Most characters that are shown at once; longer documents are turned over in parts."""

Strength = Literal["selected", "cited", "passage"]
_CELL_RULE: Final = "|"
_LIST_DEPTHS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of the document's text to highlight."""

    start: int
    end: int
    strength: Strength


def parts_of(document: Document, most: int = PART_CHARACTERS) -> tuple[Span, ...]:
    """Spans that cover the text in order, each of at most `most` characters, cut between blocks."""
    spans: list[Span] = []
    start, size = 0, len(document.text)
    ends = [block.end for block in document.blocks]
    place = 0
    while size - start > most:
        end = start
        while place < len(ends) and ends[place] <= start + most:
            end = max(end, ends[place])
            place += 1
        if end == start:
            cut = document.text.rfind(" ", start + 1, start + most)
            end = cut if cut > 0 else start + most
        spans.append((start, end))
        start = end
    return (*spans, (start, size))


def part_at(parts: Sequence[Span], offset: int) -> int:
    """The number of the part, from 0, that holds a character."""
    return next((n for n, (_, end) in enumerate(parts) if offset < end), len(parts) - 1)


def stretch(document: Document, span: Span, marks: Sequence[Mark] = ()) -> str:
    """The text within a span, with its headings, lists and tables."""
    blocks = [block for block in _blocks(document) if block.start < span[1] and block.end > span[0]]
    writer = _Writer(document, span, marks)
    return "".join(
        writer.group(kind, list(group)) for kind, group in groupby(blocks, key=_container)
    )


def panel(document: Document, span: Span, marks: Sequence[Mark], *, label: str, key: str) -> str:
    """A region that scrolls, and can be scrolled by keyboard; `key` tells the script its place."""
    return element(
        "div",
        element("article", stretch(document, span, marks), lang=document.language),
        class_="qa-panel",
        role="region",
        tabindex=0,
        aria_label=label,
        data_qa_panel=key,
    )


def _blocks(document: Document) -> Sequence[Block]:
    return document.blocks or (Block(kind="paragraph", start=0, end=len(document.text)),)


def _container(block: Block) -> str:
    return {"item": "list", "row": "table"}.get(block.kind, block.kind)


class _Writer:
    """Writes blocks, clipped to a span; the first marked piece becomes the target to scroll to."""

    def __init__(self, document: Document, span: Span, marks: Sequence[Mark]) -> None:
        self._text = document.text
        self._title = document.title
        self._ends = {after.start: before.end for before, after in pairwise(document.blocks)}
        self._span = span
        self._marks = marks
        self._terms = [
            term for term in document.key_terms if term[0] < span[1] and term[1] > span[0]
        ]
        strengths = {mark.strength for mark in marks}
        order: tuple[Strength, ...] = ("selected", "passage", "cited")
        self._target = next((s for s in order if s in strengths), None)

    def group(self, kind: str, blocks: list[Block]) -> str:
        if kind == "list":
            return self._list(blocks)
        if kind == "table":
            return self._table(blocks)
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        content = self._inline(block.start, block.end)
        if block.kind == "heading":
            if block.start == 0 and self._text[: block.end].strip() == self._title:
                return ""
            return element(f"h{min(max(block.level, 1) + 2, 6)}", content)
        return element("p", content, class_="qa-caption" if block.kind == "caption" else None)

    def _list(self, blocks: list[Block]) -> str:
        numbers = [self._number(block) for block in blocks]
        items = "".join(
            element(
                "li",
                self._inline(block.start, block.end),
                value=number,
                class_=f"qa-level-{min(max(block.level, 1), _LIST_DEPTHS)}",
            )
            for block, number in zip(blocks, numbers, strict=True)
        )
        return element("ol" if numbers[0] is not None else "ul", items)

    def _number(self, block: Block) -> int | None:
        """The number that stands before a list item, if any."""
        marker = self._text[self._ends.get(block.start, block.start) : block.start].strip(" \n\t.)")
        return int(marker) if marker.isdecimal() and len(marker) < 5 else None

    def _table(self, blocks: list[Block]) -> str:
        whole = len(blocks) > 1 and blocks[0].start >= self._span[0]
        rows = "".join(
            element("tr", "".join(self._cells(block, "th" if whole and n == 0 else "td")))
            for n, block in enumerate(blocks)
        )
        return element("div", element("table", rows), class_="qa-table")

    def _cells(self, block: Block, tag: str) -> Iterator[str]:
        start = block.start
        while start <= block.end:
            rule = self._text.find(_CELL_RULE, start, block.end)
            end = rule if rule >= 0 else block.end
            yield element(
                tag, self._inline(start, end).strip(), scope="col" if tag == "th" else None
            )
            start = end + 1

    def _inline(self, start: int, end: int) -> str:
        """Text from `start` to `end`, in pieces that are marked alike."""
        start, end = max(start, self._span[0]), min(end, self._span[1])
        edges = {start, end}
        for low, high in (*self._terms, *((mark.start, mark.end) for mark in self._marks)):
            edges.update(edge for edge in (low, high) if start < edge < end)
        ordered = sorted(edges)
        return "".join(self._piece(a, b) for a, b in pairwise(ordered))

    def _piece(self, start: int, end: int) -> str:
        piece = escape(self._text[start:end])
        if any(low <= start and end <= high for low, high in self._terms):
            piece = element("b", piece)
        strengths = {mark.strength for mark in self._marks if mark.start <= start < mark.end}
        for strength in ("selected", "cited", "passage"):
            if strength in strengths and piece.strip():
                target = "" if strength == self._target else None
                return element("mark", piece, class_=f"qa-{strength}", data_qa_target=target)
        return piece
