"""What to highlight in the source on show."""

from __future__ import annotations

from qa.models import Answer, Hit
from qa.ui.document_parts import Mark


def marks_of(answer: Answer, hit: Hit, extract: int | None) -> tuple[Mark, ...]:
    """The extracts taken from the document of `hit`; without a chosen one, also its passage."""
    owners = {source.rank: source.document.id for source in answer.sources}
    marks = [
        Mark(
            start=citation.start,
            end=citation.end,
            strength="selected" if number == extract else "cited",
        )
        for number, citation in enumerate(answer.extracts)
        if owners[citation.source] == hit.document.id
    ]
    if extract is None:
        passage = hit.passage
        marks.append(Mark(start=passage.start, end=passage.end, strength="passage"))
    return tuple(marks)
