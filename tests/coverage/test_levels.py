"""How covered an objective is by the evidence for its points."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.coverage.cells import assemble
from qa.coverage.evidence import Find, point_coverage
from qa.coverage.objectives import Stated, course_objectives
from qa.coverage.records import UNKNOWN, Level, Presence
from qa.models import Passage, Unit
from qa.settings import Settings

DEALT_WITH = replace(UNKNOWN, told=True, lack=-0.1)


def level(confidence: float, presence: Presence, passage: Passage) -> tuple[Level, list[Level]]:
    """Of an objective without a page, and of the documents that it is in."""
    settings = Settings()
    stated = Stated(code="A", title="Staging of gout", language="en")
    (objective,) = course_objectives([stated])
    find = Find(point=0, document=0, passage=0, unit=0, confidence=confidence)
    points = point_coverage(objective.points, [find], {0: passage}, settings)
    found = assemble(objective, points, {passage.document_id: "en"}, settings, presence)
    return found.level, [cell.level for cell in found.documents]


@pytest.mark.parametrize(
    ("confidence", "presence", "expected"),
    [
        (0.7, UNKNOWN, Level.covered),
        (0.5, UNKNOWN, Level.partly),
        (0.5, DEALT_WITH, Level.partly),
        (0.25, UNKNOWN, Level.missing),
        (0.25, DEALT_WITH, Level.partly),
        (0.15, DEALT_WITH, Level.missing),
    ],
)
def test_what_is_touched_is_partly_covered_where_the_item_is_dealt_with(
    confidence: float, presence: Presence, expected: Level
) -> None:
    text = "Gout has four stages."
    passage = Passage(
        document_id="gout.md",
        start=0,
        end=len(text),
        text=text,
        language="en",
        units=(Unit(start=0, end=len(text)),),
    )
    documents = [] if expected is Level.missing else [expected]
    assert level(confidence, presence, passage) == (expected, documents)
