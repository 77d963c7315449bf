"""What students asked in vain, by nearest objective, where questions are logged."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Final, NamedTuple

import streamlit as st

from qa.analysis.words import fold
from qa.coverage.report import CoverageReport
from qa.errors import QuestionLogError
from qa.locale.translator import Translator
from qa.question_log import Gap, QuestionLog, gaps
from qa.settings import Settings
from qa.ui import frame

_GAPS_SHOWN: Final = 12
_QUESTIONS_SHOWN: Final = 5
_FRESH_SECONDS: Final = 20


def show_questions(settings: Settings, report: CoverageReport | None, tr: Translator) -> None:
    """A table of objectives, and how often which questions were asked; nothing where none are."""
    if not settings.log.question_log:
        return
    frame.line(tr("Questions asked in vain"), "title", tag="h2")
    try:
        found = _gaps(settings)
    except QuestionLogError as error:
        frame.show_problem(error.said(tr))
        return
    if not found:
        frame.line(tr("No question was asked in vain."))
        return
    st.html(questions_table(found[:_GAPS_SHOWN], report, tr))
    rest = sum(len(gap.questions) for gap in found[_GAPS_SHOWN:])
    if rest:
        frame.line(tr("{count} more", count=rest))


@st.cache_data(show_spinner=False, ttl=_FRESH_SECONDS, max_entries=1)
def _gaps(settings: Settings) -> tuple[Gap, ...]:
    """The log is read again after a while, not at every click."""
    with closing(QuestionLog.require(settings)) as log:
        return gaps(log.questions())


class _Asked(NamedTuple):
    """An objective, its most frequent questions with their numbers, and how many there are more."""

    objective: str
    questions: list[tuple[str, int]]
    more: int


def questions_table(found: tuple[Gap, ...], report: CoverageReport | None, tr: Translator) -> str:
    """Objectives with their level where it is known, the most frequent questions first."""
    table: str = frame.macros("coverage", tr).asked([_counted(gap) for gap in found], report)
    return table


def _counted(gap: Gap) -> _Asked:
    """Questions that differ in case, accents or the last sign only are counted together."""
    said: dict[str, str] = {}
    times: Counter[str] = Counter()
    for question in gap.questions:
        flat = " ".join(question.text.split())
        key = fold(flat).rstrip(" ?!.")
        said.setdefault(key, flat)
        times[key] += 1
    shown = [(said[key], count) for key, count in times.most_common(_QUESTIONS_SHOWN)]
    return _Asked(gap.objective, shown, times.total() - sum(count for _, count in shown))
