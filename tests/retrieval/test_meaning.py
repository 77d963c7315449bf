"""Likeness in meaning as evidence: it moves units, explains itself, and is gone when off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qa.engine import Engine
from qa.errors import EncoderError
from qa.index.build import build_in_memory
from qa.meaning.encoder import Encoder
from qa.models import Turn
from qa.retrieval.model import fitted_model
from qa.settings import Settings
from tests.meaning.hashed import HashedEncoder
from tests.retrieval.conftest import document

TEXTS = (
    "Xamab was studied in winter.\nXamab was given to the heart.",
    "Xamab was studied in summer.\nXamab was stored in a fridge.",
    "Rain fell on the town.",
)
QUESTION = "xamab coronary"
ALONE = "Which small northern towns had heavy rain during last winter?"


@pytest.fixture
def encoder() -> HashedEncoder:
    return HashedEncoder()


@pytest.fixture
def engine(encoder: HashedEncoder) -> Engine:
    """Over an index with vectors, in which `coronary` means what `heart` does."""
    return engine_by(encoder)


def engine_by(encoder: Encoder, settings: Settings | None = None) -> Engine:
    chosen = settings or Settings()
    documents = [document(number, text) for number, text in enumerate(TEXTS)]
    index = build_in_memory(documents, chosen, encoder="hashed", opening=lambda _: encoder)
    model = replace(fitted_model(meaning=True), meaning=2.0)
    return Engine(index, chosen, model, opening=lambda _: encoder)


def test_a_unit_that_means_the_same_comes_first(engine: Engine) -> None:
    assert engine.ask(QUESTION, abstain=False).extracts[0].text == "Xamab was given to the heart."
    (first, *_) = engine.read(QUESTION)[1]
    assert first.likeness.argmax() == 1
    assert first.chances.argmax() == 1


def test_likeness_is_counted_in_deviations_over_all_units(engine: Engine) -> None:
    assert engine.index.meaning is not None
    (question,) = HashedEncoder().questions([QUESTION])
    every = np.arange(engine.index.statistics.passages)
    likeness = engine.index.meaning.likeness(question, every)
    assert likeness.mean() == pytest.approx(0, abs=1e-2)
    assert likeness.std() == pytest.approx(1, abs=1e-2)
    some = engine.index.meaning.likeness(question, every[::-1][:2])
    assert set(some.tolist()) <= set(likeness.tolist())


def test_a_hit_says_what_its_meaning_adds(engine: Engine) -> None:
    for hit in engine.search(QUESTION):
        assert sum(term.contribution for term in hit.terms) == pytest.approx(hit.score, abs=1e-9)
    (first, *_) = engine.search(QUESTION)
    shares = {term.via: term for term in first.terms}
    assert shares["semantic"].contribution > 0
    assert shares["semantic"].question_term == QUESTION


def test_an_explanation_does_not_hang_on_how_many_are_asked_for(engine: Engine) -> None:
    assert engine.search(QUESTION, k=1) == engine.search(QUESTION, k=3)[:1]


def test_switched_off_it_answers_as_an_index_without_vectors(encoder: HashedEncoder) -> None:
    off = Settings().changed({"by_meaning": 0})
    documents = [document(number, text) for number, text in enumerate(TEXTS)]
    with_vectors = build_in_memory(
        documents, off, encoder="hashed", opening=lambda _: HashedEncoder()
    )
    plain = Engine(build_in_memory(documents, off), off)
    assert Engine(with_vectors, off).search(QUESTION) == plain.search(QUESTION)
    assert "semantic" not in {term.via for hit in plain.search(QUESTION) for term in hit.terms}
    assert not encoder.asked


def test_a_question_is_encoded_once(engine: Engine, encoder: HashedEncoder) -> None:
    for _ in range(2):
        engine.ask(QUESTION)
    assert encoder.asked == [QUESTION]


def test_a_question_that_leans_is_encoded_with_the_one_before(
    engine: Engine, encoder: HashedEncoder
) -> None:
    before = [Turn(speaker="user", text="What is xamab?"), Turn(speaker="agent", text="A drug.")]
    engine.ask("and where was it stored?", before)
    engine.ask(ALONE, before)
    assert encoder.asked == [
        "What is xamab? and where was it stored?",
        ALONE,
    ]


def test_an_encoder_that_is_missing_is_named_at_the_first_question(engine: Engine) -> None:
    def missing(name: str) -> Encoder:
        raise EncoderError("the encoder {name} is not installed", name=name)

    with pytest.raises(EncoderError, match="hashed"):
        Engine(engine.index, opening=missing).ask(QUESTION)
