"""Confidences to levels: the rule, in code and in words."""

from __future__ import annotations

from collections.abc import Sequence

from qa.coverage.records import Cell, Evidence, Level
from qa.settings import Settings

_RULE = (
    "The points of an objective are its title, its description and, where it has a page, the"
    " statements of that page. A point is covered where a passage supports it with a confidence of"
    " at least {covered:.0%}, partly from {partly:.0%}; the objective's own pages do not count."
    " An objective is covered from {most:.0%} of its points on, partly from {some:.0%}; a point"
    " that is partly covered counts half. Where an objective has pages in both languages, a"
    " document answers for the statements of the page in its own language. The confidence tells"
    " how much of the point's words the passage and its best sentence have, in either language,"
    " and falls where the documents hardly deal with the item as a whole."
)

_PARTLY = 0.5
"""What a point that is partly covered counts."""


def rule(settings: Settings) -> str:
    """What the levels mean, for the reader of a report."""
    return _RULE.format(
        covered=settings.coverage_covered,
        partly=settings.coverage_partly,
        most=settings.coverage_most,
        some=settings.coverage_some,
    )


def level_of_point(confidence: float, settings: Settings) -> Level:
    """The level of one point."""
    if confidence >= settings.coverage_covered:
        return Level.covered
    return Level.partly if confidence >= settings.coverage_partly else Level.missing


def level_of_share(share: float, settings: Settings) -> Level:
    """The level of an objective of whose points this share is covered."""
    if share > 0 and share >= settings.coverage_most:
        return Level.covered
    return Level.partly if share > 0 and share >= settings.coverage_some else Level.missing


def measure(best: Sequence[Evidence | None], settings: Settings) -> Cell:
    """An objective by the best evidence for each of its points; `None` without any."""
    found = [evidence for evidence in best if evidence is not None]
    count = max(len(best), 1)
    points = sum(_worth(evidence.level) for evidence in found)
    return Cell(
        level=level_of_share(points / count, settings),
        share=points / count,
        confidence=sum(evidence.confidence for evidence in found) / count,
    )


def _worth(level: Level) -> float:
    return {Level.covered: 1.0, Level.partly: _PARTLY, Level.missing: 0.0}[level]
