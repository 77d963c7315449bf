"""The evaluation page: what to measure above, what came of it below."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast, get_args

import streamlit as st

from evaluation.ui import comparison_view, report_view, run_form
from evaluation.ui.evaluation_strings import EVALUATION, View
from evaluation.ui.lab import Lab
from evaluation.words import REPORTS
from qa.ui import frame, html

_STYLE: Final = Path(__file__).parent / "page.css"
_LAB: Final = "evaluation-lab"


def show() -> None:
    """Draw the page."""
    language = frame.language()
    common, words, report_words = frame.strings(), EVALUATION[language], REPORTS[language]
    documents = frame.begin(common, words.page)
    if documents is None:
        return
    st.html(_STYLE)
    st.html(html.text("p", words.lead, class_="qa-facts"))
    lab = cast(Lab, st.session_state.setdefault(_LAB, Lab()))
    run_form.show(lab, documents, common, words)
    view: View = st.segmented_control(
        words.view,
        get_args(View),
        default="report",
        required=True,
        format_func=words.views.__getitem__,
        key="evaluation-view",
        persist_state="session",
        label_visibility="collapsed",
    )
    if view == "report":
        report_view.show(lab, common, words, report_words)
    else:
        comparison_view.show(lab, common, words, report_words)
