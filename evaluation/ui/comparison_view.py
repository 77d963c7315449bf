"""Two runs, question by question."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from evaluation.errors import DatasetError
from evaluation.html.comparison_page import comparison_page, comparison_parts
from evaluation.ui.controls import choose_run, remove_button, run_names, upload
from evaluation.ui.evaluation_strings import EvaluationStrings
from evaluation.ui.figures import draw
from evaluation.ui.lab import Lab
from evaluation.words import ReportWords
from qa.ui import frame, html
from qa.ui.strings import Strings

COMPARED_RUNS: Final = ("evaluation-first", "evaluation-second")
_MOST_CHANGES: Final = 50
"""Questions shown for each measure; the download has all."""


def show(lab: Lab, common: Strings, words: EvaluationStrings, report_words: ReportWords) -> None:
    """Draw the comparison of the runs that are chosen, the latest two at first."""
    # An upload stands below, and is taken first: the lists above have the run at once.
    above = st.container(key="evaluation-compared")
    upload(
        lab,
        "evaluation-upload-run",
        (".json",),
        (words.add_run, words.add_run_help),
        lab.add_run,
        words,
    )
    with above:
        _choose(lab, common, words, report_words)


def _choose(lab: Lab, common: Strings, words: EvaluationStrings, report_words: ReportWords) -> None:
    if len(lab.runs) < 2:
        st.html(html.text("p", words.two_runs, class_="qa-empty"))
        return
    names = run_names(lab.runs, common, words)
    *_, before, latest = names
    left, right = st.columns(2)
    with left:
        first = choose_run(words.first, names, COMPARED_RUNS[0], usual=before)
        remove_button(lab, first, "evaluation-remove-first", words)
    with right:
        second = choose_run(words.second, names, COMPARED_RUNS[1], usual=latest)
        remove_button(lab, second, "evaluation-remove-second", words)
    if first == second:
        st.html(html.text("p", words.same_run, class_="qa-empty"))
        return
    _compare(lab, (first, second), names, words, report_words)


def _compare(
    lab: Lab,
    numbers: tuple[int, int],
    names: dict[int, str],
    words: EvaluationStrings,
    report_words: ReportWords,
) -> None:
    try:
        with st.spinner(words.comparing):
            differences = lab.compared(*numbers)
    except DatasetError as error:
        frame.show_problem(str(error))
        return
    first, second = (replace(lab.runs[number].saved, name=names[number]) for number in numbers)
    draw(
        "evaluation-comparison",
        comparison_parts(first, second, differences, report_words, most_changes=_MOST_CHANGES),
    )
    frame.download(
        words.html,
        lambda: comparison_page(first, second, differences, report_words),
        name=f"comparison-{numbers[0]}-{numbers[1]}.html",
        mime="text/html",
        key="evaluation-comparison-html",
    )
