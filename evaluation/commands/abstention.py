"""`qa-eval abstention`: does the confidence know what the documents cannot answer?"""

from __future__ import annotations

from evaluation.abstention_report import measure_hidden, measure_labelled
from evaluation.commands.common import (
    Folders,
    Limit,
    Overrides,
    each_set,
    figure,
    print_table,
    settings_with,
)
from qa.commands.options import AsJson, print_json

_COLUMNS = (
    "questions",
    "answerable",
    "AUROC",
    "AURC",
    "ECE",
    "answered_with_answer",
    "answered_without_answer",
)
_COVERAGES = ("0.10", "0.25", "0.50", "0.75", "1.00")


def abstention(
    folders: Folders,
    as_json: AsJson = False,
    limit: Limit = None,
    overrides: Overrides = None,
) -> None:
    """Hide half of the relevant documents: AUROC of the confidence, risk-coverage curve."""
    settings = settings_with(overrides)
    found = []
    for dataset, show in each_set(folders, limit):
        for measure in (measure_hidden, measure_labelled):
            report = measure(dataset, settings, on_progress=show)
            if report is not None:
                found.append({"dataset": dataset.name, **report.as_json()})
    if as_json:
        print_json(found)
        return
    header = ["set", "labels", *_COLUMNS, *(f"risk at {c}" for c in _COVERAGES)]
    rows = [
        [
            one["dataset"],
            one["labels"],
            *(figure(one[name]) for name in _COLUMNS),
            *(figure(one["risk_at_coverage"].get(c)) for c in _COVERAGES),
        ]
        for one in found
    ]
    print_table(header, rows)
