"""Coverage reports in the making: each is made once, in the background, for all who wait for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from weakref import ReferenceType, WeakValueDictionary, ref

import streamlit as st

from qa.coverage.cover import Progress, cover
from qa.coverage.report import CoverageReport
from qa.coverage.sources import objectives_for, with_pages
from qa.engine import Engine
from qa.ui.coverage_upload import Upload

_Make = Callable[[Progress], CoverageReport]


class Work:
    """A report that a thread is making; it stops when nobody holds the work any more."""

    def __init__(self, make: _Make) -> None:
        self.progress: tuple[int, int] = (0, 0)
        """Objectives done, and how many there are; 0 while they are being read."""
        self._outcome: CoverageReport | Exception | None = None
        self._ended = Event()
        # A daemon, so that a server that is stopped does not wait for it.
        Thread(target=_make_for, args=(ref(self), make), daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after at most so many seconds."""
        return self._ended.wait(seconds)

    @property
    def failed(self) -> bool:
        """Whether it has ended without a report."""
        return isinstance(self._outcome, Exception)

    def report(self) -> CoverageReport:
        """The report, once the work has ended; raises what stopped it."""
        self._ended.wait()
        if isinstance(self._outcome, CoverageReport):
            return self._outcome
        if self._outcome is None:
            raise AssertionError("work ends with an outcome")
        # Raised in each session that waits: it must not gather the frames of all of them.
        raise self._outcome.with_traceback(None)

    def end(self, outcome: CoverageReport | Exception) -> None:
        """Give the outcome to all who wait."""
        self._outcome = outcome
        self._ended.set()


class _NobodyWaits(Exception):
    """The last session that held the work has let it go."""


def _make_for(work: ReferenceType[Work], make: _Make) -> None:
    def show(done: int, total: int) -> None:
        held = work()
        if held is None:
            raise _NobodyWaits
        held.progress = (done, total)

    outcome: CoverageReport | Exception
    try:
        outcome = make(show)
    except _NobodyWaits:
        return
    except Exception as error:  # noqa: BLE001 - raised again in every session that waits
        outcome = error
    held = work()
    if held is not None:
        held.end(outcome)


class Reports:
    """The reports on the documents of one engine, shared by all sessions.

    That of the objective pages is kept; those of files live as long as a session holds them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._of_pages: Work | None = None
        self._of_files: WeakValueDictionary[str, Work] = WeakValueDictionary()

    def work(self, upload: Upload | None) -> Work:
        """The report on the objectives of a file, or else on those of the pages."""
        with self._lock:
            known = self._of_files.get(upload.digest) if upload else self._of_pages
            if known is not None and not known.failed:
                return known
            made = Work(self._maker(upload))
            if upload:
                self._of_files[upload.digest] = made
            else:
                self._of_pages = made
            return made

    def _maker(self, upload: Upload | None) -> _Make:
        # The thread must not hold this object, nor a session: only what it works with.
        engine = self._engine

        def make(show: Progress) -> CoverageReport:
            objectives = with_pages(engine, upload.objectives) if upload else objectives_for(engine)
            show(0, len(objectives))
            return cover(engine, objectives, on_progress=show)

        return make


@st.cache_resource(show_spinner=False, max_entries=2)
def reports(_engine: Engine, fingerprint: str) -> Reports:
    """The reports on the documents with this fingerprint."""
    return Reports(_engine)
