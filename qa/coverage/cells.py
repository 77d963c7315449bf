"""The cells of an objective, by document and by language, and the rule of their levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from qa.coverage.parameters import ITEM_WEIGHT
from qa.coverage.records import (
    LEVELS,
    UNKNOWN,
    Cell,
    CourseObjective,
    DocumentCell,
    Evidence,
    Level,
    ObjectiveCoverage,
    PointCoverage,
    Presence,
)
from qa.locale.message import Message, Percent
from qa.models import LANGUAGES, Language
from qa.settings import Settings


def assemble(
    objective: CourseObjective,
    points: Sequence[PointCoverage],
    languages: Mapping[str, Language],
    settings: Settings,
    presence: Presence = UNKNOWN,
) -> ObjectiveCoverage:
    """The cells of an objective from the evidence for its points.

    `languages`: that of each document. `presence`: whether the documents deal with its item.
    """
    stated = {language: _stated_for(points, language) for language in LANGUAGES}

    def best_in(language: Language) -> Cell:
        best: dict[str, Evidence] = {}
        for point in stated[language]:
            for evidence in point.evidence:
                if evidence.language == language:
                    best.setdefault(point.point.id, evidence)
        return measure(stated[language], best, settings, presence)

    by_document: dict[str, dict[str, Evidence]] = {}
    for language in LANGUAGES:
        for point in stated[language]:
            for evidence in point.evidence:
                if languages[evidence.document_id] == language:
                    by_document.setdefault(evidence.document_id, {})[point.point.id] = evidence
    cells = [
        (document_id, measure(stated[languages[document_id]], found, settings, presence))
        for document_id, found in by_document.items()
        # Where nothing is even touched, neither is the objective.
        if any(is_touched(evidence, settings) for evidence in found.values())
    ]
    first = {p.point.id: p.evidence[0] for p in points if p.evidence}
    # The pages of both languages say the same: the objective is as covered as either of them.
    wholes = [measure(stated[language], first, settings, presence) for language in LANGUAGES]
    return ObjectiveCoverage(
        objective=objective,
        points=tuple(points),
        overall=max(wholes, key=lambda cell: (LEVELS.index(cell.level), cell.share)),
        presence=presence,
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


def rule(settings: Settings) -> Message:
    """What the levels mean, for the reader of a report."""
    return Message(
        "An objective is covered where at least {most} of its points are, and partly where {some}"
        " are at least partly; without a page of its own it is as covered as its title or its"
        " description, and partly also from {touched} on where the documents deal with its item."
        " The points are its title, its description and the statements of its page, less what"
        " cannot be judged by its words. A point is covered where another document states it with"
        " a confidence of at least {covered}, and partly from {partly} on; what an instructor has"
        " confirmed or rejected counts so.",
        covered=Percent(settings.coverage.coverage_covered),
        partly=Percent(settings.coverage.coverage_partly),
        most=Percent(settings.coverage.coverage_most),
        some=Percent(settings.coverage.coverage_some),
        touched=Percent(settings.coverage.coverage_touched),
    )


def level_of_point(confidence: float, settings: Settings) -> Level:
    """The level of one point."""
    if confidence >= settings.coverage.coverage_covered:
        return Level.covered
    return Level.partly if confidence >= settings.coverage.coverage_partly else Level.missing


def is_touched(evidence: Evidence, settings: Settings) -> bool:
    """Whether a passage comes near a point."""
    return evidence.confidence >= settings.coverage.coverage_touched


def measure(
    points: Sequence[PointCoverage],
    found: Mapping[str, Evidence],
    settings: Settings,
    presence: Presence,
) -> Cell:
    """An objective with these points by the evidence for them, by their ids, where there is any."""
    judged = [one.point for one in points if not one.point.unjudged]
    dealt_with = exp(ITEM_WEIGHT * presence.lack)
    if not judged:
        return Cell(level=Level.unjudged, share=0.0, confidence=dealt_with / 2)
    levels = [found[p.id].level if p.id in found else Level.missing for p in judged]
    share = levels.count(Level.covered) / len(judged)
    sure = sum(found[p.id].confidence for p in judged if p.id in found)
    # Only the statements of a page say what it is about without its title.
    paged = any(point.kind == "statement" for point in judged)
    if paged:
        level = _level(share, levels, settings)
    else:
        level = max(levels, key=LEVELS.index)
        near = any(is_touched(found[p.id], settings) for p in judged if p.id in found)
        if level is Level.missing and near and presence.told:
            level = Level.partly
    return Cell(
        level=level,
        share=share,
        confidence=dealt_with * (1 + sure / len(judged)) / 2,
    )


def _level(share: float, levels: Sequence[Level], settings: Settings) -> Level:
    if 0 < share >= settings.coverage.coverage_most:
        return Level.covered
    some = sum(level is not Level.missing for level in levels) / len(levels)
    return Level.partly if 0 < some >= settings.coverage.coverage_some else Level.missing
