"""The best passages, read unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.engine import Engine
from qa.index.contracts import Candidates
from qa.models import DocumentInfo, Passage
from qa.retrieval import support
from qa.retrieval.model import fitted_model
from qa.retrieval.question import parse_question
from qa.retrieval.reading import ReadPassage, best_units, read_units, surest
from qa.retrieval.search import Ranking, Searcher

EngineOf = Callable[..., Engine]

# In passing, at length, and with the answer last of all.
PASSING = "The xamab, the yimab and the zomab, the xamab first, are kept cold, the xamab too."
ANSWER = "The side effects of xamab are a rash of the skin, fever at night and a dry cough."
QUESTION = "What are the side effects of xamab?"
WORDS = st.sampled_from("xamab yimab rash fever the side effects cell cough: of".split())
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6)


def ranked(engine: Engine, question: str, most: int = 300) -> Ranking:
    searcher = Searcher(engine.index, engine.settings.ranking)
    return searcher.rank(parse_question(question), most=most)


def read(engine: Engine, ranking: Ranking, question: str, most: int) -> tuple[ReadPassage, ...]:
    asked = parse_question(question).asked
    reading = read_units(
        ranking, asked, "en", engine.settings.ranking, engine.model, engine.index.lexicon, most=most
    )
    return reading.passages(asked, engine.model)[:most]


def test_the_passage_whose_unit_answers_comes_first(engine_of: EngineOf) -> None:
    texts = [*[PASSING] * 2, ANSWER, *[PASSING] * 2]
    (first, *others) = engine_of(*texts, support_weight=50).read(QUESTION)[1]
    assert first.document.id == "2"
    assert first.support > max(other.support for other in others)
    unread = engine_of(*texts, support_weight=0).read(QUESTION)[1]
    assert all(one.support == 0 for one in unread)
    assert [one.place for one in unread] == list(range(len(unread)))


def test_an_answer_is_as_sure_as_the_passage_of_its_likeliest_unit(engine_of: EngineOf) -> None:
    said = "In the first of the trials on its doses, xamab is an antibody against the skin."
    engine = engine_of("Xamab, the xamab, xamab: cold.", said, support_weight=0)
    passages = engine.read("What is xamab?")[1]
    best = surest(passages)
    assert best is not None and best is not passages[0]
    assert best.passage.text == said
    assert engine.ask("What is xamab?").confidence == best.confidence
    assert surest(()) is None


@settings(max_examples=15, deadline=None)
@given(texts=TEXTS, question=st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_fewer_are_the_first_of_more(engine_of: EngineOf, texts: list[str], question: str) -> None:
    # Signs keep them from being copies.
    unlike = [f"{text} {'<' * place}" for place, text in enumerate(texts)]
    engine = engine_of(*unlike, read_passages=3)
    ranking = ranked(engine, question)
    shown = engine.search(question, k=len(texts) + 5)
    for most in range(1, len(texts) + 2):
        found = read(engine, ranking, question, most)
        assert [(one.passage.id, one.score, one.confidence) for one in found] == [
            (hit.passage.id, hit.score, hit.confidence) for hit in shown[:most]
        ]


def test_only_the_first_change_places(engine_of: EngineOf) -> None:
    texts = [*[PASSING] * 3, ANSWER]
    engine = engine_of(*texts, read_passages=2, support_weight=50, facet_weight=0)
    passages = read(engine, ranked(engine, QUESTION), QUESTION, len(texts))
    assert sorted(one.place for one in passages[:2]) == [0, 1]
    assert [one.place for one in passages[2:]] == [2, 3]
    assert [one.support > 0 for one in passages] == [True, True, False, False]


def test_a_score_is_what_its_terms_add_up_to(engine_of: EngineOf) -> None:
    engine = engine_of(PASSING, ANSWER, titles=["Xamab", "Side effects of xamab"])
    hits = engine.search(QUESTION)
    for hit in hits:
        assert sum(term.contribution for term in hit.terms) == pytest.approx(hit.score, abs=1e-9)
    assert {term.via for term in hits[0].terms} >= {"exact", "facet", "unit", "title"}


def test_the_features_of_all_units_are_there(engine_of: EngineOf) -> None:
    text = f"{ANSWER} It is cold.\nIt rains."
    engine = engine_of(text, PASSING)
    for one in engine.read(QUESTION)[1]:
        assert one.units.shape == (len(one.passage.units), len(support.Features._fields))
        assert one.chances.shape == (len(one.passage.units),)
        assert ((one.chances > 0) & (one.chances < 1)).all()
        by_hand = engine.model.support.probabilities(one.units)
        assert one.chances == pytest.approx(by_hand)
        assert 0 < one.confidence < 1


def test_units_are_listed_likeliest_first(engine_of: EngineOf) -> None:
    engine = engine_of(f"It is cold.\n{ANSWER}", PASSING, ANSWER)
    passages = engine.read(QUESTION)[1]
    units = best_units(passages)
    assert len(units) == sum(len(one.passage.units) for one in passages)
    order = [(-chance, place, unit) for chance, place, unit in units]
    assert order == sorted(order)
    chance, place, unit = units[0]
    assert chance == passages[place].chances[unit]
    assert best_units(()) == []


def test_a_passage_that_is_alone_is_far_ahead(engine_of: EngineOf) -> None:
    (alone,) = engine_of(ANSWER).read(QUESTION)[1]
    # A sign keeps it from being a copy.
    (one, other) = engine_of(ANSWER, ANSWER.replace(" ", " <", 1)).read(QUESTION)[1]
    assert one.confidence == other.confidence < alone.confidence


def without_units(candidates: Candidates, empty: list[int]) -> Candidates:
    """The same with passages that have no unit at all."""
    counts = np.diff(candidates.unit_begins)
    kept = np.repeat(~np.isin(np.arange(len(counts)), empty), counts)
    counts[empty] = 0

    def texts(places: Sequence[int]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        return tuple(
            (replace(passage, units=()) if place in empty else passage, document)
            for place, (passage, document) in zip(places, candidates.texts(places), strict=True)
        )

    return replace(
        candidates,
        units=candidates.units[kept],
        unit_begins=np.concatenate([[0], np.cumsum(counts)]),
        texts=texts,
    )


@pytest.mark.parametrize("empty", [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]])
def test_a_passage_without_units_has_no_evidence(engine_of: EngineOf, empty: list[int]) -> None:
    engine = engine_of(ANSWER, ANSWER, ANSWER)
    ranking = ranked(engine, QUESTION)
    ranking = replace(ranking, candidates=without_units(ranking.candidates, empty))
    passages = read(engine, ranking, QUESTION, 3)
    assert {one.place for one in passages if one.support == 0} == set(empty)
    assert all(0 < one.confidence < 1 for one in passages)
    assert {place for _, place, _ in best_units(passages)} == {
        place for place, one in enumerate(passages) if one.place not in empty
    }


def test_no_passage_is_read_where_there_is_none(engine_of: EngineOf) -> None:
    engine = engine_of(ANSWER)
    assert read(engine, ranked(engine, "zzz"), "zzz", 5) == ()


def test_the_model_can_be_another(engine_of: EngineOf) -> None:
    engine = engine_of(PASSING, ANSWER)
    shifted = replace(fitted_model().support, intercept=-50.0)
    doubtful = Engine(engine.index, engine.settings, replace(engine.model, support=shifted))
    assert all(one.support < 1e-6 for one in doubtful.read(QUESTION)[1])
