"""`qa ask`: a question, or a file of them, answered from the documents."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

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
)
from qa.errors import UnknownDocumentError
from qa.settings import Caution, Settings

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.index.contracts import Texts
    from qa.models import Filters

app = typer.Typer(add_completion=False)


_ITEM: Final = re.compile(r"[0-9]{1,3}")
_RANKS: Final = ("A", "B", "C")


class _Language(StrEnum):
    fr = "fr"
    en = "en"


@app.command()
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


def filters_from(
    *,
    language: Sequence[str] | None = None,
    objective: Sequence[str] | None = None,
    item: Sequence[str] | None = None,
    rank: Sequence[str] | None = None,
    document: Sequence[str] | None = None,
) -> Filters:
    """The filters that these options stand for; raises `UsageError` for a malformed value."""
    from qa.models import Filters

    return Filters(
        language=tuple(map(str, language or ())),
        objective=tuple(code.strip().upper() for code in objective or ()),
        item=tuple(map(_item, item or ())),
        rank=tuple(map(_rank, rank or ())),
        document=tuple(document or ()),
    )


def require_known(filters: Filters, texts: Texts) -> None:
    """Raise where a document or an objective is named that the index does not have.

    An item, a rank or a language without documents is no error: there is then nothing to find.
    """
    for document_id in filters.document:
        if not texts.has_document(document_id):
            raise UnknownDocumentError(
                "no such document: {document_id!r}; `qa documents list` names them all",
                document_id=document_id,
            )
    for code in filters.objective:
        if not texts.has_objective(code):
            raise UsageError(
                "no such objective: no document is about {code!r}; `qa documents list` names"
                " the objectives, such as OIC-202-03-B",
                code=code,
            )


def _item(text: str) -> str:
    if not _ITEM.fullmatch(text.strip()):
        raise UsageError(
            "--item is {text!r}; expected a number of up to three digits, as 202", text=text
        )
    return text.strip().zfill(3)


def _rank(text: str) -> str:
    if text.strip().upper() not in _RANKS:
        raise UsageError("--rank is {text!r}; expected A, B or C", text=text)
    return text.strip().upper()
