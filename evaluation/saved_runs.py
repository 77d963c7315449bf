"""Runs that are kept: what each question scored, without times: equal runs are equal files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation.errors import DatasetError
from evaluation.json_text import parse_json
from evaluation.question_records import Column
from evaluation.question_report import QuestionReport

_FORMAT: Final = "qa-eval run 1"
_GREATEST: Final = 1e9
"""More than any measure gives; not-a-number and infinity are not below it either."""


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


def run_text(report: QuestionReport) -> str:
    """A run as it is saved."""
    return json.dumps(run_record(report), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def save_run(path: Path, report: QuestionReport) -> None:
    """Write a run; raises `DatasetError` where that cannot be done."""
    try:
        path.write_text(run_text(report), encoding="utf-8")
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error


def load_run(path: Path) -> SavedRun:
    """Read a run; raises `DatasetError` for what `qa-eval run --save` did not write."""
    try:
        record = parse_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, DatasetError) as error:
        raise DatasetError(f"{path} is not a saved run: {error}") from error
    if not isinstance(record, dict) or record.get("format") != _FORMAT:
        raise DatasetError(f"{path} is not a saved run; make one with `qa-eval run --save`")
    try:
        run = saved_run(path.stem, record)
    except (KeyError, TypeError, AttributeError) as error:
        raise DatasetError(f"{path} is damaged ({error!r}); save the run again") from error
    problem = next(_problems(run), None)
    if problem is not None:
        raise DatasetError(f"{path} is damaged: {problem}; save the run again")
    return run


def saved_run(name: str, record: dict[str, Any]) -> SavedRun:
    """A run from what is kept of it."""
    return SavedRun(
        name=name,
        question_ids=tuple(record["question_ids"]),
        columns=tuple(Column(name, tuple(v)) for name, v in record["measures"].items()),
        questions_sha256=record["questions_sha256"],
        index_fingerprint=record["index_fingerprint"],
        settings=record["settings"],
    )


def _problems(run: SavedRun) -> Iterator[str]:
    if not all(isinstance(one, str) for one in run.question_ids):
        yield "an identifier of a question is no text"
    elif len(set(run.question_ids)) != len(run.question_ids):
        yield "an identifier of a question occurs twice"
    digests = (run.questions_sha256, run.index_fingerprint)
    if not all(isinstance(one, str) for one in digests) or not isinstance(run.settings, dict):
        yield "a digest is no text, or the settings are no object"
    for column in run.columns:
        if len(column.values) != len(run.question_ids):
            yield f"{column.measure} has not one value a question"
        elif not all(_is_value(value) for value in column.values):
            yield f"{column.measure} has a value that is neither a number nor null"


def _is_value(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return value is None or (isinstance(value, int | float) and abs(value) <= _GREATEST)
