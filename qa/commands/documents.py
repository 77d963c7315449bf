"""`qa documents`: what an index has."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.index import describe
from qa.commands.options import (
    AsJson,
    Collection,
    IndexFolder,
    UsageError,
    index_of,
    open_engine,
    print_json,
    progress,
)
from qa.commands.shell import interface, printable
from qa.serialise import document_to_json, plain
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.index.verify import Compared
    from qa.locale.translator import Translator

app = typer.Typer(
    help="List, show, remove and verify the documents of an index.",
    no_args_is_help=True,
    add_completion=False,
)

_Id = Annotated[str, typer.Argument(metavar="ID", help="As `qa documents list` shows it.")]


@app.command("list")
def list_documents(
    index: IndexFolder = None, collection: Collection = None, as_json: AsJson = False
) -> None:
    """List all documents: identifier, language, objective, title."""
    engine = _engine(index, collection)
    documents = engine.documents()
    if as_json:
        print_json([document_to_json(document, engine.collection) for document in documents])
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    tr = interface()
    table = Table("id", tr("language"), tr("objective"), tr("title"), box=None)
    for document in documents:
        code = document.objective.code if document.objective else ", ".join(document.objectives)
        cells = (document.id, document.language, code, document.title)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    Console().print(table)


@app.command("show")
def show_document(
    document: _Id,
    index: IndexFolder = None,
    collection: Collection = None,
    as_json: AsJson = False,
) -> None:
    """Print the text of a document as it is cited."""
    engine = _engine(index, collection)
    found = engine.document(document)
    if as_json:
        notices = [{"kind": notice.kind, "message": notice.message} for notice in found.notices]
        known = document_to_json(found, engine.collection)
        print_json(
            {**known, "text": found.text, "removed": plain(found.removed), "notices": notices}
        )
        return
    sys.stdout.write(found.text.rstrip("\n") + "\n")


@app.command("remove")
def remove_document(
    document: _Id, index: IndexFolder = None, collection: Collection = None
) -> None:
    """Take a document out of an index, until its source is indexed again."""
    from qa.index import places

    report = places.remove_document(_given(index, collection), document, Settings.load())
    typer.echo(describe(report, interface()))


@app.command("verify")
def verify_documents(
    index: IndexFolder = None, collection: Collection = None, as_json: AsJson = False
) -> None:
    """Compare checksums, every passage, and the files that the documents were read from."""
    from qa.index.places import compare_originals, verify_index

    tr = interface()
    place = _given(index, collection)
    settings = Settings.load()
    found = verify_index(place, settings)
    with progress(tr("Reading the originals")) as show:
        compared = compare_originals(place, settings, show)
    others = [original for original in compared if not original.is_same]
    if as_json:
        print_json(
            {
                "documents": found.documents,
                "passages": found.passages,
                "index_fingerprint": found.fingerprint,
                "originals": {
                    "same": len(compared) - len(others),
                    "others": plain(others),
                },
            }
        )
        return
    sound = tr(
        "{documents} documents and {passages} passages are sound; fingerprint {fingerprint}",
        documents=found.documents,
        passages=found.passages,
        fingerprint=found.fingerprint,
    )
    typer.echo(sound)
    same = tr(
        "{same} of {count} originals are as they were read, with all passages",
        same=len(compared) - len(others),
        count=len(compared),
    )
    typer.echo(same)
    for original in others:
        typer.echo(_said(original, tr))


def _said(compared: Compared, tr: Translator) -> str:
    name = printable(compared.document_id)
    if compared.state == "missing":
        return tr("{document}: the original is missing", document=name)
    state = (
        tr("the original has changed")
        if compared.state == "changed"
        else tr("it is read otherwise now")
    )
    return tr(
        "{document}: {state}; it has {found} of {passages} passages word for word",
        document=name,
        state=state,
        found=compared.found,
        passages=compared.passages,
    )


def _engine(index: Path | None, collection: str | None) -> Engine:
    settings = Settings.load()
    return open_engine(index_of(index, collection, settings), None, settings)


def _given(index: Path | None, collection: str | None) -> Path:
    chosen = index_of(index, collection, Settings.load())
    if chosen is None:
        raise UsageError("say which index with --index DIR or --collection NAME")
    return chosen
