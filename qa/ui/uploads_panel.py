"""Where documents are dropped, looked at, and added to the index or not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st

from qa.collections import uploads_folder
from qa.commands.index import describe, taken_over
from qa.errors import QAError
from qa.locale.translator import Translator
from qa.reading.previews import Preview, Upload, named_apart, preview
from qa.settings import Settings
from qa.ui import frame, roles
from qa.ui.edits import Change, Edit, edits
from qa.ui.engines import (
    NEW_COLLECTION,
    chosen_collection,
    collections,
    index_location,
    index_to_edit,
    may_edit,
)
from qa.ui.library import Library
from qa.uploads import add_files

_TURN: Final = "uploads-turn"
_PREVIEWS: Final = "uploads-previews"
_COURSE: Final = "uploads-course"
_EDIT: Final = "edit"
_PROBLEM: Final = "edit-problem"
_BEAT_SECONDS: Final = 0.25
"""How often the bar is moved while the index is being changed."""


def drop_zone(tr: Translator) -> tuple[Upload, ...]:
    """The control that takes files, and those that it holds; none where nothing may be changed."""
    if not may_edit():
        return ()
    turn = st.session_state.setdefault(_TURN, 0)
    sent = st.file_uploader(
        tr("Add documents: PDF, slides, Word, web pages, text…"),
        accept_multiple_files=True,
        key=f"uploads-{turn}",
    )
    return named_apart([Upload(name=one.name, data=one.getvalue()) for one in sent])


def show_uploads(files: Sequence[Upload], documents: Library, tr: Translator) -> None:
    """What would become of the files, and the choice to add them or not."""
    looked = _previews(files, documents.engine().settings, tr)
    good = [file for file, one in zip(files, looked, strict=True) if one.documents]
    frame.line(tr("What will be added"), "title", tag="h2")
    course = _course(tr)
    with st.container(horizontal=True, key="uploads-actions"):
        st.button(
            tr.ngettext("Add {count} file", "Add {count} files", len(good)),
            type="primary",
            icon=":material/library_add:",
            disabled=not good or (bool(collections()) and not course),
            key="uploads-add",
            on_click=_add,
            args=(tuple(good), course),
        )
        st.button(tr("Discard"), type="tertiary", key="uploads-discard", on_click=_empty)
    present = {document.sha256: document.title for document in documents.documents}
    location = None if course != chosen_collection() else index_location()
    replaced = {
        file.name
        for file in files
        if location is not None and (uploads_folder(location) / file.name).exists()
    }
    st.html(frame.macros("uploads", tr).previews(looked, present, replaced))


def _previews(files: Sequence[Upload], settings: Settings, tr: Translator) -> list[Preview]:
    """Files are read once, however often the page is drawn."""
    known: dict[Upload, Preview] = st.session_state.get(_PREVIEWS, {})
    fresh = [file for file in files if file not in known]
    if fresh:
        place = st.empty()

        def show(done: int, total: int) -> None:
            place.progress(
                done / max(total, 1),
                text=tr("Reading the files: {done} of {total}", done=done, total=total),
            )

        show(0, len(fresh))
        known = known | dict(zip(fresh, preview(fresh, settings.reading, show), strict=True))
        place.empty()
    st.session_state[_PREVIEWS] = {file: known[file] for file in files}
    return [known[file] for file in files]


def _course(tr: Translator) -> str:
    """The collection that the files go to: the one that is open, or one of a new name."""
    if not collections():
        return ""
    return st.text_input(
        tr("Course; a new name makes a new one"),
        value=chosen_collection(),
        key=_COURSE,
        max_chars=80,
    ).strip()


def _add(files: Sequence[Upload], course: str) -> None:
    settings = Settings.load()
    try:
        index = index_to_edit(course)
    except QAError as error:
        st.session_state[_PROBLEM] = error
        return
    who = roles.name()
    change(index, lambda show: add_files(index, files, settings, show, added_by=who))
    st.session_state[NEW_COLLECTION] = course
    _empty()


def change(index: Path, wanted: Change) -> None:
    """Begin a change of an index, and remember it for its report."""
    st.session_state[_PROBLEM] = None
    try:
        st.session_state[_EDIT] = edits().begin(index, wanted)
    except QAError as error:
        st.session_state[_PROBLEM] = error


def _empty() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.pop(_PREVIEWS, None)


def show_edit(tr: Translator) -> None:
    """The change that this session asked for: how far it is, then what it did."""
    problem: QAError | None = st.session_state.get(_PROBLEM)
    if problem is not None:
        frame.show_problem(problem.said(tr))
    edit: Edit | None = st.session_state.get(_EDIT)
    if edit is None:
        return
    if not edit.wait(0):
        _watch(edit, tr)
    stopped = edit.said()
    if stopped is not None:
        said = tr("Nothing has changed: {problem}", problem=stopped.said(tr))
        frame.show_problem(said)
    elif edit.report is not None:
        with st.container(key="edit-report", horizontal=True, vertical_alignment="center"):
            numbers, taken = describe(edit.report, tr), taken_over(edit.report, tr)
            st.html(frame.macros("uploads", tr).report(edit.report, numbers, taken))
            st.button(
                tr("Close"),
                icon=":material/close:",
                type="tertiary",
                key="edit-close",
                on_click=_forget,
            )


def _forget() -> None:
    st.session_state.pop(_EDIT, None)


def _watch(edit: Edit, tr: Translator) -> Any:
    place = st.empty()
    while not edit.wait(_BEAT_SECONDS):
        done, total = edit.progress
        said = tr("Files indexed: {done} of {total}", done=done, total=total)
        place.progress(done / total if total else 0.0, text=said)
    # The documents that this run of the page has open are those of before.
    st.rerun()
