"""Tables that programs exchange: CSV in any encoding and with any separator, and workbooks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from qa.errors import UnreadableDocumentError
from qa.reading.content import Content, TextBuilder
from qa.reading.decoding import decode
from qa.reading.kinds import suffix_of
from qa.reading.xlsx import sheets

FORMAT: Final = "table"

_STATED = re.compile(r"sep=(.)\n", re.IGNORECASE)
_SEPARATORS: Final = ";\t,|"
_LOOK: Final = 20


class TableRow(NamedTuple):
    """The cells of a row and the line on which it begins, counted from 1."""

    line: int
    cells: Sequence[str]


def table_rows(data: bytes, name: str) -> Iterator[TableRow]:
    """The rows that have something in them, the header first.

    Raises UnreadableDocumentError, without file name, for bytes that are neither text nor a
    workbook, and `csv.Error`, once the rows before were given, where quotes are not closed.
    """
    if suffix_of(name) in (".xlsx", ".xlsm"):
        yield from _sheet_rows(data)
        return
    text = decode(data).text
    body, separator = split_separator(text)
    line = 1 + text[: len(text) - len(body)].count("\n")
    first = line
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield TableRow(line, cells)
        line = first + reader.line_num


def _sheet_rows(data: bytes) -> Iterator[TableRow]:
    """The rows of the first sheet that is shown and not empty."""
    for _, is_shown, rows in sheets(data):
        found = [TableRow(n, row) for n, row in enumerate(rows, start=1) if any(row)]
        if is_shown and found:
            yield from found
            return
    raise UnreadableDocumentError("no rows in the workbook; fill its first sheet")


def read_csv_table(data: bytes, _name: str) -> Content:
    """Read a table: a row a line, the cells parted by bars."""
    decoded = decode(data)
    text, separator = split_separator(decoded.text)
    builder = TextBuilder()
    try:
        full = builder.add_table(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
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
