"""The right-hand side: a document, scrolled to the words that an answer takes from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qa.locale.translator import Translator
from qa.models import Document, Hit
from qa.ui import frame
from qa.ui.answer_export import tools_of_source
from qa.ui.conversation import Conversation, Selection
from qa.ui.document_parts import Mark, groups_of, marks_of, part_at, parts_of, together
from qa.ui.library import Library
from qa.ui.page_view import show_original


def has_source(talk: Conversation, documents: Library) -> bool:
    """Whether a passage is selected, and the documents are still those it was found in."""
    if talk.selection is None or talk.selected_hit is None:
        return False
    answer = talk.exchanges[talk.selection.exchange].answer
    return answer.index_fingerprint == documents.fingerprint


def show_source(talk: Conversation, documents: Library, tr: Translator, key: str) -> None:
    """The document of the selection, or why there is none."""
    hit, selection = talk.selected_hit, talk.selection
    if hit is None or selection is None:
        frame.line(tr("The source of the answer will show here."), "empty")
        return
    if not has_source(talk, documents):
        stale = tr("The documents have changed since this answer. Ask again to see its source.")
        frame.line(stale, "empty", role="status")
        return
    answer = talk.exchanges[selection.exchange].answer
    note = _note(selection, answered=answer.answered, tr=tr)
    document = documents.document(hit.document.id)
    header = frame.macros("document", tr).header
    origin = documents.origin(document, tr)
    st.html(header(document.info, note, hit.passage.page, selection.exchange, origin))
    if hit.copies:
        known = {one.id: one.title for one in documents.documents}
        places = dict.fromkeys(known.get(copy.document_id, "") for copy in hit.copies)
        frame.line(tr("The same text stands in: {places}", places=", ".join(places)))
    tools_of_source(hit, talk, tr)
    groups = together(answer, documents.document)
    marks = marks_of(answer, hit, next((g for g in groups if selection.extract in g), ()))
    focus = next((mark.start for mark in marks if mark.strength != "cited"), hit.passage.start)
    # The text is there at once; to draw a page takes a moment.
    above = st.container()
    read(document, tr, marks=marks, focus=focus, part=talk.part, turn_to=talk.turn_to, key=key)
    with above:
        show_original(document, documents, tr, marks=marks, focus=focus, key=key)
    _why(hit, tr)


def read(
    document: Document,
    tr: Translator,
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
        _pager(number, len(parts), turn_to, tr)
    with st.container(key="reader"):
        groups = groups_of(document, parts[number], marks)
        st.html(frame.macros("document", tr).panel(groups, document.language, key))


def _pager(number: int, count: int, turn_to: Callable[[int], None], tr: Translator) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="pager", gap="xsmall"):
        names = (tr("Previous part"), tr("Next part"))
        frame.pager(names, "turn", turn_to, number, count)
        frame.line(tr("Part {number} of {count}", number=number + 1, count=count))


def _note(selection: Selection, *, answered: bool, tr: Translator) -> str:
    rank = selection.rank
    if selection.extract is not None:
        return tr("Source {rank} · cited in the answer", rank=rank)
    if answered:
        return tr("Passage {rank} · not cited", rank=rank)
    return tr("Passage {rank} · near, but not an answer", rank=rank)


def _why(hit: Hit, tr: Translator) -> None:
    with st.expander(tr("Why this passage?"), icon=":material/help:", key="why"):
        st.html(frame.macros("answer", tr).terms(hit.terms, hit.score))
