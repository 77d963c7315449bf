"""What a session holds: it does not grow without end, and a removed run leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.question_report import QuestionReport
from evaluation.ui.lab import MOST_REPORTS, Lab
from qa.engine import Engine


def no_progress(done: int, total: int) -> None: ...


@pytest.fixture
def lab(engine: Engine, questions_file: Path) -> Lab:
    """A session with a question set."""
    lab = Lab()
    lab.add_set("small.jsonl", questions_file.read_bytes(), engine)
    return lab


def measure(lab: Lab, engine: Engine) -> tuple[int, QuestionReport]:
    run = lab.measure(engine, "small.jsonl", no_progress)
    assert run.report is not None
    return run.number, run.report


def test_only_the_last_reports_stay_whole(lab: Lab, engine: Engine) -> None:
    first, report = measure(lab, engine)
    figures = lab.drawn(first, report, "en")
    assert lab.drawn(first, report, "en") is figures
    for _ in range(MOST_REPORTS):
        last, _ = measure(lab, engine)
    whole = [number for number, run in lab.runs.items() if run.report is not None]
    assert whole == list(range(2, MOST_REPORTS + 2))
    assert lab.drawn(first, report, "en") is not figures
    assert lab.compared(first, last)


def test_a_removed_run_leaves_nothing(lab: Lab, engine: Engine) -> None:
    (one, report), (two, _), (three, _) = (measure(lab, engine) for _ in range(3))
    figures = lab.drawn(one, report, "en")
    compared = {pair: lab.compared(*pair) for pair in ((one, two), (two, three))}
    lab.remove(one)
    assert list(lab.runs) == [two, three]
    assert lab.drawn(one, report, "en") is not figures
    with pytest.raises(KeyError):
        lab.compared(one, two)
    assert lab.compared(two, three) is compared[two, three]
    lab.remove(one)
