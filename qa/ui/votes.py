"""Logs the questions of a session, where the log is on, and takes votes on their answers."""

from __future__ import annotations

import logging
from typing import Final

import streamlit as st

from qa.errors import QuestionLogError
from qa.locale.names import REASONS
from qa.locale.translator import Translator
from qa.models import Answer
from qa.question_log import QuestionLog, Reason, Vote
from qa.settings import Settings

_MESSAGES: Final = logging.getLogger(__name__)
_LOGGED: Final = "logged-questions"
_CONSENT: Final = "keep-questions"
_VOTES: Final[tuple[Vote, Vote]] = (-1, 1)


def consent(settings: Settings, tr: Translator) -> None:
    """Where questions are logged, ask whether those of this reader may be."""
    if not settings.log.question_log:
        return
    st.checkbox(
        tr("Keep my questions for the teachers"),
        key=_CONSENT,
        persist_state="session",
        help=tr(
            "The questions from now on, the confidence of their answers, your votes and why, for"
            " {days} days; not who you are. Names, dates and long numbers that are recognised are"
            " taken out. Teachers see what the documents do not answer.",
            days=settings.log.question_log_days,
        ),
    )


def may_be_kept() -> bool:
    """Whether the reader agreed to it."""
    return bool(st.session_state.get(_CONSENT))


def show_votes(number: int, answer: Answer, settings: Settings, tr: Translator) -> None:
    """Log the question of an exchange once, and offer thumbs up and down below its answer."""
    if not settings.log.question_log or not answer.searched:
        return
    try:
        log = _log(settings)
        entry = _entry(log, number, answer)
    except QuestionLogError as error:
        # A log that is down must not keep students from their answers: the server's log has it.
        _MESSAGES.warning("%s", error)
        return
    if answer.answered:
        _thumbs(log, entry, f"vote-{number}-{entry}", tr)


def _thumbs(log: QuestionLog, entry: int, key: str, tr: Translator) -> None:
    """Thumbs, and the reasons to choose from once they are down."""
    why = f"why-{key}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{key}"):
        chosen = st.feedback("thumbs", key=key, on_change=_vote, args=(log, entry, key, why))
        if chosen is not None and _VOTES[chosen] < 0:
            st.pills(
                tr("Why?"),
                list(REASONS),
                format_func=lambda reason: tr(REASONS[reason]),
                key=why,
                on_change=_vote,
                args=(log, entry, key, why),
                label_visibility="collapsed",
            )


@st.cache_resource(show_spinner=False, max_entries=1)
def _log(settings: Settings) -> QuestionLog:
    return QuestionLog.require(settings)


def _entry(log: QuestionLog, number: int, answer: Answer) -> int:
    """The number of the question in the log; a question that is put again is a new one."""
    logged: dict[int, tuple[Answer, int]] = st.session_state.setdefault(_LOGGED, {})
    known = logged.get(number)
    if known is None or known[0] is not answer:
        logged[number] = (answer, log.record(answer))
    return logged[number][1]


def _vote(log: QuestionLog, entry: int, key: str, why: str) -> None:
    chosen = st.session_state.get(key)
    reason: Reason = st.session_state.get(why) or ""
    try:
        log.vote(entry, 0 if chosen is None else _VOTES[chosen], reason)
    except QuestionLogError as error:
        _MESSAGES.warning("%s", error)
