"""The evaluation page: what to measure above, what came of it below."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, cast

import streamlit as st

from qa.locale.translator import N_
from qa.ui import frame

_STYLE: Final = Path(__file__).parent / "evaluation_page.css"
_SESSION: Final = "evaluation-session"
_VIEWS: Final[dict[Literal["report", "comparison"], str]] = {
    "report": N_("One run"),
    "comparison": N_("Two runs compared"),
}


def show() -> None:
    """Draw the page."""
    # What measures takes a second to import, and the other pages do not need it.
    from evaluation.ui import comparison_view, report_view, run_form
    from evaluation.ui.session import EvaluationSession

    tr = frame.interface()
    documents = frame.begin(tr, tr("Evaluation"))
    if documents is None:
        return
    st.html(_STYLE)
    frame.line(
        tr(
            "Ask a set of questions whose answers are known, measure what the system makes of them,"
            " change a setting and compare."
        )
    )
    session = cast(EvaluationSession, st.session_state.setdefault(_SESSION, EvaluationSession()))
    run_form.show(session, documents, tr)
    view = st.segmented_control(
        tr("Results"),
        list(_VIEWS),
        default="report",
        required=True,
        format_func=lambda one: tr(_VIEWS[one]),
        key="evaluation-view",
        persist_state="session",
        label_visibility="collapsed",
    )
    if view == "report":
        report_view.show(session, tr)
    else:
        comparison_view.show(session, documents, tr)
