"""What an instructor decides on the coverage page, and where it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

import streamlit as st

from qa.coverage.decisions import (
    Decision,
    Decisions,
    Matter,
    decisions_file,
    matter_of,
    read_decisions,
    record,
)
from qa.coverage.records import ObjectiveCoverage, Verdict
from qa.coverage.report import CoverageReport
from qa.errors import DecisionsError
from qa.locale.translator import Translator
from qa.settings import Settings
from qa.ui import frame
from qa.ui.engines import index_location

_NOTE: Final = "coverage-note"
_PROBLEM: Final = "coverage-decision-problem"
_VERDICTS: Final = ("confirmed", "rejected", "undo")


def decisions(report: CoverageReport, settings: Settings, tr: Translator) -> Decisions:
    """The decisions on the documents that are open; none, after saying why, if unreadable."""
    try:
        return read_decisions(_file(settings), report.documents)
    except DecisionsError as error:
        frame.show_problem(error.said(tr))
        return Decisions()


def decide_on_evidence(coverage: ObjectiveCoverage, wanted: str, settings: Settings) -> None:
    """Keep what a button of a passage says: verdict, number of the point, document."""
    verdict, _, rest = wanted.partition(" ")
    number, _, document = rest.partition(" ")
    if verdict not in _VERDICTS or not number.isdecimal() or int(number) >= len(coverage.points):
        return
    point = coverage.points[int(number)]
    evidence = point.in_document(document)
    if evidence is not None:
        _keep(matter_of(coverage, point, evidence), "" if verdict == "undo" else verdict, settings)


def show_decisions(coverage: ObjectiveCoverage, settings: Settings, tr: Translator) -> None:
    """The note that goes with the next decision, and whether the objective is taught elsewhere."""
    with st.container(horizontal=True, key="coverage-decide", vertical_alignment="bottom"):
        st.text_input(
            tr("Note"), key=_NOTE, placeholder=tr("Kept with what you decide next"), max_chars=500
        )
        taken = coverage.elsewhere is not None
        frame.button(
            tr("Not taught elsewhere") if taken else tr("Taught elsewhere"),
            "coverage-elsewhere",
            _keep,
            Matter(coverage.objective.code),
            "" if taken else "elsewhere",
            settings,
        )
    problem: DecisionsError | None = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        frame.show_problem(problem.said(tr))


def _keep(matter: Matter, verdict: str, settings: Settings) -> None:
    note = str(st.session_state.get(_NOTE) or "").strip() if verdict else ""
    try:
        record(_file(settings), Decision(matter=matter, verdict=cast(Verdict, verdict), note=note))
    except DecisionsError as error:
        st.session_state[_PROBLEM] = error
        return
    st.session_state[_NOTE] = ""


def _file(settings: Settings) -> Path:
    return decisions_file(index_location(), settings)
