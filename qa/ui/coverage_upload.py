"""A file of objectives that a session brings along, and the control that takes it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Final, NamedTuple, cast

import streamlit as st

from qa.coverage.objective_files import COLUMNS
from qa.coverage.objectives import Stated
from qa.errors import QAError
from qa.locale.translator import Translator
from qa.settings import WorkSettings
from qa.ui import coverage_work, frame, waiting
from qa.ui.coverage_controls import forget_choices

_UPLOAD: Final = "coverage-upload"
_SENT: Final = "coverage-upload-sent"
_PROBLEM: Final = "coverage-upload-problem"
_TAKEN: Final = "coverage-uploads-taken"
_KINDS: Final = ("csv", "tsv", "xlsx", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The objectives of a file."""

    name: str
    digest: str
    """Of its format and content: equal files have equal reports, others never share one."""
    objectives: tuple[Stated, ...]

    @property
    def count(self) -> int:
        """How many objectives; one that is stated in two languages counts once."""
        return len({objective.code for objective in self.objectives})


def uploaded() -> Upload | None:
    """The file that this session works with."""
    return cast(Upload | None, st.session_state.get(_UPLOAD))


class Sent(NamedTuple):
    """A file that has not been read so far."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """Of its format and content."""
        kind = PurePath(self.name).suffix.lower()
        return sha256(f"{kind}\n".encode() + self.data).hexdigest()


def upload_control(settings: WorkSettings, tr: Translator, *, pages: bool) -> None:
    """Say whose objectives are shown, and take a file; `pages`: documents have objectives too."""
    _receive(settings, tr)
    upload = uploaded()
    with st.container(horizontal=True, vertical_alignment="center", key="coverage-objectives"):
        if upload is not None:
            said = tr("Objectives from {name}: {count}", name=upload.name, count=upload.count)
        elif pages:
            said = tr("Objectives whose pages are among the documents")
        else:
            said = tr(
                "No document is the page of an objective: there is nothing to compare."
                " Give your list of objectives."
            )
        frame.line(said)
        taken = st.session_state.setdefault(_TAKEN, 0)
        # A new key after each file closes the pop-over and empties what is in it.
        with st.popover(
            tr("Your objectives"), icon=":material/upload_file:", key=f"coverage-own-{taken}"
        ):
            _drop_zone(tr, f"coverage-file-{taken}")
        if upload is not None:
            label = tr("Back to the pages") if pages else tr("Remove the file")
            frame.button(label, "coverage-without-file", _take_away, kind="tertiary")
    problem: QAError | None = st.session_state.get(_PROBLEM)
    if problem is not None:
        said = tr("File refused, nothing has changed: {problem}", problem=problem.said(tr))
        frame.show_problem(said)


def _drop_zone(tr: Translator, key: str) -> None:
    frame.line(
        tr(
            "A CSV or Excel table ({columns}; id and title are enough), or a CASE 1.1 framework in"
            " JSON. Only you see it, during this visit.",
            columns=",".join(COLUMNS),
        )
    )
    st.file_uploader(
        tr("File of objectives"),
        type=_KINDS,
        key=key,
        on_change=_take,
        args=(key,),
    )


def _take(key: str) -> None:
    """Keep what was sent, to be read below."""
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_TAKEN] += 1
    st.session_state[_SENT] = Sent(file.name, file.getvalue())


def _receive(settings: WorkSettings, tr: Translator) -> None:
    """Read the file that was sent last; one that cannot be read changes nothing."""
    sent: Sent | None = st.session_state.get(_SENT)
    if sent is None:
        return
    try:
        work = waiting.queue("files", settings).work(
            ("objectives", sent.name, sent.digest),
            coverage_work.read_objectives,
            *(sent.data, sent.name, settings.work_objectives),
        )
        objectives = waiting.outcome_of(
            work,
            lambda _told: tr("Reading the objectives…"),
            tr,
            key="coverage-file",
            on_stop=_forget_sent,
        )
    except QAError as error:
        st.session_state[_PROBLEM] = error
    else:
        _work_with(Upload(name=sent.name, digest=sent.digest, objectives=objectives))
    _forget_sent()


def _forget_sent() -> None:
    st.session_state[_SENT] = None


def _take_away() -> None:
    _work_with(None)


def _work_with(upload: Upload | None) -> None:
    st.session_state[_UPLOAD] = upload
    st.session_state[_PROBLEM] = None
    forget_choices()
