"""Rows that a fit rests on, in files that come along, so that it needs nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from evaluation.errors import DatasetError


def read_csv(path: Path, columns: Sequence[str], command: str) -> list[list[str]]:
    """The rows of a file with these columns; raises `DatasetError`, which names what makes it."""
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    if names != list(columns):
        raise DatasetError(
            "{path} has the columns {found}; fit again with `{command}`",
            path=path,
            found=", ".join(names),
            command=command,
        )
    return rows


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as `read_csv` takes them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
