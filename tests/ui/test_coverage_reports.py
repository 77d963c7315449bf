"""Reports are made once, for all who wait for them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import Any

import pytest
import streamlit as st

from qa.coverage.cover import cover
from qa.coverage.records import CourseObjective
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.errors import ObjectivesError
from qa.locale.translator import ENGLISH
from qa.ui import coverage_page, coverage_reports
from qa.ui.coverage_reports import Reports, Work
from qa.ui.coverage_upload import Upload, read_upload

PATIENCE = 60
ONE = "id,title\nA,How monoclonal antibodies act\n"
TWO = "id,title\nB,Live vaccines\n"


def upload(text: str, name: str = "mine.csv") -> Upload:
    return read_upload(text.encode(), name)


def codes(report: CoverageReport) -> list[str]:
    return [one.objective.code for one in report.objectives]


class Slow:
    """Stands for `cover`: waits until it may go on, and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.begun, self.may_go_on, self.stopped = Event(), Event(), Event()

    def __call__(
        self,
        engine: Engine,
        objectives: Sequence[CourseObjective],
        *,
        on_progress: Callable[[int, int], None],
    ) -> CoverageReport:
        self.calls += 1
        self.begun.set()
        try:
            while not self.may_go_on.wait(0.01):
                on_progress(0, len(objectives))
            return cover(engine, objectives, on_progress=on_progress)
        finally:
            self.stopped.set()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = Slow()
    monkeypatch.setattr(coverage_reports, "cover", slow)
    yield slow
    slow.may_go_on.set()


def test_all_who_come_meanwhile_wait_for_the_same(engine: Engine, slow: Slow) -> None:
    reports = Reports(engine)
    first = reports.work(upload(ONE))
    assert slow.begun.wait(PATIENCE)
    second = reports.work(upload(ONE, "other name.csv"))
    slow.may_go_on.set()
    assert first.report() is second.report() is reports.work(upload(ONE)).report()
    assert slow.calls == 1


def test_other_files_have_other_reports(engine: Engine) -> None:
    reports = Reports(engine)
    one, two = reports.work(upload(ONE)), reports.work(upload(TWO))
    assert (codes(one.report()), codes(two.report())) == (["A"], ["B"])


def test_it_stops_when_nobody_waits(engine: Engine, slow: Slow) -> None:
    reports = Reports(engine)
    work: Work | None = reports.work(upload(ONE))
    assert work is not None
    assert slow.begun.wait(PATIENCE)
    assert not slow.stopped.is_set()
    work = None
    gc.collect()
    assert slow.stopped.wait(PATIENCE)
    assert not slow.may_go_on.is_set()


def test_an_error_reaches_who_waits_and_is_not_kept(engine: Engine) -> None:
    reports = Reports(engine)
    failed = reports.work(None)
    depths = set()
    for _ in range(2):
        with pytest.raises(
            ObjectivesError, match="no document is the page of an objective"
        ) as caught:
            failed.report()
        depths.add(len(caught.traceback))
    assert depths == {2}, "the frames of sessions and of the thread are held"
    assert failed.failed
    assert reports.work(None) is not failed


class Place:
    """Stands for what `st.empty` gives: keeps what a bar was told."""

    def __init__(self) -> None:
        self.told: list[tuple[float, str]] = []
        self.emptied = False

    def progress(self, value: float, text: str) -> None:
        self.told.append((value, text))

    def empty(self) -> None:
        self.emptied = True


class Steps:
    """Stands for work that has come a step further whenever it is looked at."""

    def __init__(self, report: CoverageReport) -> None:
        self._steps = iter([(0, 0), (0, 8), (6, 8)])
        self._report = report
        self.progress = (0, 0)

    def wait(self, seconds: float) -> bool:
        step = next(self._steps, None)
        self.progress = step or self.progress
        return step is None

    def report(self) -> CoverageReport:
        return self._report


def test_a_bar_counts_the_objectives(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    report = cover(engine, ())
    place, steps = Place(), Steps(report)
    monkeypatch.setattr(st, "empty", lambda: place)
    found: Any = coverage_page._made(steps, ENGLISH)  # type: ignore[arg-type]  # stands for it
    assert found is report
    assert place.told == [
        (0.0, "Reading the objectives…"),
        (0.0, "Objectives compared with the documents: 0 of 8"),
        (0.75, "Objectives compared with the documents: 6 of 8"),
    ]
    assert place.emptied
