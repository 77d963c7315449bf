"""Tables of a wiki page: which cells stand in which row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Tag
    from mwparserfromhell.wikicode import Wikicode

_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The parse trees of a caption and of the cells, row by row."""

    caption: Wikicode | None
    rows: tuple[tuple[Wikicode, ...], ...]

    @property
    def is_layout(self) -> bool:
        """Whether the table has one column, so that it only draws a box around text."""
        return all(sum(bool(str(cell).strip()) for cell in row) <= 1 for row in self.rows)


def read_table(tag: Tag) -> Table:
    """Return the caption and the cells of a table; spans of rows and columns are not repeated."""
    caption: Wikicode | None = None
    rows: list[list[Wikicode]] = [[]]
    for node, name in _parts(tag):
        if name == "tr":
            rows.append([cell.contents for cell, kind in _parts(node) if kind in _CELLS])
        elif name == "caption" or (not rows[0] and str(node.contents).startswith("+")):
            caption = node.contents
        else:
            # Cells before the first row mark belong to a row without a mark.
            rows[0].append(node.contents)
    return Table(caption=caption, rows=tuple(tuple(row) for row in rows if row))


def _parts(tag: Tag) -> list[tuple[Tag, str]]:
    parts: list[tuple[Tag, str]] = []
    for node in tag.contents.ifilter_tags(recursive=False) if tag.contents is not None else ():
        name = str(node.tag).strip().lower()
        if name in _GROUPS:
            parts.extend(_parts(node))
        elif node.contents is not None and (name in _CELLS or name in ("tr", "caption")):
            parts.append((node, name))
    return parts
