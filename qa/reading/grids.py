"""Tables whose cells span several rows: each row gets what names it, so that it says all of itself.

A long text beside several rows is of all of them, and stands once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

GRID_RULE: Final = re.compile(r"\+(?:[-=:]+\+)+[ \t]*")
_MOST_ROWS: Final = 1000
_MOST_WORDS: Final = 15


def is_label(text: str) -> bool:
    """Whether a cell is short enough to name the rows beside it."""
    return len(text[:1000].split()) <= _MOST_WORDS


class Spanning(Protocol):
    """A cell that reaches over rows and columns."""

    @property
    def rows(self) -> int:
        """How many rows it reaches over, itself included."""

    @property
    def is_label(self) -> bool:
        """Whether it is so short that it names the rows that it reaches over."""

    @property
    def columns(self) -> int:
        """How many columns it reaches over, itself included."""


_Cell = TypeVar("_Cell", bound=Spanning)


def expanded(table: Sequence[Sequence[_Cell]]) -> list[list[_Cell]]:
    """The rows of a table with each cell that reaches into them; one in several columns once."""
    waiting: dict[int, tuple[_Cell, int]] = {}
    rows: list[list[_Cell]] = []
    for cells in table:
        row: list[_Cell] = []
        column = 0
        own = deque(cells)
        while own or column in waiting:
            if column in waiting:
                cell, left = waiting.pop(column)
            else:
                cell = own.popleft()
                left = min(cell.rows, _MOST_ROWS) if cell.is_label else 1
            row.append(cell)
            if left > 1:
                waiting[column] = (cell, left - 1)
            column += max(cell.columns, 1)
        # Cells to the right of a short row reach into it as well.
        for place in sorted(place for place in waiting if place > column):
            cell, left = waiting.pop(place)
            row.append(cell)
            if left > 1:
                waiting[place] = (cell, left - 1)
        rows.append(row)
    return rows


def grid_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a table that is drawn with rules of `+---+---+` between them."""
    rows: list[list[str]] = []
    cells: list[str] = []
    for line in lines:
        if GRID_RULE.fullmatch(line):
            rows += [cells] if cells else []
            cells = []
            continue
        parts = line.strip().strip("|").split("|")
        cells = (
            [f"{one} {part}" for one, part in zip(cells, parts, strict=True)]
            if len(cells) == len(parts)
            else parts
        )
    return rows + ([cells] if cells else [])
