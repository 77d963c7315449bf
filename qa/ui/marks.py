"""Which extracts are shown as one, and what to highlight in the source on show."""

from __future__ import annotations

from collections.abc import Callable, Collection

from qa.models import Answer, Document, Hit
from qa.ui.document_parts import Mark, table_at


def together(answer: Answer, document_of: Callable[[str], Document]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the extracts that are shown as one, the surest first: those of one table."""
    hits = {hit.rank: hit for hit in answer.sources}
    found: dict[object, list[int]] = {}
    for number, extract in enumerate(answer.extracts):
        owner = hits[extract.source].document.id
        table = table_at(document_of(owner), extract.start)
        found.setdefault((owner, table) if table else number, []).append(number)
    return tuple(map(tuple, found.values()))


def marks_of(answer: Answer, hit: Hit, chosen: Collection[int]) -> tuple[Mark, ...]:
    """The extracts taken from the document of `hit`; without chosen ones, also its passage."""
    owners = {source.rank: source.document.id for source in answer.sources}
    marks = [
        Mark(
            start=citation.start,
            end=citation.end,
            strength="selected" if number in chosen else "cited",
        )
        for number, citation in enumerate(answer.extracts)
        if owners[citation.source] == hit.document.id
    ]
    if not chosen:
        passage = hit.passage
        marks.append(Mark(start=passage.start, end=passage.end, strength="passage"))
    return tuple(marks)
