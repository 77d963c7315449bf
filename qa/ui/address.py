"""The address of a page in the browser: what it carries, written after each run and read when the
browser changes it, by a first visit, a link, or back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import streamlit as st

from qa.locale.translator import languages
from qa.models import Filters
from qa.ui.conversation import REMEMBERED, Conversation, Selection
from qa.ui.engines import COLLECTION, chosen_collection, collections

INTERFACE: Final = "interface"
LONGEST: Final = 2000
"""Characters of a question."""
FILTERS: Final = ("language", "objective", "item", "document")
"""Fields that the search can be restricted by."""
CHOSEN: Final = "interface-chosen"
_KNOWN: Final = "address"
_WANTED: Final = "address-wanted"
_TALK: Final = "address-talk"
_PAGE: Final = "address-page"
_LANGUAGE: Final = "lang"
_QUESTION: Final = "q"
_TURN: Final = "turn"
_CITED: Final = "cite"
_CONVERSATION: Final = "talk"
_FILTER: Final = "filter-"
_OF_TALK: Final = (_CONVERSATION, _QUESTION, _TURN, _CITED)
_ID: Final = re.compile(r"[\w-]{16}", re.ASCII)

Parameters = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks the chat to show."""

    conversation: str = ""
    questions: tuple[str, ...] = ()
    """Asked afresh, in this order, where the conversation is not the reader's own."""
    turn: int | None = None
    """The exchange of the conversation, from 0."""
    rank: int | None = None
    extract: int | None = None

    def selection(self, exchange: int) -> Selection | None:
        """The citation, in this exchange."""
        if self.rank is None:
            return None
        return Selection(exchange=exchange, rank=self.rank, extract=self.extract)


def follow() -> None:
    """Take over what the address says, where the browser has changed it since the last run."""
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    if now == st.session_state.get(_KNOWN):
        return
    first = _KNOWN not in st.session_state
    st.session_state[_KNOWN] = now
    spoken = now.get(_LANGUAGE, [""])[-1]
    if spoken in languages():
        st.session_state[INTERFACE] = spoken
        st.session_state[CHOSEN] = True
    named = now.get(COLLECTION, [""])[-1]
    if named and named in collections():
        st.session_state[COLLECTION] = named
    # Links between the pages carry nothing: the session goes on as it was.
    if first or {_CONVERSATION, _QUESTION} & set(now):
        for field in FILTERS:
            st.session_state[f"{_FILTER}{field}"] = now.get(f"{_FILTER}{field}", [])
        st.session_state[_WANTED] = _wanted(now)
        st.session_state[_talk_key()] = {name: now[name] for name in _OF_TALK if name in now}


def wanted() -> Wanted | None:
    """What the chat has still to open, once."""
    found = st.session_state.pop(_WANTED, None)
    return found if isinstance(found, Wanted) else None


def of_talk(talk: Conversation) -> None:
    """Let the address name a conversation, and the citation on show."""
    st.session_state[_talk_key()] = parameters(talk, talk.selection) if talk.id else {}


def parameters(
    talk: Conversation, selection: Selection | None, *, shared: bool = False
) -> Parameters:
    """A conversation and a citation; `shared` leaves out what only its owner can open."""
    found: Parameters = {} if shared else {_CONVERSATION: [talk.id]}
    if not talk.exchanges:
        return found
    number = selection.exchange if selection else len(talk.exchanges) - 1
    found[_QUESTION] = list(talk.chain(number))
    if not shared:
        found[_TURN] = [str(number + 1)]
    if selection:
        place = "" if selection.extract is None else f".{selection.extract + 1}"
        found[_CITED] = [f"{selection.rank}{place}"]
    return found


def of_page(**values: str) -> None:
    """Let the address carry what a page has for itself, in this run."""
    st.session_state[_PAGE] = {name: [value] for name, value in values.items() if value}


def write(language: str) -> None:
    """Bring the address up to date."""
    found: Parameters = {**st.session_state.get(_talk_key(), {}), **st.session_state.pop(_PAGE, {})}
    restricted = chosen(language)
    # A first visit keeps its bare address: with another one, back would lead to where one is.
    if found or len(restricted) > 1 or st.session_state.get(_KNOWN) or st.session_state.get(CHOSEN):
        found |= restricted
    if found != st.session_state.get(_KNOWN):
        st.session_state[_KNOWN] = found
        st.query_params.from_dict(found)


def chosen(language: str, filters: Filters | None = None) -> Parameters:
    """What bears on all answers: the filters, those that are set or others, and the language."""
    found: Parameters = {}
    for field in FILTERS:
        key = f"{_FILTER}{field}"
        values = getattr(filters, field) if filters else st.session_state.get(key)
        if values:
            found[key] = list(values)
    if name := chosen_collection():
        found[COLLECTION] = [name]
    return found | {_LANGUAGE: [language]}


def _talk_key() -> str:
    """Each collection has a conversation of its own."""
    return f"{_TALK}-{chosen_collection()}"


def _wanted(now: Parameters) -> Wanted:
    last = {name: values[-1] for name, values in now.items()}
    named = last.get(_CONVERSATION, "")
    rank, _, extract = last.get(_CITED, "").partition(".")
    return Wanted(
        conversation=named if _ID.fullmatch(named) else "",
        questions=tuple(one[:LONGEST] for one in now.get(_QUESTION, [])[-REMEMBERED - 1 :]),
        turn=_place(last.get(_TURN, "")),
        rank=None if _place(rank) is None else int(rank),
        extract=_place(extract),
    )


def _place(text: str) -> int | None:
    """A number counted from 1 as one counted from 0; `None` for anything else."""
    return int(text) - 1 if text.isascii() and text.isdecimal() and 0 < int(text) < 10**6 else None
