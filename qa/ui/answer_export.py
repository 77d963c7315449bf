"""What a reader takes away: text of an answer, its references, links, the whole conversation."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from qa.citing import markdown_answer, markdown_conversation, plain_answer, reference
from qa.locale.translator import Translator
from qa.models import Hit
from qa.ui import address, frame
from qa.ui.conversation import Conversation, Selection


def tools_of_answer(number: int, talk: Conversation, tr: Translator) -> None:
    """Buttons below an answer that copy it."""
    answer = talk.exchanges[number].answer
    link = _link(talk, Selection(exchange=number, rank=answer.extracts[0].source, extract=0), tr)
    plain, marked = plain_answer(answer, tr, link), markdown_answer(answer, tr, link)
    st.html(frame.macros("answer", tr).answer_tools(plain, marked, link))


def tools_of_source(hit: Hit, talk: Conversation, tr: Translator) -> None:
    """Buttons above a source that copy where it stands."""
    link = _link(talk, talk.selection, tr)
    st.html(frame.macros("answer", tr).source_tools(reference(hit, tr), link))


def save_conversation(talk: Conversation, tr: Translator) -> None:
    """A menu that gives the conversation as a file, or on paper."""
    with st.popover(tr("Save"), icon=":material/download:", type="tertiary", key="save"):
        frame.download(
            tr("Conversation (Markdown)"),
            lambda: markdown_conversation((exchange.answer for exchange in talk.exchanges), tr),
            name="conversation.md",
            mime="text/markdown",
            key="save-markdown",
        )
        st.html(frame.macros("answer", tr).print_button())


def _link(talk: Conversation, selection: Selection | None, tr: Translator) -> str:
    """The address under which anybody finds this citation, answered afresh."""
    page = st.context.url
    if not page or selection is None:
        return ""
    filters = talk.exchanges[selection.exchange].filters
    values = address.parameters(talk, selection, shared=True)
    values |= address.chosen(tr.language, filters)
    return f"{page}?{urlencode(values, doseq=True)}"
