"""One run: its figures, what went wrong, and the files to take away."""

from __future__ import annotations

from typing import Final

import streamlit as st

from evaluation.html.question_page import (
    MOST_FAILURES,
    failure_details,
    foundations,
    question_page,
)
from evaluation.question_report import Failure, QuestionReport
from evaluation.saved_runs import run_text
from evaluation.ui.controls import choose_run, remove_button, run_names
from evaluation.ui.evaluation_strings import EvaluationStrings
from evaluation.ui.figures import draw
from evaluation.ui.lab import MOST_REPORTS, KeptRun, Lab
from evaluation.words import ReportWords
from qa.ui import frame, html
from qa.ui.strings import Strings

SHOWN_RUN: Final = "evaluation-shown"
_ALL: Final = ""
_FAILURES: Final = 10
"""Shown at a time."""


def show(lab: Lab, common: Strings, words: EvaluationStrings, report_words: ReportWords) -> None:
    """Draw the run that is chosen, the latest at first."""
    runs = {number: run for number, run in lab.runs.items() if run.report is not None}
    if not runs:
        st.html(html.text("p", words.no_run, class_="qa-empty"))
        return
    names = run_names(runs, common, words)
    kept = words.reports_kept.format(count=MOST_REPORTS)
    number = choose_run(words.shown_run, names, SHOWN_RUN, usual=max(runs), help_text=kept)
    run, report = runs[number], runs[number].report
    if report is None:
        return
    facts = words.run_facts.format(
        count=len(report.outcomes),
        questions=run.saved.questions_sha256[:12],
        index=run.saved.index_fingerprint[:12],
    )
    st.html(html.text("p", facts, class_="qa-facts"))
    _downloads(lab, run, report, words, report_words)
    with st.spinner(words.computing):
        drawn = lab.drawn(number, report, report_words.language)
    draw("evaluation-figures", [drawn])
    _failures(number, report, words, report_words)
    draw("evaluation-foundations", [foundations(report, report_words)])


def _failures(
    number: int, report: QuestionReport, words: EvaluationStrings, report_words: ReportWords
) -> None:
    failures = list(report.failures())
    if not failures:
        return
    if len(failures) > MOST_FAILURES:
        note = words.failures_in_page.format(count=MOST_FAILURES)
        st.html(html.text("p", note, class_="qa-facts"))
    found, kind, why = _filtered(failures, report_words)
    if not found:
        st.html(html.text("p", words.no_failure, class_="qa-empty"))
        return
    pages = -(-len(found) // _FAILURES)
    # With its filters in the key, a new choice begins at the first page.
    key = f"evaluation-failures-{number}-{kind}-{why}"
    page = st.pagination(pages, max_visible_pages=5, key=key) if pages > 1 else 1
    first = (page - 1) * _FAILURES
    shown = found[first : first + _FAILURES]
    text = words.shown.format(first=first + 1, last=first + len(shown), count=len(found))
    st.html(html.text("p", text, class_="qa-facts"))
    draw("evaluation-failures", [failure_details(failure, report_words) for failure in shown])


def _filtered(failures: list[Failure], words: ReportWords) -> tuple[list[Failure], str, str]:
    kinds = sorted({failure.question.kind for failure in failures})
    whys = sorted({failure.why for failure in failures})
    left, right = st.columns(2)
    with left:
        kind = _choice(words.kind, {kind: kind for kind in kinds}, "evaluation-kind", words)
    with right:
        why = _choice(words.why, {why: words.whys[why] for why in whys}, "evaluation-why", words)
    found = [
        failure
        for failure in failures
        if kind in (_ALL, failure.question.kind) and why in (_ALL, failure.why)
    ]
    return found, kind, why


def _choice(label: str, options: dict[str, str], key: str, words: ReportWords) -> str:
    if st.session_state.get(key) not in options:
        st.session_state[key] = _ALL
    chosen: str = st.selectbox(
        label.capitalize(),
        [_ALL, *options],
        format_func=lambda option: options.get(option, words.all),
        key=key,
    )
    return chosen


def _downloads(
    lab: Lab,
    run: KeptRun,
    report: QuestionReport,
    words: EvaluationStrings,
    report_words: ReportWords,
) -> None:
    name = f"{run.saved.name}-{run.saved.settings['caution']}-{run.number}"
    with st.container(horizontal=True, key="evaluation-downloads"):
        frame.download(
            words.html,
            lambda: question_page(report, report_words),
            name=f"{name}.html",
            mime="text/html",
            key="evaluation-html",
        )
        frame.download(
            words.json,
            lambda: run_text(report),
            name=f"{name}.json",
            mime="application/json",
            key="evaluation-json",
        )
        remove_button(lab, run.number, "evaluation-remove", words)
