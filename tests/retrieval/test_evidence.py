"""How well each unit of a passage, and what stands above it, matches a question's subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from qa.engine import Engine
from qa.index.contracts import Candidates
from qa.models import Language
from qa.retrieval.evidence import UnitEvidence, named_by, of_the_page, unit_evidence
from qa.retrieval.occurrences import Wanted
from qa.retrieval.opposites import opposites
from qa.retrieval.question import parse_question
from qa.retrieval.terms import TermClass

EngineOf = Callable[..., Engine]

TEXT = "The antibody binds to the antigen. It rains on the sea. An antibodyx acts in the blood."


def evidence_in(
    candidates: Candidates,
    classes: Sequence[TermClass],
    language: Language,
    against: Sequence[TermClass] = (),
) -> UnitEvidence:
    found = Wanted.of(classes).found_in(candidates)
    return unit_evidence(candidates, found, classes, language, against)


def evidence_of(engine: Engine, question: str) -> UnitEvidence:
    """For the first passage of an engine."""
    parsed = parse_question(question)
    builder = engine.class_builder
    asking = builder.build(parsed.asked.asking, parsed.languages)
    classes = (
        *builder.build(parsed.asked.subject, parsed.languages),
        *(replace(c, facet=True) for c in asking),
        *builder.facet_class(parsed.asked.facets),
    )
    candidates = engine.index.forward.read(np.array([0]))
    return evidence_in(candidates, classes, parsed.languages[0])


def test_a_unit_matches_with_the_weight_of_its_best_term(engine_of: EngineOf) -> None:
    (antibody, blood) = evidence_of(engine_of(TEXT), "the antibody of the blood").own.T
    assert antibody[0] == 1
    assert antibody[1] == 0
    assert 0 < antibody[2] < 1
    assert blood.tolist() == [0, 0, 1]


def test_a_unit_is_about_its_first_words(engine_of: EngineOf) -> None:
    text = "The blood is red. Rivers, lakes, hills, roads, towns, clouds and stars want blood."
    evidence = evidence_of(engine_of(text), "the blood")
    assert evidence.own.tolist() == [[1], [1]]
    assert evidence.opening.tolist() == [[1], [0]]


def test_what_the_title_says_is_above_every_unit(engine_of: EngineOf) -> None:
    others = ["Clouds pass over the hills."] * 99
    engine = engine_of(TEXT, *others, titles=["Rain"], items=["Blood and its antibodies"])
    evidence = evidence_of(engine, "the blood of the sea")
    assert evidence.above.tolist() == [pytest.approx([1, 0], abs=0.02)]
    assert evidence.own.tolist() == [[0, 0], [0, 1], [1, 0]]


def test_a_title_that_most_passages_share_tells_little(engine_of: EngineOf) -> None:
    engine = engine_of(*[TEXT] * 9, titles=["Blood"] * 9)
    ((above,),) = evidence_of(engine, "the blood").above.tolist()
    assert above < 0.1


@pytest.mark.parametrize(
    ("question", "opposed"),
    [
        ("signs of left heart failure", [0, 1, 0, 0]),
        ("signes de l'insuffisance droite", [1, 0, 0, 0]),
        ("signs of heart failure", [0, 0, 0, 0]),
        ("hypercalcaemia", [0, 0, 0, 1]),
    ],
)
def test_the_opposite_said_instead_is_told(
    engine_of: EngineOf, question: str, opposed: list[float]
) -> None:
    text = (
        "Left heart failure gives oedema. Right heart failure swells the legs. "
        "Both left and right failure are global. Hypocalcaemia gives cramps."
    )
    engine = engine_of(text)
    parsed = parse_question(question)
    classes = engine.class_builder.build(parsed.asked.subject, parsed.languages)
    against = opposites(classes, engine.index.lexicon)
    candidates = engine.index.forward.read(np.array([0]))
    evidence = evidence_in(candidates, classes, parsed.languages[0], against)
    assert evidence.opposed.tolist() == opposed


def test_words_that_ask_are_said_apart_from_the_subject(engine_of: EngineOf) -> None:
    text = "The blood has effects on the side. The blood is red. Side effects are rash."
    evidence = evidence_of(engine_of(text), "What are the side effects of the blood?")
    assert evidence.asking.tolist() == pytest.approx([1, 0, 1])
    assert (evidence.own @ evidence.shares).tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("item", "share"), [("", 0), ("Rain", 0), ("Blood", 1), ("Blood and rain", 0.5)]
)
def test_headings_are_the_questions_as_far_as_they_say_its_words(
    engine_of: EngineOf, item: str, share: float
) -> None:
    evidence = evidence_of(engine_of(TEXT, titles=["Blood"], items=[item]), "the blood")
    assert evidence.headed.tolist() == [share]


@pytest.mark.parametrize(
    ("head", "named"), [(0, 0), (1, 1), (2, 0.5), (3, 2 / 3)], ids=["none", "all", "half", "more"]
)
def test_what_is_defined_is_the_subject_as_far_as_it_says_nothing_else(
    engine_of: EngineOf, head: int, named: float
) -> None:
    engine = engine_of("Blood, rain and blood are one thing.", "More rain.")
    classes = engine.class_builder.build("blood", ("en",))
    candidates = engine.index.forward.read(np.array([0]))
    found = Wanted.of(classes).found_in(candidates)
    shares = named_by(candidates, found, classes, np.array([head]))
    assert shares.tolist() == [pytest.approx(named)]


def test_the_evidence_of_one_passage_is_that_of_its_units(engine_of: EngineOf) -> None:
    engine = engine_of(TEXT, "", "The blood is red. It is late.", titles=["", "Antibodies"])
    parsed = parse_question("the antibody of the blood")
    classes = engine.class_builder.build(parsed.asked.subject, parsed.languages)
    every = np.arange(engine.index.statistics.passages)
    together = evidence_in(engine.index.forward.read(every), classes, "en")
    for place in every.tolist():
        alone = evidence_in(engine.index.forward.read(every[place : place + 1]), classes, "en")
        units = slice(*together.unit_begins[place : place + 2].tolist())
        assert together.own[units].tolist() == alone.own.tolist()
        assert together.opening[units].tolist() == alone.opening.tolist()
        assert together.above[place].tolist() == alone.above[0].tolist()


def test_a_translation_is_a_full_match_in_the_other_language(engine_of: EngineOf) -> None:
    (blood, sea) = evidence_of(engine_of(TEXT), "le sang et la mer").own.T
    assert blood.tolist() == [0, 0, 1]
    assert sea.tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("question", "shares"),
    [
        ("the antigen of the blood", [0.5, 0.5]),
        ("What are the side effects of the blood?", [1.0]),
        ("zorglub blood", [0.6, 0.4]),
        ("Side effects?", []),
    ],
)
def test_words_of_the_subject_share_what_counts(
    engine_of: EngineOf, question: str, shares: list[float]
) -> None:
    # Words of one weight, whatever they count in the language.
    engine = engine_of(TEXT, "No more of it, nor of any effects.", rarity_weight=0)
    found = evidence_of(engine, question).shares
    asked = parse_question(question).asked
    assert found[: len(shares)].tolist() == pytest.approx(shares, abs=0.15)
    assert found.sum() == pytest.approx(1.0 if shares else 0.0)
    # Last come what asks and the facet, which are no subject.
    assert bool(len(found[len(shares) :])) == bool(asked.facets)
    assert not found[len(shares) :].any()


def test_a_question_may_be_of_the_page_that_it_names(engine_of: EngineOf) -> None:
    before = evidence_of(engine_of(TEXT), "side effects")
    evidence = of_the_page(before)
    assert (before.of_page, evidence.of_page) == (False, True)
    assert evidence.above.tolist() == [[1]]
    assert evidence.shares.tolist() == [1]
    assert evidence.own.tolist() == evidence.opening.tolist() == [[0], [0], [0]]
    assert evidence.unit_begins.tolist() == before.unit_begins.tolist()


@pytest.mark.parametrize("passages", [[], [0]])
def test_without_words_or_passages_there_is_nothing(
    engine_of: EngineOf, passages: list[int]
) -> None:
    candidates = engine_of(TEXT).index.forward.read(np.array(passages, np.int64))
    evidence = evidence_in(candidates, (), "en")
    assert evidence.own.shape == evidence.opening.shape == (3 * len(passages), 0)
    assert evidence.above.shape == (len(passages), 0)
    assert evidence.shares.sum() == 0


def test_a_word_of_a_translation_is_a_part_of_one(engine_of: EngineOf) -> None:
    engine = engine_of("An attack came.", "The flare was seen. An attack of fever.", "Gout is red.")
    parsed = parse_question("crise de goutte")
    classes = engine.class_builder.build(parsed.asked.subject, ("fr",))
    candidates = engine.index.forward.read(np.arange(2))
    (of_attack, of_gout) = evidence_in(candidates, classes, "fr").own.T
    assert of_attack[0] == 1
    assert of_gout[0] == 0.5
