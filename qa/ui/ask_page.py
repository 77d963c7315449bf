"""The page where questions are asked: a chat, and the source of its answers."""

from __future__ import annotations

import streamlit as st

from qa.errors import QAError, QuestionError
from qa.locale.translator import Translator
from qa.ui import controls, frame, open_conversation
from qa.ui.address import LONGEST
from qa.ui.answer_export import save_conversation
from qa.ui.answer_view import show_exchange
from qa.ui.conversation import Conversation
from qa.ui.conversation_list import past_conversations
from qa.ui.engines import chosen_collection, latest
from qa.ui.labels import plain_label
from qa.ui.library import Library
from qa.ui.source_view import has_source, show_source
from qa.ui.suggestions_view import show_going_on
from qa.ui.votes import consent, may_be_kept

_QUESTION = "question"


def show() -> None:
    """Draw the page."""
    tr = frame.interface()
    heading = tr("Ask a question about the course")
    another = frame.is_another_view(heading)
    documents = frame.begin(tr, heading)
    if documents is None:
        return
    talk = open_conversation.current(documents)
    if another:
        talk.look_again()
    if talk.exchanges:
        _panes(talk, documents, tr)
    else:
        _welcome(talk, documents, tr)


def _welcome(talk: Conversation, documents: Library, tr: Translator) -> None:
    with st.container(key="welcome"):
        st.html(frame.macros("answer", tr).welcome(len(documents.documents), chosen_collection()))
        _composer(talk, documents, tr)
        if documents.examples:
            frame.line(tr("For example"), "examples", tag="h2")
        with st.container(key="examples", gap="xsmall"):
            for number, question in enumerate(documents.examples):
                frame.button(
                    plain_label(question, 120),
                    f"example-{number}",
                    _ask,
                    question,
                    talk,
                    documents,
                    width="stretch",
                )


def _panes(talk: Conversation, documents: Library, tr: Translator) -> None:
    key = f"move-{talk.moves}"
    turn = talk.selection.exchange if talk.selection else len(talk.exchanges) - 1
    # Before what it scrolls, so that the source is never seen at its beginning first.
    frame.scroll(key, panel=has_source(talk, documents), turn=turn, follow=talk.followed)
    with st.container(key="panes"):
        left, right = st.columns([10, 11], gap="medium")
        with left, st.container(key="chat"):
            with st.container(key="messages"):
                if talk.first_shown:
                    frame.button(
                        tr("Earlier questions: {count}", count=talk.first_shown),
                        "earlier",
                        talk.show_earlier,
                        icon="history",
                        kind="tertiary",
                    )
                for number in range(talk.first_shown, len(talk.exchanges)):
                    further = show_exchange(number, talk, documents, tr)
            _composer(talk, documents, tr)
        with right, st.container(key="source"):
            show_source(talk, documents, tr, key)
    with further:
        show_going_on(talk, documents, tr, _ask)


def _composer(talk: Conversation, documents: Library, tr: Translator) -> None:
    """The question box and what bears on the next question."""
    with st.container(key="composer", gap="xsmall"):
        if talk.problem:
            frame.show_problem(talk.problem.said(tr))
        st.chat_input(
            tr("Your question…"),
            key=_QUESTION,
            on_submit=_submitted,
            args=(talk, documents),
        )
        consent(documents.engine().settings, tr)
        with st.container(horizontal=True, gap="xxsmall", key="controls"):
            controls.filters_control(documents, tr)
            controls.caution_control(documents, tr)
            if talk.exchanges:
                frame.button(
                    tr("New conversation"),
                    "restart",
                    talk.restart,
                    icon="edit_square",
                    kind="tertiary",
                )
            past_conversations(talk, documents, tr)
            if talk.exchanges:
                save_conversation(talk, tr)


def _submitted(talk: Conversation, documents: Library) -> None:
    _ask(st.session_state[_QUESTION] or "", talk, latest(documents))


def _ask(question: str, talk: Conversation, documents: Library) -> None:
    try:
        if len(question) > LONGEST:
            # It stays in the box, to be shortened.
            st.session_state[_QUESTION] = question
            raise QuestionError(
                "the question has {count} characters; {most} are read at most: shorten it",
                count=len(question),
                most=LONGEST,
            )
        open_conversation.ask(talk, documents, question, may_be_kept=may_be_kept())
    except QAError as error:
        talk.problem = error
