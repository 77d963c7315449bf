"""`qa-eval coverage`: does coverage tell what the documents have?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from evaluation.commands.common import Overrides, figure, print_table, read_documents, settings_with
from evaluation.coverage_calibration import Calibration, fit, samples
from evaluation.coverage_gold import measure_gold
from evaluation.coverage_hidden import measure_hidden_items, read_titles
from qa.builtin import corpus_path
from qa.commands.options import AsJson, UsageError, print_json, progress
from qa.coverage.objectives import Stated
from qa.engine import Engine
from qa.settings import Settings

_COLUMNS = (
    "objectives",
    "count",
    "with_page",
    "documents",
    "AUROC",
    "ECE",
    "precision_covered",
    "recall_covered",
    "precision_partly",
    "recall_partly",
)


def coverage(
    source: Annotated[
        Path | None,
        typer.Argument(help="A folder of objective pages, of which some items will be hidden."),
    ] = None,
    titles: Annotated[
        Path | None,
        typer.Option(
            "--titles", metavar="FILE", help="Titles in another language: {code: {title_fr, ...}}."
        ),
    ] = None,
    fitting: Annotated[
        bool, typer.Option("--fit", help="Fit how the confidence follows from the evidence.")
    ] = False,
    as_json: AsJson = False,
    overrides: Overrides = None,
) -> None:
    """Hide the pages of 30 % of the items and tell their objectives from the others; and compare
    the built-in corpus with a table made by hand.
    """
    settings = settings_with(overrides)
    if fitting:
        if source is None:
            raise UsageError("--fit needs a folder of objective pages")
        _print_fit(_fit(source, titles, settings), as_json=as_json)
        return
    report: dict[str, Any] = {"hidden": _hidden(source, titles, settings) if source else []}
    report["gold"] = measure_gold(Engine.from_corpus(corpus_path(), settings)).as_json()
    if as_json:
        print_json(report)
        return
    if report["hidden"]:
        print_table(_COLUMNS, [[figure(r[name]) for name in _COLUMNS] for r in report["hidden"]])
    gold = report["gold"]
    print_table(
        ("by hand", "cells", "agreement", "kappa"),
        [["", figure(gold["cells"]), figure(gold["agreement"]), figure(gold["kappa_linear"])]],
    )
    if gold["differ"]:
        print_table(
            ("objective", "document", "by hand", "found"),
            [
                [one[n] for n in ("objective", "document", "gold", "found")]
                for one in gold["differ"]
            ],
        )


def _fit(source: Path, titles: Path | None, settings: Settings) -> Calibration:
    pages = read_documents(source)
    with progress("Covering") as show:
        return fit(
            [
                sample
                for given in _titles(titles)
                for sample in samples(pages, settings, titles=given, on_progress=show)
            ]
        )


def _print_fit(found: Calibration, *, as_json: bool) -> None:
    if as_json:
        print_json(found.as_json())
        return
    print_table(
        ("items kept aside", "points", "AUROC", "ECE", "ECE in use"),
        [[quality.name, *map(figure, quality[1:])] for quality in found.qualities],
    )
    for name in ("slope", "shift", "growth"):
        sys.stdout.write(f"{name.upper()}: Final = {getattr(found, name)!r}\n")


def _titles(path: Path | None) -> list[dict[str, Stated] | None]:
    """The header fields of the pages, and the titles of a file where one is given."""
    return [None] if path is None else [None, read_titles(path)]


def _hidden(source: Path, titles: Path | None, settings: Settings) -> list[dict[str, Any]]:
    pages = read_documents(source)
    found = []
    for given in _titles(titles):
        with progress("Covering") as show:
            measured = measure_hidden_items(pages, settings, titles=given, on_progress=show)
        found.append(measured.as_json())
    return found
