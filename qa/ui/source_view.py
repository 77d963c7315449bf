"""The right-hand side: a document, scrolled to the words that an answer takes from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qa.models import Document, Hit
from qa.ui import html
from qa.ui.conversation import Conversation, Selection
from qa.ui.document_html import Mark, panel, part_at, parts_of
from qa.ui.library import Library
from qa.ui.marks import marks_of
from qa.ui.strings import Strings


def has_source(talk: Conversation, documents: Library) -> bool:
    """Whether a passage is selected, and the documents are still those it was found in."""
    if talk.selection is None or talk.selected_hit is None:
        return False
    answer = talk.exchanges[talk.selection.exchange].answer
    return answer.index_fingerprint == documents.fingerprint


def show_source(talk: Conversation, documents: Library, words: Strings, key: str) -> None:
    """The document of the selection, or why there is none."""
    hit, selection = talk.selected_hit, talk.selection
    if hit is None or selection is None:
        st.html(html.text("p", words.no_source, class_="qa-empty"))
        return
    if not has_source(talk, documents):
        st.html(html.text("p", words.stale, class_="qa-empty", role="status"))
        return
    answer = talk.exchanges[selection.exchange].answer
    note = _note(selection, answered=answer.answered, words=words)
    document = documents.document(hit.document.id)
    st.html(
        html.document_header(document.info, words, note=note, page=hit.passage.page)
        + html.text("a", words.back, class_="qa-back", href=f"#qa-turn-{selection.exchange}")
    )
    marks = marks_of(answer, hit, selection.extract)
    focus = next((mark.start for mark in marks if mark.strength != "cited"), hit.passage.start)
    read(document, words, marks=marks, focus=focus, part=talk.part, turn_to=talk.turn_to, key=key)
    _why(hit, words)


def read(
    document: Document,
    words: Strings,
    *,
    marks: Sequence[Mark] = (),
    focus: int = 0,
    part: int | None,
    turn_to: Callable[[int], None],
    key: str,
) -> None:
    """The text of a document, or the part of a long one that holds `focus`."""
    parts = parts_of(document)
    number = part if part is not None and part < len(parts) else part_at(parts, focus)
    if len(parts) > 1:
        _pager(number, len(parts), turn_to, words)
    with st.container(key="reader"):
        st.html(panel(document, parts[number], marks, label=words.source, key=key))


def _pager(number: int, count: int, turn_to: Callable[[int], None], words: Strings) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="pager", gap="xsmall"):
        for name, icon, target in (
            (words.previous, ":material/chevron_left:", number - 1),
            (words.next, ":material/chevron_right:", number + 1),
        ):
            st.button(
                name,
                icon=icon,
                type="tertiary",
                key=f"turn-{icon}",
                disabled=not 0 <= target < count,
                on_click=turn_to,
                args=(target,),
            )
        st.html(
            html.text("p", words.part.format(number=number + 1, count=count), class_="qa-facts")
        )


def _note(selection: Selection, *, answered: bool, words: Strings) -> str:
    if selection.extract is not None:
        note = words.cited_here
    else:
        note = words.other_here if answered else words.nearest_here
    return note.format(rank=selection.rank)


def _why(hit: Hit, words: Strings) -> None:
    with st.expander(words.why, icon=":material/help:", key="why"):
        st.html(html.terms_table(hit.terms, hit.score, words))
