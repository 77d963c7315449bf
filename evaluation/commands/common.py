"""What the commands share besides what those of `qa` do: options, sets, tables on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from evaluation.beir import load_beir
from evaluation.records import RetrievalSet
from evaluation.runs import Progress
from qa.commands.options import progress, unreadable
from qa.errors import SettingsError
from qa.models import Document
from qa.reading import load_corpus
from qa.settings import Settings

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
            raise SettingsError("--set {override}: expected NAME=VALUE", override=override)
        flags[name.strip()] = value.strip()
    return Settings.load(flags=flags)


def load_set(folder: Path, *, limit: int | None = None) -> RetrievalSet:
    """The set in a folder; what is unusual in it is told on stderr. Raises `DatasetError`."""
    dataset = load_beir(folder, limit=limit)
    for remark in dataset.remarks:
        sys.stderr.write(f"warning: {remark}\n")
    return dataset


def each_set(folders: Iterable[Path], limit: int | None) -> Iterator[tuple[RetrievalSet, Progress]]:
    """The sets of some folders, one after the other, and what shows how far each is measured."""
    for folder in folders:
        dataset = load_set(folder, limit=limit)
        with progress(dataset.name) as show:
            yield dataset, show


def read_documents(source: Path) -> tuple[Document, ...]:
    """The documents of a source; files that cannot be read are named on stderr."""
    with unreadable() as tell:
        return load_corpus(source, on_unreadable=tell)


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


def print_records(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> None:
    """Print the same of records, by the names of their values."""
    print_table(columns, [[figure(record[name]) for name in columns] for record in records])


def figure(value: Any) -> str:
    """A value as a table shows it."""
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
