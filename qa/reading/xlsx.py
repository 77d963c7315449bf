"""Reader of Excel workbooks: each sheet a table, its values as they were last calculated."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

from qa.locale.translator import N_
from qa.models import Notice
from qa.reading.content import Content, TextBuilder
from qa.reading.damage import refusing
from qa.reading.decoding import normalise
from qa.reading.zip_files import check_archive

FORMAT: Final = "workbook"
_DAMAGED: Final = N_("a damaged workbook ({error}); save it as .xlsx again")


def read_xlsx(data: bytes, _name: str) -> Content:
    """Read the sheets that are shown; their names are headings."""
    builder = TextBuilder()
    notices: list[Notice] = []
    hidden: list[str] = []
    for name, is_shown, rows in sheets(data):
        if not is_shown:
            hidden.append(name)
        elif first := next((row for row in rows if any(map(str.strip, row))), None):
            builder.add("heading", name, level=1)
            notices += builder.add_table(chain([first], rows))
    if hidden:
        message = f"hidden sheets were left out: {', '.join(hidden)}"
        notices.append(Notice(kind="hidden-sheets", message=message))
    return builder.content(FORMAT, notices=tuple(notices))


def sheets(data: bytes) -> Iterator[tuple[str, bool, Iterator[Sequence[str]]]]:
    """Name, whether it is shown, and rows of each sheet.

    Raises UnreadableDocumentError, without file name, for what is no workbook.
    """
    from openpyxl import load_workbook

    check_archive(data)
    with refusing(_DAMAGED):
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            yield sheet.title, sheet.sheet_state == "visible", _rows(sheet)
        book.close()


def _rows(sheet: Any) -> Iterator[Sequence[str]]:
    # Read when they are asked for.
    with refusing(_DAMAGED):
        for row in sheet.iter_rows():
            yield [_shown(cell.value, cell.number_format or "") for cell in row]


def _shown(value: object, number_format: str) -> str:
    match value:
        case float() if number_format.endswith("%"):
            return f"{100 * value:.12g}%"
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.12g}"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(" ", "minutes")
        case _:
            return normalise(str(value))
