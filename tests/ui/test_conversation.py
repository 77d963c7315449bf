"""What a session remembers: turns, forgotten words, and the source on show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.engine import Engine
from qa.errors import QuestionError
from qa.models import Answer, Citation, Filters, Turn
from qa.ui.conversation import Conversation, Selection, without_words
from qa.ui.document_parts import marks_of

ANSWERED = "How does a monoclonal antibody act?"
IN_VAIN = "Quel est le prix d'un billet de train pour Lyon ?"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    conversation = Conversation()
    conversation.ask(engine, ANSWERED, Filters())
    return conversation


def test_a_question_shows_its_first_source(talk: Conversation) -> None:
    answer = talk.exchanges[0].answer
    assert answer.answered
    assert talk.selection == Selection(exchange=0, rank=answer.extracts[0].source, extract=0)
    assert talk.selected_hit is not None
    assert not talk.followed


def test_an_abstention_shows_the_nearest_passage(talk: Conversation, engine: Engine) -> None:
    talk.ask(engine, IN_VAIN, Filters(language=("fr",)))
    answer = talk.exchanges[1].answer
    assert not answer.answered
    nearest = answer.sources[0].rank if answer.sources else None
    assert (talk.selection.rank if talk.selection else None) == nearest
    assert talk.exchanges[1].filters.language == ("fr",)


def test_every_selection_is_a_move(talk: Conversation) -> None:
    before = talk.moves
    talk.turn_to(3)
    talk.select(Selection(exchange=0, rank=2))
    assert talk.moves == before + 2
    assert talk.followed
    assert talk.part is None


def test_a_question_is_asked_with_the_turns_before_it(talk: Conversation, engine: Engine) -> None:
    talk.ask(engine, "And how are they given?", Filters())
    said = " ".join(extract.text for extract in talk.exchanges[0].answer.extracts)
    assert talk.history(1) == (
        Turn(speaker="user", text=ANSWERED),
        Turn(speaker="agent", text=said),
    )
    assert talk.exchanges[1].answer.carried


def test_forgotten_words_are_not_carried(talk: Conversation, engine: Engine) -> None:
    talk.ask(engine, "And how are they given?", Filters())
    first, *rest = talk.exchanges[1].answer.carried
    talk.forget(engine, 1, [first])
    assert first not in talk.exchanges[1].answer.carried
    assert talk.exchanges[1].answer.question == "And how are they given?"
    talk.forget(engine, 1, rest)
    assert not talk.exchanges[1].answer.carried
    talk.ask(engine, "And why?", Filters())
    assert not {first, *rest} & set(talk.exchanges[2].answer.carried)


def test_a_long_conversation_weighs_as_much_as_its_last_ten_turns(
    talk: Conversation, engine: Engine
) -> None:
    while len(talk.exchanges) < 25:
        talk.ask(engine, f"How is dose {len(talk.exchanges)} given?", Filters())
    assert len(talk.history(25)) == 2 * 10
    assert talk.history(25)[0].text == "How is dose 15 given?"
    assert talk.first_shown == 15
    talk.show_earlier()
    assert talk.first_shown == 5
    talk.restart()
    assert talk.first_shown == 0


def test_an_empty_question_changes_nothing(talk: Conversation, engine: Engine) -> None:
    with pytest.raises(QuestionError):
        talk.ask(engine, "  ", Filters())
    assert len(talk.exchanges) == 1


def test_a_new_conversation_is_empty(talk: Conversation) -> None:
    talk.restart()
    assert (talk.exchanges, talk.selection, talk.selected_hit) == ([], None, None)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Anticorps et vaccins", ["anticorps"], "et vaccins"),
        ("le TNF-alpha (TNF)", ["TNF"], "le -alpha ( )"),
        ("anticorps", ["corps"], "anticorps"),
        ("a.c abc", ["a.c"], "abc"),
        ("rien", [], "rien"),
    ],
)
def test_words_are_taken_out_whole(text: str, words: list[str], left: str) -> None:
    assert " ".join(without_words(text, words).split()) == left


def test_marks_tell_the_chosen_extract_from_the_others(engine: Engine) -> None:
    answer = engine.ask(ANSWERED)
    hit = answer.sources[0]
    extracts = tuple(
        Citation(text=hit.passage.text[a:b], source=1, start=hit.passage.start + a, end=b)
        for a, b in ((0, 5), (6, 9))
    )
    cited = Answer(
        question="?",
        question_language="en",
        confidence=1.0,
        extracts=extracts,
        sources=answer.sources,
        abstained_because=None,
        index_fingerprint="",
    )
    assert [mark.strength for mark in marks_of(cited, hit, (1,))] == ["cited", "selected"]
    assert [mark.strength for mark in marks_of(cited, hit, ())] == ["cited", "cited", "passage"]
    elsewhere = replace(hit, document=replace(hit.document, id="another"))
    assert marks_of(cited, elsewhere, (1,)) == ()
