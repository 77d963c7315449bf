"""Follow-up questions: what they take from the conversation, and what they leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from qa.engine import Engine
from qa.models import Turn
from qa.retrieval.conversation import carried_classes
from qa.retrieval.question import parse_question

EngineOf = Callable[..., Engine]

ASTHMA = "Asthma is a disease of the bronchi with wheezing."
STEROIDS = "Inhaled steroids prevent exacerbations of asthma in adults."
LIVE = "Live vaccines are contraindicated in pregnancy."
INACTIVATED = "Inactivated vaccines are given to every traveller."
GRIPPE = "La grippe se transmet par des gouttelettes entre les élèves."
GREFFE = "La greffe de rein impose un traitement immunosuppresseur."
# Enough other passages for the words of these to be rare, as in a collection of some size.
FILLER = tuple(f"Sheet {n} tells of river number {n} and of the hills beyond." for n in range(150))


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    return engine_of(ASTHMA, STEROIDS, LIVE, INACTIVATED, GRIPPE, GREFFE, *FILLER)


def history(*questions: str, reply: str = "…") -> list[Turn]:
    turns: list[Turn] = []
    for question in questions:
        turns += [Turn(speaker="user", text=question), Turn(speaker="agent", text=reply)]
    return turns


def carried(engine: Engine, question: str, turns: Sequence[Turn]) -> dict[str, float]:
    """The words that are carried, and their weights."""
    classes = carried_classes(
        engine.class_builder, parse_question(question), turns, engine.settings.ranking
    )
    assert all(term_class.carried for term_class in classes)
    return {term_class.word: term_class.weight for term_class in classes}


def best(engine: Engine, question: str, turns: Sequence[Turn]) -> str:
    return engine.search(question, history=turns)[0].passage.text


@pytest.mark.parametrize(
    ("before", "question", "passage"),
    [
        ("Which live vaccines exist?", "Are they contraindicated in pregnancy?", LIVE),
        ("What is asthma?", "And how do steroids act on it?", STEROIDS),
        ("Inactivated vaccines", "Who is it for?", INACTIVATED),
        ("Qu'est-ce que la grippe ?", "Et comment est-elle transmise ?", GRIPPE),
        ("Parlez-moi de la greffe de rein", "Quel est son traitement ?", GREFFE),
        ("What are live vaccines?", "Why?", LIVE),
    ],
)
def test_a_question_that_points_back_leans_on_what_was_asked(
    engine: Engine, before: str, question: str, passage: str
) -> None:
    turns = history(before)
    assert carried(engine, question, turns)
    assert best(engine, question, turns) == passage


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("What is asthma?", ASTHMA),
        ("How do inhaled steroids prevent exacerbations in adults?", STEROIDS),
        ("Comment la grippe se transmet-elle entre les élèves ?", GRIPPE),
        ("Est-ce que la greffe de rein impose un traitement ?", GREFFE),
        ("Qu'est-ce que la grippe ?", GRIPPE),
        ("Faut-il un traitement immunosuppresseur après la greffe de rein ?", GREFFE),
    ],
)
def test_an_independent_question_is_left_alone(engine: Engine, question: str, passage: str) -> None:
    turns = history("Which live vaccines are contraindicated in pregnancy?")
    assert carried(engine, question, turns) == {}
    assert engine.ask(question, history=turns) == engine.ask(question)
    assert best(engine, question, turns) == passage


def test_carried_words_weigh_less_the_longer_ago(engine: Engine) -> None:
    turns = history("What is asthma?", "And the live vaccines?")
    decay = engine.settings.ranking.history_decay
    found = carried(engine, "Are they used in pregnancy?", turns)
    assert found["live"] == found["vaccines"] == pytest.approx(decay)
    assert found["asthma"] == pytest.approx(decay**2)


def test_a_question_without_a_subject_takes_the_earlier_one_in_full(engine: Engine) -> None:
    decay = engine.settings.ranking.history_decay
    turns = history("What is asthma?", "And the live vaccines?")
    assert carried(engine, "Side effects?", turns) == {"live": 1, "vaccines": 1, "asthma": decay}


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (["side effects of live vaccines"], "and asthma?", ["adverse_effects"]),
        (["side effects of live vaccines"], "what about asthma?", ["adverse_effects"]),
        (["effets secondaires des vaccins vivants"], "et pour la greffe ?", ["adverse_effects"]),
        (["side effects of live vaccines", "and asthma?"], "and steroids?", ["adverse_effects"]),
        (["side effects of live vaccines"], "and the dose?", ["dose"]),
        (["side effects of live vaccines"], "and OIC-202-03-B?", []),
        (["side effects of live vaccines"], "steroids in adults with asthma", []),
        (["What are live vaccines?", "steroids in adults with asthma"], "and the kidney?", []),
        (["live vaccines"], "and asthma?", []),
        ([], "and asthma?", []),
    ],
)
def test_another_subject_is_asked_what_was_asked_before(
    engine: Engine, before: list[str], question: str, expected: list[str]
) -> None:
    parsed, _ = engine.read(question, history(*before))
    assert [facet.name for facet in parsed.asked.facets] == expected


def test_a_leaning_question_takes_the_subject_and_not_the_facet(engine: Engine) -> None:
    turns = history("What are the side effects of live vaccines?")
    assert carried(engine, "And the dose?", turns).keys() == {"live", "vaccines"}


def test_a_decay_of_one_forgets_nothing_and_of_zero_everything(engine_of: EngineOf) -> None:
    turns = history("What is asthma?", "And the bronchi?")
    for decay in (0.0, 1.0):
        engine = engine_of(ASTHMA, *FILLER, history_decay=decay)
        assert carried(engine, "Does it wheeze?", turns) == {"asthma": decay, "bronchi": decay}


def test_the_same_word_is_carried_once_and_never_beside_itself(engine: Engine) -> None:
    turns = history("asthma and steroids", "asthma and bronchi")
    decay = engine.settings.ranking.history_decay
    assert carried(engine, "Do steroids act on it?", turns) == {
        "asthma": pytest.approx(decay),
        "bronchi": pytest.approx(decay),
    }


def test_what_no_document_has_is_not_carried(engine: Engine) -> None:
    assert carried(engine, "What about it?", history("zorglub and asthma")).keys() == {"asthma"}


def test_words_that_set_the_task_are_not_carried(engine: Engine) -> None:
    turns = history("Describe and explain asthma")
    assert carried(engine, "What about it?", turns).keys() == {"asthma"}


def test_what_the_agent_said_is_not_carried(engine: Engine) -> None:
    turns = history("What is asthma?", reply="Live vaccines are contraindicated.")
    assert carried(engine, "How is it treated?", turns).keys() == {"asthma"}


@pytest.mark.parametrize("question", ["What about item 5?", "and OIC-202-03-B?"])
def test_a_question_that_names_a_page_leans_on_nothing(engine: Engine, question: str) -> None:
    assert carried(engine, question, history("What is asthma?")) == {}


@pytest.mark.parametrize("turns", [[], [Turn(speaker="agent", text="asthma")], history("", "?")])
def test_without_an_earlier_question_nothing_is_carried(engine: Engine, turns: list[Turn]) -> None:
    assert carried(engine, "What about it?", turns) == {}


def test_an_earlier_question_may_be_written_in_capitals(engine: Engine) -> None:
    assert carried(engine, "What about it?", history("WHAT IS ASTHMA?")).keys() == {"asthma"}


def test_the_answer_names_the_carried_words(engine: Engine) -> None:
    turns = history("Which live vaccines exist?")
    answer = engine.ask("Are they contraindicated in pregnancy?", history=turns)
    assert answer.carried == ("live", "vaccines")
    assert answer.extracts[0].text == LIVE
    assert engine.ask("Which live vaccines exist?").carried == ()


def test_carried_words_count_in_the_score(engine: Engine) -> None:
    turns = history("Which live vaccines exist?")
    (hit, *_) = engine.search("Are they contraindicated in pregnancy?", history=turns)
    terms = {match.question_term for match in hit.terms}
    assert {"live", "vaccines", "pregnancy"} <= terms
    assert sum(match.contribution for match in hit.terms) == pytest.approx(hit.score, abs=1e-9)


PAGES = (
    "The infection of the lung is treated first.",
    "The vaccines are given before the treatment.",
    "The vaccines of the traveller are many.",
)
CODES = ("OIC-202-04-A", "OIC-202-04-A", "OIC-146-01-A")


@pytest.fixture(scope="module")
def pages(engine_of: EngineOf) -> Engine:
    return engine_of(*PAGES, *FILLER, objectives=CODES)


@pytest.mark.parametrize(
    ("before", "question", "document", "said"),
    [
        (["Que dit OIC-202-04-A ?"], "et pour les vaccins ?", "1", "OIC-202-04-A"),
        (["What does item 146 say?"], "What about the vaccines?", "2", "item 146"),
        (["OIC-202-04-A ?", "et les vaccins ?"], "et l'infection ?", "0", "OIC-202-04-A"),
        (["OIC-202-04-A ?", "OIC-146-01-A ?"], "et les vaccins ?", "2", "OIC-146-01-A"),
    ],
)
def test_a_follow_up_stays_on_the_page_that_was_named(
    pages: Engine, before: list[str], question: str, document: str, said: str
) -> None:
    answer = pages.ask(question, history=history(*before))
    assert answer.sources[0].document.id == document
    assert "2" not in {hit.document.id for hit in answer.sources} or document == "2"
    assert said in answer.carried


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (["Que dit OIC-202-04-A ?"], "Which vaccines are given to the traveller before June?"),
        (["Que dit OIC-202-04-A ?"], "et le numéro de la rivière, river number 7 ?"),
        (["OIC-202-04-A ?", "Which vaccines does a traveller want?"], "And the treatment?"),
        ([" "], "et les vaccins ?"),
    ],
)
def test_it_leaves_the_page_where_it_stands_alone_or_the_page_has_nothing(
    pages: Engine, before: list[str], question: str
) -> None:
    answer = pages.ask(question, history=history(*before))
    assert "OIC-202-04-A" not in answer.carried
    assert {hit.document.id for hit in answer.sources} - {"0", "1"}
