"""Changes of an index on behalf of a session: they go on whoever watches, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

import streamlit as st

from qa.errors import IndexWriteError
from qa.index.update import Progress
from qa.index.update_report import IndexReport
from qa.ui.jobs import Work
from qa.workers import Told

Change = Callable[[Progress], IndexReport]


Edit = Work[IndexReport]
"""A change that a thread is making; what stops it leaves the index as it was."""


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
            self._going_on[index] = edit = Edit()
        # A daemon, so that a server that is stopped does not wait: the index is then as it was.
        Thread(target=_make, args=(edit, change), daemon=True).start()
        return edit

    def going_on(self, index: Path) -> Edit | None:
        """The change of an index that has not ended."""
        edit = self._going_on.get(index)
        return edit if edit is not None and not edit.wait(0) else None


def _make(edit: Edit, change: Change) -> None:
    def show(done: int, total: int) -> None:
        edit.progress = Told(done, total)

    try:
        edit.end(change(show))
    except Exception as error:  # noqa: BLE001 - raised again in the session that asked for it
        edit.end(error)


@st.cache_resource(show_spinner=False)
def edits() -> Edits:
    """Those of this server."""
    return Edits()
