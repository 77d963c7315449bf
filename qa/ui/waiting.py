"""Work that a page waits for: its place in line, how far it is, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import streamlit as st

from qa.locale.translator import Translator
from qa.settings import WorkSettings
from qa.ui import frame
from qa.ui.jobs import Queue, Work
from qa.workers import Limits, Told, available_processors

Outcome = TypeVar("Outcome")

_BEAT_SECONDS: Final = 0.25
"""How often a bar is moved."""


@st.cache_resource(show_spinner=False)
def queue(kind: str, settings: WorkSettings) -> Queue:
    """The line for work of one kind, of all sessions: short work does not wait behind long."""
    at_once = settings.work_at_once or max(available_processors() - 1, 1)
    return Queue(at_once, Limits(settings.work_seconds, settings.work_memory))


def outcome_of(
    work: Work[Outcome],
    said: Callable[[Told], str],
    tr: Translator,
    *,
    key: str,
    on_stop: Callable[[], None] | None = None,
) -> Outcome:
    """What came of work; until it is there, a bar, for which `said` makes the words.

    A click on the button that stops it, as any other, ends this run of the page: the next one
    goes on waiting unless `on_stop` has seen to it. Raises what stopped the work.
    """
    if not work.wait(_BEAT_SECONDS):
        place = st.empty()
        with place.container(horizontal=True, vertical_alignment="center", key=f"{key}-waiting"):
            bar = st.empty()
            frame.button(tr("Stop"), f"{key}-stop", on_stop, icon="stop", kind="tertiary")
        while not work.wait(_BEAT_SECONDS):
            done, total = work.progress
            text = tr("In line, ahead of it: {count}", count=work.ahead)
            bar.progress(
                done / total if total else 0.0, text=text if work.ahead else said(work.progress)
            )
        place.empty()
    return work.outcome()
