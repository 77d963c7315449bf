"""`qa ask`: a question, or a file of them, answered from the documents."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.filters import filters_from, require_known
from qa.commands.options import (
    AsJson,
    Collection,
    CorpusSource,
    IndexFolder,
    UsageError,
    index_of,
    open_engine,
    print_json,
)
from qa.settings import Caution, Settings

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.models import Filters


class _Language(StrEnum):
    fr = "fr"
    en = "en"


def ask(
    question: Annotated[
        str | None, typer.Argument(help="In French or English.", show_default=False)
    ] = None,
    index: IndexFolder = None,
    collection: Collection = None,
    corpus: CorpusSource = None,
    k: Annotated[int, typer.Option("-k", min=1, help="How many sources to show.")] = 5,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="One question a line, as text or as JSON with `question`, `id`, `history`;"
            " prints one JSON object a line. `-` reads standard input.",
        ),
    ] = None,
    caution: Annotated[
        Caution | None, typer.Option("--caution", help="When to say that nothing answers.")
    ] = None,
    language: Annotated[
        list[_Language] | None,
        typer.Option("--language", help="Only documents in this language."),
    ] = None,
    objective: Annotated[
        list[str] | None,
        typer.Option("--objective", metavar="CODE", help="Only this objective: OIC-202-03-B."),
    ] = None,
    item: Annotated[
        list[str] | None, typer.Option("--item", metavar="NUMBER", help="Only this item: 202.")
    ] = None,
    rank: Annotated[
        list[str] | None, typer.Option("--rank", metavar="A|B|C", help="Only this rank.")
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="ID", help="Only this document."),
    ] = None,
) -> None:
    """Answer a question with extracts of the documents, or say that they do not answer it."""
    if question is None and batch is None:
        raise UsageError("give a question, or --batch FILE; see `qa ask --help`")
    if question is not None and batch is not None:
        raise UsageError("give a question or --batch FILE, not both")
    settings = Settings.load(flags={"caution": caution})
    filters = filters_from(
        language=language, objective=objective, item=item, rank=rank, document=document
    )
    engine = open_engine(index_of(index, collection, settings), corpus, settings)
    require_known(filters, engine.index.catalogue)
    if batch is not None:
        _answer_batch(engine, batch, k, filters)
        return
    answer = engine.ask(question or "", k=k, filters=filters)
    if as_json:
        from qa.serialise import answer_to_json

        print_json(answer_to_json(answer))
        return
    from qa.commands.answer_view import print_answer

    print_answer(answer)


def _answer_batch(engine: Engine, batch: Path, k: int, filters: Filters) -> None:
    from qa.commands.batch import answer_batch, read_batch

    for line in answer_batch(engine, read_batch(batch), k, filters):
        sys.stdout.write(f"{line}\n")
