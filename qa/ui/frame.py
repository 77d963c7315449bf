"""What all pages share: style, language of the interface, lines of text, how errors are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st
from babel.dates import format_datetime, get_timezone
from markupsafe import Markup

from qa import templates
from qa.errors import QAError
from qa.locale.translator import Translator, languages, translator
from qa.ui.address import CHOSEN, INTERFACE
from qa.ui.engines import (
    COLLECTION,
    NEW_COLLECTION,
    chosen_collection,
    collections,
    library,
)
from qa.ui.library import Library
from qa.ui.streamlit_texts import streamlit_texts

_HERE = Path(__file__).parent
_SHEETS = ("base", "chat", "source", "layout", "coverage", "study", "print")
_USUAL = "fr"
_SHOWN = "shown-page"
_CHOSEN_BEFORE = "qa-language"
"""The cookie with the language that a reader chose at an earlier visit."""


def interface() -> Translator:
    """The texts of the interface, in the language that was chosen, or else of the browser."""
    return translator(st.session_state.get(INTERFACE) or _first_language())


def _first_language() -> str:
    known = languages()
    for named in (st.context.cookies.get(_CHOSEN_BEFORE), st.context.locale):
        language = str(named or "").partition("-")[0].lower()
        if language in known:
            return language
    return _USUAL


def dress(tr: Translator) -> None:
    """Title, icon and logo of the application."""
    icon = _HERE / "logo.svg"
    st.set_page_config(page_title=tr("Sourced answers"), page_icon=icon, layout="wide")
    st.logo(icon, size="large")


def is_another_view(heading: str) -> bool:
    """Whether the last run drew another page, or this one in another language."""
    before = st.session_state.get(_SHOWN)
    return bool(before != heading)


def begin(tr: Translator, heading: str) -> Library | None:
    """Open a page: what `dress_page` does, and the documents.

    Returns `None` after saying why when the documents cannot be opened.
    """
    dress_page(tr, heading)
    _collection_control(tr)
    try:
        with st.spinner(tr("Opening the documents…")):
            return library()
    except QAError as error:
        show_problem(error.said(tr))
        return None


def dress_page(tr: Translator, heading: str) -> None:
    """Style, language control, title for screen readers."""
    st.session_state[_SHOWN] = heading
    st.html(_style())
    st.session_state.setdefault(INTERFACE, tr.language)
    st.segmented_control(
        tr("Interface language"),
        languages(),
        required=True,
        format_func=str.upper,
        key=INTERFACE,
        on_change=_choose,
        persist_state="session",
        label_visibility="collapsed",
    )
    _page(tr)
    line(heading, "hidden", tag="h1")


def _choose() -> None:
    st.session_state[CHOSEN] = True


def _page(tr: Translator) -> None:
    """What Streamlit leaves out around a page: its language, and back from page to page."""
    data = {
        "language": tr.language,
        "chosen": bool(st.session_state.get(CHOSEN)),
        "texts": streamlit_texts(tr),
    }
    run_script("page", "page", data=data)


def _collection_control(tr: Translator) -> None:
    """Which course is open, to choose where there are several."""
    names = collections()
    if st.session_state.get(NEW_COLLECTION) in names:
        st.session_state[COLLECTION] = st.session_state.pop(NEW_COLLECTION)
    if names == ("",):
        return
    with st.container(key="course"):
        if len(names) == 1:
            line(names[0], "course")
        elif names:
            st.selectbox(
                tr("Course"),
                names,
                index=names.index(chosen_collection()),
                format_func=lambda name: name or tr("Built-in documents"),
                key=COLLECTION,
                on_change=_forget_filters,
                persist_state="session",
                label_visibility="collapsed",
            )


def _forget_filters() -> None:
    """They name documents of another course."""
    for key in [key for key in st.session_state if str(key).startswith("filter-")]:
        del st.session_state[key]


@cache
def _style() -> str:
    sheets = (_HERE / "style" / f"{name}.css" for name in _SHEETS)
    return f"<style>{''.join(sheet.read_text(encoding='utf-8') for sheet in sheets)}</style>"


def macros(name: str, tr: Translator) -> Any:
    """The macros of a template of the pages, which give HTML."""
    return templates.macros("qa.ui", name, tr)


def line(
    content: str,
    kind: str = "facts",
    *,
    tag: str = "p",
    role: str = "",
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """A line of text in one of the styles of the pages."""
    told = Markup(' role="{}"').format(role) if role else ""
    text = Markup('<{tag} class="qa-{kind}"{told}>{}</{tag}>')
    st.html(text.format(content, tag=tag, kind=kind, told=told), width=width)


def show_problem(message: str) -> None:
    """Say what went wrong, in one line."""
    line(message, "problem", role="alert")


def button(
    label: str,
    key: str,
    act: Callable[..., None] | None = None,
    *values: object,
    icon: str = "",
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
    **more: Any,
) -> bool:
    """A button that calls `act` with the values; `icon` is one of Material's, by its name."""
    drawn = f":material/{icon}:" if icon else None
    return st.button(label, key, type=kind, icon=drawn, on_click=act, args=values, **more)


def pager(
    names: tuple[str, str], key: str, turn_to: Callable[[int], None], number: int, count: int
) -> None:
    """Buttons that turn to the part before and to the next one; parts are counted from 0."""
    for name, side, target in zip(names, ("left", "right"), (number - 1, number + 1), strict=True):
        disabled = not 0 <= target < count
        icon = f"chevron_{side}"
        button(
            name, f"{key}-{side}", turn_to, target, icon=icon, kind="tertiary", disabled=disabled
        )


def search_field(key: str, tr: Translator) -> str:
    """A field for words that documents are looked for by."""
    label = tr("Search a title, an objective, the text…")
    return st.text_input(
        label,
        placeholder=label,
        icon=":material/search:",
        label_visibility="collapsed",
        key=key,
    )


def moment(when: datetime, style: Literal["short", "long"], tr: Translator) -> str:
    """A time as the reader's language and zone have it; without a zone, it is UTC."""
    zone = get_timezone(st.context.timezone or "UTC")
    said: str = format_datetime(when, style, tzinfo=zone, locale=tr.language)
    return said


def run_script(name: str, key: str, **given: Any) -> None:
    """Have the browser run a script of the pages."""
    script = (_HERE / f"{name}.js").read_text(encoding="utf-8")
    st.components.v2.component(f"qa_{name}", js=script)(key=key, height=1, **given)


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


def scroll(key: str, *, panel: bool, turn: int | None = None, follow: bool) -> None:
    """Bring the marked words, or else the newest question, into view once for each `key`."""
    data = {"key": key, "panel": panel, "turn": turn, "follow": follow}
    run_script("scroll", "scroll", data=data)
