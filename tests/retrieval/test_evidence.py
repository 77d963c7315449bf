"""How well each sentence of a passage matches a question."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from qa.engine import Engine
from qa.retrieval.evidence import CONTEXT, UnitEvidence, unit_evidence
from qa.retrieval.question import parse_question

EngineOf = Callable[..., Engine]

TEXT = "The antibody binds to the antigen. It rains on the sea. An antibodyx acts in the blood."


def evidence_of(engine: Engine, question: str) -> UnitEvidence:
    """For the first passage of an engine."""
    parsed = parse_question(question)
    classes = engine.class_builder.build(parsed.words, parsed.languages)
    candidates = engine.index.forward.read(np.array([0]))
    return unit_evidence(candidates, classes, parsed.languages[0])


def test_a_unit_matches_with_the_weight_of_its_best_term(engine_of: EngineOf) -> None:
    evidence = evidence_of(engine_of(TEXT), "the antibody of the blood")
    (antibody, blood) = evidence.matches.T
    assert antibody[0] == 1
    assert antibody[1] == 0
    assert 0 < antibody[2] < 1
    assert blood.tolist() == [0, 0, 1]


def test_what_the_title_says_counts_for_every_unit_but_less(engine_of: EngineOf) -> None:
    engine = engine_of(TEXT, titles=["Rain"], items=["Blood and its antibodies"])
    evidence = evidence_of(engine, "the blood")
    assert evidence.matches[:, 0].tolist() == [CONTEXT, CONTEXT, 1]
    assert 0 < CONTEXT < 1


@pytest.mark.parametrize(
    ("above", "share"),
    [(("", ""), 0.0), (("Rain", ""), 0.0), (("The blood", ""), 0.5), (("Blood", "Antigens"), 1.0)],
)
def test_what_the_title_says_of_the_question_is_told(
    engine_of: EngineOf, above: tuple[str, str], share: float
) -> None:
    title, item = above
    # Words of one weight, whatever they count in the language.
    engine = engine_of(TEXT, "No more of it.", titles=[title], items=[item], rarity_weight=0)
    evidence = evidence_of(engine, "the antigen of the blood")
    assert evidence.above.tolist() == [pytest.approx(share, abs=0.05)]


def test_the_evidence_of_one_passage_is_that_of_its_units(engine_of: EngineOf) -> None:
    engine = engine_of(TEXT, "", "The blood is red. It is late.", titles=["", "Antibodies"])
    parsed = parse_question("the antibody of the blood")
    classes = engine.class_builder.build(parsed.words, parsed.languages)
    every = np.arange(len(engine.index.owners))
    together = unit_evidence(engine.index.forward.read(every), classes, "en")
    for place in every.tolist():
        alone = unit_evidence(engine.index.forward.read(every[place : place + 1]), classes, "en")
        found = together.of(place)
        assert found.matches.tolist() == alone.matches.tolist()
        assert found.above.tolist() == alone.above.tolist()


def test_a_translation_is_a_full_match_in_the_other_language(engine_of: EngineOf) -> None:
    evidence = evidence_of(engine_of(TEXT), "Quel est le rôle du sang et de la mer ?")
    assert evidence.matches[:, 1].tolist() == [0, 0, 1]
    assert evidence.matches[:, 2].tolist() == [0, 1, 0]


def test_a_task_word_has_no_mass_beside_a_subject(engine_of: EngineOf) -> None:
    engine = engine_of(TEXT)
    assert (evidence_of(engine, "Describe the blood").masses > 0).tolist() == [False, True]
    assert (evidence_of(engine, "Describe and explain").masses > 0).tolist() == [True, True]


@pytest.mark.parametrize(
    ("units", "share"),
    [([0], 0.75), ([1], 0.5), ([0, 1], 1.0), (slice(None), 1.0), ([], 0.0)],
)
def test_the_share_is_of_what_the_units_match_together(
    units: list[int] | slice, share: float
) -> None:
    evidence = UnitEvidence(
        matches=np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]),
        unit_begins=np.array([0, 2]),
        masses=np.array([2.0, 2.0, 1.0]),
        above=np.zeros(1),
    )
    expected = {0.75: 0.6, 0.5: 0.4}.get(share, share)
    assert evidence.share(units) == pytest.approx(expected)


@pytest.mark.parametrize("masses", [np.zeros(2), np.zeros(0)])
def test_without_mass_nothing_is_shared(masses: np.ndarray) -> None:
    evidence = UnitEvidence(
        matches=np.zeros((3, len(masses))),
        unit_begins=np.array([0, 3]),
        masses=masses,
        above=np.zeros(1),
    )
    assert evidence.share([0]) == 0
    assert evidence.share(slice(None)) == 0
