"""`qa index`: build or update an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.options import INDEX_VARIABLE, progress
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.index.report import IndexReport
    from qa.models import Notice

_DEFAULT_FOLDER = Path("qa-index")
_SHOWN = 10


def index(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="Files or folders of documents.")
    ],
    folder: Annotated[
        Path,
        typer.Option("--index", metavar="DIR", envvar=INDEX_VARIABLE, help="Where the index is."),
    ] = _DEFAULT_FOLDER,
) -> None:
    """Build an index, or bring it up to date: only files that changed are read again."""
    settings = Settings.load()
    # scikit-learn takes a second to import: not before the options are known to be right.
    from qa.index.update import update_index

    with progress("Indexing") as show:
        report = update_index(sources, folder, settings, on_progress=show)
    typer.echo(describe(report))
    _warn("not indexed", report.failures)
    _warn("note", report.remarks)
    for kind, count in report.notices:
        typer.echo(f"{count} × {kind}", err=True)


def describe(report: IndexReport) -> str:
    """The numbers of a report in a line."""
    return (
        f"{report.documents} documents, {report.passages} passages: {report.added} added,"
        f" {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed,"
        f" {len(report.failures)} unreadable; {report.seconds:.1f} s"
    )


def _warn(label: str, notices: Sequence[Notice]) -> None:
    for notice in notices[:_SHOWN]:
        typer.echo(f"{label}: {notice.message}", err=True)
    if len(notices) > _SHOWN:
        typer.echo(f"{label}: and {len(notices) - _SHOWN} more", err=True)
