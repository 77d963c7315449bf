"""Below the newest answer: what to ask next, and what the documents have near a question in vain.

It is worked out after all else of the page is drawn, and once for each answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from qa.engine import Engine
from qa.locale.translator import Translator
from qa.models import Answer, Hit, NearHeading
from qa.suggestions import follow_ups, heading_question
from qa.ui import controls, frame
from qa.ui.conversation import Conversation, Exchange, Selection
from qa.ui.labels import plain_label
from qa.ui.library import Library

_KEPT: Final = "going-on"

Ask = Callable[[str, Conversation, Library], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """A heading to choose, with the question it answers or else the hit to open."""

    near: NearHeading
    question: str | None
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was worked out for one answer, in one language of the interface."""

    answer: Answer
    language: str
    questions: tuple[str, ...] = ()
    headings: tuple[_Heading, ...] = ()


def show_going_on(talk: Conversation, documents: Library, tr: Translator, ask: Ask) -> None:
    """Questions that are answered, or headings to choose from; nothing where there are none."""
    number = len(talk.exchanges) - 1
    answer = talk.exchanges[number].answer
    if not answer.searched or answer.index_fingerprint != documents.fingerprint:
        return
    found = st.session_state.get(_KEPT)
    if not isinstance(found, _Found) or (found.answer, found.language) != (answer, tr.language):
        found = _work_out(talk, documents.engine(controls.caution(documents)), tr)
        st.session_state[_KEPT] = found
    if found.questions:
        frame.line(tr("Ask next"), "next", tag="h3")
        for place, question in enumerate(found.questions):
            _button(plain_label(question, 120), place, ask, question, talk, documents)
    if answer.known and found.headings:
        frame.line(tr("Known here: {words}", words=", ".join(answer.known)), "next", tag="h3")
        for place, heading in enumerate(found.headings):
            label = (
                f"{plain_label(heading.near.text)} · {plain_label(heading.near.document_title, 60)}"
            )
            if heading.question:
                _button(label, place, ask, heading.question, talk, documents)
            elif heading.rank:
                _button(label, place, talk.select, Selection(exchange=number, rank=heading.rank))


def _work_out(talk: Conversation, engine: Engine, tr: Translator) -> _Found:
    number = len(talk.exchanges) - 1
    exchange = talk.exchanges[number]
    answer = exchange.answer
    if answer.answered:
        questions = follow_ups(engine, answer, talk.history(number + 1), tr, exchange.filters)
        return _Found(answer=answer, language=tr.language, questions=questions)
    headings = (_chosen(near, exchange, engine, tr) for near in answer.nearest_headings)
    return _Found(
        answer=answer,
        language=tr.language,
        headings=tuple(heading for heading in headings if heading.question or heading.rank),
    )


def _chosen(near: NearHeading, exchange: Exchange, engine: Engine, tr: Translator) -> _Heading:
    answer = exchange.answer
    question = heading_question(engine, near, answer.known, tr, exchange.filters)
    rank = next((hit.rank for hit in answer.sources if _is_of(hit, near)), None)
    return _Heading(near=near, question=question, rank=rank)


def _is_of(hit: Hit, near: NearHeading) -> bool:
    return hit.document.id == near.document_id and hit.passage.start == near.start


def _button(label: str, place: int, act: Callable[..., None], *values: object) -> None:
    frame.button(label, f"next-{place}", act, *values, icon="subdirectory_arrow_right")
