"""Changes of an index on behalf of a session: they go on whoever watches, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread

import streamlit as st

from qa.errors import IndexWriteError, QAError
from qa.index.report import IndexReport
from qa.index.update import Progress

Change = Callable[[Progress], IndexReport]


class Edit:
    """A change that a thread is making."""

    def __init__(self, change: Change) -> None:
        self.progress: tuple[int, int] = (0, 0)
        """Files done, and how many there are; 0 while that is not known."""
        self.report: IndexReport | None = None
        self.problem: Exception | None = None
        """What stopped it; the index is then as it was."""
        self._change = change
        self._ended = Event()
        # A daemon, so that a server that is stopped does not wait: the index is then as it was.
        Thread(target=self._run, daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after at most so many seconds."""
        return self._ended.wait(seconds)

    def said(self) -> QAError | None:
        """What stopped it, for the reader; anything that nobody expected is raised."""
        if self.problem is None or isinstance(self.problem, QAError):
            return self.problem
        raise self.problem.with_traceback(None)

    def _run(self) -> None:
        try:
            self.report = self._change(self._show)
        except Exception as error:  # noqa: BLE001 - raised again in the session that asked for it
            self.problem = error
        finally:
            self._ended.set()

    def _show(self, done: int, total: int) -> None:
        self.progress = (done, total)


class Edits:
    """The changes that are being made on this server, by index."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._going_on: dict[Path, Edit] = {}

    def begin(self, index: Path, change: Change) -> Edit:
        """Begin a change; raises `IndexWriteError` while another one is being made."""
        with self._lock:
            if self.going_on(index):
                raise IndexWriteError(
                    "another change of {directory} is going on; try again when it has ended",
                    directory=index.name,
                )
            self._going_on[index] = edit = Edit(change)
            return edit

    def going_on(self, index: Path) -> Edit | None:
        """The change of an index that has not ended."""
        edit = self._going_on.get(index)
        return edit if edit is not None and not edit.wait(0) else None


@st.cache_resource(show_spinner=False)
def edits() -> Edits:
    """Those of this server."""
    return Edits()
