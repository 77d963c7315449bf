"""A coverage report as one self-contained HTML page."""

from __future__ import annotations

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from qa.coverage.report import CoverageReport

_MOST_OBJECTIVES: Final = 1000
"""Objectives on the page, those with least coverage; the table in CSV has all."""
_MOST_DOCUMENTS: Final = 60
"""Columns of the map, documents that bring most."""


def report_page(report: CoverageReport) -> str:
    """The page: rule, map with gaps first, roll-ups, documents, evidence; all text is escaped."""
    environment = Environment(
        loader=PackageLoader("qa.coverage"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    shown = report.gaps_first[:_MOST_OBJECTIVES]
    columns = sorted(
        (value for value in report.by_document if value.covered or value.partly),
        key=lambda value: (-value.covered, -value.partly, value.document.id),
    )[:_MOST_DOCUMENTS]
    return environment.get_template("report.html.j2").render(
        report=report,
        shown=shown,
        columns=[value.document for value in columns],
        cells=lambda one: {cell.document_id: cell for cell in one.documents},
        most=_MOST_DOCUMENTS,
        percent=lambda share: f"{share:.0%}",
    )
