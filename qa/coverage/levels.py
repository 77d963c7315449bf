"""Confidences to levels: the rule, in code and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from qa.coverage.numbers import ITEM_WEIGHT
from qa.coverage.records import LEVELS, Cell, Evidence, Level, PointCoverage
from qa.locale.message import Message, Percent
from qa.settings import Settings


def rule(settings: Settings) -> Message:
    """What the levels mean, for the reader of a report."""
    return Message(
        "An objective is covered where at least {most} of its points are, and partly where {some}"
        " are at least partly; without a page of its own it is as covered as its title or its"
        " description. The points are its title, its description and the statements of its page,"
        " less what cannot be judged by its words. A point is covered where another document"
        " states it with a confidence of at least {covered}, and partly from {partly} on; what an"
        " instructor has confirmed or rejected counts so.",
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


def measure(
    points: Sequence[PointCoverage],
    found: Mapping[str, Evidence],
    settings: Settings,
    lack: float,
) -> Cell:
    """An objective with these points by the evidence for them, by their ids, where there is any."""
    judged = [one.point for one in points if not one.point.unjudged]
    if not judged:
        return Cell(level=Level.unjudged, share=0.0, confidence=0.0)
    levels = [found[p.id].level if p.id in found else Level.missing for p in judged]
    share = levels.count(Level.covered) / len(judged)
    sure = sum(found[p.id].confidence for p in judged if p.id in found)
    # Only the statements of a page say what it is about without its title.
    paged = any(point.kind == "statement" for point in judged)
    return Cell(
        level=_level(share, levels, settings) if paged else max(levels, key=LEVELS.index),
        share=share,
        confidence=exp(ITEM_WEIGHT * lack) * (1 + sure / len(judged)) / 2,
    )


def _level(share: float, levels: Sequence[Level], settings: Settings) -> Level:
    if 0 < share >= settings.coverage.coverage_most:
        return Level.covered
    some = sum(level is not Level.missing for level in levels) / len(levels)
    return Level.partly if 0 < some >= settings.coverage.coverage_some else Level.missing
