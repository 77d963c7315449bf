"""Which questions to ask, with which caution; and the run itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

import streamlit as st

from evaluation.errors import QuestionSetError
from evaluation.exchange.reading import SUFFIXES
from evaluation.ui.comparison_view import COMPARED_RUNS
from evaluation.ui.controls import doing, show_problems, upload
from evaluation.ui.report_view import SHOWN_RUN
from evaluation.ui.session import Do, EvaluationSession
from qa.errors import QAError
from qa.locale.names import CAUTIONS
from qa.locale.translator import N_, Translator
from qa.settings import Caution
from qa.ui import frame
from qa.ui.library import Library

_SET: Final = "evaluation-set"
_BUILT_IN: Final = ""
_IDS_SHOWN: Final = 10
_FORMATS: Final = N_(
    "One question a line in JSON (.jsonl), a table (.csv, .xlsx), a Moodle bank (GIFT, XML) or a"
    " SQuAD 2.0 file (.json)."
)
_RUNNING: Final = N_("Questions: {done} of {total} · leaving the page stops the run")


def show(session: EvaluationSession, documents: Library, tr: Translator) -> None:
    """Draw the form, and run what it asks for."""
    with st.container(key="evaluation-set-up"):
        left, right = st.columns(2, gap="medium")
        with right:
            upload(
                session,
                "evaluation-upload",
                SUFFIXES,
                (tr("Add a question set"), tr(_FORMATS)),
                lambda name, data, do: _add(session, name, data, documents, do),
                documents.engine().settings.work,
                tr,
            )
        with left:
            chosen = _question_set(session, documents, tr)
            caution: Caution = st.segmented_control(
                tr("Caution"),
                get_args(Caution),
                default=documents.caution,
                required=True,
                format_func=lambda one: tr(CAUTIONS[one]),
                key="evaluation-caution",
                persist_state="session",
            )
            wanted = frame.button(
                tr("Measure"),
                "evaluation-run",
                icon="play_arrow",
                kind="primary",
                disabled=chosen is None,
            )
    # There with or without a run, so that what is below keeps its place.
    with st.container(key="evaluation-progress"):
        if wanted and chosen is not None:
            _run(session, documents, chosen, caution, tr)


def _add(session: EvaluationSession, name: str, data: bytes, documents: Library, do: Do) -> None:
    session.add_set(name, data, documents.served(), do)
    st.session_state[_SET] = name


def _question_set(session: EvaluationSession, documents: Library, tr: Translator) -> str | None:
    """The name of the set to ask, `_BUILT_IN` for the built-in one, `None` where there is none."""
    names = [*([_BUILT_IN] if documents.built_in else ()), *session.sets]
    if not names:
        frame.line(tr("Add a question set on these documents to begin."))
        return None
    if st.session_state.get(_SET) not in names:
        st.session_state[_SET] = names[-1]
    chosen: str = st.selectbox(
        tr("Question set"),
        names,
        format_func=lambda name: name or tr("Built-in questions"),
        key=_SET,
    )
    if chosen in session.sets:
        do = doing(
            "files",
            documents.engine().settings.work,
            lambda _told: tr("Reading and checking the questions…"),
            tr,
            name="evaluation-reading",
        )
        current = session.current_set(chosen, documents.served(), do)
        if current.problems:
            show_problems(chosen, current.problems, tr)
            return None
        read = current.read
        count = len(read.questions.questions)
        frame.line(tr("{name} · questions: {count}", name=chosen, count=count))
        if read.unread:
            said = tr(
                "Questions left out, as they cannot be asked of documents ({count}): {names}",
                count=len(read.unread),
                names=_some(read.unread),
            )
            frame.line(said, "problem")
        if read.left_out:
            ids = _some(read.left_out)
            note = tr(
                "Questions left out, as no document has their answer word for word ({count}):"
                " {ids}",
                count=len(read.left_out),
                ids=ids,
            )
            frame.line(note, "problem")
    return chosen


def _some(names: Sequence[str]) -> str:
    """The first names, and a mark where there are more."""
    return ", ".join(names[:_IDS_SHOWN]) + (" …" if len(names) > _IDS_SHOWN else "")


def _run(
    session: EvaluationSession, documents: Library, chosen: str, caution: Caution, tr: Translator
) -> None:
    """Measure, show how far it is, and bring the report into view."""
    served = documents.served(caution)
    # Whatever else is clicked ends this run of the page, and with it the work.
    do = doing(
        "runs",
        served.settings.work,
        lambda told: (
            tr(_RUNNING, done=told.done, total=told.total)
            if told.total
            else tr("Opening the documents…")
        ),
        tr,
        name="evaluation-measuring",
    )
    try:
        run = session.measure(served, chosen, do)
    except QuestionSetError as error:
        show_problems(chosen, error.problems, tr)
    except QAError as error:
        frame.show_problem(error.said(tr))
    else:
        st.session_state[SHOWN_RUN] = run.number
        for key in COMPARED_RUNS:
            # The comparison falls back to the latest two.
            st.session_state.pop(key, None)
