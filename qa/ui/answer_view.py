"""The left-hand side: questions, cited answers, abstentions and the passages next in line."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from qa.models import Answer, Hit
from qa.ui import controls, html
from qa.ui.conversation import Conversation, Exchange, Selection
from qa.ui.document_html import stretch
from qa.ui.labels import plain_label
from qa.ui.library import Library
from qa.ui.strings import Strings
from qa.ui.votes import show_votes


def show_exchange(number: int, talk: Conversation, documents: Library, words: Strings) -> None:
    """One question and its answer."""
    exchange = talk.exchanges[number]
    answer = exchange.answer
    st.html(
        html.element(
            "div",
            html.question(answer.question, answer.question_language, words),
            class_="qa-turn",
            id=f"qa-turn-{number}",
            data_qa_turn=number,
        )
    )
    if answer.carried:
        _carried(number, answer, talk, documents, words)
    if answer.answered:
        _extracts(number, answer, talk, documents, words)
    else:
        _abstention(number, exchange, talk, words)
    show_votes(number, answer, documents.engine().settings)


def _carried(
    number: int, answer: Answer, talk: Conversation, documents: Library, words: Strings
) -> None:
    carried = tuple(dict.fromkeys(answer.carried))

    def forget(*dropped: str) -> None:
        talk.forget(documents.engine(controls.caution(documents)), number, dropped)

    with st.container(
        horizontal=True, gap="xxsmall", vertical_alignment="center", key=f"carried-{number}"
    ):
        st.html(html.text("span", words.carried, class_="qa-facts"), width="content")
        for word in carried:
            st.button(
                plain_label(word, 30),
                icon=":material/close:",
                icon_position="right",
                help=plain_label(words.forget.format(word=word)),
                key=f"forget-{number}-{word}",
                on_click=forget,
                args=(word,),
            )
        if len(carried) > 1:
            st.button(
                words.forget_all,
                type="tertiary",
                key=f"forget-{number}",
                on_click=forget,
                args=carried,
            )


def _extracts(
    number: int, answer: Answer, talk: Conversation, documents: Library, words: Strings
) -> None:
    hits = {hit.rank: hit for hit in answer.sources}
    st.html(html.confidence(answer.confidence, words))
    stale = answer.index_fingerprint != documents.fingerprint
    for place, extract in enumerate(answer.extracts):
        hit = hits[extract.source]
        if stale:
            content = html.text("p", extract.text)
        else:
            document = documents.document(hit.document.id)
            content = stretch(document, (extract.start, extract.end))
        language = hit.passage.language
        label = _label(hit)
        if language != answer.question_language:
            label += f" · {words.languages[language].lower()}"
        with st.container(gap="xsmall"):
            st.html(html.element("blockquote", content, class_="qa-extract", lang=language))
            _chip(label, Selection(exchange=number, rank=hit.rank, extract=place), talk)
    cited = {extract.source for extract in answer.extracts}
    others = [hit for hit in answer.sources if hit.rank not in cited]
    if others:
        with st.expander(words.others.format(count=len(others)), key=f"others-{number}"):
            _passages(number, others, talk, words)


def _abstention(number: int, exchange: Exchange, talk: Conversation, words: Strings) -> None:
    answer = exchange.answer
    hints = [words.filtered if exchange.filters else words.rephrase]
    st.html(html.abstention(answer.abstained_because or "", answer.question_language, hints, words))
    if answer.sources:
        st.html(html.text("h3", words.nearest, class_="qa-nearest"))
        _passages(number, answer.sources, talk, words)


def _passages(number: int, hits: Iterable[Hit], talk: Conversation, words: Strings) -> None:
    for hit in hits:
        with st.container(gap="xsmall"):
            _chip(_label(hit), Selection(exchange=number, rank=hit.rank), talk)
            st.html(html.passage_card(hit, words))


def _label(hit: Hit) -> str:
    return f"\\[{hit.rank}\\] {plain_label(hit.document.title, 60)}"


def _chip(label: str, selection: Selection, talk: Conversation) -> None:
    st.button(
        label,
        type="primary" if talk.selection == selection else "secondary",
        key=f"cite-{selection.exchange}-{selection.rank}-{selection.extract}",
        on_click=talk.select,
        args=(selection,),
    )
