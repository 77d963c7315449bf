"""Options that several commands share, and the engine they choose."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.shell import printable
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.models import Notice
    from qa.settings import Settings

INDEX_VARIABLE = "QA_INDEX"
_SHOWN = 10

IndexFolder = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        envvar=INDEX_VARIABLE,
        help="An index made by `qa index`; without it, the built-in corpus.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


class UsageError(QAError):
    """Options that contradict one another, or none where one is needed."""


def open_engine(index: Path | None, corpus: Path | None, settings: Settings) -> Engine:
    """The engine over an index, a source, or else the built-in corpus."""
    if corpus is not None:
        from qa.engine import Engine

        with unreadable() as tell:
            return Engine.from_corpus(corpus, settings, on_unreadable=tell)
    if index is not None:
        from qa.engine import Engine

        return Engine.open(index, settings)
    from qa.builtin import open_builtin

    return open_builtin(settings, on_build=lambda: say("Indexing the built-in corpus, once ..."))


@contextmanager
def unreadable() -> Iterator[Callable[[Notice], None]]:
    """What to call with each file that is left out; stderr names them in the end."""
    failures: list[Notice] = []
    yield failures.append
    warn("left out", failures)


def warn(label: str, notices: Sequence[Notice]) -> None:
    """The first notices, one a line on stderr, and how many more there are."""
    for notice in notices[:_SHOWN]:
        say(f"{label}: {printable(notice.message)}")
    if len(notices) > _SHOWN:
        say(f"{label}: and {len(notices) - _SHOWN} more")


def say(message: str) -> None:
    """A line for the person at the terminal, on stderr."""
    sys.stderr.write(f"{message}\n")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, to call with what is done and the total; none where nobody looks."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
