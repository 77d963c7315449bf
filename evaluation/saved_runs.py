"""Runs that are kept: what each question scored, without times: equal runs are equal files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from evaluation.errors import DatasetError
from evaluation.jsonlines import named_errors, parse_json
from evaluation.question_report import QuestionReport

Value = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]
"""Any measure is within."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRun:
    """A run as it is kept in a file; it is compared by its measures, one value a question."""

    format: Literal["qa-eval run 1"]
    name: str = ""
    questions_sha256: str
    index_fingerprint: str
    settings: dict[str, Any]
    libraries: dict[str, str] = field(default_factory=dict)
    question_ids: tuple[str, ...]
    confidence: tuple[float, ...] = ()
    answered: tuple[bool, ...] = ()
    passages: tuple[tuple[str, ...], ...] = ()
    measures: dict[str, tuple[Value | None, ...]]


def saved_run(report: QuestionReport) -> SavedRun:
    """What is kept of a run."""
    return SavedRun(
        format="qa-eval run 1",
        name=report.questions.name,
        questions_sha256=report.questions.sha256,
        **report.provenance,
        question_ids=tuple(outcome.question.id for outcome in report.outcomes),
        confidence=tuple(outcome.confidence for outcome in report.outcomes),
        answered=tuple(outcome.answered for outcome in report.outcomes),
        passages=tuple(tuple(p.document_id for p in o.passages) for o in report.outcomes),
        measures={column.measure: column.values for column in report.columns},
    )


def run_text(report: QuestionReport) -> str:
    """A run as it is saved."""
    written = msgspec.json.encode(saved_run(report), order="sorted")
    return msgspec.json.format(written, indent=1).decode() + "\n"


def load_run(path: Path) -> SavedRun:
    """Read a run, named as its file; raises `DatasetError` for what was not saved as one."""
    with named_errors(path):
        data = path.read_bytes()
    try:
        run = msgspec.convert(parse_json(data.decode()), SavedRun)
    except (DatasetError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise DatasetError(
            "{path} is not a saved run ({error}); make one with `qa-eval run --save`",
            path=path,
            error=error,
        ) from error
    repeated = [name for name, times in Counter(run.question_ids).items() if times > 1]
    if repeated:
        raise DatasetError(
            "{path} is damaged: {id!r} occurs twice; save the run again", path=path, id=repeated[0]
        )
    for measure, values in run.measures.items():
        if len(values) != len(run.question_ids):
            raise DatasetError(
                "{path} is damaged: {measure} has not one value a question; save the run again",
                path=path,
                measure=measure,
            )
    return replace(run, name=path.stem)
