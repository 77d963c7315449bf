"""What students asked in vain, by nearest objective, where questions are logged."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Final

import streamlit as st

from qa.analysis.words import fold
from qa.coverage.report import CoverageReport
from qa.errors import QuestionLogError
from qa.question_log import Gap, QuestionLog, gaps
from qa.settings import Settings
from qa.ui import frame, html
from qa.ui.coverage_html import level_badge
from qa.ui.coverage_strings import CoverageStrings

_GAPS_SHOWN: Final = 12
_QUESTIONS_SHOWN: Final = 5
_FRESH_SECONDS: Final = 20


def show_questions(
    settings: Settings, report: CoverageReport | None, words: CoverageStrings
) -> None:
    """A table of objectives, and how often which questions were asked; nothing where none are."""
    if not settings.log.question_log:
        return
    st.html(html.text("h2", words.asked_in_vain, class_="qa-title"))
    try:
        found = _gaps(settings)
    except QuestionLogError as error:
        frame.show_problem(str(error))
        return
    if not found:
        st.html(html.text("p", words.none_in_vain, class_="qa-facts"))
        return
    st.html(questions_table(found[:_GAPS_SHOWN], report, words))
    rest = sum(len(gap.questions) for gap in found[_GAPS_SHOWN:])
    if rest:
        st.html(html.text("p", words.more_questions.format(count=rest), class_="qa-facts"))


@st.cache_data(show_spinner=False, ttl=_FRESH_SECONDS, max_entries=1)
def _gaps(settings: Settings) -> tuple[Gap, ...]:
    """The log is read again after a while, not at every click."""
    with closing(QuestionLog.require(settings)) as log:
        return gaps(log.questions())


def questions_table(
    found: tuple[Gap, ...], report: CoverageReport | None, words: CoverageStrings
) -> str:
    """Objectives with their level where it is known, the most frequent questions first."""
    head = "".join(
        html.text("th", name, scope="col") for name in (words.objective, words.questions)
    )
    rows = "".join(
        html.element(
            "tr",
            html.element("th", _objective(gap.objective, report, words), scope="row")
            + html.element("td", _questions(gap, words)),
        )
        for gap in found
    )
    return html.element(
        "table",
        html.element("thead", html.element("tr", head)) + html.element("tbody", rows),
        class_="qa-asked",
    )


def _objective(code: str, report: CoverageReport | None, words: CoverageStrings) -> str:
    if not code:
        return html.text("span", words.no_objective)
    known = report.objective(code) if report else None
    if known is None:
        return html.text("span", code)
    title = f"{code} · {known.objective.title}"
    return html.text("span", title) + " " + level_badge(known.level, words)


def _questions(gap: Gap, words: CoverageStrings) -> str:
    """Questions that differ in case, accents or the last sign only are counted together."""
    said: dict[str, str] = {}
    times: Counter[str] = Counter()
    for question in gap.questions:
        flat = " ".join(question.text.split())
        key = fold(flat).rstrip(" ?!.")
        said.setdefault(key, flat)
        times[key] += 1
    shown = times.most_common(_QUESTIONS_SHOWN)
    items = [
        html.text("li", f"{said[key]} × {count}" if count > 1 else said[key])
        for key, count in shown
    ]
    rest = times.total() - sum(count for _, count in shown)
    if rest:
        items.append(html.text("li", words.more_questions.format(count=rest)))
    return html.element("ul", "".join(items))
