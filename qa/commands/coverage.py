"""`qa coverage`: objectives against documents."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.options import (
    AsJson,
    Collection,
    CorpusSource,
    IndexFolder,
    UsageError,
    index_of,
    open_engine,
    print_json,
    progress,
    say,
    write_text,
)
from qa.commands.shell import interface
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.coverage.report import CoverageReport

app = typer.Typer(add_completion=False)


@app.command()
def coverage(
    index: IndexFolder = None,
    collection: Collection = None,
    corpus: CorpusSource = None,
    objectives: Annotated[
        Path | None,
        typer.Option(
            "--objectives",
            metavar="FILE",
            help="Objectives in CSV or Excel (id,title,description,item,rank,language) or"
            " CASE 1.1 JSON; without it, those whose pages are among the documents.",
        ),
    ] = None,
    as_json: AsJson = False,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Write one line a point, gaps first."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write one page with map and evidence."),
    ] = None,
) -> None:
    """Show which objectives the documents cover, how well, where, and what is missing."""
    if sum((as_json, csv is not None, html is not None)) > 1:
        raise UsageError("give one of --json, --csv FILE and --html FILE")
    settings = Settings.load()
    chosen = index_of(index, collection, settings)
    report = _report(chosen, corpus, objectives, settings)
    if as_json:
        from qa.coverage.exports import report_to_json

        print_json(report_to_json(report))
    elif csv is not None:
        from qa.coverage.exports import report_to_csv

        # With a byte order mark, spreadsheets read the accents right.
        write_text(csv, "\ufeff" + report_to_csv(report, interface()))
    elif html is not None:
        from qa.coverage.html_report import report_page

        write_text(html, report_page(report, interface()))
    else:
        from qa.commands.coverage_view import print_report

        print_report(report)


def _report(
    index: Path | None, corpus: Path | None, objectives: Path | None, settings: Settings
) -> CoverageReport:
    from qa.coverage.cover import cover
    from qa.coverage.decisions import decided, decisions_file, read_decisions
    from qa.coverage.objective_sources import objectives_for
    from qa.workers import available_processors

    engine = open_engine(index, corpus, settings)
    tr = interface()
    with progress(tr("Covering")) as show, _nothing_collected():
        stated = objectives_for(engine, objectives, lambda remark: say(remark.said(tr)))
        processes = available_processors()
        report = cover(engine, stated, processes=processes, on_progress=show)
    if corpus is not None:
        return report
    found = read_decisions(decisions_file(index, settings), report.documents)
    return decided(report, found, settings)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Millions of records are made and kept: looking for garbage is up to a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
