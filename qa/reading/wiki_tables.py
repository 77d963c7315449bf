"""Tables of a wiki page: which cells stand in which row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    """Return the caption and the cells of a table; spans of rows and columns are not repeated."""
    caption: Wikicode | str = ""
    rows: list[list[Wikicode | str]] = [[]]
    for name, content in _parts(tag):
        if name == "tr":
            rows.append([])
        elif name == "caption" or (not rows[0] and len(rows) == 1 and str(content).startswith("+")):
            caption = content
        else:
            rows[-1].append(content)
    return Table(caption=caption, rows=tuple(tuple(row) for row in rows if row))


def _parts(tag: Tag) -> Iterator[tuple[str, Wikicode | str]]:
    """Yield `("tr", "")` for every row mark, then the cells of the row; captions; stray text."""
    from mwparserfromhell.nodes import Tag as TagNode

    for node in tag.contents.nodes if tag.contents is not None else ():
        if isinstance(node, TagNode) and (name := str(node.tag).strip().lower()) in _KNOWN:
            if name in _CELLS or name == "caption":
                yield name, _with_lost_text(node)
                continue
            if name == "tr":
                yield "tr", ""
            yield from _parts(node)
        elif str(node).strip():
            yield "td", str(node)


def _with_lost_text(cell: Tag) -> Wikicode | str:
    """Return the content of a cell; `|A | B` has its A among the attributes."""
    stated = "".join(str(attribute) for attribute in cell.attributes)
    if _ATTRIBUTES.fullmatch(stated):
        return cell.contents
    return f"{stated} | {cell.contents}"
