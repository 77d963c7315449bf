"""Evidence of the title: it has all of the question, and little else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from qa.engine import Engine
from qa.retrieval.occurrences import Wanted
from qa.retrieval.terms import TermClass
from qa.retrieval.titles import title_evidence

EngineOf = Callable[..., Engine]

TITLES = (
    "Kidney transplant",
    "Kidney transplant and skin graft",
    "Kidney",
    "The weather",
    "",
    "Kidney kidney transplant",
)
BOTH, BOTH_AND_MORE, ONE, NONE, UNTITLED, TWICE = range(len(TITLES))


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    texts = [f"A kidney transplant is spoken of in the text number {n}." for n in range(6)]
    return engine_of(*texts, titles=TITLES)


def classes_of(engine: Engine, question: str) -> tuple[TermClass, ...]:
    return engine.class_builder.build(question, ("en",))


def evidence_at(engine: Engine, passages: np.ndarray, question: str) -> np.ndarray:
    """The evidence of the titles of some passages, by number."""
    candidates = engine.index.forward.read(passages)
    classes = classes_of(engine, question)
    found = Wanted.of(classes).found_in(candidates)
    return title_evidence(engine.index.lexicon, candidates, found, classes)


def evidence(engine: Engine, question: str) -> list[float]:
    """By document, the evidence of its title."""
    every = np.arange(engine.index.statistics.passages)
    found = evidence_at(engine, every, question)
    owners = engine.index.forward.read(every).documents
    return [float(found[owners == n][0]) for n in range(len(TITLES))]


def test_a_title_that_is_the_question_adds_all_of_its_mass(engine: Engine) -> None:
    question = "kidney transplant"
    mass = sum(c.mass for c in classes_of(engine, question))
    found = evidence(engine, question)
    assert found[BOTH] == pytest.approx(mass)
    assert max(found) == pytest.approx(mass)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (BOTH, BOTH_AND_MORE),  # what else it says counts against it
        (BOTH_AND_MORE, ONE),  # but less than what it leaves out
        (ONE, NONE),
    ],
)
def test_a_title_counts_by_what_it_says_of_the_question(
    engine: Engine, better: int, worse: int
) -> None:
    found = evidence(engine, "kidney transplant")
    assert found[better] > found[worse]


@pytest.mark.parametrize("place", [NONE, UNTITLED])
def test_a_title_without_a_word_of_the_question_adds_nothing(engine: Engine, place: int) -> None:
    assert evidence(engine, "kidney transplant")[place] == 0


def test_a_word_said_twice_counts_once(engine: Engine) -> None:
    found = evidence(engine, "kidney transplant")
    assert found[TWICE] == pytest.approx(found[BOTH])


def test_the_share_of_the_question_counts_squared(engine: Engine) -> None:
    kidney, transplant = classes_of(engine, "kidney transplant")
    mass = kidney.mass + transplant.mass
    found = evidence(engine, "kidney transplant")[ONE]
    assert found == pytest.approx(mass * (kidney.mass / mass) ** 2)


@pytest.mark.parametrize("question", ["", "zorglub"])
def test_a_question_without_a_known_word_has_no_evidence(engine: Engine, question: str) -> None:
    assert evidence(engine, question) == [0.0] * len(TITLES)


def test_there_is_one_number_a_candidate_in_their_order(engine: Engine) -> None:
    every = evidence_at(engine, np.arange(engine.index.statistics.passages), "kidney transplant")
    some = np.array([3, 0])
    assert evidence_at(engine, some, "kidney transplant").tolist() == every[some].tolist()
    assert evidence_at(engine, some[:0], "kidney transplant").tolist() == []
