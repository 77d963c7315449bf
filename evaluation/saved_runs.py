"""Runs on disk: what each question scored, without times, so that equal runs are equal files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation.errors import DatasetError
from evaluation.question_records import Column
from evaluation.question_report import QuestionReport

_FORMAT: Final = "qa-eval run 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRun:
    """A run as `qa-eval compare` needs it."""

    name: str
    question_ids: tuple[str, ...]
    columns: tuple[Column, ...]
    questions_sha256: str
    index_fingerprint: str
    settings: dict[str, Any]


def run_record(report: QuestionReport) -> dict[str, Any]:
    """What is kept of a run."""
    return {
        "format": _FORMAT,
        "questions_sha256": report.questions.sha256,
        **report.provenance,
        "question_ids": [outcome.question.id for outcome in report.outcomes],
        "confidence": report.confidences,
        "answered": [outcome.answered for outcome in report.outcomes],
        "passages": [[p.document_id for p in o.passages] for o in report.outcomes],
        "measures": {column.measure: list(column.values) for column in report.columns},
    }


def save_run(path: Path, report: QuestionReport) -> None:
    """Write a run; raises `DatasetError` where that cannot be done."""
    text = json.dumps(run_record(report), ensure_ascii=False, indent=1, sort_keys=True)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error


def load_run(path: Path) -> SavedRun:
    """Read a run; raises `DatasetError` for what `qa-eval run --save` did not write."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DatasetError(f"{path} is not a saved run ({error})") from error
    if not isinstance(record, dict) or record.get("format") != _FORMAT:
        raise DatasetError(f"{path} is not a saved run; make one with `qa-eval run --save`")
    try:
        run = SavedRun(
            name=path.stem,
            question_ids=tuple(record["question_ids"]),
            columns=tuple(Column(name, tuple(v)) for name, v in record["measures"].items()),
            questions_sha256=record["questions_sha256"],
            index_fingerprint=record["index_fingerprint"],
            settings=record["settings"],
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DatasetError(f"{path} is damaged ({error!r}); save the run again") from error
    if any(len(column.values) != len(run.question_ids) for column in run.columns):
        raise DatasetError(f"{path} is damaged: a measure has not one value a question")
    return run
