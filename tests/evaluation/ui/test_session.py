"""What a session holds: it does not grow without end, and a removed run leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.question_report import QuestionReport
from evaluation.ui.session import MOST_REPORTS, EvaluationSession
from qa.engine import Engine
from qa.locale.translator import translator

ENGLISH = translator("en")


def no_progress(done: int, total: int) -> None: ...


@pytest.fixture
def session(engine: Engine, questions_file: Path) -> EvaluationSession:
    """A session with a question set."""
    session = EvaluationSession()
    session.add_set("small.jsonl", questions_file.read_bytes(), engine)
    return session


def measure(session: EvaluationSession, engine: Engine) -> tuple[int, QuestionReport]:
    run = session.measure(engine, "small.jsonl", no_progress)
    assert run.report is not None
    return run.number, run.report


def test_only_the_last_reports_stay_whole(session: EvaluationSession, engine: Engine) -> None:
    first, report = measure(session, engine)
    figures = session.drawn(first, report, ENGLISH)
    assert session.drawn(first, report, ENGLISH) is figures
    for _ in range(MOST_REPORTS):
        last, _ = measure(session, engine)
    whole = [number for number, run in session.runs.items() if run.report is not None]
    assert whole == list(range(2, MOST_REPORTS + 2))
    assert session.drawn(first, report, ENGLISH) is not figures
    assert session.compared(first, last)


def test_a_removed_run_leaves_nothing(session: EvaluationSession, engine: Engine) -> None:
    (one, report), (two, _), (three, _) = (measure(session, engine) for _ in range(3))
    figures = session.drawn(one, report, ENGLISH)
    compared = {pair: session.compared(*pair) for pair in ((one, two), (two, three))}
    session.remove(one)
    assert list(session.runs) == [two, three]
    assert session.drawn(one, report, ENGLISH) is not figures
    with pytest.raises(KeyError):
        session.compared(one, two)
    assert session.compared(two, three) is compared[two, three]
    session.remove(one)
