"""Filters and caution: what bears on the next question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

import streamlit as st

from qa.locale.names import CAUTION_HELPS, CAUTIONS, LANGUAGES
from qa.locale.translator import Translator
from qa.models import Filters
from qa.settings import Caution
from qa.ui import frame
from qa.ui.address import FILTERS
from qa.ui.library import Library

_CAUTION = "caution"


def filters() -> Filters:
    """The filters that are set."""
    chosen = {field: tuple(st.session_state.get(f"filter-{field}") or ()) for field in FILTERS}
    return Filters(**chosen)


def caution(documents: Library) -> Caution:
    """The caution that is chosen, or the one that the server was started with."""
    return cast(Caution, st.session_state.get(_CAUTION) or documents.caution)


def filters_control(documents: Library, tr: Translator) -> None:
    """A drop-down that restricts the documents to search."""
    count = sum(len(st.session_state.get(f"filter-{field}") or ()) for field in FILTERS)
    label = tr("Filters: {count}", count=count) if count else tr("Filter")
    menu = st.popover(
        label,
        icon=":material/filter_list:",
        type="tertiary",
        key="filters",
        # The titles of thousands of documents are sent to those who choose among them only.
        on_change="rerun",
    )
    for field in FILTERS:
        st.session_state.setdefault(f"filter-{field}", [])
    if not menu.open:
        return
    with menu:
        frame.line(tr("Search in some documents only"))
        titles = {document.id: document.title for document in documents.documents}
        languages: dict[str, str] = {code: tr(name) for code, name in LANGUAGES.items()}
        _choice("language", tr("Language"), list(languages), languages, tr)
        _choice("objective", tr("Objective"), documents.objectives, {}, tr)
        _choice("item", tr("Item"), documents.items, {}, tr)
        _choice("document", tr("Document"), list(titles), titles, tr)


def _choice(
    field: str, label: str, options: Sequence[str], names: dict[str, str], tr: Translator
) -> None:
    key = f"filter-{field}"
    # An address may name what there is not, or not any more.
    st.session_state[key] = [one for one in st.session_state.get(key) or () if one in options]
    st.multiselect(
        label,
        options,
        format_func=lambda option: names.get(option, option),
        placeholder=tr("No filter"),
        key=key,
        persist_state="session",
    )


def caution_control(documents: Library, tr: Translator) -> None:
    """A drop-down that says how sure an answer must be."""
    chosen = caution(documents)
    label = tr("{label}: {value}", label=tr("Caution"), value=tr(CAUTIONS[chosen]).lower())
    with st.popover(label, icon=":material/balance:", type="tertiary", key="caution-menu"):
        st.radio(
            tr("Caution"),
            get_args(Caution),
            index=get_args(Caution).index(documents.caution),
            format_func=lambda level: tr(CAUTIONS[level]),
            captions=[tr(CAUTION_HELPS[level]) for level in get_args(Caution)],
            key=_CAUTION,
            persist_state="session",
        )
