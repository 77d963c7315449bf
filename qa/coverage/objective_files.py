"""Objectives from a file: a table in CSV, or a framework in 1EdTech CASE 1.1 JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final

from qa.analysis.language import detect_language
from qa.coverage.case_framework import read_case
from qa.coverage.objectives import Stated
from qa.errors import ObjectivesError
from qa.locale.message import Message
from qa.models import Language

COLUMNS: Final = ("id", "title", "description", "item", "rank", "language")
_FORMATS: Final = Message(
    "a .csv table ({columns}) or a .json framework (CASE 1.1)", columns=",".join(COLUMNS)
)
_NEEDED: Final = ("id", "title")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
"""What no text has, but UTF-16 and binary files do."""
_LANGUAGES: Final[dict[str, Language]] = {"fr": "fr", "en": "en"}


def read_objectives(path: Path) -> tuple[Stated, ...]:
    """The objectives of a `.csv` or `.json` file, in its order.

    Raises `ObjectivesError` naming the file, the line, what was expected and the remedy.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ObjectivesError(
            "{path}: {reason}; give a .csv or .json file of objectives",
            path=path,
            reason=error.strerror,
        ) from error
    return parse_objectives(data, str(path))


def parse_objectives(data: bytes, name: str) -> tuple[Stated, ...]:
    """The same from the bytes of a file; the end of `name` tells its format."""
    text = _decoded(data, name)
    kind = PurePath(name).suffix.lower()
    if kind == ".json":
        found = tuple(read_case(text, name))
    elif kind in (".csv", ".tsv"):
        found = tuple(_read_table(text, name))
    else:
        raise ObjectivesError("{name}: expected {formats}", name=name, formats=_FORMATS)
    if not found:
        raise ObjectivesError(
            "{name}: no objectives in it; add one a line below the header", name=name
        )
    return found


def _decoded(data: bytes, name: str) -> str:
    if not data.strip():
        raise ObjectivesError(
            "{name}, line 1: the file is empty; expected {formats}", name=name, formats=_FORMATS
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ObjectivesError(
            "{name}, line {line}: not UTF-8; save the file as UTF-8", name=name, line=line
        ) from error
    binary = _CONTROL.search(text)
    if binary is not None:
        line = text.count("\n", 0, binary.start()) + 1
        raise ObjectivesError(
            "{name}, line {line}: not a text; save the file as UTF-8 text", name=name, line=line
        )
    return text


def _read_table(text: str, name: str) -> Iterator[Stated]:
    header_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    seen: dict[tuple[str, str], int] = {}
    line = 1
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_header(header, name)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(
                    header, cells, Message("{name}, line {line}", name=name, line=line), line, seen
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise ObjectivesError(
            "{name}, line {line}: {error}; quote cells as CSV does",
            name=name,
            line=max(line, reader.line_num),
            error=error,
        ) from error


def _check_header(header: list[str], name: str) -> None:
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise ObjectivesError(
            "{name}, line 1: no column {missing}; expected {columns}",
            name=name,
            missing=", ".join(missing),
            columns=",".join(COLUMNS),
        )
    unknown = [column for column in header if column not in COLUMNS]
    if unknown or len(set(header)) < len(header):
        what = ", ".join(map(repr, unknown)) or "a column that stands twice"
        raise ObjectivesError(
            "{name}, line 1: {what}; expected {columns}",
            name=name,
            what=what,
            columns=",".join(COLUMNS),
        )


def _row(
    header: list[str],
    cells: list[str],
    where: Message,
    line: int,
    seen: dict[tuple[str, str], int],
) -> Stated:
    if len(cells) != len(header):
        raise ObjectivesError(
            "{where}: {count} cells, not {expected}; quote cells that have a separator",
            where=where,
            count=len(cells),
            expected=len(header),
        )
    row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
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
