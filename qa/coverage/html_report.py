"""A coverage report as one self-contained HTML page."""

from __future__ import annotations

from typing import Final

from qa.coverage.report import CoverageReport
from qa.locale.translator import ENGLISH, Translator
from qa.templates import render

_MOST_OBJECTIVES: Final = 1000
"""Objectives on the page, those with least coverage; the table in CSV has all."""
_MOST_DOCUMENTS: Final = 60
"""Columns of the map, documents that bring most."""


def report_page(report: CoverageReport, tr: Translator = ENGLISH) -> str:
    """The page: rule, map with gaps first, roll-ups, documents, evidence; all text is escaped."""
    columns = sorted(
        (value for value in report.by_document if value.covered or value.partly),
        key=lambda value: (-value.covered, -value.partly, value.document.id),
    )[:_MOST_DOCUMENTS]
    return render(
        "qa.coverage",
        "report",
        tr,
        report=report,
        shown=report.gaps_first[:_MOST_OBJECTIVES],
        columns=[value.document for value in columns],
        most=_MOST_DOCUMENTS,
    )
