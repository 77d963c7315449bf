"""The past conversations of a reader: to open, rename and erase."""

from __future__ import annotations

import streamlit as st

from qa.locale.translator import Translator
from qa.ui import frame, open_conversation
from qa.ui.conversation import Conversation
from qa.ui.conversation_store import ListedConversation
from qa.ui.labels import plain_label
from qa.ui.library import Library

_RENAMED = "renamed-conversation"


def past_conversations(talk: Conversation, documents: Library, tr: Translator) -> None:
    """A button that shows them over the page, where any are kept."""
    if not open_conversation.listed(documents):
        return
    if frame.button(tr("Conversations"), "past", icon="history", kind="tertiary"):
        st.session_state.pop(_RENAMED, None)
        _open(talk, documents, tr)


def _open(talk: Conversation, documents: Library, tr: Translator) -> None:
    @st.dialog(tr("Past conversations"))
    def show() -> None:
        days = documents.engine().settings.conversations.conversation_days
        frame.line(
            tr("Kept on this server for {days} days, and shown in this browser only.", days=days)
        )
        kept = open_conversation.listed(documents)
        for one in kept:
            _row(one, talk, documents, tr)
        if not kept:
            frame.line(tr("There is none any more."), "empty")
        elif frame.button(tr("Erase all"), "erase-past", icon="delete_sweep"):
            open_conversation.erase(talk, documents)
            st.rerun()

    show()


def _row(
    conversation: ListedConversation, talk: Conversation, documents: Library, tr: Translator
) -> None:
    def renamed() -> None:
        del st.session_state[_RENAMED]
        if title := st.session_state[f"past-title-{conversation.id}"].strip():
            open_conversation.rename(documents, conversation.id, title)

    with st.container(horizontal=True, gap="xxsmall", key=f"past-{conversation.id}"):
        if st.session_state.get(_RENAMED) == conversation.id:
            st.text_input(
                tr("Title"),
                value=conversation.title,
                key=f"past-title-{conversation.id}",
                max_chars=100,
                label_visibility="collapsed",
                on_change=renamed,
            )
        elif frame.button(
            plain_label(conversation.title, 60),
            f"past-open-{conversation.id}",
            kind="primary" if conversation.id == talk.id else "secondary",
            help=plain_label(frame.moment(conversation.changed_at, "short", tr)),
            width="stretch",
        ):
            open_conversation.go_on(talk, documents, conversation.id)
            st.rerun()
        if frame.button(tr("Rename"), f"past-rename-{conversation.id}", icon="edit"):
            st.session_state[_RENAMED] = conversation.id
            st.rerun(scope="fragment")
        if frame.button(tr("Erase"), f"past-erase-{conversation.id}", icon="delete"):
            open_conversation.erase(talk, documents, conversation.id)
            st.rerun(scope="app" if conversation.id == talk.id else "fragment")
