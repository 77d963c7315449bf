"""The records of the catalogue as JSON columns, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from qa.models import Block, Document, DocumentInfo, Notice, Objective, Removal, Unit


def dump(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def structure_of(document: Document) -> dict[str, Iterable[object]]:
    """All of a document but its text and what `DocumentInfo` has."""
    return {
        "blocks": [(b.kind, b.start, b.end, b.level, b.page) for b in document.blocks],
        "key_terms": document.key_terms,
        "removed": [(r.reason, r.text) for r in document.removed],
        "notices": [(n.kind, n.message, n.path) for n in document.notices],
    }


def units_from(column: str) -> tuple[Unit, ...]:
    """The units of a passage whose fields were dumped in order."""
    return tuple(
        Unit(start=start, end=end, kind=kind, leads=leads, header=header)
        for start, end, kind, leads, header in json.loads(column)
    )


def info_from(fields: dict[str, Any]) -> DocumentInfo:
    """The record that `asdict` was taken of."""
    return DocumentInfo(**_info_fields(fields))


def _info_fields(fields: dict[str, Any]) -> dict[str, Any]:
    objective = fields["objective"]
    if objective is not None:
        contributors = tuple(objective["contributors"])
        objective = Objective(**{**objective, "contributors": contributors})
    return {
        **fields,
        "objective": objective,
        "objectives": tuple(fields["objectives"]),
        "based_on": tuple(fields["based_on"]),
    }


def document_from(info: dict[str, Any], text: str, structure: dict[str, Any]) -> Document:
    """The document that was taken apart by `structure_of`."""
    return Document(
        **_info_fields(info),
        text=text,
        blocks=tuple(
            Block(kind=kind, start=start, end=end, level=level, page=page)
            for kind, start, end, level, page in structure["blocks"]
        ),
        key_terms=tuple((start, end) for start, end in structure["key_terms"]),
        removed=tuple(Removal(reason=reason, text=text) for reason, text in structure["removed"]),
        notices=tuple(
            Notice(kind=kind, message=message, path=path)
            for kind, message, path in structure["notices"]
        ),
    )
