"""Objectives from a competency framework in 1EdTech CASE 1.1 JSON (`CFDocument`, `CFItems`).

https://www.imsglobal.org/spec/case/v1p1: an item that others are children of groups them; its
statement is then the title of their item.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from json import JSONDecodeError
from typing import Any, Final

from qa.analysis.language import detect_language
from qa.coverage.objectives import Stated
from qa.errors import ObjectivesError
from qa.locale.message import Message
from qa.models import Language
from qa.reading.html_tags import without_tags

OnRemark = Callable[[Message], None]
"""Called with what is odd in a file and can be read over."""
_ITEMS = re.compile(r'"CFItems"\s*:\s*\[')
_FIELDS: Final = ("identifier", "fullStatement", "humanCodingScheme", "language", "notes")
"""What is read of an item; the first is needed."""
_MARKED = re.compile(r"<[A-Za-z/]|&#?\w+;")
_HALF = re.compile(r"[\ud800-\udfff]")
"""JSON can escape halves of characters that UTF-8 cannot write."""
_GAP = re.compile(r"[\s,]*")


def read_case(text: str, name: str, on_remark: OnRemark) -> Iterator[Stated]:
    """The objectives of a framework; raises `ObjectivesError` naming the line.

    Items without a statement are left out, with a remark.
    """
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
    gone = [item["identifier"] for item in items if not _statement(item)]
    if gone:
        on_remark(
            Message(
                "{name}: {count} items without a statement are left out: {items}",
                name=name,
                count=len(gone),
                items=", ".join(gone[:10]) + (" …" if len(gone) > 10 else ""),
            )
        )
    yield from _objectives(framework, [item for item in items if _statement(item)])


def _objectives(framework: dict[str, Any], items: list[dict[str, Any]]) -> Iterator[Stated]:
    """The items that group no others."""
    parents = _parents(framework)
    grouping = set(parents.values())
    statements = {item["identifier"]: _statement(item) for item in items}
    codes = _codes(items, parents)
    document = framework.get("CFDocument")
    default = document.get("language") if isinstance(document, dict) else None
    for item in items:
        if (one := item["identifier"]) not in grouping:
            yield _stated(item, codes[one], statements.get(parents.get(one, ""), ""), default)


def _codes(items: Sequence[dict[str, Any]], parents: dict[str, str]) -> dict[str, str]:
    """The code of each item by its identifier.

    A code that several items of one language have (a, b, c below each of their parents) is told
    apart by that of the parent, else the identifier stands for it.
    """
    own = {item["identifier"]: _code(item) for item in items}
    versions = {item["identifier"]: str(item.get("language") or "") for item in items}
    counts = Counter((own[one], versions[one]) for one in own)
    joined = {
        one: f"{own[parents[one]]}.{code}"
        for one, code in own.items()
        if code and own.get(parents.get(one, ""))
    }
    twice = Counter((joined.get(one, own[one]), versions[one]) for one in own)
    return {
        one: one
        if not code
        else code
        if counts[code, versions[one]] == 1
        else joined[one]
        if one in joined and twice[joined[one], versions[one]] == 1
        else one
        for one, code in own.items()
    }


def _code(item: dict[str, Any]) -> str:
    return (item.get("humanCodingScheme") or "").strip()


def _statement(item: dict[str, Any]) -> str:
    """What an item states, without the tags that some tools write it with."""
    return _plain(item.get("fullStatement") or "")


def _plain(text: str) -> str:
    return " ".join(unescape(without_tags(text)).split()) if _MARKED.search(text) else text.strip()


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
    value = item.get("identifier")
    if not isinstance(value, str) or not value.strip():
        raise ObjectivesError(
            "{where}: {field} is {value!r}; every item of CFItems needs a text there",
            where=where,
            field="identifier",
            value=value,
        )
    for field in _FIELDS[1:]:
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


def _stated(item: dict[str, Any], code: str, parent: str, default: Any) -> Stated:
    title = _statement(item)
    language = item.get("language") or default
    return Stated(
        code=code.strip(),
        title=title,
        language=_language(language, title),
        description=_plain(item.get("notes") or ""),
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
