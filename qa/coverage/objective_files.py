"""Objectives from a file: a table in CSV or Excel, or a framework in 1EdTech CASE 1.1 JSON."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final

from qa.analysis.language import detect_language
from qa.coverage.case_framework import OnRemark, read_case
from qa.coverage.objectives import Stated
from qa.errors import ObjectivesError, UnreadableDocumentError
from qa.locale.message import Message
from qa.models import Language
from qa.reading.decoding import decode
from qa.reading.table_files import TableRow, table_rows

COLUMNS: Final = ("id", "title", "description", "item", "rank", "language")
_FORMATS: Final = Message(
    "a .csv or .xlsx table ({columns}), as CSV UTF-8 at best, or a .json framework (CASE 1.1)",
    columns=",".join(COLUMNS),
)
_MEANT: Final = {
    **{"code": "id", "identifiant": "id", "intitulé": "title", "titre": "title", "rang": "rank"},
    **{"objectif": "title", "langue": "language"},
}
"""What columns are called besides."""
_NEEDED: Final = ("id", "title")
_LANGUAGES: Final[dict[str, Language]] = {"fr": "fr", "en": "en"}


def read_objectives(path: Path, on_remark: OnRemark | None = None) -> tuple[Stated, ...]:
    """The objectives of a `.csv`, `.xlsx` or `.json` file, in its order.

    `on_remark` is called with what was read over. Raises `ObjectivesError` naming the file, the
    line, what was expected and the remedy.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ObjectivesError(
            "{path}: {reason}; give a .csv, .xlsx or .json file of objectives",
            path=path,
            reason=error.strerror,
        ) from error
    return parse_objectives(data, str(path), on_remark)


def parse_objectives(
    data: bytes, name: str, on_remark: OnRemark | None = None
) -> tuple[Stated, ...]:
    """The same from the bytes of a file; the end of `name` tells its format."""
    if not data.strip():
        raise ObjectivesError(
            "{name}, line 1: the file is empty; expected {formats}", name=name, formats=_FORMATS
        )
    remark = on_remark or _say_nothing
    kind = PurePath(name).suffix.lower()
    if kind == ".json":
        found = tuple(read_case(_decoded(data, name), name, remark))
    elif kind in (".csv", ".tsv", ".xlsx", ".xlsm"):
        found = tuple(_read_table(data, name, remark))
    else:
        raise ObjectivesError("{name}: expected {formats}", name=name, formats=_FORMATS)
    if not found:
        raise ObjectivesError(
            "{name}: no objectives in it; add one a line below the header", name=name
        )
    return found


def _say_nothing(_remark: Message) -> None:
    """What is done with remarks that nobody asked for."""


def _decoded(data: bytes, name: str) -> str:
    try:
        return decode(data).text
    except UnreadableDocumentError as error:
        raise ObjectivesError(
            "{name}: not a text; expected {formats}", name=name, formats=_FORMATS
        ) from error


def _read_table(data: bytes, name: str, on_remark: OnRemark) -> Iterator[Stated]:
    seen: dict[tuple[str, str], int] = {}
    line = 0
    try:
        rows = table_rows(data, name)
        line, cells = next(rows, TableRow(1, ()))
        names = [cell.strip().lower() for cell in cells]
        header = [name if _MEANT.get(name) in names else _MEANT.get(name, name) for name in names]
        _check_header(header, name, on_remark)
        for line, cells in rows:
            where = Message("{name}, line {line}", name=name, line=line)
            yield _row(header, list(cells), where, line, seen)
    except csv.Error as error:
        raise ObjectivesError(
            "{name}, line {line}: {error}; quote cells as CSV does",
            name=name,
            line=line + 1,
            error=error,
        ) from error
    except UnreadableDocumentError as error:
        raise ObjectivesError(
            "{name}: {error}; expected {formats}", name=name, error=error, formats=_FORMATS
        ) from error


def _check_header(header: list[str], name: str, on_remark: OnRemark) -> None:
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise ObjectivesError(
            "{name}, line 1: no column {missing}; expected {columns}",
            name=name,
            missing=", ".join(missing),
            columns=",".join(COLUMNS),
        )
    known = [column for column in header if column in COLUMNS]
    if len(set(known)) < len(known):
        raise ObjectivesError(
            "{name}, line 1: {what}; expected {columns}",
            name=name,
            what="a column that stands twice",
            columns=",".join(COLUMNS),
        )
    others = [column for column in header if column and column not in COLUMNS]
    if others:
        on_remark(
            Message(
                "{name}: other columns are not read: {columns}",
                name=name,
                columns=", ".join(others),
            )
        )


def _row(
    header: list[str],
    cells: list[str],
    where: Message,
    line: int,
    seen: dict[tuple[str, str], int],
) -> Stated:
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(header):
        raise ObjectivesError(
            "{where}: {count} cells, not {expected}; quote cells that have a separator",
            where=where,
            count=len(cells),
            expected=len(header),
        )
    row = {
        column: cell.strip()
        for column, cell in zip(header, cells, strict=True)
        if column in COLUMNS
    }
    for column in _NEEDED:
        if not row[column]:
            raise ObjectivesError(
                "{where}: no {column}; every objective needs one", where=where, column=column
            )
    language = _language(row.get("language", ""), f"{row['title']} {row.get('description', '')}")
    if language is None:
        raise ObjectivesError(
            "{where}: language is {language!r}; expected fr or en",
            where=where,
            language=row["language"],
        )
    earlier = seen.setdefault((row["id"], language), line)
    if earlier != line:
        raise ObjectivesError(
            "{where}: {id} in {language} stands in line {earlier} already; keep one of them",
            where=where,
            id=row["id"],
            language=language,
            earlier=earlier,
        )
    item = row.get("item", "")
    number = re.fullmatch(r"(?:item\s*)?(\d{1,3})", item, re.IGNORECASE)
    return Stated(
        code=row["id"],
        title=row["title"],
        language=language,
        description=row.get("description", ""),
        item=number[1].zfill(3) if number else "",
        item_title="" if number else item,
        rank=row.get("rank", "").upper(),
    )


def _language(stated: str, text: str) -> Language | None:
    """The stated language, or that of the text; `None` for one that is not known."""
    if not stated:
        return detect_language(text, "en")
    return _LANGUAGES.get(stated.lower().replace("_", "-").partition("-")[0])
