"""Plain baselines and the system side by side, on many sets in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.baselines import available_baselines, rank_with
from evaluation.beir import is_beir_folder
from evaluation.beir_report import measure_set
from evaluation.errors import DatasetError
from evaluation.records import RetrievalSet, mean
from evaluation.retrieval_measures import score_run
from evaluation.runner import Progress
from qa.settings import Settings

MEASURE = "nDCG@10"
SYSTEM = "this system"
_KEPT = (
    "queries",
    "judged",
    "R@100",
    "answer_hit",
    "extract_words",
    "abstention_auroc",
    "p50_ms",
    "p99_ms",
    "index_seconds",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One set: nDCG@10 by system, and what else was measured of this one."""

    dataset: str
    systems: tuple[tuple[str, float], ...]
    others: tuple[tuple[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """The row as `qa-eval table --json` prints it."""
        return {"dataset": self.dataset, MEASURE: dict(self.systems), **dict(self.others)}


def find_sets(folder: Path) -> tuple[Path, ...]:
    """The folders in BEIR layout directly below a folder, or itself, by name."""
    if is_beir_folder(folder):
        return (folder,)
    found = tuple(sorted(path for path in folder.glob("*/") if is_beir_folder(path)))
    if not found:
        raise DatasetError(
            "{folder}: no folder with corpus.jsonl, queries.jsonl and qrels in it", folder=folder
        )
    return found


def measure_row(
    dataset: RetrievalSet, settings: Settings, *, on_progress: Progress | None = None
) -> Row:
    """Measure one set with this system and every baseline that is installed."""
    systems = [
        (baseline.name, score_run(dataset.judgements, rank_with(baseline, dataset)).mean(MEASURE))
        for baseline in available_baselines()
    ]
    report = measure_set(dataset, settings, on_progress=on_progress)
    values = report.as_json()
    return Row(
        dataset=dataset.name,
        systems=(*systems, (SYSTEM, report.scores.mean(MEASURE))),
        others=tuple((name, values[name]) for name in _KEPT),
    )


def mean_row(rows: Sequence[Row]) -> tuple[tuple[str, float], ...]:
    """The unweighted mean over sets of each system's nDCG@10."""
    names = [name for name, _ in rows[0].systems] if rows else []
    return tuple((n, mean([dict(row.systems)[n] for row in rows]) or 0.0) for n in names)
