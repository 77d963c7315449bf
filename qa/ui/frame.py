"""What all pages share: style, language of the interface, and how errors are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import streamlit as st

from qa.errors import QAError
from qa.models import Language
from qa.ui import html
from qa.ui.conversation import Conversation
from qa.ui.engines import library
from qa.ui.library import Library
from qa.ui.strings import INTERFACES, Strings

_HERE = Path(__file__).parent
_SHEETS = ("base", "chat", "source", "layout", "coverage")
_INTERFACE = "interface"
_CONVERSATION = "conversation"


def language() -> Language:
    """The language of the interface that was chosen."""
    return cast(Language, st.session_state.get(_INTERFACE) or "fr")


def strings() -> Strings:
    """The words of the interface, in that language."""
    return INTERFACES[language()]


def conversation() -> Conversation:
    """The conversation of this session."""
    if _CONVERSATION not in st.session_state:
        st.session_state[_CONVERSATION] = Conversation()
    return cast(Conversation, st.session_state[_CONVERSATION])


def dress(words: Strings) -> None:
    """Title, icon and logo of the application."""
    st.set_page_config(page_title=words.product, page_icon=_HERE / "logo.svg", layout="wide")
    st.logo(_HERE / "logo.svg", size="large")


def begin(words: Strings, heading: str) -> Library | None:
    """Open a page: style, language control, title for screen readers, documents.

    Returns `None` after saying why when the documents cannot be opened.
    """
    st.html(_style())
    st.segmented_control(
        words.interface,
        list(INTERFACES),
        default="fr",
        required=True,
        format_func=str.upper,
        key=_INTERFACE,
        persist_state="session",
        label_visibility="collapsed",
    )
    st.html(html.text("h1", heading, class_="qa-hidden"))
    try:
        with st.spinner(words.loading):
            return library()
    except QAError as error:
        show_problem(str(error))
        return None


def _style() -> str:
    sheets = (_HERE / "style" / f"{name}.css" for name in _SHEETS)
    return f"<style>{''.join(sheet.read_text(encoding='utf-8') for sheet in sheets)}</style>"


def download(label: str, make: Callable[[], str], *, name: str, mime: str, key: str) -> None:
    """A button that gives a text as a file, made only when it is wanted."""
    st.download_button(
        label,
        data=lambda: make().encode(),
        file_name=name,
        mime=mime,
        icon=":material/download:",
        key=key,
        on_click="ignore",
    )


def show_problem(message: str) -> None:
    """Say what went wrong, in one line."""
    st.html(html.text("p", message, class_="qa-problem", role="alert"))


def scroll(key: str, *, panel: bool, turn: int | None = None, follow: bool) -> None:
    """Bring the marked words, or else the newest question, into view once for each `key`."""
    script = (_HERE / "scroll.js").read_text(encoding="utf-8")
    show = st.components.v2.component("qa_scroll", js=script)
    data = {"key": key, "panel": panel, "turn": turn, "follow": follow}
    show(key="scroll", data=data, height=1)
