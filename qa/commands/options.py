"""Options that several commands share, and the engine they choose."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.shell import interface, printable
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.models import Notice
    from qa.settings import Settings

INDEX_VARIABLE = "QA_INDEX"
COLLECTION_VARIABLE = "QA_COLLECTION"
EDIT_VARIABLE = "QA_ALLOW_EDIT"
_SHOWN = 10

IndexFolder = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="PLACE",
        envvar=INDEX_VARIABLE,
        help="An index made by `qa index`, in a folder or at opensearch://HOST:PORT/NAME; without"
        " it, the built-in corpus.",
    ),
]
Collection = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        envvar=COLLECTION_VARIABLE,
        help="Instead of --index, a course by its name.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


CorpusSource = Annotated[
    Path | None,
    typer.Option(
        "--corpus", metavar="SOURCE", help="A file or folder of documents, indexed in memory."
    ),
]


class UsageError(QAError):
    """Options that contradict one another, or none where one is needed."""


def index_of(
    index: Path | None, collection: str | None, settings: Settings, *, made: bool = True
) -> Path | None:
    """The index that was named, by its folder or as a collection; `made`: it must be there.

    Raises `UsageError`, `CollectionError`.
    """
    if collection is None:
        return index
    if index is not None:
        raise UsageError("give --index or --collection, not both")
    from qa.collections import collection_index, require_collection

    find = require_collection if made else collection_index
    return find(settings.collections_dir, collection)


def open_engine(index: Path | None, corpus: Path | None, settings: Settings) -> Engine:
    """The engine over an index, a source, or else the built-in corpus; raises `UsageError`."""
    if index is not None and corpus is not None:
        raise UsageError("give --index or --corpus, not both")
    if corpus is not None:
        from qa.engine import Engine

        with unreadable() as tell:
            return Engine.from_corpus(corpus, settings, on_unreadable=tell)
    if index is not None:
        from qa.engine import Engine

        return Engine.open(index, settings)
    from qa.builtin import open_builtin

    tr = interface()
    first = tr("Indexing the built-in corpus, once ...")
    return open_builtin(settings, on_build=lambda: say(first))


@contextmanager
def unreadable() -> Iterator[Callable[[Notice], None]]:
    """What to call with each file that is left out; stderr names them in the end."""
    failures: list[Notice] = []
    yield failures.append
    tr = interface()
    warn(tr("left out"), failures)


def warn(label: str, notices: Sequence[Notice]) -> None:
    """The first notices, one a line on stderr, and how many more there are."""
    tr = interface()
    said = [printable(notice.message) for notice in notices[:_SHOWN]]
    if len(notices) > _SHOWN:
        said.append(tr("and {count} more", count=len(notices) - _SHOWN))
    for one in said:
        say(tr("{label}: {value}", label=label, value=one))


def say(message: str) -> None:
    """A line for the person at the terminal, on stderr."""
    sys.stderr.write(f"{message}\n")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, to call with what is done and the total; none where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show


def print_json(value: object) -> None:
    """JSON on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a file that the user named; raises `QAError` where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise QAError(
            "{path}: {reason}; choose another place", path=path, reason=error.strerror or error
        ) from error
