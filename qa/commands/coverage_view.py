"""A coverage report for people at a terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.commands.shell import interface
from qa.coverage.records import Level, ObjectiveCoverage
from qa.coverage.report import CoverageReport
from qa.locale.coverage_names import LEVELS, PAGE_STATES
from qa.locale.translator import Translator

_STYLES: Final = {
    Level.unjudged: "dim",
    Level.elsewhere: "dim",
    Level.missing: "bold red",
    Level.partly: "yellow",
    Level.covered: "green",
}
_SHOWN: Final = 40
_DOCUMENTS_SHOWN: Final = 10


def print_report(report: CoverageReport) -> None:
    """Totals, objectives with gaps first, documents by what only they cover, and the rule."""
    tr = interface()
    console = Console(highlight=False)
    total = report.total
    totals = tr.ngettext(
        "{count} objective: {covered} covered, {partly} partly, {missing} missing",
        "{count} objectives: {covered} covered, {partly} partly, {missing} missing",
        total.objectives,
        covered=total.covered,
        partly=total.partly,
        missing=total.missing,
    )
    console.print(totals)
    console.print(_objectives(report.gaps_first[:_SHOWN], tr))
    if len(report.objectives) > _SHOWN:
        rest = len(report.objectives) - _SHOWN
        more = tr("and {count} more, better covered; --csv FILE has all", count=rest)
        console.print(Text(more, style="dim"))
    if report.in_one_language:
        french = sum(row.only_in == "fr" for row in report.in_one_language)
        english = len(report.in_one_language) - french
        alone = tr(
            "in one language only: {french} in French, {english} in English",
            french=french,
            english=english,
        )
        console.print(f"\n{alone}")
    if report.to_check:
        codes = ", ".join(row.objective.code for row in report.to_check[:_DOCUMENTS_SHOWN])
        console.print(tr("figures to check between the languages: {codes}", codes=codes))
    console.print(_documents(report, tr))
    console.print(Text(f"\n{report.rule.said(tr)}", style="dim"))


def _objectives(objectives: tuple[ObjectiveCoverage, ...], tr: Translator) -> Table:
    columns = (tr("objective"), tr("level"), tr("points"), "fr", "en", tr("page"))
    table = Table(*columns, tr("best document"), tr("title"))
    table.box = None
    for row in objectives:
        best = row.documents[0].document_id if row.documents else "–"
        share = tr.percent(row.overall.share)
        table.add_row(
            Text(row.objective.code),
            _level(row.level, tr),
            Text(tr("{share} of {count}", share=share, count=len(row.points))),
            _level(row.french.level, tr),
            _level(row.english.level, tr),
            Text(tr(PAGE_STATES[row.objective.page_state])),
            Text(best),
            Text(row.objective.title),
        )
    return table


def _documents(report: CoverageReport, tr: Translator) -> Table:
    columns = (tr("document"), tr("only here"), tr("covered"), tr("partly"))
    table = Table(*columns, title=f"\n{tr('Documents')}", box=None)
    table.title_justify = "left"
    for value in report.by_document[:_DOCUMENTS_SHOWN]:
        table.add_row(
            Text(value.document.id), str(len(value.only)), str(value.covered), str(value.partly)
        )
    return table


def _level(level: Level, tr: Translator) -> Text:
    return Text(tr(LEVELS[level]), style=_STYLES[level])
