"""Confidences to levels: the rule, in code and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qa.coverage.records import Cell, Evidence, Level
from qa.locale.message import Message, Percent
from qa.settings import Settings

_WORTH: Final = {Level.covered: 1.0, Level.partly: 0.5, Level.missing: 0.0}
"""What a point counts."""


def rule(settings: Settings) -> Message:
    """What the levels mean, for the reader of a report."""
    return Message(
        "The points of an objective are its title, its description and, where it has a page, the"
        " statements of that page. A point is covered where a passage supports it with a"
        " confidence of at least {covered}, partly from {partly}; the objective's own pages do not"
        " count. An objective is covered from {most} of its points on, partly from {some}; a point"
        " that is partly covered counts half. Where an objective has pages in both languages, a"
        " document answers for the statements of the page in its own language. The confidence"
        " tells how much of the point's words the passage and its best sentence have, in either"
        " language, and falls where the documents hardly deal with the item as a whole.",
        covered=Percent(settings.coverage.coverage_covered),
        partly=Percent(settings.coverage.coverage_partly),
        most=Percent(settings.coverage.coverage_most),
        some=Percent(settings.coverage.coverage_some),
    )


def level_of_point(confidence: float, settings: Settings) -> Level:
    """The level of one point."""
    if confidence >= settings.coverage.coverage_covered:
        return Level.covered
    return Level.partly if confidence >= settings.coverage.coverage_partly else Level.missing


def level_of_share(share: float, settings: Settings) -> Level:
    """The level of an objective of whose points this share is covered."""
    if share > 0 and share >= settings.coverage.coverage_most:
        return Level.covered
    return Level.partly if share > 0 and share >= settings.coverage.coverage_some else Level.missing


def measure(found: Sequence[Evidence], points: int, settings: Settings) -> Cell:
    """An objective of so many points by the best evidence for each, where there is any."""
    count = max(points, 1)
    share = sum(_WORTH[evidence.level] for evidence in found) / count
    return Cell(
        level=level_of_share(share, settings),
        share=share,
        confidence=sum(evidence.confidence for evidence in found) / count,
    )
