"""The page that lists the documents, opens one to read, and takes new ones where that is on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st

from qa.collections import uploads_folder
from qa.errors import QAError
from qa.locale.names import LANGUAGES
from qa.locale.translator import Translator
from qa.models import DocumentInfo
from qa.ui import frame
from qa.ui.engines import chosen_collection, index_location, index_to_edit, may_edit
from qa.ui.library import Library
from qa.ui.page_view import show_original
from qa.ui.source_view import read
from qa.ui.uploads_panel import change, drop_zone, show_edit, show_uploads
from qa.uploads import remove_upload, uploaded_with

_PART = "part"
_TITLE = 240
_OBJECTIVE = 115
"""Pixels of the titles and codes; what else is known has columns of a usual width."""
_LONG = 42
"""Characters of a title that needs a second line."""
_ROW = 66
"""Pixels of a row then: from 64 on, its text is wrapped."""


def show() -> None:
    """Draw the page."""
    tr = frame.interface()
    documents = frame.begin(tr, tr("Documents"))
    if documents is None:
        return
    with st.container(key="panes"):
        left, right = st.columns([10, 11], gap="medium")
        with left, st.container(key="shelf"):
            files = drop_zone(tr)
            opened = _shelf(documents, tr)
        with right, st.container(key="source"):
            show_edit(tr)
            if files:
                show_uploads(files, documents, tr)
            elif opened is None:
                frame.line(tr("Choose a document to read it."), "empty")
            else:
                _open(opened, documents, tr)
    part = st.session_state.get(_PART, (None, 0))
    frame.scroll(
        f"open-{opened and opened.id}-{part}", panel=not files and opened is not None, follow=True
    )


def _shelf(documents: Library, tr: Translator) -> DocumentInfo | None:
    """The table of the documents; returns the one that was chosen."""
    label = tr("Search a title, an objective, the text…")
    wanted = st.text_input(
        label,
        placeholder=label,
        icon=":material/search:",
        label_visibility="collapsed",
        key="document-search",
    )
    found = documents.found(wanted)
    table = _table(found, documents, tr)
    widths: dict[str, Literal["small"] | int] = {
        tr("Document"): _TITLE,
        tr("Objective"): _OBJECTIVE,
    }
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height="stretch",
        row_height=_ROW if any(len(document.title) > _LONG for document in found) else None,
        key=f"shelf-{chosen_collection()}{wanted}",
        column_config={
            name: st.column_config.Column(width=widths.get(name, "small")) for name in table
        },
    )
    count = len(documents.documents)
    frame.line(tr("Documents: {shown} of {count}", shown=len(found), count=count))
    cells = event["selection"]["cells"]
    return found[cells[0][0]] if cells and cells[0][0] < len(found) else None


def _table(
    found: Sequence[DocumentInfo], documents: Library, tr: Translator
) -> dict[str, list[Any]]:
    objectives = [document.objective for document in found]
    sizes = [documents.sizes[document.id] for document in found]
    columns: dict[str, list[Any]] = {
        tr("Document"): [document.title for document in found],
        tr("Objective"): [
            objective.code if objective else ", ".join(document.objectives)
            for document, objective in zip(found, objectives, strict=True)
        ],
        tr("Language"): [tr(LANGUAGES[document.language]) for document in found],
        tr("Passages"): [size.passages for size in sizes],
        tr("Characters"): [size.characters for size in sizes],
        tr("Rank"): [objective.rank if objective else "" for objective in objectives],
        tr("Licence"): [document.licence for document in found],
    }
    # What is known of no document takes room from the titles.
    return {name: values for name, values in columns.items() if any(values) or not found}


def _open(opened: DocumentInfo, documents: Library, tr: Translator) -> None:
    owner, part = st.session_state.get(_PART, (None, 0))

    def turn_to(target: int) -> None:
        st.session_state[_PART] = (opened.id, target)

    number = part if owner == opened.id else 0
    header = frame.macros("document", tr).header
    st.html(header(opened, origin=documents.origin(opened, tr)))
    if may_edit():
        _removal(opened, documents, tr)
    key = f"open-{opened.id}-{(owner, part)}"
    document = documents.document(opened.id)
    above = st.container()
    read(document, tr, part=number, turn_to=turn_to, key=key)
    with above:
        show_original(document, documents, tr, key=f"open-{opened.id}")


def _removal(opened: DocumentInfo, documents: Library, tr: Translator) -> None:
    """The control that takes a document out, with what goes with it."""
    index = index_location()
    if index is None:
        return
    file, together = uploaded_with(documents.engine().index, uploads_folder(index), opened.id)
    with st.popover(tr("Remove"), icon=":material/delete:", type="tertiary", key="remove"):
        if len(together) > 1:
            said = tr(
                "All {count} documents of {name} are removed.",
                count=len(together),
                name=file.name if file else "",
            )
        elif file is not None:
            said = tr("The document and the file that was uploaded are removed.")
        else:
            said = tr("The document is removed until its source is indexed again; its file stays.")
        frame.line(said)
        st.button(
            tr("Remove for good") if file is not None else tr("Remove from the index"),
            type="primary",
            key="remove-now",
            on_click=_remove,
            args=(opened.id,),
        )


def _remove(document_id: str) -> None:
    try:
        index = index_to_edit(chosen_collection())
    except QAError:
        return
    change(index, lambda _: remove_upload(index, document_id))
