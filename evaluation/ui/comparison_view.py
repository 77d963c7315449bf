"""Two runs, question by question."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from evaluation.comparison import conclusion
from evaluation.errors import DatasetError
from evaluation.html_reports import comparison_page, macros
from evaluation.ui.controls import choose_run, draw, remove_button, run_names, upload
from evaluation.ui.session import EvaluationSession
from qa.locale.translator import Translator
from qa.ui import frame
from qa.ui.library import Library

COMPARED_RUNS: Final = ("evaluation-first", "evaluation-second")
_MOST_CHANGES: Final = 50
"""Questions shown for each measure; the download has all."""


def show(session: EvaluationSession, documents: Library, tr: Translator) -> None:
    """Draw the comparison of the runs that are chosen, the latest two at first."""
    # An upload stands below, and is taken first: the lists above have the run at once.
    above = st.container(key="evaluation-compared")
    upload(
        session,
        "evaluation-upload-run",
        (".json",),
        (tr("Add a saved run"), tr("A file of this page or of `qa-eval run --save`.")),
        lambda name, data, do: session.add_run(name, data, documents.served(), do),
        documents.engine().settings.work,
        tr,
    )
    with above:
        _choose(session, tr)


def _choose(session: EvaluationSession, tr: Translator) -> None:
    if len(session.runs) < 2:
        frame.line(tr("Two runs are needed: measure twice, or add a saved run."), "empty")
        return
    names = run_names(session.runs, tr)
    *_, before, latest = names
    left, right = st.columns(2)
    with left:
        first = choose_run(tr("First run"), names, COMPARED_RUNS[0], usual=before)
        remove_button(session, first, "evaluation-remove-first", tr)
    with right:
        second = choose_run(tr("Second run"), names, COMPARED_RUNS[1], usual=latest)
        remove_button(session, second, "evaluation-remove-second", tr)
    if first == second:
        frame.line(tr("Choose two different runs."), "empty")
        return
    _compare(session, (first, second), names, tr)


def _compare(
    session: EvaluationSession,
    numbers: tuple[int, int],
    names: dict[int, str],
    tr: Translator,
) -> None:
    try:
        with st.spinner(tr("Comparing question by question…")):
            differences = session.compared(*numbers)
    except DatasetError as error:
        frame.show_problem(error.said(tr))
        return
    first, second = (replace(session.runs[number].saved, name=names[number]) for number in numbers)
    comparison = macros("comparison", tr).comparison
    came_to = conclusion(differences).said(tr)
    draw("evaluation-comparison", comparison(first, second, differences, came_to, _MOST_CHANGES))
    frame.download(
        tr("Page (HTML)"),
        lambda: comparison_page(first, second, differences, tr),
        name=f"comparison-{numbers[0]}-{numbers[1]}.html",
        mime="text/html",
        key="evaluation-comparison-html",
    )
