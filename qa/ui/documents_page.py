"""The page that lists the documents and opens one to read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qa.models import DocumentInfo
from qa.ui import frame, html
from qa.ui.library import Library, matching
from qa.ui.source_view import read
from qa.ui.strings import Strings

_PART = "part"
_WIDTHS = (250, 80, 120, 55, 90)
"""Of the columns, in pixels."""


def show() -> None:
    """Draw the page."""
    words = frame.strings()
    documents = frame.begin(words, words.documents_page)
    if documents is None:
        return
    with st.container(key="panes"):
        left, right = st.columns([10, 11], gap="medium")
        with left, st.container(key="shelf"):
            opened = _shelf(documents, words)
        with right, st.container(key="source"):
            if opened is None:
                st.html(html.text("p", words.choose_document, class_="qa-empty"))
            else:
                _open(opened, documents, words)
    part = st.session_state.get(_PART, (None, 0))
    frame.scroll(f"open-{opened and opened.id}-{part}", panel=opened is not None, follow=True)


def _shelf(documents: Library, words: Strings) -> DocumentInfo | None:
    """The table of the documents; returns the one that was chosen."""
    wanted = st.text_input(
        words.search_documents,
        placeholder=words.search_documents,
        icon=":material/search:",
        label_visibility="collapsed",
        key="document-search",
    )
    found = matching(documents.documents, wanted)
    table = _table(found, words)
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
    st.html(
        html.text(
            "p",
            words.shown_documents.format(shown=len(found), count=len(documents.documents)),
            class_="qa-facts",
        )
    )
    cells = event["selection"]["cells"]
    return found[cells[0][0]] if cells and cells[0][0] < len(found) else None


def _table(documents: Sequence[DocumentInfo], words: Strings) -> dict[str, list[str]]:
    objectives = [document.objective for document in documents]
    return {
        words.document: [document.title for document in documents],
        words.language: [words.languages[document.language] for document in documents],
        words.objective: [
            objective.code if objective else ", ".join(document.objectives)
            for document, objective in zip(documents, objectives, strict=True)
        ],
        words.rank_column: [objective.rank if objective else "" for objective in objectives],
        words.licence: [document.licence for document in documents],
    }


def _open(opened: DocumentInfo, documents: Library, words: Strings) -> None:
    owner, part = st.session_state.get(_PART, (None, 0))

    def turn_to(target: int) -> None:
        st.session_state[_PART] = (opened.id, target)

    number = part if owner == opened.id else 0
    st.html(html.document_header(opened, words))
    key = f"open-{opened.id}-{(owner, part)}"
    read(documents.document(opened.id), words, part=number, turn_to=turn_to, key=key)
