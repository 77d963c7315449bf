"""A page of HTML as blocks, each with the words that a browser would show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qa.models import BlockKind, Removal, Span
from qa.reading.content import NewBlock
from qa.reading.grids import expanded, is_label
from qa.reading.tex_math import raised

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN: Final = frozenset(
    "script style noscript template head title iframe object embed audio video canvas map svg"
    " button select option input textarea dialog".split()
)
_NAVIGATION: Final = frozenset("nav footer aside menu".split())
_BLOCKS: Final = frozenset(
    "address article blockquote body center dd details div dl dt"
    " fieldset figcaption figure form h1 h2"
    " h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td"
    " tfoot th thead tr ul caption footer aside nav menu".split()
)
_TERMS: Final = frozenset("b strong i em dfn".split())
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_MOST_DEPTH: Final = 200
"""Deeper, an element is taken as text."""
_MIN_CAPTION_WORDS: Final = 3
_DISPLAY_NONE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\n\r\f]+")
_NOTE_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡]|note \d+)\]?", re.IGNORECASE)
_CELL_EDGE: Final = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock(NewBlock):
    """A block to be, and where it stands in its page."""

    links: int = 0
    """Characters of it that lead elsewhere."""
    path: str = ""
    """The names and classes of the elements around it, outermost first."""
    table: int = 0
    """The number of the table that a row is of, from 1 in the order of the page."""


@dataclass(slots=True)
class _Line:
    """Words that are gathered until their block ends."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    terms: list[Span] = field(default_factory=list)
    links: int = 0
    captions: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Append text as it is."""
        self.parts.append(text)
        self.length += len(text)


@dataclass(slots=True)
class Walk:
    """The blocks of an element, and what was left out of them."""

    removed: list[Removal] = field(default_factory=list)
    blocks: list[PageBlock] = field(default_factory=list)
    _line: _Line = field(default_factory=_Line)
    _kind: BlockKind = "paragraph"
    _heading: int = 0
    _marker: str = ""
    _numbers: list[int] = field(default_factory=list)
    """Of the lists around: the next number, -1 for one of bullets."""
    _path: list[str] = field(default_factory=list)
    _tables: int = 0

    def read(self, element: HtmlElement, depth: int = 0) -> None:
        """Add what an element shows, without the text behind it."""
        name = element.tag if isinstance(element.tag, str) else ""
        if not name or name in _HIDDEN or _is_hidden(element):
            return
        if name in _NAVIGATION:
            self._leave_out("navigation", element)
        elif depth > _MOST_DEPTH:
            self._write("".join(element.itertext()))
        elif name == "table":
            self._table(element, depth)
        elif name in _BLOCKS:
            self._block(name, element, depth)
        else:
            self._inline(name, element, depth)

    def flush(self) -> None:
        """End the block that is open."""
        line, self._line = self._line, _Line()
        text = "".join(line.parts)
        if text.strip():
            kind: BlockKind = "item" if self._marker else self._kind
            self.blocks.append(
                PageBlock(
                    kind="heading" if self._heading else kind,
                    text=text,
                    level=self._heading or (len(self._numbers) if kind == "item" else 0),
                    marker=self._marker,
                    terms=() if self._heading else tuple(line.terms),
                    links=line.links,
                    path=">".join(self._path),
                )
            )
            # What follows in an item is a paragraph below it.
            self._marker = ""
        self.blocks.extend(PageBlock(kind="caption", text=said) for said in line.captions)

    def _children(self, element: HtmlElement, depth: int) -> None:
        is_plain = element.tag != "pre"
        self._write(element.text or "", is_plain=is_plain)
        for child in element:
            self.read(child, depth + 1)
            self._write(child.tail or "", is_plain=is_plain)

    def _block(self, name: str, element: HtmlElement, depth: int) -> None:
        self.flush()
        self._path.append(f"{name}.{element.get('class', '')}")
        self._within(name, element, depth)
        self._path.pop()

    def _within(self, name: str, element: HtmlElement, depth: int) -> None:
        if name in ("ul", "ol"):
            start = element.get("start", "1")
            self._numbers.append(int(start) if name == "ol" and start.isdecimal() else -1)
            self._numbers[-1] = 1 if name == "ol" and self._numbers[-1] < 0 else self._numbers[-1]
            self._children(element, depth)
            self.flush()
            self._numbers.pop()
            return
        before = (self._kind, self._heading, self._marker)
        if name == "li":
            self._marker = self._next_marker()
        elif name in ("figcaption", "caption"):
            self._kind = "caption"
        elif name in _HEADINGS:
            self._heading, self._marker = _HEADINGS[name], ""
        self._children(element, depth)
        self.flush()
        self._kind, self._heading, marker = before
        self._marker = "" if name == "li" else marker if self._marker else ""

    def _next_marker(self) -> str:
        if not self._numbers:
            self._numbers.append(-1)
        number = self._numbers[-1]
        if number < 0:
            return "-"
        self._numbers[-1] += 1
        return f"{number}."

    def _inline(self, name: str, element: HtmlElement, depth: int) -> None:
        start = self._line.length
        line = self._line
        match name:
            case "br":
                self._break()
            case "img":
                self._picture(element)
            case "sup" if _is_note_mark(element):
                self._leave_out("footnote mark", element)
            case "sup":
                self._write(raised("".join(element.itertext())))
            case "math":
                self._write(_formula(element))
            case _:
                self._children(element, depth)
        if line is self._line and start < line.length:
            if name in _TERMS:
                line.terms.append((start, line.length))
            elif name == "a":
                line.links += line.length - start

    def _write(self, text: str, *, is_plain: bool = True) -> None:
        if is_plain:
            text = _BLANK.sub(" ", text)
            ends_in_blank = not self._line.parts or self._line.parts[-1][-1:].isspace()
            text = text.removeprefix(" ") if ends_in_blank else text
        if text:
            self._line.write(text)

    def _break(self) -> None:
        """A line break; two of them end a paragraph."""
        if "".join(self._line.parts[-2:]).rstrip(" ").endswith("\n"):
            self.flush()
        else:
            self._line.write("\n")

    def _picture(self, element: HtmlElement) -> None:
        said = " ".join((element.get("alt") or "").split())
        if len(said.split()) >= _MIN_CAPTION_WORDS:
            self._line.captions.append(said)
        elif source := (element.get("src") or "")[:200]:
            self.removed.append(Removal(reason="picture", text=f"{source} {said}".strip()))

    def _leave_out(self, reason: str, element: HtmlElement) -> None:
        text = " ".join(" ".join(element.itertext()).split())
        if text:
            self.removed.append(Removal(reason=reason, text=text))

    def _table(self, table: HtmlElement, depth: int) -> None:
        self.flush()
        if _is_layout(table):
            self._children(table, depth)
            self.flush()
            return
        for caption in table.iterchildren("caption"):
            self._block("caption", caption, depth)
        cells = [[_cell(cell, self.removed, depth) for cell in _cells(row)] for row in _rows(table)]
        self._tables += 1
        path = ">".join([*self._path, f"table.{table.get('class', '')}"])
        for row in expanded(cells):
            text = _CELL_EDGE.join(one.text for one in row).strip(" |")
            links = sum(one.links for one in row)
            if text:
                self.blocks.append(
                    PageBlock(kind="row", text=text, links=links, path=path, table=self._tables)
                )


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    rows: int
    columns: int
    links: int

    @property
    def is_label(self) -> bool:
        """Whether it names the rows that it reaches over."""
        return is_label(self.text)


def _cell(cell: HtmlElement, removed: list[Removal], depth: int) -> _Cell:
    inner = Walk(removed=removed)
    inner._children(cell, depth + 1)
    inner.flush()
    parts = [f"{block.marker} {block.text}".strip() for block in inner.blocks]
    return _Cell(
        text=" ".join(" ".join(parts).split()),
        rows=_span(cell, "rowspan"),
        columns=_span(cell, "colspan"),
        links=sum(block.links for block in inner.blocks),
    )


def _span(cell: HtmlElement, name: str) -> int:
    stated = (cell.get(name) or "1").strip()
    return max(1, int(stated)) if stated.isdecimal() and len(stated) < 4 else 1


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return list(row.iterchildren("td", "th"))


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only places what it holds: one column, or tables and headings inside."""
    if table.get("role") == "presentation":
        return True
    if next(table.iter("th"), None) is not None:
        return False
    widest = max((len(_cells(row)) for row in _rows(table)), default=0)
    inner = ("table", "h1", "h2", "h3", "article", "section", "nav")
    return widest <= 1 or any(one is not table for one in table.iter(*inner))


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or _DISPLAY_NONE.search(element.get("style") or ""):
        return True
    return element.get("aria-hidden") == "true"


def _is_note_mark(element: HtmlElement) -> bool:
    link = next(element.iter("a"), None)
    text = "".join(element.itertext()).strip()
    leads_down = link is not None and "#" in (link.get("href") or "")
    return leads_down and bool(_NOTE_MARK.fullmatch(text))


def _formula(element: HtmlElement) -> str:
    """A formula as its source has it, else its letters one after the other."""
    for note in element.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower():
            return (note.text or "").strip()
    return element.get("alttext") or " ".join(_mathml(element, 0).split())


def _mathml(element: HtmlElement, depth: int) -> str:
    """MathML in a line: fractions, powers and roots keep what they say."""
    if depth > _MOST_DEPTH:
        return "".join(element.itertext())
    parts = [_mathml(child, depth + 1).strip() for child in element]
    match (element.tag, parts):
        case ("mfrac", (above, below)):
            return f"{_grouped(above)}/{_grouped(below)}"
        case ("msup", (base, power)):
            high = raised(power)
            return f"{base}{high}" if high != power else f"{base}^{_grouped(power)}"
        case ("msqrt", _):
            return f"√{_grouped(''.join(parts))}"
    return (element.text or "") + "".join(parts)


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"
