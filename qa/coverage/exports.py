"""A coverage report as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from qa.coverage.records import (
    Cell,
    Evidence,
    FigureCheck,
    Level,
    ObjectiveCoverage,
    PointCoverage,
    Rollup,
)
from qa.coverage.report import CoverageReport
from qa.locale import coverage_names
from qa.locale.translator import ENGLISH, N_, Translator

Json = dict[str, Any]

CSV_COLUMNS: Final = (
    N_("objective"),
    N_("item"),
    N_("rank"),
    N_("title"),
    N_("page"),
    N_("level"),
    N_("share"),
    N_("level_fr"),
    N_("level_en"),
    N_("documents"),
    N_("point"),
    N_("point_kind"),
    N_("point_level"),
    N_("confidence"),
    N_("document"),
    N_("passage"),
    N_("start"),
    N_("end"),
    N_("quote"),
    N_("verdict"),
    N_("note"),
    N_("check"),
    N_("rule"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def report_to_json(report: CoverageReport) -> Json:
    """A report as `qa coverage --json` prints it; `start` and `end` count in the document."""
    return {
        "rule": str(report.rule),
        "index_fingerprint": report.index_fingerprint,
        "total": _rollup(report.total),
        "by_item": [_rollup(rollup) for rollup in report.by_item],
        "by_rank": [_rollup(rollup) for rollup in report.by_rank],
        "by_language": [_rollup(rollup) for rollup in report.by_language],
        "documents": [
            {
                "id": value.document.id,
                "title": value.document.title,
                "language": value.document.language,
                "covered": value.covered,
                "partly": value.partly,
                "only": list(value.only),
            }
            for value in report.by_document
        ],
        "objectives": [_objective(row) for row in report.gaps_first],
    }


def _rollup(rollup: Rollup) -> Json:
    return {
        "name": rollup.name,
        "title": rollup.title,
        "objectives": rollup.objectives,
        "covered": rollup.covered,
        "partly": rollup.partly,
        "missing": rollup.missing,
        "elsewhere": rollup.elsewhere,
        "unjudged": rollup.unjudged,
    }


def _objective(coverage: ObjectiveCoverage) -> Json:
    objective = coverage.objective
    return {
        "code": objective.code,
        "item": objective.item,
        "item_title": objective.item_title,
        "rank": objective.rank,
        "title": objective.title,
        "languages": list(objective.languages),
        "page": objective.page_state,
        **_cell(coverage.overall),
        "level": str(coverage.level),
        "taught_elsewhere": coverage.elsewhere,
        "fr": _cell(coverage.french),
        "en": _cell(coverage.english),
        "only_in": coverage.only_in,
        "documents": [{"id": cell.document_id, **_cell(cell)} for cell in coverage.documents],
        "points": [_point(point) for point in coverage.points],
    }


def _cell(cell: Cell) -> Json:
    return {"level": str(cell.level), "share": cell.share, "confidence": cell.confidence}


def _point(coverage: PointCoverage) -> Json:
    return {
        "id": coverage.point.id,
        "kind": coverage.point.kind,
        "texts": {wording.language: wording.text for wording in coverage.point.wordings},
        "level": str(coverage.level),
        "confidence": coverage.confidence,
        "unjudged": coverage.point.unjudged or None,
        "evidence": [_evidence(evidence) for evidence in coverage.evidence],
        "check": _check(coverage.check) if coverage.check else None,
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "document": evidence.document_id,
        "passage_id": evidence.passage_id,
        "level": str(evidence.level),
        "confidence": evidence.confidence,
        "start": evidence.start,
        "end": evidence.end,
        "heading": evidence.heading,
        "quote": evidence.quote,
        "language": evidence.language,
        "verdict": evidence.verdict or None,
        "note": evidence.note,
    }


def _check(check: FigureCheck) -> Json:
    return {
        "fr": {"numbers": list(check.french_numbers), "evidence": _evidence(check.french)},
        "en": {"numbers": list(check.english_numbers), "evidence": _evidence(check.english)},
    }


def report_to_csv(report: CoverageReport, tr: Translator = ENGLISH) -> str:
    """One line a point, gaps first, with its best evidence: a table to sort and filter.

    What the levels mean stands once, at the end of the first line.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([tr(column) for column in CSV_COLUMNS])
    rule = report.rule.said(tr)
    for row in report.gaps_first:
        objective = [_cell_text(value) for value in _of_objective(row, tr)]
        for point in row.points:
            cells = [_cell_text(value) for value in _of_point(row, point, tr)]
            writer.writerow([*objective, *cells, rule])
            rule = ""
    return lines.getvalue()


def _of_objective(coverage: ObjectiveCoverage, tr: Translator) -> list[object]:
    objective = coverage.objective
    return [
        objective.code,
        objective.item,
        objective.rank,
        objective.title,
        tr(coverage_names.PAGE_STATES[objective.page_state]),
        tr(coverage_names.LEVELS[coverage.level]),
        f"{coverage.overall.share:.3f}",
        tr(coverage_names.LEVELS[coverage.french.level]),
        tr(coverage_names.LEVELS[coverage.english.level]),
        len(coverage.documents),
    ]


def _decision(
    coverage: ObjectiveCoverage, best: Evidence | None, tr: Translator
) -> tuple[str, str]:
    """What an instructor has decided, and the note."""
    if best is not None and best.verdict:
        return tr(coverage_names.VERDICTS[best.verdict]), best.note
    if coverage.elsewhere is None:
        return "", ""
    return tr(coverage_names.LEVELS[Level.elsewhere]), coverage.elsewhere


def _of_point(coverage: ObjectiveCoverage, point: PointCoverage, tr: Translator) -> list[object]:
    best = point.evidence[0] if point.evidence else None
    return [
        point.point.text,
        tr(coverage_names.POINT_KINDS[point.point.kind]),
        tr(coverage_names.LEVELS[point.level]),
        f"{point.confidence:.3f}",
        best.document_id if best else "",
        best.passage_id if best else "",
        best.start if best else "",
        best.end if best else "",
        best.quote if best else "",
        *_decision(coverage, best, tr),
        tr("check") if point.check else "",
    ]


def _cell_text(value: object) -> str:
    """Spreadsheets take a cell that begins so for a formula: an apostrophe keeps it a text."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
