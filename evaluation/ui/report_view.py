"""One run: its figures, what went wrong, and the files to take away."""

from __future__ import annotations

from typing import Final

import streamlit as st

from evaluation.html_reports import MOST_FAILURES, macros, question_page
from evaluation.question_report import Failure, QuestionReport
from evaluation.saved_runs import run_text
from evaluation.ui.controls import choose_run, draw, remove_button, run_names
from evaluation.ui.session import MOST_REPORTS, EvaluationSession, KeptRun
from qa.locale.translator import Translator
from qa.ui import frame

SHOWN_RUN: Final = "evaluation-shown"
_ALL: Final = ""
_FAILURES: Final = 10
"""Shown at a time."""


def show(session: EvaluationSession, tr: Translator) -> None:
    """Draw the run that is chosen, the latest at first."""
    runs = {number: run for number, run in session.runs.items() if run.report is not None}
    if not runs:
        frame.line(tr("No run so far: choose a question set and measure."), "empty")
        return
    names = run_names(runs, tr)
    kept = tr(
        "The reports of the last {count} runs are kept; earlier runs can still be compared.",
        count=MOST_REPORTS,
    )
    number = choose_run(tr("Run"), names, SHOWN_RUN, usual=max(runs), help_text=kept)
    run, report = runs[number], runs[number].report
    if report is None:
        return
    facts = tr(
        "Questions: {count} · digest of the questions {questions} · fingerprint of the index"
        " {index}",
        count=len(report.outcomes),
        questions=run.saved.questions_sha256[:12],
        index=run.saved.index_fingerprint[:12],
    )
    frame.line(facts)
    _downloads(session, run, report, tr)
    with st.spinner(tr("Computing the intervals…")):
        drawn = session.drawn(number, report, tr)
    draw("evaluation-figures", drawn)
    _failures(number, report, tr)
    draw("evaluation-foundations", macros("questions", tr).foundations(report))


def _failures(number: int, report: QuestionReport, tr: Translator) -> None:
    failures = list(report.failures())
    if not failures:
        return
    if len(failures) > MOST_FAILURES:
        frame.line(
            tr(
                "The page to download shows the first {count} questions; all are here.",
                count=MOST_FAILURES,
            )
        )
    found, kind, why = _filtered(failures, tr)
    if not found:
        frame.line(tr("No question of this kind."), "empty")
        return
    pages = -(-len(found) // _FAILURES)
    # With its filters in the key, a new choice begins at the first page.
    key = f"evaluation-failures-{number}-{kind}-{why}"
    page = st.pagination(pages, max_visible_pages=5, key=key) if pages > 1 else 1
    first = (page - 1) * _FAILURES
    shown = found[first : first + _FAILURES]
    last, count = first + len(shown), len(found)
    frame.line(tr("Questions {first}–{last} of {count}", first=first + 1, last=last, count=count))
    failure = macros("questions", tr).failure
    draw("evaluation-failures", "".join(map(failure, shown)))


def _filtered(failures: list[Failure], tr: Translator) -> tuple[list[Failure], str, str]:
    kinds = sorted({failure.question.kind for failure in failures})
    whys = sorted({failure.why for failure in failures})
    left, right = st.columns(2)
    with left:
        kind = _choice(tr("kind"), {kind: kind for kind in kinds}, "evaluation-kind", tr)
    with right:
        why = _choice(tr("what went wrong"), {why: tr(why) for why in whys}, "evaluation-why", tr)
    found = [
        failure
        for failure in failures
        if kind in (_ALL, failure.question.kind) and why in (_ALL, failure.why)
    ]
    return found, kind, why


def _choice(label: str, options: dict[str, str], key: str, tr: Translator) -> str:
    if st.session_state.get(key) not in options:
        st.session_state[key] = _ALL
    chosen: str = st.selectbox(
        label.capitalize(),
        [_ALL, *options],
        format_func=lambda option: options.get(option, tr("all")),
        key=key,
    )
    return chosen


def _downloads(
    session: EvaluationSession,
    run: KeptRun,
    report: QuestionReport,
    tr: Translator,
) -> None:
    name = f"{run.saved.name}-{run.saved.settings['caution']}-{run.number}"
    with st.container(horizontal=True, key="evaluation-downloads"):
        frame.download(
            tr("Page (HTML)"),
            lambda: question_page(report, tr),
            name=f"{name}.html",
            mime="text/html",
            key="evaluation-html",
        )
        frame.download(
            tr("Run (JSON)"),
            lambda: run_text(report),
            name=f"{name}.json",
            mime="application/json",
            key="evaluation-json",
        )
        remove_button(session, run.number, "evaluation-remove", tr)
