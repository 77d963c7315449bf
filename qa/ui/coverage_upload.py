"""A file of objectives that a session brings along, and the control that takes it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Final, cast

import streamlit as st

from qa.coverage.objective_files import COLUMNS, parse_objectives
from qa.coverage.objectives import Stated
from qa.errors import ObjectivesError
from qa.locale.translator import Translator
from qa.ui import frame
from qa.ui.coverage_controls import forget_choices

_UPLOAD: Final = "coverage-upload"
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
        return len({one.code for one in self.objectives})


def uploaded() -> Upload | None:
    """The file that this session works with."""
    return cast(Upload | None, st.session_state.get(_UPLOAD))


def read_upload(data: bytes, name: str) -> Upload:
    """A file as it was sent; raises `ObjectivesError` naming the line."""
    kind = PurePath(name).suffix.lower()
    return Upload(
        name=name,
        digest=sha256(f"{kind}\n".encode() + data).hexdigest(),
        objectives=parse_objectives(data, name),
    )


def upload_control(tr: Translator, *, pages: bool) -> None:
    """Say whose objectives are shown, and take a file; `pages`: documents have objectives too."""
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
            st.button(label, type="tertiary", key="coverage-without-file", on_click=_take_away)
    problem: ObjectivesError | None = st.session_state.get(_PROBLEM)
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
    """Work with the file that was sent; one that cannot be read changes nothing."""
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_TAKEN] += 1
    try:
        upload = read_upload(file.getvalue(), file.name)
    except ObjectivesError as error:
        st.session_state[_PROBLEM] = error
        return
    _work_with(upload)


def _take_away() -> None:
    _work_with(None)


def _work_with(upload: Upload | None) -> None:
    st.session_state[_UPLOAD] = upload
    st.session_state[_PROBLEM] = None
    forget_choices()
