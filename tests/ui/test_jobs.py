"""Work of visitors: in line, shared, stopped when nobody waits, within limits."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.errors import ObjectivesError, WorkError
from qa.ui.jobs import Queue, Work
from qa.workers import Limits, Tell

ROOMY = Limits(seconds=60, megabytes=500)
BEAT = 0.05


def through(tell: Tell, gate: Path) -> str:
    """Waits until somebody writes."""
    tell(1, 3)
    return gate.read_text()


def abs_of(_tell: Tell, number: int) -> int:
    return abs(number)


def refuse(_tell: Tell) -> None:
    raise ObjectivesError("not like this")


def fill(_tell: Tell) -> bytes:
    return bytes(10**9)


def spin(_tell: Tell) -> None:
    math.factorial(10**7)


def crash(_tell: Tell) -> None:
    os._exit(3)


def outcome(work: Work[Any]) -> Any:
    while not work.wait(BEAT):
        pass
    return work.outcome()


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "gate")
    return tmp_path / "gate"


def test_equal_work_is_done_once_and_the_rest_waits_in_line(gate: Path) -> None:
    queue = Queue(1, ROOMY)
    first = queue.work("one", through, gate)
    second, third = queue.work("two", abs_of, -2), queue.work("three", abs_of, -3)
    assert queue.work("one", through, gate) is first
    assert (first.ahead, second.ahead, third.ahead) == (0, 1, 2)
    while not (first.wait(BEAT) or first.progress.done):
        second.wait(0)
    assert first.progress == (1, 3)
    gate.write_text("written")
    assert outcome(first) == "written"
    assert [outcome(second), outcome(third)] == [2, 3]
    assert queue.work("one", through, gate) is first


def test_what_nobody_waits_for_makes_way(gate: Path) -> None:
    queue = Queue(1, ROOMY, patience=0.2)
    left, left_in_line = queue.work(1, through, gate), queue.work(2, through, gate)
    assert outcome(queue.work(3, abs_of, -4)) == 4
    for work in (left, left_in_line):
        with pytest.raises(WorkError, match="its page was left"):
            outcome(work)
    assert queue.work(1, through, gate) is not left


@pytest.mark.parametrize(
    ("function", "limits", "message"),
    [
        (refuse, ROOMY, "not like this"),
        (spin, Limits(seconds=0.05, megabytes=500), r"stopped after 0\.05 s"),
        (fill, Limits(seconds=60, megabytes=200), "stopped at 200 MB"),
        (crash, ROOMY, r"crashed \(exit code 3\)"),
    ],
)
def test_what_stops_work_is_told_to_all_who_wait(
    function: Callable[..., None], limits: Limits, message: str
) -> None:
    queue = Queue(1, limits)
    work = queue.work("it", function)
    depths = set()
    for _ in range(2):
        with pytest.raises((ObjectivesError, WorkError), match=message) as caught:
            outcome(work)
        depths.add(len(caught.traceback))
    assert len(depths) == 1, "the frames of those who wait are held"
    assert outcome(queue.work("other", abs_of, -1)) == 1
    assert queue.work("it", function) is not work


def test_a_full_line_takes_no_more(gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.ui.jobs._MOST_IN_LINE", 2)
    queue = Queue(1, ROOMY)
    works = [queue.work(number, through, gate) for number in range(2)]
    with pytest.raises(WorkError, match="too much is waiting"):
        queue.work(2, abs_of, 0)
    for work in works:
        gate.write_text("on")
        assert outcome(work) == "on"
