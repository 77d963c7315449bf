"""The page that shows which objectives the documents cover, and with what."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from qa.coverage.decisions import decided
from qa.coverage.exports import report_to_csv
from qa.coverage.html_report import report_page
from qa.coverage.records import Level, ObjectiveCoverage, own_objective
from qa.coverage.report import CoverageReport
from qa.errors import QAError
from qa.locale import coverage_names
from qa.locale.translator import Translator
from qa.ui import frame, waiting
from qa.ui.coverage_controls import CoverageFilter, columns, filters, turned_page
from qa.ui.coverage_decisions import decisions
from qa.ui.coverage_evidence import DOCUMENT, OBJECTIVE, show_evidence
from qa.ui.coverage_map import SELECTION, heat_map
from qa.ui.coverage_questions import show_questions
from qa.ui.coverage_reports import reports
from qa.ui.coverage_upload import Upload, upload_control, uploaded
from qa.ui.library import Library
from qa.workers import Told

_COLUMNS: Final = 14
_ITEMS: Final = 8
_GAPS: Final = 8
_MAP: Final = "coverage-map"
_WORK: Final = "coverage-work"
_STOPPED: Final = "coverage-stopped"


def show() -> None:
    """Draw the page."""
    tr = frame.interface()
    documents = frame.begin(tr, tr("Coverage"))
    if documents is None:
        return
    settings = documents.engine().settings
    pages = any(own_objective(document) is not None for document in documents.documents)
    upload_control(settings.work, tr, pages=pages)
    upload = uploaded()
    report = None
    if upload is not None or pages:
        report = _report_on(upload, documents, tr)
    else:
        st.session_state.pop(_WORK, None)
    if report is not None:
        report = decided(report, decisions(report, settings, tr), settings)
        _report(report, documents, tr)
    show_questions(settings, report, tr)


def _report_on(upload: Upload | None, documents: Library, tr: Translator) -> CoverageReport | None:
    """The report; `None` after saying why there is none."""
    served = documents.served()
    about = served.fingerprint, upload.digest if upload else ""
    if st.session_state.get(_STOPPED) == about:
        frame.line(tr("The comparison was stopped."), "empty")
        frame.button(tr("Compare"), "coverage-compare", _stop, None, icon="play_arrow")
        return None
    try:
        queue = waiting.queue("runs", served.settings.work)
        work = reports(served.fingerprint).work(queue, served, upload)
        # Held by the session: the report of a file lives as long as one does.
        st.session_state[_WORK] = work
        return waiting.outcome_of(
            work,
            lambda told: _how_far(told, tr),
            tr,
            key="coverage-report",
            on_stop=lambda: _stop(about),
        )
    except QAError as error:
        frame.show_problem(error.said(tr))
        return None


def _stop(about: tuple[str, str] | None) -> None:
    """Do not make the report on this; of None, whatever is asked for."""
    st.session_state[_STOPPED] = about
    st.session_state.pop(_WORK, None)


def _how_far(told: Told, tr: Translator) -> str:
    if not told.total:
        return tr("Reading the objectives…")
    return tr(
        "Objectives compared with the documents: {done} of {total}",
        done=told.done,
        total=told.total,
    )


def _report(report: CoverageReport, documents: Library, tr: Translator) -> None:
    _summary(report, tr)
    _downloads(report, tr)
    frame.line(report.rule.said(tr), "facts qa-rule")
    chosen = filters(report, tr)
    found = chosen.chosen(report.objectives)
    if not found:
        frame.line(tr("No objective fits these filters."), "empty")
        return
    rows = turned_page(found, tr)
    _map(rows, report, chosen, tr)
    show_evidence(rows, report, documents, tr)


def _summary(report: CoverageReport, tr: Translator) -> None:
    """Totals, ranks, the items with most gaps and the first gaps: what fits a screen."""
    total = report.total
    totals = tr(
        "Objectives covered: {covered} · partly: {partly} · missing: {missing}",
        covered=total.covered,
        partly=total.partly,
        missing=total.missing,
    )
    more = [
        tr("{label}: {value}", label=tr(coverage_names.LEVELS[level]), value=total[level])
        for level in (Level.elsewhere, Level.unjudged)
        if total[level]
    ]
    frame.line(" · ".join((totals, *more)), "title")
    items = sorted(report.by_item, key=lambda one: (-one.missing, -one.partly, one.name))
    gaps = [row for row in report.gaps_first if row.is_gap]
    summary = frame.macros("coverage", tr).summary
    shown = items[:_ITEMS]
    st.html(summary(report, shown, len(items) - len(shown), gaps[:_GAPS]))


def _map(
    rows: tuple[ObjectiveCoverage, ...],
    report: CoverageReport,
    chosen: CoverageFilter,
    tr: Translator,
) -> None:
    shown = columns(rows, report.documents, chosen.language, _COLUMNS)
    frame.line(tr("A click on a cell shows the passages; so do the arrow keys and Enter."))
    with st.container(key="coverage-scroll"):
        st.vega_lite_chart(
            spec=heat_map(rows, shown, chosen, tr),
            width="content",
            on_select=_clicked,
            selection_mode=SELECTION,
            key=_MAP,
        )
    frame.run_script("cells", "coverage-cells", data={"columns": len(shown) + 1})


def _clicked() -> None:
    """Take the cell that was clicked as objective and document to show."""
    event: Any = st.session_state.get(_MAP) or {}
    cells = event.get("selection", {}).get(SELECTION) or []
    if cells:
        st.session_state[OBJECTIVE] = cells[0].get("objective")
        st.session_state[DOCUMENT] = cells[0].get("id", "")


def _downloads(report: CoverageReport, tr: Translator) -> None:
    with st.container(horizontal=True, key="coverage-downloads"):
        frame.download(
            tr("Table (CSV)"),
            lambda: "\ufeff" + report_to_csv(report, tr),
            name="coverage.csv",
            mime="text/csv",
            key="coverage-csv",
        )
        frame.download(
            tr("Page (HTML)"),
            lambda: report_page(report, tr),
            name="coverage.html",
            mime="text/html",
            key="coverage-html",
        )
