"""`qa-eval beir`: retrieval sets in BEIR layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evaluation.beir_report import measure_set, retrieved_lines
from evaluation.commands.common import (
    Depth,
    Folders,
    Limit,
    Overrides,
    each_set,
    print_records,
    settings_with,
)
from evaluation.trec import require_writable, write_run
from qa.commands.options import AsJson, UsageError, print_json

_COLUMNS = (
    "dataset",
    "queries",
    "nDCG@10",
    "R@100",
    "RR@10",
    "Success@1",
    "answer_hit",
    "answer_hit_shown",
    "abstention_auroc",
    "extract_words",
    "index_seconds",
    "p50_ms",
    "p99_ms",
)


def beir(
    folders: Folders,
    as_json: AsJson = False,
    run: Annotated[
        Path | None, typer.Option("--run", help="Write the ranking as a TREC run (one folder).")
    ] = None,
    k: Depth = 100,
    limit: Limit = None,
    index: Annotated[
        str | None,
        typer.Option(
            "--index",
            metavar="ADDRESS",
            help="Send the index to opensearch://HOST:PORT/NAME and ask it there.",
        ),
    ] = None,
    overrides: Overrides = None,
) -> None:
    """Measure retrieval, extracts and abstention on sets in BEIR layout."""
    if run is not None and len(folders) > 1:
        raise UsageError("a run file holds the ranking of one folder")
    settings = settings_with(overrides)
    reports = []
    for dataset, show in each_set(folders, limit):
        if run is not None:
            ids = [
                *(query.id for query in dataset.queries),
                *(document.id for document in dataset.documents),
            ]
            require_writable(run, ids)
        report = measure_set(dataset, settings, k=k, place=index, on_progress=show)
        reports.append(report.as_json())
        if run is not None:
            write_run(run, retrieved_lines(report.outcomes))
    if as_json:
        print_json(reports[0] if len(reports) == 1 else reports)
        return
    print_records(_COLUMNS, reports)
