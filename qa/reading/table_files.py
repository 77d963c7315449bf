"""Tables that programs exchange: CSV in any encoding and with any separator, and workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qa.errors import UnreadableDocumentError
from qa.reading.csv_table import split_separator
from qa.reading.decoding import decode
from qa.reading.kinds import suffix_of


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
    from qa.reading.xlsx import sheets

    for _, is_shown, rows in sheets(data):
        found = [TableRow(n, row) for n, row in enumerate(rows, start=1) if any(row)]
        if is_shown and found:
            yield from found
            return
    raise UnreadableDocumentError("no rows in the workbook; fill its first sheet")
