"""`qa index`: build or update an index."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.options import INDEX_VARIABLE, progress, warn
from qa.commands.shell import printable
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.index.report import IndexReport, Tally

_DEFAULT_FOLDER = Path("qa-index")


def index(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="Files or folders of documents.")
    ],
    folder: Annotated[
        Path,
        typer.Option("--index", metavar="DIR", envvar=INDEX_VARIABLE, help="Where the index is."),
    ] = _DEFAULT_FOLDER,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="Start anew, from these sources only: what else the index had, or a damaged"
            " index, is replaced.",
        ),
    ] = False,
) -> None:
    """Build an index, or bring it up to date: only files that changed are read again."""
    settings = Settings.load()
    # scikit-learn takes a second to import: not before the options are known to be right.
    from qa.index.update import update_index

    with progress("Indexing") as show:
        report = update_index(sources, folder, settings, rebuild=rebuild, on_progress=show)
    typer.echo(describe(report))
    warn("not indexed", report.failures)
    warn("note", report.remarks)
    for tally in report.notices:
        typer.echo(f"note: {_counted(tally)}", err=True)
    for tally in report.left_out:
        typer.echo(f"left out: {_counted(tally)}", err=True)


def describe(report: IndexReport) -> str:
    """The numbers of a report in a line."""
    return (
        f"{report.documents} documents, {report.passages} passages: {report.added} added,"
        f" {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed,"
        f" {len(report.failures)} unreadable; {report.seconds:.1f} s"
    )


def _counted(tally: Tally) -> str:
    names = ", ".join(printable(PurePath(path).name) for path in tally.examples)
    return f"{tally.count} × {tally.kind}, in {names}{' …' if tally.more else ''}"
