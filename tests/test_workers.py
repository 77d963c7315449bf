"""Work in processes of its own: order, limits, and what a process does not survive."""

from __future__ import annotations

import ctypes
import math
import os
import time
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from qa.errors import SourceNotFoundError, UnreadableDocumentError
from qa.reading import find_files
from qa.workers import Limits, Stopped, Workers

ROOMY = Limits(seconds=60, megabytes=500)


def test_results_come_in_the_order_of_the_tasks() -> None:
    tasks = [(number, 2) for number in range(500)]
    with Workers(3, ROOMY) as workers:
        assert list(workers.map(pow, tasks)) == [number**2 for number in range(500)]
        assert list(workers.map(math.sqrt, [(4,), (9,)])) == [2, 3]
        assert list(workers.map(pow, [])) == []


def test_tasks_and_results_may_be_larger_than_what_is_sent_at_once() -> None:
    with Workers(2, ROOMY) as workers:
        lengths = [len(one) for one in workers.map(str.upper, [("x" * 3_000_000,)] * 20)]
    assert lengths == [3_000_000] * 20


@pytest.mark.parametrize(
    ("function", "argument", "limits", "stopped"),
    [
        (time.sleep, 60, Limits(seconds=0.05, megabytes=500), Stopped("time")),
        (sum, repeat(1), Limits(seconds=0.05, megabytes=500), Stopped("time")),
        (bytearray, 10**9, Limits(seconds=60, megabytes=200), Stopped("memory")),
        (ctypes.string_at, 0, ROOMY, Stopped("crash", "SIGSEGV")),
        (os._exit, 3, ROOMY, Stopped("crash", "exit code 3")),
        (math.sqrt, -1, ROOMY, Stopped("crash", "ValueError: math domain error")),
    ],
)
def test_what_a_process_does_not_survive_is_the_outcome_of_its_task_alone(
    function: Callable[..., Any], argument: object, limits: Limits, stopped: Stopped
) -> None:
    with Workers(1, limits) as workers:
        (outcome,) = workers.map(function, [(argument,)])
        assert outcome == stopped
        assert list(workers.map(abs, [(-1,)])) == [1]


def test_the_tasks_behind_one_that_crashed_are_done() -> None:
    tasks = [(1,), (-1,), (4,), (9,), (-9,), (16,)]
    with Workers(1, ROOMY) as workers:
        outcomes = list(workers.map(math.sqrt, tasks))
    assert [one for one in outcomes if not isinstance(one, Stopped)] == [1, 2, 3, 4]


def test_an_error_for_the_user_comes_through_with_its_values(tmp_path: Path) -> None:
    with Workers(1, ROOMY) as workers:
        (outcome,) = workers.map(find_files, [(tmp_path / "nowhere",)])
    assert isinstance(outcome, SourceNotFoundError)
    assert outcome.values == {"source": tmp_path / "nowhere"}


def refuse_with_what_cannot_be_sent() -> None:
    raise UnreadableDocumentError(
        "{inner}", inner=UnreadableDocumentError("damaged: {error}", error=Unsendable("a part"))
    )


class Unsendable(Exception):
    def __reduce__(self) -> str:
        raise TypeError("not to be sent")


def test_an_exception_that_cannot_be_sent_is_no_crash() -> None:
    with Workers(1, ROOMY) as workers:
        (outcome,) = workers.map(refuse_with_what_cannot_be_sent, [()])
    assert str(outcome) == "damaged: a part"
