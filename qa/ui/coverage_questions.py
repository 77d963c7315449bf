"""What students asked, first of all in vain, by nearest objective, where questions are logged."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Final, NamedTuple

import streamlit as st

from qa.analysis.words import fold
from qa.coverage.report import CoverageReport
from qa.errors import QuestionLogError
from qa.locale.translator import Translator
from qa.question_log import Gap, LoggedQuestion, QuestionLog, Reason, by_objective, gaps
from qa.settings import Settings
from qa.ui import frame

_GAPS_SHOWN: Final = 12
_QUESTIONS_SHOWN: Final = 5
_FRESH_SECONDS: Final = 20


def show_questions(settings: Settings, report: CoverageReport | None, tr: Translator) -> None:
    """A table of objectives, and how often which questions were asked; nothing where none are."""
    if not settings.log.question_log:
        return
    frame.line(tr("Questions of the students"), "title", tag="h2")
    try:
        questions = _logged(settings)
    except QuestionLogError as error:
        frame.show_problem(error.said(tr))
        return
    every = st.toggle(tr("Answered ones too"), key="answered-too")
    found = by_objective(questions) if every else gaps(questions)
    vain = sum(question.in_vain for question in questions)
    frame.line(tr("Logged: {count}, asked in vain: {vain}", count=len(questions), vain=vain))
    if not found:
        frame.line(tr("No question was asked.") if every else tr("No question was asked in vain."))
        return
    st.html(questions_table(found[:_GAPS_SHOWN], report, tr))
    rest = sum(len(gap.questions) for gap in found[_GAPS_SHOWN:])
    if rest:
        frame.line(tr("{count} more", count=rest))


@st.cache_data(show_spinner=False, ttl=_FRESH_SECONDS, max_entries=1)
def _logged(settings: Settings) -> tuple[LoggedQuestion, ...]:
    """The log is read again after a while, not at every click."""
    with closing(QuestionLog.require(settings)) as log:
        return log.questions()


class _Question(NamedTuple):
    """A question with how often it was asked, and why its answers were voted down."""

    text: str
    times: int
    reasons: tuple[Reason, ...]


class _Asked(NamedTuple):
    """An objective, its most frequent questions, and how many there are more."""

    objective: str
    questions: list[_Question]
    more: int


def questions_table(found: tuple[Gap, ...], report: CoverageReport | None, tr: Translator) -> str:
    """Objectives with their level where it is known, the most frequent questions first."""
    table: str = frame.macros("coverage", tr).asked([_counted(gap) for gap in found], report)
    return table


def _counted(gap: Gap) -> _Asked:
    """Questions that differ in case, accents or the last sign only are counted together."""
    said: dict[str, str] = {}
    times: Counter[str] = Counter()
    reasons: dict[str, set[Reason]] = {}
    for question in gap.questions:
        flat = " ".join(question.text.split())
        key = fold(flat).rstrip(" ?!.")
        said.setdefault(key, flat)
        times[key] += 1
        reasons.setdefault(key, set()).update({question.reason} - {""})
    shown = [
        _Question(said[key], count, tuple(sorted(reasons[key])))
        for key, count in times.most_common(_QUESTIONS_SHOWN)
    ]
    return _Asked(gap.objective, shown, times.total() - sum(one.times for one in shown))
