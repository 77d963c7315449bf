"""What the evaluation page has done by worker processes."""

from __future__ import annotations

from typing import Final

from evaluation.errors import QuestionSetError
from evaluation.exchange.reading import Imported
from evaluation.question_report import QuestionReport, measure_questions
from evaluation.question_set import BUILT_IN, QuestionSet, load_questions
from evaluation.saved_runs import SavedRun
from evaluation.ui.uploads import read_questions, read_run
from qa.ui.served import Served
from qa.workers import Tell

_MOST_PROBLEMS: Final = 1000
"""Lines of a file that are named as malformed: more are no help, and take memory."""


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
