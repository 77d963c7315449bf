"""The page that lists the documents and opens one to read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qa.locale.names import LANGUAGES
from qa.locale.translator import Translator
from qa.models import DocumentInfo
from qa.ui import frame
from qa.ui.library import Library, matching
from qa.ui.source_view import read

_PART = "part"
_WIDTHS = (250, 80, 120, 55, 90)
"""Of the columns, in pixels."""


def show() -> None:
    """Draw the page."""
    tr = frame.interface()
    documents = frame.begin(tr, tr("Documents"))
    if documents is None:
        return
    with st.container(key="panes"):
        left, right = st.columns([10, 11], gap="medium")
        with left, st.container(key="shelf"):
            opened = _shelf(documents, tr)
        with right, st.container(key="source"):
            if opened is None:
                frame.line(tr("Choose a document to read it."), "empty")
            else:
                _open(opened, documents, tr)
    part = st.session_state.get(_PART, (None, 0))
    frame.scroll(f"open-{opened and opened.id}-{part}", panel=opened is not None, follow=True)


def _shelf(documents: Library, tr: Translator) -> DocumentInfo | None:
    """The table of the documents; returns the one that was chosen."""
    wanted = st.text_input(
        tr("Search a title, an objective…"),
        placeholder=tr("Search a title, an objective…"),
        icon=":material/search:",
        label_visibility="collapsed",
        key="document-search",
    )
    found = matching(documents.documents, wanted)
    table = _table(found, tr)
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height="stretch",
        key=f"shelf-{wanted}",
        column_config={
            name: st.column_config.TextColumn(width=width)
            for name, width in zip(table, _WIDTHS, strict=True)
        },
    )
    count = len(documents.documents)
    frame.line(tr("Documents: {shown} of {count}", shown=len(found), count=count))
    cells = event["selection"]["cells"]
    return found[cells[0][0]] if cells and cells[0][0] < len(found) else None


def _table(documents: Sequence[DocumentInfo], tr: Translator) -> dict[str, list[str]]:
    objectives = [document.objective for document in documents]
    return {
        tr("Document"): [document.title for document in documents],
        tr("Language"): [tr(LANGUAGES[document.language]) for document in documents],
        tr("Objective"): [
            objective.code if objective else ", ".join(document.objectives)
            for document, objective in zip(documents, objectives, strict=True)
        ],
        tr("Rank"): [objective.rank if objective else "" for objective in objectives],
        tr("Licence"): [document.licence for document in documents],
    }


def _open(opened: DocumentInfo, documents: Library, tr: Translator) -> None:
    owner, part = st.session_state.get(_PART, (None, 0))

    def turn_to(target: int) -> None:
        st.session_state[_PART] = (opened.id, target)

    number = part if owner == opened.id else 0
    st.html(frame.macros("document", tr).header(opened))
    key = f"open-{opened.id}-{(owner, part)}"
    read(documents.document(opened.id), tr, part=number, turn_to=turn_to, key=key)
