"""Which questions to ask, with which caution; and the run itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, get_args

import streamlit as st

from evaluation.errors import QuestionSetError
from evaluation.exchange.reading import SUFFIXES
from evaluation.runner import Progress
from evaluation.ui.comparison_view import COMPARED_RUNS
from evaluation.ui.controls import show_problems, upload
from evaluation.ui.evaluation_strings import EvaluationStrings
from evaluation.ui.lab import Lab
from evaluation.ui.report_view import SHOWN_RUN
from qa.errors import QAError
from qa.settings import Caution
from qa.ui import frame, html
from qa.ui.library import Library
from qa.ui.strings import Strings

_SET: Final = "evaluation-set"
_BUILT_IN: Final = ""
_STEPS: Final = 100
_IDS_SHOWN: Final = 10


def show(lab: Lab, documents: Library, common: Strings, words: EvaluationStrings) -> None:
    """Draw the form, and run what it asks for."""
    with st.container(key="evaluation-set-up"):
        left, right = st.columns(2, gap="medium")
        with right:
            upload(
                lab,
                "evaluation-upload",
                SUFFIXES,
                (words.add_set, words.add_set_help),
                lambda name, data: _add(lab, name, data, documents),
                words,
            )
        with left:
            chosen = _question_set(lab, documents, words)
            caution: Caution = st.segmented_control(
                common.caution,
                get_args(Caution),
                default=documents.caution,
                required=True,
                format_func=common.cautions.__getitem__,
                key="evaluation-caution",
                persist_state="session",
            )
            wanted = st.button(
                words.run,
                type="primary",
                icon=":material/play_arrow:",
                disabled=chosen is None,
                key="evaluation-run",
            )
    # There with or without a run, so that what is below keeps its place.
    with st.container(key="evaluation-progress"):
        if wanted and chosen is not None:
            _run(lab, documents, chosen, caution, words)


def _add(lab: Lab, name: str, data: bytes, documents: Library) -> None:
    lab.add_set(name, data, documents.engine())
    st.session_state[_SET] = name


def _question_set(lab: Lab, documents: Library, words: EvaluationStrings) -> str | None:
    """The name of the set to ask, `_BUILT_IN` for the built-in one, `None` where there is none."""
    names = [*([_BUILT_IN] if documents.built_in else ()), *lab.sets]
    if not names:
        st.html(html.text("p", words.no_set, class_="qa-facts"))
        return None
    if st.session_state.get(_SET) not in names:
        st.session_state[_SET] = names[-1]
    chosen: str = st.selectbox(
        words.question_set, names, format_func=lambda name: name or words.built_in, key=_SET
    )
    if chosen in lab.sets:
        with st.spinner(words.reading):
            current = lab.current_set(chosen, documents.engine())
        if current.problems:
            show_problems(words.problems.format(name=chosen), current.problems, words)
            return None
        read = current.read
        facts = words.read.format(name=chosen, count=len(read.questions.questions))
        st.html(html.text("p", facts, class_="qa-facts"))
        if read.left_out:
            ids = ", ".join(read.left_out[:_IDS_SHOWN])
            more = " …" if len(read.left_out) > _IDS_SHOWN else ""
            note = words.left_out.format(count=len(read.left_out), ids=ids + more)
            st.html(html.text("p", note, class_="qa-problem"))
    return chosen


def _run(
    lab: Lab, documents: Library, chosen: str, caution: Caution, words: EvaluationStrings
) -> None:
    """Measure, show how far it is, and bring the report into view."""
    try:
        with _progress(words) as on_progress:
            run = lab.measure(documents.engine(caution), chosen, on_progress)
    except QuestionSetError as error:
        show_problems(words.problems.format(name=chosen), error.problems, words)
    except QAError as error:
        frame.show_problem(str(error))
    else:
        st.session_state[SHOWN_RUN] = run.number
        for key in COMPARED_RUNS:
            # The comparison falls back to the latest two.
            st.session_state.pop(key, None)


@contextmanager
def _progress(words: EvaluationStrings) -> Iterator[Progress]:
    """A bar with the number of questions, that goes when the work is done."""
    bar = st.progress(0.0)

    def show_progress(done: int, total: int) -> None:
        # A message to the browser for each of ten thousand questions would take longer than asking.
        if done * _STEPS // total > (done - 1) * _STEPS // total:
            bar.progress(done / total, text=words.running.format(done=done, total=total))

    try:
        yield show_progress
    finally:
        bar.empty()
