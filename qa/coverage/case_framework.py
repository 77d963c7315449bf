"""Objectives from a competency framework in 1EdTech CASE 1.1 JSON (`CFDocument`, `CFItems`).

https://www.imsglobal.org/spec/case/v1p1: an item that others are children of groups them; its
statement is then the title of their item.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from json import JSONDecodeError
from typing import Any, Final

from qa.analysis.language import detect_language
from qa.coverage.objectives import Stated
from qa.errors import ObjectivesError
from qa.locale.message import Message
from qa.models import Language

_ITEMS = re.compile(r'"CFItems"\s*:\s*\[')
_FIELDS: Final = ("identifier", "fullStatement", "humanCodingScheme", "language", "notes")
"""What is read of an item; the first two are needed."""
_HALF = re.compile(r"[\ud800-\udfff]")
"""JSON can escape halves of characters that UTF-8 cannot write."""
_GAP = re.compile(r"[\s,]*")


def read_case(text: str, name: str) -> Iterator[Stated]:
    """The objectives of a framework; raises `ObjectivesError` naming the line."""
    try:
        framework = json.loads(text)
    except JSONDecodeError as error:
        raise ObjectivesError(
            "{name}, line {lineno}: not JSON ({msg}); expected a CASE 1.1 framework",
            name=name,
            lineno=error.lineno,
            msg=error.msg,
        ) from error
    except (RecursionError, ValueError) as error:
        raise ObjectivesError(
            "{name}: nested too deep, or a number too long; expected a CASE 1.1 framework",
            name=name,
        ) from error
    items = framework.get("CFItems") if isinstance(framework, dict) else None
    if not isinstance(items, list):
        raise ObjectivesError(
            "{name}, line 1: no list CFItems; expected a CASE 1.1 framework as its API gives it",
            name=name,
        )
    lines = _lines_of_items(text)
    places = [
        Message("{name}, line {line}", name=name, line=lines[number] if number < len(lines) else 1)
        for number in range(len(items))
    ]
    for item, where in zip(items, places, strict=True):
        _check(item, where)
    _check_once([item["identifier"] for item in items], places)
    yield from _objectives(framework, items, places)


def _objectives(
    framework: dict[str, Any], items: list[dict[str, Any]], places: list[Message]
) -> Iterator[Stated]:
    """The items that group no others."""
    parents = _parents(framework)
    grouping = set(parents.values())
    statements = {item["identifier"]: item["fullStatement"].strip() for item in items}
    document = framework.get("CFDocument")
    default = document.get("language") if isinstance(document, dict) else None
    found = [
        (_stated(item, statements.get(parents.get(item["identifier"], ""), ""), default), where)
        for item, where in zip(items, places, strict=True)
        if item["identifier"] not in grouping
    ]
    _check_once([f"{one.code} in {one.language}" for one, _ in found], [w for _, w in found])
    yield from (one for one, _ in found)


def _check_once(names: Sequence[str], places: Sequence[Message]) -> None:
    seen: dict[str, int] = {}
    for number, name in enumerate(names):
        earlier = seen.setdefault(name, number)
        if earlier != number:
            raise ObjectivesError(
                "{place}: {name} stands in line {line} already; keep one of them",
                place=places[number],
                name=name,
                line=places[earlier].values["line"],
            )


def _check(item: Any, where: Message) -> None:
    if not isinstance(item, dict):
        raise ObjectivesError(
            "{where}: an item is {item!r}; expected an object", where=where, item=item
        )
    for field in _FIELDS[:2]:
        value = item.get(field)
        if not isinstance(value, str) or not value.strip():
            raise ObjectivesError(
                "{where}: {field} is {value!r}; every item of CFItems needs a text there",
                where=where,
                field=field,
                value=value,
            )
    for field in _FIELDS[2:]:
        if not isinstance(item.get(field, ""), str | None):
            raise ObjectivesError(
                "{where}: {field} is {value!r}; expected a text",
                where=where,
                field=field,
                value=item[field],
            )
    for field in _FIELDS:
        if _HALF.search(item.get(field) or ""):
            raise ObjectivesError(
                "{where}: {field} has half a character; save the file as UTF-8",
                where=where,
                field=field,
            )


def _stated(item: dict[str, Any], parent: str, default: Any) -> Stated:
    title = item["fullStatement"].strip()
    language = item.get("language") or default
    return Stated(
        code=(item.get("humanCodingScheme") or "").strip() or item["identifier"].strip(),
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
    associations = framework.get("CFAssociations")
    for association in associations if isinstance(associations, list) else ():
        if isinstance(association, dict) and association.get("associationType") == "isChildOf":
            child, parent = (
                _identifier(association.get(end)) for end in ("originNodeURI", "destinationNodeURI")
            )
            found[child] = parent
    return found


def _identifier(node: Any) -> str:
    """That of the item at an end of an association; empty where it names none."""
    known = node.get("identifier") if isinstance(node, dict) else None
    return known if isinstance(known, str) else ""


def _lines_of_items(text: str) -> list[int]:
    """The line on which each element of `CFItems` begins."""
    start = _ITEMS.search(text)
    if start is None:
        return []
    decoder, place = json.JSONDecoder(), start.end()
    lines: list[int] = []
    line, counted = 1, 0
    while True:
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if text[place : place + 1] == "]":
            return lines
        line, counted = line + text.count("\n", counted, place), place
        lines.append(line)
        _, place = decoder.raw_decode(text, place)
