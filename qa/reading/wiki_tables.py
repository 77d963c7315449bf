"""Tables of a wiki page: which cells stand in which row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.reading.grids import expanded, is_label

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Tag
    from mwparserfromhell.wikicode import Wikicode

_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})
_KNOWN = _GROUPS | _CELLS | {"tr", "caption"}
_ATTRIBUTE = (
    r"(?:style|class|align|valign|bgcolor|border|cellpadding|cellspacing|rowspan|colspan|width"
    r"|height|id|scope|lang|dir|nowrap|title|abbr|headers|data-[\w-]+)"
    r"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'|]*+))?+"
)
_ATTRIBUTES = re.compile(rf"\s*+(?:{_ATTRIBUTE}\s*+)*+", re.IGNORECASE)
_ROW_MARK = re.compile(r"^([ \t]*\|)(-+)(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The parse trees of a caption and of the cells, row by row."""

    caption: Wikicode | str
    rows: tuple[tuple[Wikicode | str, ...], ...]

    @property
    def is_layout(self) -> bool:
        """Whether the table has one column, so that it only draws a box around text."""
        return all(sum(bool(str(cell).strip()) for cell in row) <= 1 for row in self.rows)


def separate_row_marks(text: str) -> str:
    """Put a blank between the `|` of a cell and the dash of its text, `|- Fever`.

    To a parser that is a mark of a new row with attributes, and the text of the cell would go.
    """

    def separate(mark: re.Match[str]) -> str:
        return mark[0] if _ATTRIBUTES.fullmatch(mark[3]) else f"{mark[1]} {mark[2]}{mark[3]}"

    return _ROW_MARK.sub(separate, text) if "|-" in text else text


def read_table(tag: Tag) -> Table:
    """Return the caption and the cells of a table; one that spans rows is in each of them."""
    caption: Wikicode | str = ""
    rows: list[list[_Cell]] = [[]]
    for name, content, node in _parts(tag):
        if name == "tr":
            rows.append([])
        elif name == "caption" or (not rows[0] and len(rows) == 1 and str(content).startswith("+")):
            caption = content
        else:
            rows[-1].append(_Cell(content, _span(node, "rowspan"), _span(node, "colspan")))
    grid = expanded([row for row in rows if row])
    return Table(caption=caption, rows=tuple(tuple(one.content for one in row) for row in grid))


@dataclass(frozen=True, slots=True)
class _Cell:
    content: Wikicode | str
    rows: int
    columns: int

    @property
    def is_label(self) -> bool:
        """Whether it names the rows that it reaches over."""
        return is_label(str(self.content))


def _span(cell: Tag | None, name: str) -> int:
    """How far a cell reaches; a span that covers nothing, or no number, is 1."""
    stated = str(cell.get(name).value).strip(" \"'") if cell is not None and cell.has(name) else ""
    return max(int(stated), 1) if stated.isascii() and stated.isdecimal() and len(stated) < 4 else 1


def _parts(tag: Tag) -> Iterator[tuple[str, Wikicode | str, Tag | None]]:
    """Yield `("tr", "")` for every row mark, then the cells of the row; captions; stray text."""
    from mwparserfromhell.nodes import Tag as TagNode

    for node in tag.contents.nodes if tag.contents is not None else ():
        if isinstance(node, TagNode) and (name := str(node.tag).strip().lower()) in _KNOWN:
            if name in _CELLS or name == "caption":
                yield name, _with_lost_text(node), node
                continue
            if name == "tr":
                yield "tr", "", None
            yield from _parts(node)
        elif str(node).strip():
            yield "td", str(node), None


def _with_lost_text(cell: Tag) -> Wikicode | str:
    """Return the content of a cell; `|A | B` has its A among the attributes."""
    stated = "".join(str(attribute) for attribute in cell.attributes)
    if _ATTRIBUTES.fullmatch(stated):
        return cell.contents
    return f"{stated} | {cell.contents}"
