"""What is asked next is answered, by something that was not shown yet."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.locale.translator import ENGLISH, translator
from qa.models import Filters, Turn
from qa.retrieval.asking import read
from qa.suggestions import QUESTIONS, follow_ups, heading_question

SHEET = """# Florbumab

## Definition

Florbumab is a monoclonal antibody that blocks interleukin 6.

## Indications

Florbumab is indicated in severe rheumatoid arthritis.

## Adverse effects

The adverse effects of florbumab are infections and raised liver enzymes.

## Storage

Florbumab is stored in a refrigerator between two and eight degrees.
"""
ASKED = "What are the indications of florbumab?"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("sheets")
    (folder / "florbumab.md").write_text(SHEET, encoding="utf-8")
    (folder / "graft.txt").write_text(
        "A graft of bone marrow gives patients the stem cells of a donor.", encoding="utf-8"
    )
    return Engine.from_corpus(folder)


def turns(engine: Engine, question: str) -> tuple[Turn, ...]:
    said = " ".join(extract.text for extract in engine.ask(question).extracts)
    return (Turn(speaker="user", text=question), Turn(speaker="agent", text=said))


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_question_asks_its_facet_of_what_was_spoken_of(name: str, language: str) -> None:
    asked = read(translator(language)(QUESTIONS[name]))
    assert asked.bare
    assert asked.facets[0].name == name


@pytest.mark.parametrize(
    ("asked", "storage"), [(ASKED, True), ("Quelles sont les indications du florbumab ?", False)]
)
def test_headings_are_asked_for_in_their_language(
    engine: Engine, asked: str, storage: bool
) -> None:
    found = follow_ups(engine, engine.ask(asked), turns(engine, asked), ENGLISH)
    assert found
    assert any("Storage" in question for question in found) == storage


@pytest.mark.parametrize("language", ["en", "fr"])
def test_follow_ups_are_answered_by_what_was_not_shown(engine: Engine, language: str) -> None:
    history = turns(engine, ASKED)
    first = engine.ask(ASKED)
    questions = follow_ups(engine, first, history, translator(language))
    assert len(questions) in {2, 3}
    shown = {(extract.start, extract.end) for extract in first.extracts}
    for question in questions:
        answer = engine.ask(question, history)
        assert answer.answered
        assert answer.sources[0].document.title == "Florbumab"
        assert (answer.extracts[0].start, answer.extracts[0].end) not in shown


def test_what_no_heading_announces_is_not_asked(engine: Engine) -> None:
    questions = follow_ups(engine, engine.ask(ASKED), turns(engine, ASKED), ENGLISH)
    assert ENGLISH(QUESTIONS["dose"]) not in questions
    assert ENGLISH(QUESTIONS["indications"]) not in questions


def test_follow_ups_stay_within_the_filters(engine: Engine) -> None:
    graft = next(d.id for d in engine.documents() if d.title != "Florbumab")
    filters = Filters(document=(graft,))
    question = "What does a graft of bone marrow give?"
    answer = engine.ask(question, filters=filters)
    assert answer.answered
    assert not follow_ups(engine, answer, turns(engine, question), ENGLISH, filters)


def test_the_headings_near_a_question_in_vain_lead_to_answers(engine: Engine) -> None:
    answer = engine.ask("What is the molecular weight of florbumab?")
    assert not answer.answered
    assert answer.known == ("florbumab",)
    assert {near.document_title for near in answer.nearest_headings} == {"Florbumab"}
    document = engine.document(answer.nearest_headings[0].document_id)
    for near in answer.nearest_headings:
        assert near.text in document.text[: near.start]
    questions = [
        heading_question(engine, n, answer.known, ENGLISH) for n in answer.nearest_headings
    ]
    assert "florbumab: Storage?" in questions
    assert all(engine.ask(question).answered for question in questions if question)


@pytest.mark.parametrize("question", ["Combien coûte un billet de train ?", "Hello", ASKED])
def test_there_are_none_where_nothing_is_known_or_all_is_answered(
    engine: Engine, question: str
) -> None:
    answer = engine.ask(question)
    assert answer.known == ()
    assert answer.nearest_headings == ()
