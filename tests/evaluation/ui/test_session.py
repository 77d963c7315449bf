"""What a session holds: it does not grow without end, and a removed run leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.ui.session import MOST_REPORTS, EvaluationSession
from qa.engine import Engine
from qa.locale.translator import ENGLISH


def no_progress(done: int, total: int) -> None: ...


@pytest.fixture
def session(engine: Engine, questions_file: Path) -> EvaluationSession:
    """A session that has measured two more runs than it keeps whole."""
    session = EvaluationSession()
    session.add_set("small.jsonl", questions_file.read_bytes(), engine)
    for _ in range(MOST_REPORTS + 2):
        run = session.measure(engine, "small.jsonl", no_progress)
        assert run.report is not None
        session.drawn(run.number, run.report, ENGLISH)
    return session


def test_only_the_last_reports_stay_whole(session: EvaluationSession) -> None:
    whole = [number for number, run in session.runs.items() if run.report is not None]
    assert whole == list(range(3, MOST_REPORTS + 3))
    assert {number for number, _ in session._drawn} == set(whole)
    assert len(session.runs) == MOST_REPORTS + 2
    assert session.compared(1, MOST_REPORTS + 2)


def test_a_removed_run_leaves_nothing(session: EvaluationSession) -> None:
    session.compared(3, 4)
    session.compared(5, 6)
    session.remove(4)
    assert 4 not in session.runs
    assert 4 not in {number for number, _ in session._drawn}
    assert set(session._compared) == {(5, 6)}
    session.remove(4)
