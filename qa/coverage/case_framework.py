"""Objectives from a competency framework in 1EdTech CASE 1.1 JSON (`CFDocument`, `CFItems`).

https://www.imsglobal.org/spec/case/v1p1: an item that others are children of groups them; its
statement is then the title of their item.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any

from qa.analysis.language import detect_language
from qa.coverage.objectives import Stated
from qa.errors import ObjectivesError
from qa.models import Language

_ITEMS = re.compile(r'"CFItems"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*")


def read_case(text: str, name: str) -> Iterator[Stated]:
    """The objectives of a framework; raises `ObjectivesError` naming the line."""
    try:
        framework = json.loads(text)
    except JSONDecodeError as error:
        raise ObjectivesError(
            f"{name}, line {error.lineno}: not JSON ({error.msg}); expected a CASE 1.1 framework"
        ) from error
    items = framework.get("CFItems") if isinstance(framework, dict) else None
    if not isinstance(items, list):
        raise ObjectivesError(
            f"{name}, line 1: no list CFItems; expected a CASE 1.1 framework as its API gives it"
        )
    lines = _lines_of_items(text)
    for number, item in enumerate(items):
        where = f"{name}, line {lines[number] if number < len(lines) else 1}"
        _check(item, where)
    parents = _parents(framework)
    grouping = set(parents.values())
    statements = {item["identifier"]: item["fullStatement"].strip() for item in items}
    document = framework.get("CFDocument")
    default = document.get("language") if isinstance(document, dict) else None
    for item in items:
        if item["identifier"] not in grouping:
            parent = parents.get(item["identifier"], "")
            yield _stated(item, statements.get(parent, ""), default)


def _check(item: Any, where: str) -> None:
    if not isinstance(item, dict):
        raise ObjectivesError(f"{where}: an item is {item!r}; expected an object")
    for field in ("identifier", "fullStatement"):
        value = item.get(field)
        if not isinstance(value, str) or not value.strip():
            raise ObjectivesError(
                f"{where}: {field} is {value!r}; every item of CFItems needs a text there"
            )
    for field in ("humanCodingScheme", "language", "notes"):
        if not isinstance(item.get(field, ""), str | None):
            raise ObjectivesError(f"{where}: {field} is {item[field]!r}; expected a text")


def _stated(item: dict[str, Any], parent: str, default: Any) -> Stated:
    title = item["fullStatement"].strip()
    language = item.get("language") or default
    return Stated(
        code=(item.get("humanCodingScheme") or item["identifier"]).strip(),
        title=title,
        language=_language(language, title),
        description=(item.get("notes") or "").strip(),
        item_title=parent,
    )


def _language(stated: Any, text: str) -> Language:
    if isinstance(stated, str) and stated.lower()[:2] in ("fr", "en"):
        return "fr" if stated.lower().startswith("fr") else "en"
    return detect_language(text, "en")


def _parents(framework: dict[str, Any]) -> dict[str, str]:
    """By identifier, that of the item above it."""
    found = {}
    for association in framework.get("CFAssociations") or ():
        if isinstance(association, dict) and association.get("associationType") == "isChildOf":
            child, parent = (
                (association.get(end) or {}).get("identifier", "")
                for end in ("originNodeURI", "destinationNodeURI")
            )
            found[child] = parent
    return found


def _lines_of_items(text: str) -> list[int]:
    """The line on which each element of `CFItems` begins."""
    start = _ITEMS.search(text)
    if start is None:
        return []
    decoder, place = json.JSONDecoder(), start.end()
    lines: list[int] = []
    while True:
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if text[place : place + 1] == "]":
            return lines
        lines.append(text.count("\n", 0, place) + 1)
        _, place = decoder.raw_decode(text, place)
