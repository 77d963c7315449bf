"""What a session holds: it does not grow without end, and a removed run leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pytest

from evaluation.question_report import QuestionReport
from evaluation.saved_runs import run_text
from evaluation.ui.session import MOST_REPORTS, MOST_RUNS, MOST_SETS, EvaluationSession
from qa.engine import Engine
from qa.locale.translator import translator
from qa.ui.served import Served

ENGLISH = translator("en")


def do(key: Hashable, function: Callable[..., Any], /, *arguments: object) -> Any:
    return function(lambda done, total: None, *arguments)


@pytest.fixture
def documents(served: Path) -> Served:
    engine = Engine.open(served)
    return Served(served, engine.settings, engine.fingerprint)


@pytest.fixture
def session(documents: Served, questions_file: Path) -> EvaluationSession:
    """A session with a question set."""
    session = EvaluationSession()
    session.add_set("small.jsonl", questions_file.read_bytes(), documents, do)
    return session


def measure(session: EvaluationSession, documents: Served) -> tuple[int, QuestionReport]:
    run = session.measure(documents, "small.jsonl", do)
    assert run.report is not None
    return run.number, run.report


def test_only_the_last_reports_stay_whole(session: EvaluationSession, documents: Served) -> None:
    first, report = measure(session, documents)
    figures = session.drawn(first, report, ENGLISH)
    assert session.drawn(first, report, ENGLISH) is figures
    for _ in range(MOST_REPORTS):
        last, _ = measure(session, documents)
    whole = [number for number, run in session.runs.items() if run.report is not None]
    assert whole == list(range(2, MOST_REPORTS + 2))
    assert session.drawn(first, report, ENGLISH) is not figures
    assert session.compared(first, last)


def test_a_removed_run_leaves_nothing(session: EvaluationSession, documents: Served) -> None:
    (one, report), (two, _), (three, _) = (measure(session, documents) for _ in range(3))
    figures = session.drawn(one, report, ENGLISH)
    compared = {pair: session.compared(*pair) for pair in ((one, two), (two, three))}
    session.remove(one)
    assert list(session.runs) == [two, three]
    assert session.drawn(one, report, ENGLISH) is not figures
    with pytest.raises(KeyError):
        session.compared(one, two)
    assert session.compared(two, three) is compared[two, three]
    session.remove(one)


def test_the_oldest_sets_and_runs_give_way(
    session: EvaluationSession,
    documents: Served,
    questions_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = questions_file.read_bytes()
    for number in range(MOST_SETS):
        session.add_set(f"{number}.jsonl", data, documents, do)
    assert list(session.sets) == [f"{number}.jsonl" for number in range(MOST_SETS)]
    monkeypatch.setattr("evaluation.ui.session.MOST_SET_BYTES", 2 * len(data))
    session.add_set("3.jsonl", data, documents, do)
    assert list(session.sets) == [f"{MOST_SETS - 1}.jsonl", "3.jsonl"]
    report = session.measure(documents, "3.jsonl", do).report
    assert report is not None
    saved = run_text(report).encode()
    for number in range(MOST_RUNS):
        session.add_run(f"{number}.json", saved, documents, do)
    assert list(session.runs) == list(range(2, MOST_RUNS + 2))
