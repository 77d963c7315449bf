"""The page to learn from a document: cards to test oneself by, its outline and its key terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import streamlit as st

from qa.errors import UnknownDocumentError
from qa.locale.translator import Translator
from qa.models import DocumentInfo, Objective, Span
from qa.study import StudySheet, study_sheet
from qa.ui import address, frame
from qa.ui.document_parts import Mark, groups_of
from qa.ui.engines import chosen_collection
from qa.ui.labels import plain_label
from qa.ui.library import Library
from qa.ui.source_view import read
from qa.ui.study_state import StudyState

_KEPT: Final = 32
_CHOICE: Final = 100
"""Documents to choose from at once; more are found by their words."""
_NAMED: Final = "document"
"""Names the document in the address."""
_HEADINGS: Final = 60
_EACH_LEVEL: Final = "\u2003"


def show() -> None:
    """Draw the page."""
    tr = frame.interface()
    documents = frame.begin(tr, tr("Study"))
    if documents is None:
        return
    study = _study_state()
    with st.container(key="panes"):
        left, right = st.columns([10, 11], gap="medium")
        with left, st.container(key="study"):
            chosen = _chosen(documents, tr)
            sheet = None if chosen is None else _sheet(documents.fingerprint, chosen, documents)
            if sheet is not None:
                study.open(sheet.document.id)
                _card(sheet, study, tr)
        with right, st.container(key="source"):
            if sheet is None:
                frame.line(tr("Choose a document to learn from it."), "empty")
            elif study.place is None:
                _outline(sheet, documents, study, tr)
            else:
                _source(sheet, study.place, study, tr)
    shown = sheet is not None and study.place is not None
    frame.scroll(_key(study), panel=shown, follow=shown)


def _study_state() -> StudyState:
    key = f"studying-{chosen_collection()}"
    return cast(StudyState, st.session_state.setdefault(key, StudyState()))


def _key(study: StudyState) -> str:
    return f"study-{study.document_id}-{study.moves}"


def _chosen(documents: Library, tr: Translator) -> str | None:
    """The identifier of the document to learn from."""
    found: Sequence[DocumentInfo] = documents.documents
    if len(found) > _CHOICE:
        found = documents.found(frame.search_field("study-search", tr))[:_CHOICE]
    titles = {document.id: document.title for document in found}
    key = f"study-document-{chosen_collection()}"
    named = st.query_params.get(_NAMED, "")
    linked = next((one for one in documents.documents if one.id == named), None)
    if linked is not None and key not in st.session_state:
        titles = {linked.id: linked.title, **titles}
        st.session_state[key] = linked.id
    chosen = st.selectbox(
        tr("Document"),
        list(titles),
        format_func=lambda identifier: titles.get(identifier, identifier),
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    address.of_page(**{_NAMED: chosen or ""})
    return chosen


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _sheet(fingerprint: str, document_id: str, _documents: Library) -> StudySheet | None:
    try:
        return study_sheet(_documents.engine().index, document_id)
    except UnknownDocumentError:
        return None


def _card(sheet: StudySheet, study: StudyState, tr: Translator) -> None:
    """One card, the side that is up, and what turns it."""
    if not sheet.cards:
        frame.line(tr("This document has no definition or list to make a card of."), "empty")
        return
    count = len(sheet.cards)
    number = study.card % count
    card, document = sheet.cards[number], sheet.document
    said = frame.macros("study", tr)
    term = document.text[slice(*card.term)] if card.term else ""
    lead = groups_of(document, card.lead) if card.lead else ()
    answer = groups_of(document, (card.start, card.end)) if study.turned else ()
    with st.container(key="card"):
        frame.line(tr("Card {number} of {count}", number=number + 1, count=count))
        st.html(said.card(card, term, frame.macros("document", tr).stretch(lead), document.title))
        if study.turned:
            content = frame.macros("document", tr).stretch(answer)
            st.html(said.answer(card, document, content))
    _card_buttons(sheet, (card.start, card.end), study, tr)


def _card_buttons(sheet: StudySheet, place: Span, study: StudyState, tr: Translator) -> None:
    count = len(sheet.cards)
    with st.container(horizontal=True, gap="xsmall", key="card-buttons"):
        frame.button(
            tr("Previous"),
            "card-previous",
            study.go,
            -1,
            count,
            icon="chevron_left",
            shortcut="Left",
        )
        frame.button(
            tr("See the question") if study.turned else tr("See the answer"),
            "card-turn",
            study.turn,
            icon="flip",
            kind="primary",
            shortcut="F",
        )
        frame.button(
            tr("Next"), "card-next", study.go, 1, count, icon="chevron_right", shortcut="Right"
        )
        if study.turned:
            frame.button(
                tr("In the source"),
                "card-source",
                study.show,
                place,
                icon="menu_book",
                kind="tertiary",
            )


def _outline(sheet: StudySheet, documents: Library, study: StudyState, tr: Translator) -> None:
    """What the document teaches, its terms and its headings; each leads into the source."""
    document = sheet.document
    st.html(frame.macros("document", tr).header(document.info))
    if objectives := taught(document, documents.documents):
        st.html(frame.macros("study", tr).objectives(objectives))
    if sheet.key_terms:
        with st.container(gap="xsmall"):
            frame.line(tr("Key terms"), "next", tag="h3")
            _key_terms(sheet, study)
    if sheet.outline:
        with st.container(gap="xsmall"):
            frame.line(tr("Outline"), "next", tag="h3")
            _headings(sheet, study)
            rest = len(sheet.outline) - _HEADINGS
            if rest > 0:
                frame.line(tr("{count} more", count=rest))


def _key_terms(sheet: StudySheet, study: StudyState) -> None:
    with st.container(horizontal=True, gap="xxsmall", key="key-terms"):
        for place, term in enumerate(sheet.key_terms):
            frame.button(
                plain_label(term.text, 40), f"term-{place}", study.show, (term.start, term.end)
            )


def _headings(sheet: StudySheet, study: StudyState) -> None:
    top = min(block.level for block in sheet.outline)
    with st.container(gap=None, key="outline"):
        for place, block in enumerate(sheet.outline[:_HEADINGS]):
            title = plain_label(sheet.document.text[block.start : block.end], 100)
            frame.button(
                _EACH_LEVEL * (block.level - top) + title,
                f"heading-{place}",
                study.show,
                (block.start, block.end),
                kind="tertiary",
            )


def taught(document: DocumentInfo, known: Sequence[DocumentInfo]) -> tuple[Objective, ...]:
    """The objectives of a document, with what the pages that state them say of each."""
    if document.objective is not None:
        return (document.objective,)
    stated = {one.objective.code: one.objective for one in known if one.objective is not None}
    return tuple(stated.get(code) or Objective(code=code) for code in document.objectives)


def _source(sheet: StudySheet, place: Span, study: StudyState, tr: Translator) -> None:
    """The document, with the place marked."""
    document = sheet.document
    frame.button(
        tr("Back to the outline"),
        "outline-back",
        study.show,
        None,
        icon="arrow_back",
        kind="tertiary",
    )
    st.html(frame.macros("document", tr).header(document.info))
    read(
        document,
        tr,
        marks=(Mark(start=place[0], end=place[1], strength="selected"),),
        focus=place[0],
        part=study.part,
        turn_to=study.turn_to,
        key=_key(study),
    )
