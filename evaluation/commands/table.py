"""`qa-eval table`: this system next to baselines on many sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from evaluation.commands.common import (
    AsMarkdown,
    Limit,
    Overrides,
    each_set,
    figure,
    print_table,
    settings_with,
)
from evaluation.table import MEASURE, Row, find_sets, mean_row, measure_row
from qa.commands.options import AsJson, print_json

_OTHERS = ("answer_hit", "extract_words", "abstention_auroc", "p50_ms", "p99_ms")


def table(
    folder: Annotated[Path, typer.Argument(help="Folder of folders in BEIR layout.")],
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    limit: Limit = None,
    overrides: Overrides = None,
) -> None:
    """Compare nDCG@10 with plain TF-IDF and BM25, measured in the same run."""
    settings = settings_with(overrides)
    rows = [
        measure_row(dataset, settings, on_progress=show)
        for dataset, show in each_set(find_sets(folder), limit)
    ]
    if as_json:
        print_json([row.as_json() for row in rows])
        return
    means = mean_row(rows)
    header = ["set", *(f"{MEASURE} {name}" for name, _ in means), *_OTHERS]
    last = ["mean", *(figure(value) for _, value in means), *("" for _ in _OTHERS)]
    print_table(header, [*map(_cells, rows), last], markdown=as_markdown)


def _cells(row: Row) -> list[str]:
    others: dict[str, Any] = dict(row.others)
    return [
        row.dataset,
        *(figure(value) for _, value in row.systems),
        *(figure(others[name]) for name in _OTHERS),
    ]
