"""Nearness of question words in a passage, computed by hand and by brute force."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index.catalogue_writer import CatalogueWriter
from qa.index.forward import StoredForward
from qa.index.packing import FieldTerms
from qa.index.postings import Postings
from qa.index.sequences import SequenceBuilder
from qa.retrieval.occurrences import Wanted
from qa.retrieval.proximity import Proximity, proximity
from qa.retrieval.terms import Member, TermClass

QUESTION = {"A": (2.0, {"a": 1.0, "α": 0.5}), "B": (4.0, {"b": 1.0}), "C": (1.0, {"c": 1.0})}
APART = 3
STRETCH = 20


def near(passages: list[str], question: str, *, titles: list[str] | None = None) -> Proximity:
    """What stands near in passages of one-letter words, for classes named in `question`."""
    builder = SequenceBuilder()
    builder.add(FieldTerms(title=sorted("abcα"), heading=(), body=()))
    for title, body in zip(titles or [""] * len(passages), passages, strict=True):
        builder.add(FieldTerms(title=title.split(), heading=(), body=body.split()))
    vocabulary, sequences = builder.finish()
    classes = [
        TermClass(
            word=name,
            idf=QUESTION[name][0],
            members=tuple(
                Member(term=vocabulary.index(term), weight=weight, via="exact")
                for term, weight in QUESTION[name][1].items()
            ),
        )
        for name in question
    ]
    forward = StoredForward(
        catalogue=CatalogueWriter().catalogue(),
        postings=Postings(
            indptr=np.zeros(1, np.int64),
            passages=np.zeros(0, np.int32),
            weights=np.zeros(0, np.float32),
            passage_count=len(sequences),
        ),
        sequences=sequences,
        owners=np.arange(len(sequences), dtype=np.int32),
        in_french=np.zeros(len(sequences), bool),
    )
    candidates = forward.read(np.arange(1, len(sequences)))
    return proximity(Wanted.of(classes).found_in(candidates), classes, len(candidates))


@pytest.mark.parametrize(
    ("passage", "adjacency", "togetherness"),
    [
        ("a b", 3.0, 6.0),
        ("b a", 3.0, 6.0),
        ("a x b", 1.5, 6.0),
        ("a x x b", 1.5, 6.0),
        ("a x x x b", 0.0, 6.0),
        ("a x a b", 3.0, 6.0),
        ("α b", 1.5, 5.0),
        ("α b x a", 1.5, 6.0),
        ("a a", 0.0, 2.0),
        ("b", 0.0, 4.0),
        ("x y", 0.0, 0.0),
        ("", 0.0, 0.0),
        (" ".join(["a", *["x"] * (STRETCH - 2), "b"]), 0.0, 6.0),
        (" ".join(["a", *["x"] * (STRETCH - 1), "b"]), 0.0, 4.0),
        (" ".join(["b", *["x"] * STRETCH, "a x x x x b"]), 0.0, 6.0),
    ],
)
def test_two_words(passage: str, adjacency: float, togetherness: float) -> None:
    found = near([passage], "AB")
    assert found.adjacency.tolist() == [[adjacency]]
    assert found.togetherness.tolist() == [togetherness]


@pytest.mark.parametrize(
    ("passage", "adjacency"),
    [
        ("a b c", [3.0, 2.5]),
        ("c b a", [3.0, 2.5]),
        ("a c b", [0.0, 2.5]),
        ("b c x a", [0.0, 2.5]),
        ("a b x x c", [3.0, 1.25]),
    ],
)
def test_neighbours_in_the_question_are_paired(passage: str, adjacency: list[float]) -> None:
    assert near([passage], "ABC").adjacency.tolist() == [adjacency]


def test_nearness_does_not_cross_passages() -> None:
    found = near(["x a", "b x", "a b"], "AB")
    assert found.adjacency.ravel().tolist() == [0.0, 0.0, 3.0]
    assert found.togetherness.tolist() == [2.0, 4.0, 6.0]


def test_a_title_stands_before_the_body() -> None:
    found = near(["b x", "x b"], "AB", titles=["a", "a"])
    assert found.adjacency.ravel().tolist() == [3.0, 1.5]


def test_one_word_has_no_neighbour() -> None:
    found = near(["a b", "b"], "A")
    assert found.adjacency.shape == (2, 0)
    assert found.togetherness.tolist() == [2.0, 0.0]


def test_no_word_and_no_candidate() -> None:
    assert near(["a b"], "").adjacency.shape == (1, 0)
    assert near(["a b"], "").togetherness.tolist() == [0.0]
    assert near([], "AB").adjacency.shape == (0, 1)
    assert near([], "AB").togetherness.shape == (0,)


@given(
    st.lists(st.text("abcαx", max_size=10).map(" ".join), max_size=4),
    st.sampled_from(["AB", "BA", "ABC", "CAB"]),
)
def test_it_is_what_counting_gives(passages: list[str], question: str) -> None:
    found = near(passages, question)
    for row, passage in enumerate(passages):
        terms = passage.split()
        weights = [[QUESTION[name][1].get(term, 0.0) for name in question] for term in terms]
        masses = [QUESTION[name][0] for name in question]
        matched = [place for place, row_weights in enumerate(weights) if any(row_weights)]
        together = [
            sum(
                mass * max(weights[place][column] for place in matched[first:])
                for column, mass in enumerate(masses)
            )
            for first in range(len(matched))
        ]
        assert found.togetherness[row] == pytest.approx(max(together, default=0.0))
        for pair in range(len(question) - 1):
            best = 0.0
            for one, two in pairwise(matched):
                if two - one <= APART:
                    product = max(
                        weights[one][pair] * weights[two][pair + 1],
                        weights[one][pair + 1] * weights[two][pair],
                    )
                    best = max(best, product if two - one == 1 else product / 2)
            expected = best * (masses[pair] + masses[pair + 1]) / 2
            assert found.adjacency[row, pair] == pytest.approx(expected)
