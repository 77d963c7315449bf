"""What the evaluation page has done by worker processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from evaluation.errors import DatasetError, EvaluationError, QuestionSetError
from evaluation.exchange.reading import (
    FORMATS,
    SUFFIXES,
    Imported,
    import_questions,
    require_at_most,
)
from evaluation.question_report import QuestionReport, measure_questions
from evaluation.question_set import BUILT_IN, QuestionSet, load_questions
from evaluation.saved_runs import SavedRun, load_run
from qa.engine import Engine
from qa.locale.message import Message
from qa.ui.served import Served
from qa.workers import Tell

_MOST_PROBLEMS: Final = 1000
"""Lines of a file that are named as malformed: more are no help, and take memory."""
Read = TypeVar("Read")


def read_set(_tell: Tell, served: Served, name: str, data: bytes) -> Imported:
    """The question set in an upload; raises `QAError`."""
    try:
        return read_questions(name, data, served.open(), most=served.settings.work.work_questions)
    except QuestionSetError as error:
        raise QuestionSetError(error.problems[:_MOST_PROBLEMS]) from None


def read_saved(_tell: Tell, served: Served, name: str, data: bytes) -> SavedRun:
    """The run in an upload; raises `DatasetError`."""
    return read_run(name, data, most=served.settings.work.work_questions)


def measure(tell: Tell, served: Served, questions: QuestionSet | None) -> QuestionReport:
    """The report on a question set, or else on the built-in one; raises `QAError`."""
    engine = served.open()
    asked = load_questions(BUILT_IN, engine) if questions is None else questions
    tell(0, len(asked.questions))
    return measure_questions(engine, asked, on_progress=tell)


def read_questions(name: str, data: bytes, engine: Engine, *, most: int | None = None) -> Imported:
    """The question set in an upload; raises `QuestionSetError` or `DatasetError`."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise DatasetError(
            "{name}: unknown format {suffix!r}; known are {formats}",
            name=name,
            suffix=suffix,
            formats=FORMATS,
        )
    found = _from_file(name, suffix, data, lambda path: import_questions(path, engine, most=most))
    return found._replace(questions=replace(found.questions, name=PurePath(name).stem))


def read_run(name: str, data: bytes, *, most: int | None = None) -> SavedRun:
    """The run in an upload; raises `DatasetError`."""
    run = _from_file(name, ".json", data, load_run)
    require_at_most(most, len(run.question_ids), Path(name))
    return replace(run, name=PurePath(name).stem)


def _from_file(name: str, suffix: str, data: bytes, read: Callable[[Path], Read]) -> Read:
    """Read an upload from a file of its own; messages name it as its owner does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix}"
        path.write_bytes(data)
        try:
            return read(path)
        except EvaluationError as error:
            _rename(error, str(path), name)
            raise


def _rename(message: Message, path: str, name: str) -> None:
    for problem in message.problems if isinstance(message, QuestionSetError) else ():
        _rename(problem, path, name)
    for hole, value in message.values.items():
        if isinstance(value, Message):
            _rename(value, path, name)
        elif path in str(value):
            message.values[hole] = str(value).replace(path, name)
