"""Reports are made once, for all who wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st

from qa.coverage.cover import cover
from qa.coverage.objective_files import parse_objectives
from qa.coverage.objective_sources import with_pages
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.errors import ObjectivesError, WorkError
from qa.locale.translator import ENGLISH
from qa.settings import Settings, WorkSettings
from qa.ui import coverage_page, waiting
from qa.ui.coverage_reports import Reports
from qa.ui.coverage_upload import Sent, Upload
from qa.ui.jobs import Queue
from qa.ui.served import Served
from qa.workers import Limits, Told

PATIENCE = 60
BEAT = 0.05
ONE = "id,title\nA,How monoclonal antibodies act\n"
TWO = "id,title\nB,Live vaccines\n"


def upload(text: str, name: str = "mine.csv") -> Upload:
    sent = Sent(name, text.encode())
    objectives = parse_objectives(sent.data, name)
    return Upload(name=name, digest=sent.digest, objectives=objectives)


def codes(report: CoverageReport) -> list[str]:
    return [one.objective.code for one in report.objectives]


@pytest.fixture
def served(index: Path, settings: Settings, engine: Engine) -> Served:
    return Served(index, settings, engine.fingerprint)


@pytest.fixture
def queue() -> Queue:
    return waiting.queue("runs", WorkSettings())


def test_equal_files_have_one_report_and_others_their_own(queue: Queue, served: Served) -> None:
    reports = Reports()
    one, two = reports.work(queue, served, upload(ONE)), reports.work(queue, served, upload(TWO))
    assert reports.work(queue, served, upload(ONE, "other name.csv")) is one
    for work in (one, two):
        assert work.wait(PATIENCE)
    assert (codes(one.outcome()), codes(two.outcome())) == (["A"], ["B"])


def test_a_report_that_failed_is_tried_again(queue: Queue, served: Served) -> None:
    reports = Reports()
    failed = reports.work(queue, served, None)
    assert failed.wait(PATIENCE)
    with pytest.raises(ObjectivesError, match="no document is the page of an objective"):
        failed.outcome()
    assert reports.work(queue, served, None) is not failed


def test_documents_that_changed_meanwhile_are_not_reported_on(queue: Queue, served: Served) -> None:
    work = Reports().work(queue, served._replace(fingerprint="earlier"), upload(ONE))
    assert work.wait(PATIENCE)
    with pytest.raises(WorkError, match="have just changed"):
        work.outcome()


def test_a_worker_process_makes_the_same_report(engine: Engine, served: Served) -> None:
    work = Reports().work(Queue(1, Limits(60, 1000)), served, upload(TWO))
    while not work.wait(BEAT):
        pass
    stated = with_pages(engine, upload(TWO).objectives)
    assert work.outcome().objectives == cover(engine, stated).objectives


class Place:
    """Stands for what `st.empty` gives: keeps what a bar was told."""

    def __init__(self) -> None:
        self.told: list[tuple[float, str]] = []
        self.emptied = False

    @contextmanager
    def container(self, **_layout: object) -> Iterator[None]:
        yield

    def progress(self, value: float, text: str) -> None:
        self.told.append((value, text))

    def empty(self) -> None:
        self.emptied = True


class Steps:
    """Stands for work that has come a step further whenever it is looked at."""

    def __init__(self) -> None:
        self._steps = iter([(0, 2, 0), (0, 0, 0), (0, 0, 8), (6, 0, 8)])
        self.progress, self.ahead = Told(0, 0), 0

    def wait(self, seconds: float) -> bool:
        step = next(self._steps, None)
        if step:
            self.progress, self.ahead = Told(step[0], step[2]), step[1]
        return step is None

    def outcome(self) -> str:
        return "made"


def test_a_bar_counts_the_objectives(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    monkeypatch.setattr(st, "empty", lambda: place)
    found: object = waiting.outcome_of(
        Steps(),  # type: ignore[arg-type]  # stands for it
        lambda told: coverage_page._how_far(told, ENGLISH),
        ENGLISH,
        key="it",
    )
    assert found == "made"
    assert place.told == [
        (0.0, "Reading the objectives…"),
        (0.0, "Objectives compared with the documents: 0 of 8"),
        (0.75, "Objectives compared with the documents: 6 of 8"),
    ]
    assert place.emptied
