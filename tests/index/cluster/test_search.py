"""The first pass of a cluster gives passages and scores of the embedded one, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.index.cluster import search
from qa.index.cluster.search import rounded
from qa.index.index import Index, SearchIndex
from qa.models import Filters
from tests.index.cluster.conftest import Publish
from tests.index.test_contracts import index_of

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

Pair = tuple[Index, SearchIndex]
_DOCUMENTS, _WORDS = 600, 2_000


@pytest.fixture(scope="module")
def pair(publish_small: Publish) -> Pair:
    """Words from frequent to rare, and three documents of every ten the same."""
    chance = np.random.default_rng(3)
    share = 1 / np.arange(1, _WORDS + 1)
    drawn = chance.choice(_WORDS, (_DOCUMENTS, 25), p=share / share.sum())
    texts = [[f"w{word:04}" for word in row] for row in drawn.tolist()]
    for number in range(0, _DOCUMENTS, 10):
        texts[number + 1] = texts[number + 2] = texts[0]
    index = index_of(texts)
    return index, publish_small(index, "same")


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 1 << 32),
    terms=st.sampled_from([1, 3, 40]),
    most=st.sampled_from([1, 10, 300]),
    lowest=st.sampled_from([0.1, -0.5]),
    base=st.sampled_from([None, 0.0, 1.5]),
)
def test_ids_and_scores_are_the_same(
    pair: Pair, seed: int, terms: int, most: int, lowest: float, base: float | None
) -> None:
    here, there = pair
    chance = np.random.default_rng(seed)
    places = (chance.random(terms) ** 3 * len(here.lexicon.vocabulary)).astype(int)
    frequent = np.argsort(-here.lexicon.frequencies, kind="stable")[places]
    question = {int(term): float(chance.uniform(lowest, 8)) for term in frequent}
    allowed = None if base is None else Filters(item=("100",))
    expected = here.first_pass.best(question, most, allowed=allowed, base=base or 0.0)
    found = there.first_pass.best(question, most, allowed=allowed, base=base or 0.0)
    np.testing.assert_array_equal(found.passages, expected.passages)
    np.testing.assert_array_equal(found.scores, expected.scores)


def test_a_question_of_more_terms_than_one_query_takes(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_CLAUSES", 7)
    here, there = pair
    chance = np.random.default_rng(5)
    for allowed, base in ((None, 0.0), (Filters(item=("101",)), 1.0)):
        for most in (1, 30, 900):
            terms = chance.choice(len(here.lexicon.vocabulary), 40, replace=False)
            question = {int(term): float(chance.exponential()) for term in terms}
            expected = here.first_pass.best(question, most, allowed=allowed, base=base)
            found = there.first_pass.best(question, most, allowed=allowed, base=base)
            np.testing.assert_array_equal(found.passages, expected.passages)
            np.testing.assert_array_equal(found.scores, expected.scores)


@given(st.floats(2.0**-30, 2.0**30, width=32))
def test_weights_are_rounded_to_the_nearest_that_the_engine_keeps(weight: float) -> None:
    sent = rounded(np.array([weight], np.float32)).astype(np.float32)
    kept = float((sent.view(np.uint32) & ~np.uint32((1 << 15) - 1)).view(np.float32)[0])
    assert abs(kept - weight) <= weight * 2.0**-9
