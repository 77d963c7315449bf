"""Where the words of a question stand in running text, against brute force."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.index.contracts import Candidates
from qa.index.ragged import run_ends
from qa.retrieval.occurrences import Wanted, greatest
from qa.retrieval.terms import Member, TermClass

TERMS = st.integers(0, 3)
MEMBERS = st.builds(
    Member, term=TERMS, weight=st.sampled_from([0.2, 0.5, 1.0]), via=st.just("exact")
)
CLASSES = st.lists(
    st.builds(
        TermClass,
        word=st.just("w"),
        idf=st.just(1.0),
        members=st.lists(MEMBERS, max_size=4).map(tuple),
    ),
    max_size=4,
)


def weight_of(term: int, term_class: TermClass) -> float:
    return max((m.weight for m in term_class.members if m.term == term), default=0.0)


def candidates_of(passages: list[list[int]]) -> Candidates:
    """Passages of which only the terms are known, every other one in French."""
    begins = run_ends(np.array([len(terms) for terms in passages], np.int64))
    numbers = np.arange(len(passages))
    return Candidates(
        passages=numbers,
        documents=numbers,
        in_french=numbers % 2 == 0,
        terms=np.array([term for terms in passages for term in terms], np.int32),
        begins=begins,
        titles=begins[:-1],
        bodies=begins[:-1],
        units=np.empty((0, 2), np.int64),
        unit_begins=np.zeros(len(passages) + 1, np.int64),
        weights=lambda _: np.empty((len(passages), 0)),
        texts=lambda _: (),
    )


@given(st.lists(st.lists(TERMS, max_size=8), max_size=3), CLASSES)
def test_occurrences_are_those_of_brute_force(
    passages: list[list[int]], classes: list[TermClass]
) -> None:
    terms = [(term, owner) for owner, some in enumerate(passages) for term in some]
    rows = [[weight_of(term, c) for c in classes] for term, _ in terms]
    expected = [place for place, row in enumerate(rows) if any(row)]
    wanted = Wanted.of(classes)
    found = wanted.found_in(candidates_of(passages))
    assert found.places.tolist() == expected
    assert found.owners.tolist() == [terms[place][1] for place in expected]
    assert wanted.terms[found.members].tolist() == [terms[place][0] for place in expected]
    assert found.weights.tolist() == [rows[place] for place in expected]
    assert found.weights.shape == (len(expected), len(classes))


def test_in_the_other_language_the_best_translation_is_a_full_match() -> None:
    members = (
        Member(term=0, weight=0.3, via="glossary", share=0.5),
        Member(term=1, weight=0.2, via="exact"),
    )
    candidates = candidates_of([[0, 1], [0, 1]])
    found = Wanted.of([TermClass(word="w", idf=1.0, members=members)]).found_in(candidates)
    assert found.as_read(candidates, "fr").ravel().tolist() == [0.3, 0.2, 0.5, 0.2]
    assert found.as_read(candidates, "en").ravel().tolist() == [0.5, 0.2, 0.3, 0.2]


def test_the_greatest_of_each_row_is_kept() -> None:
    values = np.array([[1.0, 0.0], [0.5, 2.0], [3.0, 1.0]])
    assert greatest(np.array([1, 1, 3]), values, 4).tolist() == [[0, 0], [1, 2], [0, 0], [3, 1]]
    assert greatest(np.empty(0, np.int64), np.empty((0, 2)), 1).tolist() == [[0, 0]]
