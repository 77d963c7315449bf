"""Which objectives of a report are looked at: filters, and the page that is turned to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import streamlit as st

from qa.analysis.words import fold
from qa.coverage.records import LEVELS, Cell, Level, ObjectiveCoverage
from qa.coverage.report import CoverageReport
from qa.locale import coverage_names, names
from qa.locale.translator import Translator
from qa.models import DocumentInfo, Language
from qa.ui import frame

ROWS: Final = 20
_CHANGES: Final = "coverage-changes"


def forget_choices() -> None:
    """Begin again with all objectives: those of another file have other items."""
    # Set, not taken out: the browser would go on showing what was chosen.
    for name in ("search", "language"):
        st.session_state[f"coverage-{name}"] = ""
    for name in ("item", "rank", "level"):
        st.session_state[f"coverage-{name}"] = []
    _first_page()


def filters(report: CoverageReport, tr: Translator) -> CoverageFilter:
    """The controls that restrict the objectives, and what they are set to."""
    with st.container(horizontal=True, key="coverage-filters", vertical_alignment="bottom"):
        wanted = st.text_input(
            tr("Search objectives…"), key="coverage-search", on_change=_first_page
        )
        items = _several("item", tr("Item"), [rollup.name for rollup in report.by_item], tr)
        ranks = _several("rank", tr("Rank"), [rollup.name for rollup in report.by_rank], tr)
        spoken = {"": tr("any language")}
        spoken.update((code, tr(name)) for code, name in names.LANGUAGES.items())
        language = st.selectbox(
            tr("Documents in"),
            list(spoken),
            format_func=spoken.__getitem__,
            key="coverage-language",
            on_change=_first_page,
        )
        levels = st.multiselect(
            tr("Level"),
            LEVELS,
            format_func=lambda one: tr(coverage_names.LEVELS[one]),
            placeholder=tr("All"),
            key="coverage-level",
            on_change=_first_page,
        )
    return CoverageFilter(
        items=items,
        ranks=ranks,
        levels=tuple(levels),
        language=cast(Language | None, language or None),
        words=wanted,
    )


def turned_page(
    found: tuple[ObjectiveCoverage, ...], tr: Translator
) -> tuple[ObjectiveCoverage, ...]:
    """The rows of the page that was turned to, and the control that turns."""
    pages = -(-len(found) // ROWS)
    changes = st.session_state.setdefault(_CHANGES, 0)
    with st.container(horizontal=True, vertical_alignment="center", key="coverage-pager"):
        page = st.pagination(pages, key=f"coverage-page-{changes}") if pages > 1 else 1
        first = (page - 1) * ROWS
        rows = found[first : first + ROWS]
        shown = tr(
            "Objectives {first}–{last} of {count}, the least covered first",
            first=first + 1,
            last=first + len(rows),
            count=len(found),
        )
        frame.line(shown)
    return rows


def _several(name: str, label: str, options: list[str], tr: Translator) -> tuple[str, ...]:
    return tuple(
        st.multiselect(
            label,
            [option for option in options if option],
            placeholder=tr("All"),
            key=f"coverage-{name}",
            on_change=_first_page,
        )
    )


def _first_page() -> None:
    """Another control of the pages begins with the first one."""
    st.session_state[_CHANGES] = st.session_state.get(_CHANGES, 0) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFilter:
    """Restrictions; an empty one does not restrict."""

    items: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    language: Language | None = None
    """Of the documents that count."""
    words: str = ""

    def cell(self, coverage: ObjectiveCoverage) -> Cell:
        """What the documents that count give to an objective."""
        cells = {None: coverage.overall, "fr": coverage.french, "en": coverage.english}
        return cells[self.language]

    def level(self, coverage: ObjectiveCoverage) -> Level:
        """That of an objective by these documents; what is taught elsewhere stays so."""
        return coverage.level if coverage.level is Level.elsewhere else self.cell(coverage).level

    def chosen(self, objectives: Sequence[ObjectiveCoverage]) -> tuple[ObjectiveCoverage, ...]:
        """The objectives that pass, the least covered first."""
        found = [row for row in objectives if self._passes(row)]
        return tuple(
            sorted(
                found,
                key=lambda one: (
                    self.level(one) not in (Level.missing, Level.partly),
                    self.cell(one).share,
                    self.cell(one).confidence,
                    one.objective.code,
                ),
            )
        )

    def _passes(self, coverage: ObjectiveCoverage) -> bool:
        objective = coverage.objective
        if self.items and objective.item_name not in self.items:
            return False
        if self.ranks and objective.rank not in self.ranks:
            return False
        if self.levels and self.level(coverage) not in self.levels:
            return False
        wanted = fold(self.words).split()
        if not wanted:
            return True
        said = fold(f"{objective.code} {objective.title} {objective.item_title}")
        return all(word in said for word in wanted)


def columns(
    objectives: Sequence[ObjectiveCoverage],
    documents: Sequence[DocumentInfo],
    language: Language | None,
    most: int,
) -> tuple[DocumentInfo, ...]:
    """The documents that give most to these objectives, at most `most`."""
    given: dict[str, float] = {}
    for one in objectives:
        for cell in one.documents:
            given[cell.document_id] = given.get(cell.document_id, 0.0) + cell.share
    found = [
        document
        for document in documents
        if document.id in given and language in (None, document.language)
    ]
    return tuple(sorted(found, key=lambda one: (-given[one.id], one.id))[:most])
