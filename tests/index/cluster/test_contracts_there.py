"""A cluster holds what every first pass, forward reading and lexicon must."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.index.index import Index
from qa.models import Filters
from tests.index.cluster.conftest import Publish
from tests.index.test_contracts import (
    FILTERED,
    ITEMS,
    PLACES,
    QUESTIONS,
    WORDS,
    Implementation,
    Question,
    Texts,
    check_counts,
    check_reading_some,
    check_the_best,
    check_the_best_documents,
    check_what_is_read,
    chosen_of,
    index_of,
    known,
)

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

Pair = tuple[Index, Implementation]


def some_texts() -> Texts:
    """Documents of any length, of none too, some of them the same."""
    chance = random.Random(17)  # noqa: S311 - of tests
    texts = [chance.choices(WORDS, k=chance.choice([0, 1, 5, 30])) for _ in range(9)]
    return [*texts, *texts[:3]]


@pytest.fixture(scope="module", params=["some", "none"])
def pair(request: pytest.FixtureRequest, publish_small: Publish) -> Pair:
    """An index here, and the same in the cluster."""
    index = index_of(some_texts() if request.param == "some" else [[]])
    there = publish_small(index, "contracts")
    return index, Implementation(there.first_pass, there.forward, there.lexicon)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(question=QUESTIONS, most=st.integers(1, 40), items=ITEMS, base=st.sampled_from([0.0, 2.5]))
def test_the_best_are_those_of_the_dot_product(
    pair: Pair, question: Question, most: int, items: tuple[str, ...] | None, base: float
) -> None:
    index, there = pair
    asked = known(question, index)
    check_the_best(lambda _: there, index, asked, most, items, base if items else 0.0)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(questions=st.lists(QUESTIONS, max_size=4), most=st.integers(1, 15), places=PLACES)
def test_documents_and_what_is_read(
    pair: Pair, questions: list[Question], most: int, places: list[int]
) -> None:
    index, there = pair
    asked = [known(question, index) for question in questions]
    check_the_best_documents(lambda _: there, index, asked, most)
    check_what_is_read(lambda _: there, index, chosen_of(places, index))
    check_reading_some(lambda _: there, index, chosen_of(places, index))


def test_the_lexicon_counts_the_passages(pair: Pair) -> None:
    index, there = pair
    check_counts(lambda _: there, index)


@pytest.fixture(scope="module")
def five(publish_small: Publish) -> Implementation:
    there = publish_small(index_of([["cell"]] * 5), "filtered")
    return Implementation(there.first_pass, there.forward, there.lexicon)


@FILTERED
def test_filters_let_through_the_passages_of_their_documents(
    five: Implementation, allowed: Filters, count: int
) -> None:
    assert five.first_pass.count(allowed) == count
    assert len(five.first_pass.best({}, 9, allowed=allowed, base=1.0).passages) == count
    assert len(five.first_pass.best({}, 9, allowed=allowed).passages) == 0
