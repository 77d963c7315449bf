"""Filters and caution: what bears on the next question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

import streamlit as st

from qa.models import Filters
from qa.settings import Caution
from qa.ui import html
from qa.ui.library import Library
from qa.ui.strings import Strings

_CAUTION = "caution"
_FIELDS = ("language", "objective", "item", "document")


def filters() -> Filters:
    """The filters that are set."""
    chosen = {field: tuple(st.session_state.get(f"filter-{field}") or ()) for field in _FIELDS}
    return Filters(**chosen)


def caution(documents: Library) -> Caution:
    """The caution that is chosen, or the one that the server was started with."""
    return cast(Caution, st.session_state.get(_CAUTION) or documents.caution)


def filters_control(documents: Library, words: Strings) -> None:
    """A drop-down that restricts the documents to search."""
    count = sum(len(st.session_state.get(f"filter-{field}") or ()) for field in _FIELDS)
    label = words.filters_active.format(count=count) if count else words.filters
    with st.popover(label, icon=":material/filter_list:", type="tertiary", key="filters"):
        st.html(html.text("p", words.filters_help, class_="qa-facts"))
        titles = {document.id: document.title for document in documents.documents}
        languages: dict[str, str] = {str(code): name for code, name in words.languages.items()}
        _choice("language", words.language, list(languages), languages, words)
        _choice("objective", words.objective, documents.objectives, {}, words)
        _choice("item", words.item, documents.items, {}, words)
        _choice("document", words.document, list(titles), titles, words)


def _choice(
    field: str, label: str, options: Sequence[str], names: dict[str, str], words: Strings
) -> None:
    st.multiselect(
        label,
        options,
        format_func=lambda option: names.get(option, option),
        placeholder=words.any,
        key=f"filter-{field}",
        persist_state="session",
    )


def caution_control(documents: Library, words: Strings) -> None:
    """A drop-down that says how sure an answer must be."""
    chosen = caution(documents)
    label = words.labelled.format(label=words.caution, value=words.cautions[chosen].lower())
    with st.popover(label, icon=":material/balance:", type="tertiary", key="caution-menu"):
        st.radio(
            words.caution,
            get_args(Caution),
            index=get_args(Caution).index(documents.caution),
            format_func=lambda level: words.cautions[level],
            captions=[words.caution_helps[level] for level in get_args(Caution)],
            key=_CAUTION,
            persist_state="session",
        )
