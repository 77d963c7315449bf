"""The conversation of a session: opened from its address, and kept for another visit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, TypeVar, cast

import streamlit as st

from qa.errors import ConversationsError, QAError
from qa.settings import Settings
from qa.ui import address, controls
from qa.ui.address import Wanted
from qa.ui.conversation import Conversation
from qa.ui.conversation_store import ConversationStore, ListedConversation
from qa.ui.engines import chosen_collection, index_location
from qa.ui.library import Library
from qa.ui.visitor import identity

_MESSAGES: Final = logging.getLogger(__name__)
_CONVERSATION: Final = "conversation"
_RESUMED: Final = timedelta(hours=12)
"""A working day: a visit without an address goes on with a conversation that is not older."""
Found = TypeVar("Found")


def current(documents: Library) -> Conversation:
    """The conversation to show: that of the address, where the browser has changed it."""
    key = f"{_CONVERSATION}-{chosen_collection()}"
    talk = cast(Conversation, st.session_state.setdefault(key, Conversation()))
    wanted = address.wanted()
    if wanted is None:
        _catch_up(talk, documents)
    else:
        _open(talk, wanted, documents)
    address.of_talk(talk)
    return talk


def ask(talk: Conversation, documents: Library, question: str, *, may_be_kept: bool) -> None:
    """Put a question; raises `QuestionError`."""
    _catch_up(talk, documents)
    engine = documents.engine(controls.caution(documents))
    talk.ask(engine, question, controls.filters(), may_be_kept=may_be_kept)
    _keep(talk, len(talk.exchanges) - 1, documents)


def forget(talk: Conversation, documents: Library, number: int, words: Iterable[str]) -> None:
    """Put a question again without these words of the earlier ones."""
    talk.forget(documents.engine(controls.caution(documents)), number, words)
    _keep(talk, number, documents)


def listed(documents: Library) -> tuple[ListedConversation, ...]:
    """The past conversations of the reader, the latest first."""
    return _with(documents, lambda kept, reader: kept.listed(reader), ())


def go_on(talk: Conversation, documents: Library, identifier: str) -> None:
    """Open a past conversation."""
    _with(documents, lambda kept, reader: _take(talk, kept, reader, identifier), False)


def rename(documents: Library, identifier: str, title: str) -> None:
    """Give a past conversation another title."""
    _with(documents, lambda kept, reader: kept.rename(reader, identifier, title), None)


def erase(talk: Conversation, documents: Library, identifier: str | None = None) -> None:
    """Erase a past conversation, or all; the one on show is over with it."""
    _with(documents, lambda kept, reader: kept.erase(reader, identifier), None)
    if identifier in {None, talk.id}:
        talk.restart()


def _open(talk: Conversation, wanted: Wanted, documents: Library) -> None:
    own = bool(wanted.conversation) and (
        wanted.conversation == talk.id
        or _with(documents, lambda k, reader: _take(talk, k, reader, wanted.conversation), False)
    )
    if own and talk.exchanges:
        number = len(talk.exchanges) - 1 if wanted.turn is None else wanted.turn
    elif wanted.questions:
        number = _asked_afresh(talk, wanted.questions, documents)
    elif wanted.conversation:
        talk.take_over(wanted.conversation, (), 0)
        return
    else:
        _resume(talk, documents)
        return
    selection = wanted.selection(number)
    if selection is not None:
        talk.return_to(selection)


def _asked_afresh(talk: Conversation, questions: tuple[str, ...], documents: Library) -> int:
    """The exchange that these questions lead to, asked now unless they just were."""
    for number in range(len(talk.exchanges)):
        if talk.chain(number) == questions:
            return number
    talk.restart()
    try:
        for question in questions:
            ask(talk, documents, question, may_be_kept=False)
    except QAError as error:
        talk.problem = error
    return len(talk.exchanges) - 1


def _resume(talk: Conversation, documents: Library) -> None:
    """Go on with the latest conversation of the day, where none is on show."""
    if talk.id:
        return
    latest = listed(documents)[:1]
    since = datetime.now(UTC).replace(tzinfo=None) - _RESUMED
    if latest and latest[0].changed_at > since:
        go_on(talk, documents, latest[0].id)


def _catch_up(talk: Conversation, documents: Library) -> None:
    """Take over what another tab made of this conversation."""

    def look(kept: ConversationStore, reader: str) -> None:
        if not talk.id or kept.version(reader, talk.id) == talk.version:
            return
        shown = talk.selection
        if not _take(talk, kept, reader, talk.id):
            talk.restart()
        elif shown is not None:
            talk.return_to(shown)

    _with(documents, look, None)


def _take(talk: Conversation, kept: ConversationStore, reader: str, identifier: str) -> bool:
    version = kept.version(reader, identifier)
    exchanges = kept.exchanges(reader, identifier) if version else ()
    if exchanges:
        talk.take_over(identifier, exchanges, version)
    return bool(exchanges)


def _keep(talk: Conversation, number: int, documents: Library) -> None:
    exchange = talk.exchanges[number]
    talk.version = _with(
        documents, lambda kept, reader: kept.keep(reader, talk.id, number, exchange), talk.version
    )


def _with(
    documents: Library, use: Callable[[ConversationStore, str], Found], otherwise: Found
) -> Found:
    """What the kept conversations give, where the settings and the browser let them be kept."""
    settings = documents.engine().settings
    reader = _owner()
    if not reader or not settings.conversations.conversation_days:
        return otherwise
    try:
        kept = _kept(settings)
        return use(kept, reader) if kept else otherwise
    except ConversationsError as error:
        # What is down must not keep students from their answers: the server's log has it.
        _MESSAGES.warning("%s", error)
        return otherwise


def _owner() -> str:
    """Who has conversations on what is served here; empty for a browser that takes no cookie."""
    who = identity()
    return who and sha256(f"{who} {index_location() or ''}".encode()).hexdigest()


@st.cache_resource(show_spinner=False, max_entries=1)
def _kept(settings: Settings) -> ConversationStore | None:
    return ConversationStore.open(settings)
