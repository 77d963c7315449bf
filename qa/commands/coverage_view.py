"""A coverage report for people at a terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.coverage.records import Level, ObjectiveCoverage
from qa.coverage.report import CoverageReport

_STYLES: Final = {Level.missing: "bold red", Level.partly: "yellow", Level.covered: "green"}
_SHOWN: Final = 40
_DOCUMENTS_SHOWN: Final = 10


def print_report(report: CoverageReport) -> None:
    """Totals, objectives with gaps first, documents by what only they cover, and the rule."""
    console = Console(highlight=False)
    total = report.total
    console.print(
        f"{total.objectives} objectives: {total.covered} covered, {total.partly} partly,"
        f" {total.missing} missing"
    )
    console.print(_objectives(report.gaps_first[:_SHOWN]))
    if len(report.objectives) > _SHOWN:
        rest = len(report.objectives) - _SHOWN
        console.print(Text(f"and {rest} more, better covered; --csv FILE has all", style="dim"))
    if report.in_one_language:
        french = sum(one.only_in == "fr" for one in report.in_one_language)
        english = len(report.in_one_language) - french
        console.print(f"\nin one language only: {french} in French, {english} in English")
    if report.to_check:
        codes = ", ".join(one.objective.code for one in report.to_check[:_DOCUMENTS_SHOWN])
        console.print(f"figures to check between the languages: {codes}")
    console.print(_documents(report))
    console.print(Text(f"\n{report.rule}", style="dim"))


def _objectives(objectives: tuple[ObjectiveCoverage, ...]) -> Table:
    table = Table("objective", "level", "points", "fr", "en", "page", "best document", "title")
    table.box = None
    for one in objectives:
        best = one.documents[0].document_id if one.documents else "–"
        table.add_row(
            Text(one.objective.code),
            _level(one.level),
            Text(f"{one.overall.share:.0%} of {len(one.points)}"),
            _level(one.french.level),
            _level(one.english.level),
            Text(one.objective.page_state),
            Text(best),
            Text(one.objective.title),
        )
    return table


def _documents(report: CoverageReport) -> Table:
    table = Table("document", "only here", "covered", "partly", title="\nDocuments", box=None)
    table.title_justify = "left"
    for value in report.by_document[:_DOCUMENTS_SHOWN]:
        table.add_row(
            Text(value.document.id), str(len(value.only)), str(value.covered), str(value.partly)
        )
    return table


def _level(level: Level) -> Text:
    return Text(level.value, style=_STYLES[level])
