"""A document, or a stretch of it, for a template: its structure, key terms and marked words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, Literal, NamedTuple

from qa.models import Answer, Block, Document, Hit, Passage, Span

PART_CHARACTERS: Final = 40_000
"""Most characters that are shown at once; longer documents are turned over in parts."""

SNIPPET_CHARACTERS: Final = 240
"""Most characters that are shown of a passage that is not cited: some three lines."""

Strength = Literal["selected", "cited", "passage"]
_CELL_RULE: Final = "|"
_DEEPEST: Final = 4
"""Of the levels of headings and list items that look different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of the document's text to highlight."""

    start: int
    end: int
    strength: Strength


class Piece(NamedTuple):
    """Text that is marked alike."""

    text: str
    key: bool
    """Whether it is a key term."""
    strength: Strength | None
    target: bool
    """Whether it is what to scroll to."""


class ShownBlock(NamedTuple):
    """A block with its text in pieces; a row has several cells, anything else has one."""

    cells: tuple[tuple[Piece, ...], ...]
    level: int
    number: int | None
    """What stands before a list item."""


class Group(NamedTuple):
    """Blocks that belong together: the items of a list, the rows of a table."""

    kind: str
    blocks: tuple[ShownBlock, ...]
    headed: bool
    """Whether the first row is the head of a table."""


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


def groups_of(document: Document, span: Span, marks: Sequence[Mark] = ()) -> tuple[Group, ...]:
    """The text within a span, with its headings, lists and tables."""
    blocks = [block for block in _blocks(document) if block.start < span[1] and block.end > span[0]]
    reader = _Reader(document, span, marks)
    return tuple(reader.group(kind, list(group)) for kind, group in groupby(blocks, key=_container))


def joined_groups(document: Document, spans: Sequence[Span]) -> tuple[Group, ...]:
    """The same of several spans in reading order, with rows of one table in one table."""
    groups: list[Group] = []
    for span in sorted(spans):
        for group in groups_of(document, span):
            if groups and group.kind == groups[-1].kind == "table":
                first, table = min(spans)[0], table_at(document, min(spans)[0])
                headed = table is not None and table[0] == first
                groups[-1] = Group("table", groups[-1].blocks + group.blocks, headed)
            else:
                groups.append(group)
    return tuple(groups)


def table_at(document: Document, offset: int) -> Span | None:
    """The span of the rows that a character stands among, `None` outside of tables."""
    for kind, group in groupby(document.blocks, key=_container):
        rows = list(group)
        if kind == "table" and rows[0].start <= offset < rows[-1].end:
            return rows[0].start, rows[-1].end
    return None


def beginning(passage: Passage, longest: int = SNIPPET_CHARACTERS) -> Span:
    """The span of the first units of a passage that fit, or of the first words."""
    ends = [unit.end for unit in passage.units if unit.end <= longest]
    if len(passage.text) <= longest:
        end = len(passage.text)
    else:
        end = max(ends, default=0) or passage.text.rfind(" ", 0, longest)
    return passage.start, passage.start + (end if end > 0 else longest)


def _blocks(document: Document) -> Sequence[Block]:
    """All blocks but a first heading that repeats the title; text without any is one paragraph."""
    blocks = document.blocks or (Block(kind="paragraph", start=0, end=len(document.text)),)
    first = blocks[0]
    named = first.kind == "heading" and first.start == 0
    return blocks[1:] if named and document.text[: first.end].strip() == document.title else blocks


def _container(block: Block) -> str:
    return {"item": "list", "row": "table"}.get(block.kind, block.kind)


class _Reader:
    """Takes blocks apart, clipped to a span; the strongest marks become the target to scroll to."""

    def __init__(self, document: Document, span: Span, marks: Sequence[Mark]) -> None:
        self._text = document.text
        self._ends = {after.start: before.end for before, after in pairwise(document.blocks)}
        self._span = span
        self._marks = marks
        self._terms = [
            term for term in document.key_terms if term[0] < span[1] and term[1] > span[0]
        ]
        strengths = {mark.strength for mark in marks}
        order: tuple[Strength, ...] = ("selected", "passage", "cited")
        self._target = next((s for s in order if s in strengths), None)

    def group(self, kind: str, blocks: list[Block]) -> Group:
        headed = kind == "table" and len(blocks) > 1 and blocks[0].start >= self._span[0]
        return Group(kind, tuple(map(self._block, blocks)), headed)

    def _block(self, block: Block) -> ShownBlock:
        cells = tuple(self._cells(block) if block.kind == "row" else [(block.start, block.end)])
        return ShownBlock(
            cells=tuple(tuple(self._pieces(*cell)) for cell in cells),
            level=min(max(block.level, 1), _DEEPEST),
            number=self._number(block) if block.kind == "item" else None,
        )

    def _number(self, block: Block) -> int | None:
        marker = self._text[self._ends.get(block.start, block.start) : block.start].strip(" \n\t.)")
        return int(marker) if marker.isdecimal() and len(marker) < 5 else None

    def _cells(self, block: Block) -> Iterator[Span]:
        """The spans between rules, without the space around them."""
        start = block.start
        for cell in self._text[start : block.end].split(_CELL_RULE):
            lead = len(cell) - len(cell.lstrip())
            yield start + lead, start + max(lead, len(cell.rstrip()))
            start += len(cell) + 1

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        start, end = max(start, self._span[0]), min(end, self._span[1])
        if start >= end:
            return
        edges = {start, end}
        for low, high in (*self._terms, *((mark.start, mark.end) for mark in self._marks)):
            edges.update(edge for edge in (low, high) if start < edge < end)
        for low, high in pairwise(sorted(edges)):
            yield self._piece(low, high)

    def _piece(self, start: int, end: int) -> Piece:
        text = self._text[start:end]
        given = {mark.strength for mark in self._marks if mark.start <= start < mark.end}
        order: tuple[Strength, ...] = ("selected", "cited", "passage")
        strength = next((s for s in order if s in given and text.strip()), None)
        key = any(low <= start and end <= high for low, high in self._terms)
        return Piece(text, key, strength, strength is not None and strength == self._target)


def together(answer: Answer, document_of: Callable[[str], Document]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the extracts that are shown as one, the surest first: those of one table."""
    hits = {hit.rank: hit for hit in answer.sources}
    found: dict[object, list[int]] = {}
    for number, extract in enumerate(answer.extracts):
        owner = hits[extract.source].document.id
        table = table_at(document_of(owner), extract.start)
        found.setdefault((owner, table) if table else number, []).append(number)
    return tuple(map(tuple, found.values()))


def marks_of(answer: Answer, hit: Hit, chosen: Collection[int]) -> tuple[Mark, ...]:
    """The extracts taken from the document of `hit`; without chosen ones, also its passage."""
    owners = {source.rank: source.document.id for source in answer.sources}
    marks = [
        Mark(
            start=citation.start,
            end=citation.end,
            strength="selected" if number in chosen else "cited",
        )
        for number, citation in enumerate(answer.extracts)
        if owners[citation.source] == hit.document.id
    ]
    if not chosen:
        passage = hit.passage
        marks.append(Mark(start=passage.start, end=passage.end, strength="passage"))
    return tuple(marks)
