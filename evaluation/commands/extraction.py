"""`qa-eval extraction`: what the readers get out of real files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.common import figure, print_table
from evaluation.extraction import GOLD, describe_files, measure_extraction
from qa.commands.options import AsJson, print_json, progress


def extraction(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help=f"Pages with their gold texts ({GOLD}), or any files."),
    ],
    as_json: AsJson = False,
) -> None:
    """Token F1 of the text of web pages; of other files, what was read or why not."""
    if not (folder / GOLD).is_file():
        rows = list(describe_files(folder))
        if as_json:
            print_json(dict(rows))
        else:
            print_table(["file", "read"], rows)
        return
    with progress(folder.name) as show:
        report = measure_extraction(folder, on_progress=show).as_json()
    if as_json:
        print_json(report)
        return
    names = ("pages", "precision", "recall", "F1")
    print_table(["set", *names], [[folder.name, *(figure(report[name]) for name in names)]])
