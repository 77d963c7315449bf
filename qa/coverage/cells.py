"""The cells of an objective, by document and by language, from the evidence for its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from qa.coverage.levels import measure
from qa.coverage.records import (
    LEVELS,
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
    lack: float = 0.0,
) -> ObjectiveCoverage:
    """The cells of an objective from the evidence for its points.

    `languages`: that of each document. `lack`: how the documents lack the item, at most 0.
    """
    stated = {language: _stated_for(points, language) for language in _LANGUAGES}

    def best_in(language: Language) -> Cell:
        best: dict[str, Evidence] = {}
        for point in stated[language]:
            for evidence in point.evidence:
                if evidence.language == language:
                    best.setdefault(point.point.id, evidence)
        return measure(stated[language], best, settings, lack)

    by_document: dict[str, dict[str, Evidence]] = {}
    for language in _LANGUAGES:
        for point in stated[language]:
            for evidence in point.evidence:
                if languages[evidence.document_id] == language:
                    by_document.setdefault(evidence.document_id, {})[point.point.id] = evidence
    cells = [
        (document_id, measure(stated[languages[document_id]], found, settings, lack))
        for document_id, found in by_document.items()
        # Where nothing is covered or partly, neither is the objective.
        if any(evidence.level is not Level.missing for evidence in found.values())
    ]
    first = {p.point.id: p.evidence[0] for p in points if p.evidence}
    # The pages of both languages say the same: the objective is as covered as either of them.
    wholes = [measure(stated[language], first, settings, lack) for language in _LANGUAGES]
    return ObjectiveCoverage(
        objective=objective,
        points=tuple(points),
        overall=max(wholes, key=lambda cell: (LEVELS.index(cell.level), cell.share)),
        subject_lack=lack,
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
                    if cell.level in (Level.partly, Level.covered)
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
