"""The cells of an objective, by document and by language, from the evidence for its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from qa.coverage.levels import measure
from qa.coverage.records import (
    Cell,
    CourseObjective,
    DocumentCell,
    Evidence,
    Level,
    ObjectiveCoverage,
    PointCoverage,
)
from qa.models import Language
from qa.settings import Settings

_LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")


def assemble(
    objective: CourseObjective,
    points: Sequence[PointCoverage],
    languages: Mapping[str, Language],
    settings: Settings,
) -> ObjectiveCoverage:
    """The cells of an objective from the evidence for its points.

    `languages`: that of each document.
    """
    stated = {language: _stated_for(points, language) for language in _LANGUAGES}

    def best_in(language: Language) -> Cell:
        best = [
            found[0]
            for point in stated[language]
            if (found := [e for e in point.evidence if e.language == language])
        ]
        return measure(best, len(stated[language]), settings)

    by_document: dict[str, list[Evidence]] = {}
    for language in _LANGUAGES:
        for point in stated[language]:
            for evidence in point.evidence:
                if languages[evidence.document_id] == language:
                    by_document.setdefault(evidence.document_id, []).append(evidence)
    cells = [
        (document_id, measure(found, len(stated[languages[document_id]]), settings))
        for document_id, found in by_document.items()
    ]
    return ObjectiveCoverage(
        objective=objective,
        points=tuple(points),
        overall=measure([p.evidence[0] for p in points if p.evidence], len(points), settings),
        french=best_in("fr"),
        english=best_in("en"),
        documents=tuple(
            sorted(
                (
                    DocumentCell(
                        document_id=document_id,
                        level=cell.level,
                        share=cell.share,
                        confidence=cell.confidence,
                    )
                    for document_id, cell in cells
                    if cell.level is not Level.missing
                ),
                key=lambda cell: (-cell.share, -cell.confidence, cell.document_id),
            )
        ),
    )


def _stated_for(points: Sequence[PointCoverage], language: Language) -> Sequence[PointCoverage]:
    """The points that a document in this language answers for.

    Two pages of one objective say the same, each in its language: one of them is enough.
    """
    statements = {p.point.language for p in points if p.point.kind == "statement"}
    if language not in statements:
        return points
    return [p for p in points if p.point.kind != "statement" or p.point.language == language]
