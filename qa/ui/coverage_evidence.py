"""The evidence for one objective, and each piece of it in its document."""

from __future__ import annotations

from typing import Final

import streamlit as st

from qa.coverage.records import Evidence, ObjectiveCoverage
from qa.coverage.report import CoverageReport
from qa.locale.translator import Translator
from qa.settings import Settings
from qa.ui import frame
from qa.ui.coverage_decisions import decide_on_evidence, show_decisions
from qa.ui.document_parts import Mark
from qa.ui.library import Library
from qa.ui.source_view import read

OBJECTIVE: Final = "coverage-objective"
DOCUMENT: Final = "coverage-document"
_OPENED: Final = "coverage-opened"
_PART: Final = "coverage-part"
_MOVES: Final = "coverage-moves"


def show_evidence(
    rows: tuple[ObjectiveCoverage, ...],
    report: CoverageReport,
    documents: Library,
    tr: Translator,
) -> None:
    """One of the objectives on the map, its points and their passages."""
    one, only = _chosen(rows, report, tr)
    settings = documents.engine().settings
    titles = {document.id: document for document in report.documents}
    said = frame.macros("coverage", tr)
    st.html(said.header(one))
    show_decisions(one, settings, tr)
    st.html(said.points(one, titles, only))
    opened = _opened(one, settings)
    if opened is not None:
        _open(opened, documents, tr)


def _chosen(
    rows: tuple[ObjectiveCoverage, ...], report: CoverageReport, tr: Translator
) -> tuple[ObjectiveCoverage, str]:
    """The objective, and the document to which its evidence is restricted, if any."""
    by_code = {row.objective.code: row for row in rows}
    if st.session_state.get(OBJECTIVE) not in by_code:
        st.session_state[OBJECTIVE] = next(iter(by_code))
        st.session_state[DOCUMENT] = ""
    left, right = st.columns(2)
    # Only those on the map: thousands of options would be sent with every turn of the page.
    code = left.selectbox(
        tr("Objective"),
        list(by_code),
        format_func=lambda option: f"{option} · {by_code[option].objective.title}",
        key=OBJECTIVE,
    )
    one = by_code[code]
    titles = {document.id: document.title for document in report.documents}
    given = (e.document_id for point in one.points for e in point.evidence)
    asked = st.session_state.get(DOCUMENT)
    options = dict.fromkeys(("", *given, *([asked] if asked in titles else [])))
    if asked not in options:
        st.session_state[DOCUMENT] = ""
    only = right.selectbox(
        tr("Document"),
        list(options),
        format_func=lambda option: titles[option] if option else tr("All documents"),
        key=DOCUMENT,
    )
    return one, only or ""


def _opened(coverage: ObjectiveCoverage, settings: Settings) -> Evidence | None:
    """The piece of evidence whose button was just pressed."""
    frame.run_script(
        "open",
        _OPENED,
        on_opened_change=_pressed,
        on_decided_change=lambda: decide_on_evidence(
            coverage, str(st.session_state[_OPENED].decided), settings
        ),
    )
    wanted = st.session_state.pop(_OPENED + "-now", None)
    return next(
        (
            e
            for p in coverage.points
            for e in p.evidence
            if f"{e.start}-{e.end} {e.document_id}" == wanted
        ),
        None,
    )


def _pressed() -> None:
    st.session_state[_OPENED + "-now"] = st.session_state[_OPENED].opened
    st.session_state[_PART] = None
    st.session_state[_MOVES] = st.session_state.get(_MOVES, 0) + 1


def _open(evidence: Evidence, documents: Library, tr: Translator) -> None:
    """Show the document over the page, at the words of the evidence."""

    @st.dialog(tr("In its document"), width="large")
    def show() -> None:
        _show_source(evidence, documents, tr)

    show()


def _show_source(evidence: Evidence, documents: Library, tr: Translator) -> None:
    def turn_to(part: int) -> None:
        st.session_state[_PART] = part

    part: int | None = st.session_state.get(_PART)
    key = f"evidence-{st.session_state.get(_MOVES, 0)}-{part}"
    document = documents.document(evidence.document_id)
    st.html(frame.macros("document", tr).header(document.info))
    mark = Mark(start=evidence.start, end=evidence.end, strength="selected")
    read(document, tr, marks=(mark,), focus=evidence.start, part=part, turn_to=turn_to, key=key)
    frame.scroll(key, panel=True, follow=False)
