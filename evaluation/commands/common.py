"""What the commands share: options, progress on stderr, output on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress as Bar

from evaluation.beir import load_beir
from evaluation.errors import EvaluationError
from evaluation.records import RetrievalSet
from evaluation.runner import Progress
from qa.commands.options import unreadable
from qa.errors import SettingsError
from qa.models import Document
from qa.reading import load_corpus
from qa.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Change a setting; may be repeated."),
]
Limit = Annotated[
    int | None, typer.Option("--limit", min=1, help="Ask only the first N questions.")
]
Depth = Annotated[int, typer.Option("-k", min=1, help="Documents to rank for each question.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print a Markdown table.")]
Folders = Annotated[list[Path], typer.Argument(help="Folders in BEIR layout.", show_default=False)]


def settings_with(overrides: Sequence[str] | None) -> Settings:
    """The settings of the user with `NAME=VALUE` changes; raises `SettingsError`."""
    flags: dict[str, str] = {}
    for override in overrides or ():
        name, separator, value = override.partition("=")
        if not separator:
            raise SettingsError(f"--set {override}: expected NAME=VALUE")
        flags[name.strip()] = value.strip()
    return Settings.load(flags=flags)


def load_set(folder: Path, *, limit: int | None = None) -> RetrievalSet:
    """The set in a folder; what is unusual in it is told on stderr. Raises `DatasetError`."""
    dataset = load_beir(folder, limit=limit)
    for remark in dataset.remarks:
        sys.stderr.write(f"warning: {remark}\n")
    return dataset


def read_documents(source: Path) -> tuple[Document, ...]:
    """The documents of a source; files that cannot be read are named on stderr."""
    with unreadable() as tell:
        return load_corpus(source, on_unreadable=tell)


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A progress bar on stderr; silent where stderr is not a terminal."""
    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show


def print_json(report: Any) -> None:
    """Print a report as JSON."""
    json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def write_page(path: Path, page: str) -> None:
    """Write a page; raises `EvaluationError` where that cannot be done."""
    try:
        path.write_text(page, encoding="utf-8", newline="")
    except OSError as error:
        raise EvaluationError(f"{path}: {error.strerror or error}") from error


def print_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool = False
) -> None:
    """Print a table in aligned columns; the first column is text, the others are figures."""
    lines = [list(header), *map(list, rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(header))]
    if markdown:
        rule = [
            ":" + "-" * (width - 1) if not place else "-" * (width - 1) + ":"
            for place, width in enumerate(widths)
        ]
        lines.insert(1, rule)
    for line in lines:
        cells = [
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        text = "| " + " | ".join(cells) + " |" if markdown else "  ".join(cells)
        sys.stdout.write(text.rstrip() + "\n")


def figure(value: Any) -> str:
    """A value as a table shows it."""
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
