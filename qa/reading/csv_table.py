"""Reader of tables in CSV, as spreadsheets write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from qa.errors import UnreadableDocumentError
from qa.models import Notice
from qa.reading.content import Content, TextBuilder
from qa.reading.decoding import decode

FORMAT: Final = "table"
MOST_ROWS: Final = 200_000

_STATED = re.compile(r"sep=(.)\n", re.IGNORECASE)
_SEPARATORS: Final = ";\t,|"
_LOOK: Final = 20


def read_csv_table(data: bytes, _name: str) -> Content:
    """Read a table: a row a line, the cells parted by bars."""
    decoded = decode(data)
    text, separator = split_separator(decoded.text)
    builder = TextBuilder()
    try:
        full = add_rows(builder, csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableDocumentError(
            "not a table ({error}); save it as CSV UTF-8", error=error
        ) from error
    return builder.content(FORMAT, notices=(*decoded.notices, *full))


def split_separator(text: str) -> tuple[str, str]:
    """The lines of a table without the one that states the separator, and the separator.

    Where none is stated, it is the one that parts the first lines into most cells, evenly.
    """
    stated = _STATED.match(text)
    if stated:
        return text[stated.end() :], stated[1]
    head = [line for line in text.split("\n", _LOOK)[:_LOOK] if line.strip()]
    first = head[0] if head else ""

    def fits(separator: str) -> tuple[int, int]:
        return min((line.count(separator) for line in head), default=0), first.count(separator)

    return text, max(_SEPARATORS, key=fits)


def add_rows(builder: TextBuilder, rows: Iterable[Sequence[str]]) -> tuple[Notice, ...]:
    """Add the rows that have something in them; says so where there are too many."""
    added = 0
    for cells in rows:
        said = [" ".join(cell.split()) for cell in cells]
        if not any(said):
            continue
        if added == MOST_ROWS:
            message = f"a table of more than {MOST_ROWS} rows: the others were left out"
            return (Notice(kind="long-table", message=message),)
        builder.add("row", " | ".join(said).rstrip(" |"))
        added += 1
    return ()
