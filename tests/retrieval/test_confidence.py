"""How sure the ranking is: features within their ranges, signs, probabilities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import log1p

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qa.retrieval.confidence import MODEL, THRESHOLDS, Features, features

from qa.engine import Engine
from qa.index.contracts import Candidates
from qa.models import Turn
from qa.retrieval.evidence import UnitEvidence
from qa.retrieval.search import Ranking
from qa.retrieval.terms import Member, TermClass

EngineOf = Callable[..., Engine]

NOTHING = Features(*([0.0] * len(Features._fields)))
SHARES = (
    "passage_share unit_share saturation adjacency togetherness crowd unknown_share"
    " other_language".split()
)
WORDS = st.sampled_from(
    "antibody anticorps blood sang vaccin describe expliquer list name zorglub item 5".split()
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(SENTENCES, min_size=1, max_size=5), question=SENTENCES, before=SENTENCES)
def test_features_keep_within_their_ranges(
    engine_of: EngineOf, texts: list[str], question: str, before: str
) -> None:
    engine = engine_of(*(f"The {text}." for text in texts), objectives=["OIC-005-01-A"])
    found = engine.features(question, history=[Turn(speaker="user", text=before)])
    if found is None:
        return
    _, values = found
    for name in SHARES:
        assert 0 <= getattr(values, name) <= 1 + 1e-9, name
    assert -1 <= values.margin <= 1
    assert values.length >= 0
    assert 0 < MODEL.probability(values) < 1


@pytest.mark.parametrize("name", Features._fields)
def test_coefficients_have_their_sign(name: str) -> None:
    sign, coefficient = getattr(MODEL.signs, name), getattr(MODEL.coefficients, name)
    assert sign in (-1, 0, 1)
    assert sign * coefficient >= 0


@pytest.mark.parametrize("name", [name for name in Features._fields if getattr(MODEL.signs, name)])
def test_more_evidence_is_never_less_probable(name: str) -> None:
    steps = [MODEL.probability(NOTHING._replace(**{name: value})) for value in (0.0, 0.5, 1.0)]
    assert steps == sorted(steps, reverse=getattr(MODEL.signs, name) < 0)


def test_probabilities_are_probabilities() -> None:
    best = Features(*(float(sign > 0) for sign in MODEL.signs))
    worst = Features(*(float(sign < 0) for sign in MODEL.signs))
    assert 0 < MODEL.probability(worst) < MODEL.probability(NOTHING) < MODEL.probability(best) < 1


def test_thresholds_grow_with_caution() -> None:
    assert 0 < THRESHOLDS["eager"] < THRESHOLDS["balanced"] < THRESHOLDS["strict"] < 1


@pytest.mark.parametrize(("french", "least", "most"), [(0, 0.0, 0.0), (1, 0.5, 1.0), (3, 1.0, 1.0)])
def test_a_passage_is_foreign_as_far_as_others_are_to_be_expected(
    engine_of: EngineOf, french: int, least: float, most: float
) -> None:
    texts = ["The antibody binds to the cell.", *["Le foie fabrique des protéines."] * french]
    found = engine_of(*texts).features("Que fait l'anticorps ?")
    assert found is not None
    assert least <= found[1].other_language <= most


NO_CANDIDATES = Candidates(
    passages=np.zeros(0, np.int64),
    documents=np.zeros(0, np.int64),
    in_french=np.zeros(0, bool),
    terms=np.zeros(0, np.int32),
    begins=np.zeros(1, np.int64),
    titles=np.zeros(0, np.int64),
    bodies=np.zeros(0, np.int64),
    units=np.zeros((0, 2), np.int64),
    unit_begins=np.zeros(1, np.int64),
    weights=lambda terms: np.zeros((0, len(terms))),
    texts=lambda places: (),
)
RANKING = Ranking(
    classes=(),
    identifiers=(),
    carried_identifiers=(),
    identifier_mass=0.0,
    candidates=replace(NO_CANDIDATES, documents=np.array([0, 1])),
    order=np.array([0, 1]),
    scores=np.array([2.0, 1.0]),
    member_scores=np.zeros((2, 0)),
    shares=np.ones((2, 0)),
    adjacency=np.zeros((2, 0)),
    togetherness=np.zeros(2),
    titles=np.zeros(2),
)


def evidence_of(matches: list[list[float]], masses: list[float]) -> UnitEvidence:
    """That of one passage with these matches."""
    return UnitEvidence(
        matches=np.array(matches),
        unit_begins=np.array([0, len(matches)]),
        masses=np.array(masses),
        above=np.zeros(1),
    )


EVIDENCE = evidence_of([[]], [])


def test_nothing_to_go_by_is_nothing() -> None:
    found = features(RANKING, 0, EVIDENCE, other_language=1.0)
    assert found == NOTHING


def test_what_is_named_by_code_is_matched_in_full() -> None:
    named = replace(RANKING, identifiers=("item 005",), identifier_mass=2.0)
    found = features(named, 0, EVIDENCE, other_language=0.0)
    assert found.passage_share == found.unit_share == found.saturation == found.togetherness == 1
    assert found.unknown_share == 0
    assert found.margin == 0.5
    assert found.crowd == pytest.approx(1 / 9 / 2)


def class_of(mass: float, *, known: bool = True) -> TermClass:
    members = (Member(term=0, weight=1.0, via="exact"),) if known else ()
    return TermClass(word="w", idf=mass, members=members)


def test_features_by_hand() -> None:
    ranking = replace(
        RANKING,
        classes=(class_of(1.0), class_of(2.0), class_of(1.0, known=False)),
        identifier_mass=4.0,
        scores=np.array([4.0 + 2.2 + 1.0 + 0.5 + 0.3, 3.0]),
        shares=np.ones((2, 3)),
        adjacency=np.array([[0.75, 0.25], [0.0, 0.0]]),
        togetherness=np.array([0.5, 0.0]),
        titles=np.array([0.3, 0.0]),
    )
    evidence = evidence_of([[1.0, 0.0, 0.0], [0.0, 0.5, 0.0]], [1.0, 2.0, 1.0])
    found = features(ranking, 0, evidence, other_language=1.0)
    assert found == pytest.approx(
        Features(
            passage_share=(4 + 1 + 2 * 0.5) / 8,
            unit_share=(4 + 1) / 8,
            saturation=(4 + 2.2 / 4.4) / 8,
            adjacency=1 / 8,
            togetherness=(4 + 0.5) / 8,
            margin=5 / 8,
            crowd=3 / 9 / 8,
            unknown_share=1 / 8,
            length=log1p(3),
            other_language=1.0,
        )
    )


def test_words_of_the_task_do_not_make_more_than_a_full_match() -> None:
    ranking = replace(
        RANKING,
        classes=(class_of(1.0), class_of(1.0), class_of(8.0)),
        scores=np.array([60.0, 0.0]),
        shares=np.ones((2, 3)),
        adjacency=np.array([[1.0, 4.5], [0.0, 0.0]]),
        togetherness=np.array([5.0, 0.0]),
    )
    evidence = evidence_of([[1.0, 1.0, 1.0]], [1.0, 1.0, 0.0])
    found = features(ranking, 0, evidence, other_language=0.0)
    assert found.saturation == found.adjacency == found.togetherness == 1
    assert found.margin == 1


@pytest.mark.parametrize(
    ("sure", "unsure"),
    [
        ("What does the antibody bind?", "What does the antibody zorglub?"),
        ("What does the antibody bind?", "What does the sea bind?"),
        ("How does it rain on the sea?", "How does it rain on the zorglub of the quux?"),
    ],
)
def test_a_fuller_match_is_surer(engine_of: EngineOf, sure: str, unsure: str) -> None:
    engine = engine_of("The antibody binds to the cell.", "It rains on the sea.", "It is late.")
    assert engine.ask(sure).confidence > engine.ask(unsure).confidence


def test_a_single_word_is_adjacent_to_itself(engine_of: EngineOf) -> None:
    engine = engine_of("The antibody binds to the cell.", "It rains on the sea.")
    found = engine.features("the antibody")
    assert found is not None
    assert found[1].adjacency == found[1].passage_share == 1
