"""When the documents do not answer, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.engine import Engine
from qa.models import Filters
from qa.settings import Caution

EngineOf = Callable[..., Engine]

TEXTS = (
    "The antibody binds to the antigen and blocks it.",
    "The vaccine is given to the children in the autumn.",
    "Le foie fabrique des protéines du sang.",
)
CAUTIONS: tuple[Caution, ...] = ("strict", "balanced", "eager")
WORDS = st.sampled_from(
    "antibody antigen vaccine children foie sang zorglub quux binds given the le".split()
)


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    return engine_of(*TEXTS)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "What is the role of the zorglub in quuxology?",
            "The documents do not answer this: none of them has « zorglub », « quuxology ».",
        ),
        (
            "Quel est le zorglub de la quuxologie ?",
            "Les documents ne répondent pas\N{NO-BREAK SPACE}: aucun ne contient « zorglub »,"
            " « quuxologie ».",
        ),
        ("???", "La question n'a aucun mot à chercher dans les documents."),
        (
            "What is it?",
            "Of what? Name the disease, the drug or the examination that you ask about.",
        ),
        ("OIC-202-03-B", "Aucun passage pour\N{NO-BREAK SPACE}: objectif OIC-202-03-B."),
        ("What is in item 7, rank A?", "No passage for: item 007; rank A."),
    ],
)
def test_the_reason_is_a_sentence_in_the_language_of_the_question(
    engine: Engine, question: str, reason: str
) -> None:
    answer = engine.ask(question)
    assert not answer.answered
    assert answer.extracts == ()
    assert answer.abstained_because == reason


def test_a_word_is_named_once_and_one_that_is_known_is_not(engine_of: EngineOf) -> None:
    engine = engine_of(*TEXTS, caution="strict")
    reason = engine.ask("zorglub zorglub of quux-quux by the vaccine").abstained_because
    assert reason is not None
    assert reason.count("zorglub") == 1
    assert reason.count("quux-quux") == 1
    assert "vaccine" not in reason


def test_a_very_long_word_is_cut_in_the_reason(engine: Engine) -> None:
    reason = engine.ask(f"What is the {'zorg' * 1000}?").abstained_because
    assert reason is not None
    assert "« zorgzorg" in reason
    assert len(reason) < 200


def test_without_an_unknown_word_no_passage_is_close_enough(engine_of: EngineOf) -> None:
    texts = [
        f"Of {word} it is said that they rise at dawn, all of them, one by one."
        for word in ("antibodies", "vaccines", "kidneys", "livers", "spleens", "hearts")
    ]
    answer = engine_of(*texts, caution="strict").ask(
        "Which antibodies and vaccines reach kidneys, livers, spleens and hearts?"
    )
    assert not answer.answered
    assert answer.abstained_because is not None
    assert "reach" in answer.abstained_because or "close enough" in answer.abstained_because


@pytest.mark.parametrize(
    ("question", "is_known"),
    [
        ("What is the dose of xamab with yimab in normal adults by infusion?", True),
        ("What is the treatment of a normal pressure of the eye?", False),
    ],
)
def test_documents_speak_of_what_one_passage_says_most_of(
    engine_of: EngineOf, question: str, is_known: bool
) -> None:
    engine = engine_of(
        "The pressure of the tyre is set by the maker of the car.",
        "The cornea and the lens of the eye bend the light.",
        "Xamab is given with yimab to adults, every three weeks, by infusion.",
        "The maker says that cars are normal.",
    )
    never = replace(engine.model, thresholds=dict.fromkeys(engine.model.thresholds, 1.0))
    reason = engine.with_model(never).ask(question).abstained_because
    assert reason is not None
    assert ("The documents speak of" in reason) is is_known
    assert ("no passage is close enough" in reason) is not is_known


def test_filters_that_leave_nothing_are_named(engine: Engine) -> None:
    answer = engine.ask("What is the antibody?", filters=Filters(document=("none",)))
    assert answer.abstained_because == "No passage for: document none."


def test_the_nearest_passages_are_shown_all_the_same(engine: Engine) -> None:
    answer = engine.ask("Which zorglub makes the vaccine of the children?")
    assert not answer.answered
    assert [hit.passage.text for hit in answer.sources] == [TEXTS[1]]
    assert answer.sources[0].highlights == ()


@pytest.mark.parametrize(
    "question",
    [
        "What is the treatment of the zorglub?",
        "Which zorglub quuxes the flurb of the quuxology in the autumn?",
        "Quelle est la dose du zorglub ?",
        "zzz qqq",
    ],
)
def test_nothing_unrelated_is_shown_as_nearest(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.answered
    assert answer.sources == ()


REPLIES = [
    ("Hello", "Hello! Ask"),
    ("ok thanks", "You are welcome."),
    ("What can you do?", "I look for the sentences"),
    ("Summarise the vaccine course", "I cannot summarise"),
    ("Give me a quiz on antibodies", "I cannot make questions"),
    ("more details please", "Say what you want to know more of"),
    ("Side effects?", "Of what?"),
    ("and the dose?", "Of what?"),
]
FRENCH = (
    "Bonjour",
    "merci beaucoup",
    "Que peux-tu faire ?",
    "Résume le cours sur les vaccins",
    "Donne-moi un QCM sur les anticorps",
    "explique plus simplement",
    "Effets secondaires ?",
    "et la durée ?",
)


@pytest.mark.parametrize(("question", "reply"), REPLIES)
@pytest.mark.parametrize("abstain", [True, False])
def test_what_is_no_question_on_the_documents_gets_a_word(
    engine: Engine, question: str, reply: str, abstain: bool
) -> None:
    answer = engine.ask(question, abstain=abstain)
    assert answer.abstained_because is not None
    assert answer.abstained_because.startswith(reply)
    assert (answer.sources, answer.extracts, answer.confidence) == ((), (), 0)


@pytest.mark.parametrize("question", FRENCH)
def test_the_word_is_in_the_language_of_the_question(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.question_language == "fr"
    assert answer.sources == ()
    assert answer.abstained_because


def test_a_greeting_before_a_question_changes_nothing(engine: Engine) -> None:
    question = "what does the antibody bind to?"
    assert engine.ask(f"Hello, {question}").extracts == engine.ask(question).extracts != ()


def test_what_is_not_said_of_a_subject_is_told(engine: Engine) -> None:
    never = replace(engine.model, thresholds=dict.fromkeys(CAUTIONS, 1.0))
    answer = Engine(engine.index, engine.settings, never).ask(
        "What is the price of the vaccine of the children?"
    )
    assert answer.abstained_because is not None
    assert answer.abstained_because.startswith("The documents speak of « vaccine of the children »")
    assert answer.abstained_because.endswith(", but do not say this of it.")
    assert TEXTS[1] in {hit.passage.text for hit in answer.sources}


def test_abstaining_can_be_switched_off(engine: Engine) -> None:
    question = "Which zorglub quuxes the vaccine of the flurb?"
    assert not engine.ask(question).answered
    answer = engine.ask(question, abstain=False)
    assert answer.answered
    assert answer.abstained_because is None
    assert not engine.ask("zzz qqq", abstain=False).answered


@settings(max_examples=40, deadline=None)
@given(question=st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_more_caution_answers_no_more(engine: Engine, question: str) -> None:
    answered = [
        Engine(engine.index, engine.settings.changed({"caution": caution})).ask(question).answered
        for caution in CAUTIONS
    ]
    assert answered == sorted(answered)


@settings(max_examples=40, deadline=None)
@given(question=st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_there_is_either_an_answer_or_a_reason(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.answered == (answer.abstained_because is None)
