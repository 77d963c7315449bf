"""What the coverage page has done by worker processes."""

from __future__ import annotations

from qa.coverage.cover import cover
from qa.coverage.objective_files import parse_objectives
from qa.coverage.objective_sources import objectives_for, with_pages
from qa.coverage.objectives import Stated
from qa.coverage.report import CoverageReport
from qa.errors import ObjectivesError
from qa.ui.served import Served
from qa.workers import Tell


def read_objectives(_tell: Tell, data: bytes, name: str, most: int) -> tuple[Stated, ...]:
    """The objectives of a file as it was sent; raises `ObjectivesError` naming the line."""
    stated = parse_objectives(data, name)
    if len(stated) > most:
        raise ObjectivesError(
            "{name}: {count} objectives; at most {most} are compared on this page, `qa coverage`"
            " takes any number",
            name=name,
            count=len(stated),
            most=most,
        )
    return stated


def make_report(tell: Tell, served: Served, stated: tuple[Stated, ...] | None) -> CoverageReport:
    """The report on these objectives, or else on those of the pages; raises `QAError`."""
    engine = served.open()
    objectives = objectives_for(engine) if stated is None else with_pages(engine, stated)
    tell(0, len(objectives))
    return cover(engine, objectives, on_progress=tell)
