"""Where the words of a question stand in passages, against brute force."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.index.contracts import Candidates
from qa.retrieval.matches import occurrences
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


def of_passages(terms: Sequence[int], begins: Sequence[int]) -> Candidates:
    nothing = np.zeros(len(begins) - 1, np.int64)
    return Candidates(
        passages=nothing,
        documents=nothing,
        in_french=nothing.astype(bool),
        terms=np.array(terms, np.int32),
        begins=np.array(begins, np.int64),
        titles=nothing,
        bodies=nothing,
        units=np.zeros((0, 2), np.int64),
        unit_begins=np.zeros(len(begins), np.int64),
        weights=lambda _: np.zeros((len(nothing), 0)),
        texts=lambda _: (),
    )


@given(st.lists(TERMS, max_size=20), CLASSES)
def test_occurrences_are_those_of_brute_force(terms: list[int], classes: list[TermClass]) -> None:
    rows = [[weight_of(term, c) for c in classes] for term in terms]
    expected = [place for place, row in enumerate(rows) if any(row)]
    found = occurrences(of_passages(terms, (0, len(terms) // 2, len(terms))), classes)
    assert found.places.tolist() == expected
    assert found.owners.tolist() == [int(place >= len(terms) // 2) for place in expected]
    assert found.weights.tolist() == [rows[place] for place in expected]
    assert found.weights.shape == (len(expected), len(classes))
