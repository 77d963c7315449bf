"""What a session holds: it does not grow without end, and a removed run leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.ui.lab import MOST_REPORTS, Lab
from qa.engine import Engine
from qa.locale.translator import ENGLISH


def no_progress(done: int, total: int) -> None: ...


@pytest.fixture
def lab(engine: Engine, questions_file: Path) -> Lab:
    """A session that has measured two more runs than it keeps whole."""
    lab = Lab()
    lab.add_set("small.jsonl", questions_file.read_bytes(), engine)
    for _ in range(MOST_REPORTS + 2):
        run = lab.measure(engine, "small.jsonl", no_progress)
        assert run.report is not None
        lab.drawn(run.number, run.report, ENGLISH)
    return lab


def test_only_the_last_reports_stay_whole(lab: Lab) -> None:
    whole = [number for number, run in lab.runs.items() if run.report is not None]
    assert whole == list(range(3, MOST_REPORTS + 3))
    assert {number for number, _ in lab._drawn} == set(whole)
    assert len(lab.runs) == MOST_REPORTS + 2
    assert lab.compared(1, MOST_REPORTS + 2)


def test_a_removed_run_leaves_nothing(lab: Lab) -> None:
    lab.compared(3, 4)
    lab.compared(5, 6)
    lab.remove(4)
    assert 4 not in lab.runs
    assert 4 not in {number for number, _ in lab._drawn}
    assert set(lab._compared) == {(5, 6)}
    lab.remove(4)
