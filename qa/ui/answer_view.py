"""The left-hand side: questions, cited answers, abstentions and the passages next in line."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from qa.locale.names import LANGUAGES, disagreement_line
from qa.locale.translator import Translator, translator
from qa.models import Answer, Hit
from qa.ui import frame, open_conversation
from qa.ui.answer_export import tools_of_answer
from qa.ui.conversation import Conversation, Exchange, Selection
from qa.ui.document_parts import beginning, groups_of, joined_groups, together
from qa.ui.labels import plain_label
from qa.ui.library import Library
from qa.ui.votes import show_votes


def show_exchange(
    number: int, talk: Conversation, documents: Library, tr: Translator
) -> DeltaGenerator:
    """One question and its answer; returns where it is told how to go on."""
    exchange = talk.exchanges[number]
    answer = exchange.answer
    said = frame.macros("answer", tr)
    st.html(said.question(number, answer.question, answer.question_language))
    if answer.carried:
        _carried(number, answer, talk, documents, tr)
    further = None
    if answer.answered:
        _extracts(number, answer, talk, documents, tr)
    else:
        further = _abstention(number, exchange, talk, documents, tr)
    if exchange.may_be_kept:
        show_votes(number, answer, documents.engine().settings, tr)
    return further or _further(number)


def _further(number: int) -> DeltaGenerator:
    return st.container(key=f"going-on-{number}", gap="xsmall")


def _carried(
    number: int, answer: Answer, talk: Conversation, documents: Library, tr: Translator
) -> None:
    carried = tuple(dict.fromkeys(answer.carried))

    def forget(*dropped: str) -> None:
        open_conversation.forget(talk, documents, number, dropped)

    with st.container(
        horizontal=True, gap="xxsmall", vertical_alignment="center", key=f"carried-{number}"
    ):
        frame.line(tr("Understood with:"), tag="span", width="content")
        for word in carried:
            frame.button(
                plain_label(word, 30),
                f"forget-{number}-{word}",
                forget,
                word,
                icon="close",
                icon_position="right",
                help=plain_label(tr("Forget “{word}” and ask again", word=word)),
            )
        if len(carried) > 1:
            frame.button(tr("Forget all"), f"forget-{number}", forget, *carried, kind="tertiary")


def _extracts(
    number: int, answer: Answer, talk: Conversation, documents: Library, tr: Translator
) -> None:
    hits = {hit.rank: hit for hit in answer.sources}
    st.html(frame.macros("answer", tr).confidence(answer.confidence))
    stale = answer.index_fingerprint != documents.fingerprint
    shown = (
        tuple((number,) for number in range(len(answer.extracts)))
        if stale
        else together(answer, documents.document)
    )
    for numbers in shown:
        first = answer.extracts[numbers[0]]
        hit = hits[first.source]
        if stale:
            content = Markup("<p>{}</p>").format(first.text)
        else:
            spans = [(answer.extracts[one].start, answer.extracts[one].end) for one in numbers]
            groups = joined_groups(documents.document(hit.document.id), spans)
            content = frame.macros("document", tr).stretch(groups)
        language = hit.passage.language
        label = _label(hit)
        if language != answer.question_language:
            label += f" · {tr(LANGUAGES[language])}"
        with st.container(gap="xsmall"):
            quote = Markup('<blockquote class="qa-extract" lang="{}">{}</blockquote>')
            st.html(quote.format(language, content))
            _chip(label, Selection(exchange=number, rank=hit.rank, extract=numbers[0]), talk)
    for disagreement in answer.disagreements:
        frame.line(disagreement_line(disagreement, tr), "problem")
    tools_of_answer(number, talk, tr)
    cited = {extract.source for extract in answer.extracts}
    others = [hit for hit in answer.sources if hit.rank not in cited]
    if others:
        count = tr("Other passages ({count})", count=len(others))
        with st.expander(count, key=f"others-{number}"):
            _passages(number, others, talk, documents, tr)


def _abstention(
    number: int, exchange: Exchange, talk: Conversation, documents: Library, tr: Translator
) -> DeltaGenerator:
    """Why there is no answer, and what is near; returns where headings to choose from go."""
    answer = exchange.answer
    # What replies to a question speaks its language; what stands around it, that of the interface.
    reply = translator(answer.question_language)
    said = frame.macros("answer", reply)
    if not answer.searched:
        st.html(said.reply(answer.abstained_because, answer.question_language))
        return _further(number)
    hint = (
        reply("Filters are active: not all documents are searched.")
        if exchange.filters
        else reply("Try other words, or a more specific question.")
    )
    st.html(said.abstention(answer.abstained_because, answer.question_language, hint))
    further = _further(number)
    if answer.sources:
        frame.line(tr("Nearest passages, not an answer"), "nearest", tag="h3")
        _passages(number, answer.sources, talk, documents, tr)
    return further


def _passages(
    number: int, hits: Iterable[Hit], talk: Conversation, documents: Library, tr: Translator
) -> None:
    stale = talk.exchanges[number].answer.index_fingerprint != documents.fingerprint
    for hit in hits:
        span = beginning(hit.passage)
        groups = () if stale else groups_of(documents.document(hit.document.id), span)
        content = frame.macros("document", tr).stretch(groups)
        with st.container(gap="xsmall"):
            _chip(_label(hit), Selection(exchange=number, rank=hit.rank), talk)
            st.html(frame.macros("answer", tr).passage(hit, content, span[1] < hit.passage.end))


def _label(hit: Hit) -> str:
    return f"\\[{hit.rank}\\] {plain_label(hit.document.title, 60)}"


def _chip(label: str, selection: Selection, talk: Conversation) -> None:
    frame.button(
        label,
        f"cite-{selection.exchange}-{selection.rank}-{selection.extract}",
        talk.select,
        selection,
        kind="primary" if talk.selection == selection else "secondary",
    )
