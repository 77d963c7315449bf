"""The page that shows which objectives the documents cover, and with what."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from qa.coverage.cover import cover
from qa.coverage.exports import report_to_csv
from qa.coverage.levels import rule
from qa.coverage.page import report_page
from qa.coverage.records import LEVELS, ObjectiveCoverage
from qa.coverage.report import CoverageReport
from qa.coverage.sources import objectives_for
from qa.engine import Engine
from qa.errors import ObjectivesError
from qa.models import Language
from qa.ui import frame, html
from qa.ui.coverage_filters import CoverageFilter, columns
from qa.ui.coverage_html import evidence_table, objective_header
from qa.ui.coverage_map import SELECTION, heat_map
from qa.ui.coverage_strings import COVERAGE, CoverageStrings
from qa.ui.strings import INTERFACES, Strings

_ROWS: Final = 20
_COLUMNS: Final = 14
_PAGE = "coverage-page"
_OBJECTIVE = "coverage-objective"
_DOCUMENT = "coverage-document"
_MAP = "coverage-map"


def strings(words: Strings) -> CoverageStrings:
    """The words of this page in the language of the others."""
    return COVERAGE[_language(words)]


def show() -> None:
    """Draw the page."""
    common = frame.strings()
    words = strings(common)
    documents = frame.begin(common, words.page)
    if documents is None:
        return
    engine = documents.engine()
    try:
        report = _report(engine, engine.fingerprint, words)
    except ObjectivesError:
        st.html(html.text("p", words.none, class_="qa-empty"))
        return
    total = report.total
    st.html(
        html.text(
            "p",
            words.totals.format(covered=total.covered, partly=total.partly, missing=total.missing),
            class_="qa-title",
        )
        + html.text("p", rule(engine.settings, _language(common)), class_="qa-facts qa-rule")
    )
    chosen = _filters(report, words)
    found = chosen.chosen(report.objectives)
    if not found:
        st.html(html.text("p", words.nothing, class_="qa-empty"))
        return
    _map(_turned_page(found, words), report, chosen, words)
    _evidence(found, report, words)
    _downloads(report, words)


def _language(words: Strings) -> Language:
    return next(language for language, known in INTERFACES.items() if known is words)


def _report(engine: Engine, fingerprint: str, words: CoverageStrings) -> CoverageReport:
    """The report of these documents, made once and kept for all sessions."""
    with st.spinner(words.working):
        return _made(engine, fingerprint)


@st.cache_resource(show_spinner=False, max_entries=2)
def _made(_engine: Engine, fingerprint: str) -> CoverageReport:
    return cover(_engine, objectives_for(_engine))


def _filters(report: CoverageReport, words: CoverageStrings) -> CoverageFilter:
    items = [one.name for one in report.by_item if one.name]
    ranks = [one.name for one in report.by_rank if one.name]
    with st.container(horizontal=True, key="coverage-filters", vertical_alignment="bottom"):
        wanted = st.text_input(words.search, key="coverage-search", on_change=_first_page)
        item = st.multiselect(
            words.item, items, placeholder=words.any, key="coverage-item", on_change=_first_page
        )
        rank = st.multiselect(
            words.rank, ranks, placeholder=words.any, key="coverage-rank", on_change=_first_page
        )
        language: Language | None = st.selectbox(
            words.language,
            [None, *words.languages],
            format_func=lambda code: words.languages[code] if code else words.any_language,
            key="coverage-language",
            on_change=_first_page,
        )
        level = st.multiselect(
            words.level,
            LEVELS,
            format_func=lambda one: words.levels[one],
            placeholder=words.any,
            key="coverage-level",
            on_change=_first_page,
        )
    return CoverageFilter(
        items=tuple(item),
        ranks=tuple(rank),
        levels=tuple(level),
        language=language,
        words=wanted,
    )


def _first_page() -> None:
    st.session_state[_PAGE] = 0


def _turned_page(
    found: tuple[ObjectiveCoverage, ...], words: CoverageStrings
) -> tuple[ObjectiveCoverage, ...]:
    """The rows of the page that was turned to, and the buttons that turn."""
    last_page = (len(found) - 1) // _ROWS
    page = min(st.session_state.get(_PAGE, 0), last_page)
    first = page * _ROWS
    rows = found[first : first + _ROWS]

    def turn_to(target: int) -> None:
        st.session_state[_PAGE] = target

    with st.container(horizontal=True, vertical_alignment="center", key="coverage-pager"):
        for name, target in ((words.previous, page - 1), (words.next, page + 1)):
            st.button(
                name,
                type="tertiary",
                key=f"coverage-turn-{name}",
                disabled=not 0 <= target <= last_page,
                on_click=turn_to,
                args=(target,),
            )
        text = words.shown.format(first=first + 1, last=first + len(rows), count=len(found))
        st.html(html.text("p", text, class_="qa-facts"))
    return rows


def _map(
    rows: tuple[ObjectiveCoverage, ...],
    report: CoverageReport,
    chosen: CoverageFilter,
    words: CoverageStrings,
) -> None:
    shown = columns(rows, report.documents, chosen.language, _COLUMNS)
    st.html(html.text("p", words.map_help, class_="qa-facts"))
    with st.container(key="coverage-scroll"):
        st.altair_chart(
            heat_map(rows, shown, chosen, words),
            width="content",
            on_select=_clicked,
            selection_mode=SELECTION,
            key=_MAP,
        )


def _clicked() -> None:
    """Take the cell that was clicked as objective and document to show."""
    event: Any = st.session_state.get(_MAP) or {}
    cells = event.get("selection", {}).get(SELECTION) or []
    if cells:
        st.session_state[_OBJECTIVE] = cells[0].get("objective")
        st.session_state[_DOCUMENT] = cells[0].get("id", "")


def _evidence(
    found: tuple[ObjectiveCoverage, ...], report: CoverageReport, words: CoverageStrings
) -> None:
    titles = {one.objective.code: one.objective.title for one in found}
    documents = {document.id: document for document in report.documents}
    if st.session_state.get(_OBJECTIVE) not in titles:
        st.session_state[_OBJECTIVE] = found[0].objective.code
        st.session_state[_DOCUMENT] = ""
    left, right = st.columns(2)
    code = left.selectbox(
        words.objective,
        list(titles),
        format_func=lambda option: f"{option} · {titles[option]}",
        key=_OBJECTIVE,
    )
    one = next(o for o in found if o.objective.code == code)
    given = dict.fromkeys(e.document_id for point in one.points for e in point.evidence)
    options = ["", *given]
    if st.session_state.get(_DOCUMENT) not in options:
        options.append(st.session_state.get(_DOCUMENT) or "")
    only = right.selectbox(
        words.document,
        list(dict.fromkeys(options)),
        format_func=lambda option: documents[option].title if option else words.all_documents,
        key=_DOCUMENT,
    )
    st.html(objective_header(one, words))
    st.html(evidence_table(one, documents, only or "", words))


def _downloads(report: CoverageReport, words: CoverageStrings) -> None:
    with st.container(horizontal=True, key="coverage-downloads"):
        st.download_button(
            words.csv,
            data=lambda: ("\ufeff" + report_to_csv(report)).encode(),
            file_name="coverage.csv",
            mime="text/csv",
            icon=":material/download:",
            key="coverage-csv",
            on_click="ignore",
        )
        st.download_button(
            words.html,
            data=lambda: report_page(report).encode(),
            file_name="coverage.html",
            mime="text/html",
            icon=":material/download:",
            key="coverage-html",
            on_click="ignore",
        )
