"""A page of a PDF as it looks, with the words of an answer marked, and the file to take along."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final, NamedTuple

import streamlit as st

from qa.errors import QAError
from qa.index.originals import Original, Originals
from qa.locale.translator import Translator
from qa.models import Document, DocumentInfo
from qa.reading.pdf_pages import Box, DrawnPage, draw_page
from qa.settings import ReadingSettings
from qa.ui import frame
from qa.ui.document_parts import Mark, Strength
from qa.ui.library import Library

_TURNED: Final = "page-turned"
_KEPT: Final = 64
_FURTHER: Final = 8
"""Pages after that of a paragraph on which its words are looked for."""


class _Page(NamedTuple):
    drawn: DrawnPage
    marked: list[tuple[Strength, Box]]


class _Piece(NamedTuple):
    """Words to mark on a page."""

    text: str
    strength: Strength


def show_original(
    document: Document,
    documents: Library,
    tr: Translator,
    *,
    marks: Sequence[Mark] = (),
    focus: int = 0,
    key: str,
) -> None:
    """What a document was read from: the file, and of a PDF the page that holds `focus`."""
    original = documents.originals.original(document)
    if original is None:
        return
    page: _Page | None = None
    if document.format == "pdf" and original.state == "unchanged":
        try:
            page = _page(document, documents, marks, focus, key)
        except QAError as error:
            frame.show_problem(error.said(tr))
    with st.container(horizontal=True, vertical_alignment="center", key="original", gap="xsmall"):
        if page is not None and page.drawn.count > 1:
            _turning(page.drawn, key, tr)
        _file(document, original, documents, tr)
    if page is not None:
        image = b64encode(page.drawn.image).decode()
        with st.container(key="drawn-page"):
            st.html(frame.macros("document", tr).page(page.drawn, image, page.marked, key))


def _page(
    document: Document, documents: Library, marks: Sequence[Mark], focus: int, key: str
) -> _Page:
    """The page that was turned to, or else the one of `focus`; raises `QAError`."""
    turned_for, turned_to = st.session_state.get(_TURNED, ("", 0))
    first = turned_to if turned_for == key else _page_of(document, focus)
    last = first if turned_for == key else first + _FURTHER
    pieces = _pieces(document, marks, first, last)
    settings = documents.engine().settings.reading
    drawn = _drawn(document.info, (first, last), pieces, documents.originals, settings)
    marked = [
        (piece.strength, box)
        for piece, boxes in zip(pieces, drawn.boxes, strict=True)
        for box in boxes
    ]
    return _Page(drawn, marked)


def _file(document: DocumentInfo, original: Original, documents: Library, tr: Translator) -> None:
    """The file to take along, or why it cannot be had."""
    if original.state == "changed":
        frame.line(tr("The file has changed since it was indexed."))
    elif original.state == "missing":
        frame.line(tr("The file that this was read from is no longer there."))
    else:
        originals, info = documents.originals, document
        st.download_button(
            tr("Original file"),
            data=lambda: originals.data(info),
            file_name=PurePosixPath(document.path).name,
            mime="application/octet-stream",
            icon=":material/download:",
            type="tertiary",
            key="original-file",
            on_click="ignore",
        )


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _drawn(
    document: DocumentInfo,
    numbers: tuple[int, int],
    pieces: tuple[_Piece, ...],
    _originals: Originals,
    _settings: ReadingSettings,
) -> DrawnPage:
    data = _originals.data(document)
    return draw_page(data, numbers, [piece.text for piece in pieces], _settings)


def _page_of(document: Document, offset: int) -> int:
    held = (block.page for block in document.blocks if block.end > offset and block.page)
    return next(held, 1)


def _pieces(document: Document, marks: Sequence[Mark], first: int, last: int) -> tuple[_Piece, ...]:
    """The marked words of the blocks that may reach these pages; paragraphs run over them."""
    ends = [after.page or 0 for _, after in pairwise(document.blocks)]
    pieces: list[_Piece] = []
    for mark in marks:
        for block, end in zip(document.blocks, (*ends, last), strict=True):
            start, stop = max(mark.start, block.start), min(mark.end, block.end)
            if start < stop and (block.page or 0) <= last and end >= first:
                pieces.append(_Piece(document.text[start:stop], mark.strength))
    return tuple(pieces)


def _turning(drawn: DrawnPage, key: str, tr: Translator) -> None:
    names = (tr("Previous page"), tr("Next page"))
    frame.pager(names, "page", partial(_turn, key), drawn.number - 1, drawn.count)
    said = tr("Page {number} of {count}", number=drawn.number, count=drawn.count)
    frame.line(said, width="content")


def _turn(key: str, place: int) -> None:
    st.session_state[_TURNED] = (key, place + 1)
