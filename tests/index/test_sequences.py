"""The terms of passages in reading order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.index.packing import FieldTerms
from qa.index.sequences import SequenceBuilder, TermSequences
from tests.index.fields import fields_of

WORDS = st.sampled_from(["a", "b", "c", "é", "œ", "日"])
FIELDS = st.builds(
    FieldTerms,
    title=st.lists(WORDS, max_size=3),
    heading=st.lists(WORDS, max_size=3),
    body=st.lists(WORDS, max_size=5),
    units=st.just([]),
)


def build(*passages: FieldTerms) -> tuple[list[str], TermSequences]:
    builder = SequenceBuilder()
    for fields in passages:
        builder.add(fields)
    return builder.finish()


def fields(title: str = "", heading: str = "", body: str = "") -> FieldTerms:
    return FieldTerms(title=title.split(), heading=heading.split(), body=body.split())


def test_terms_are_numbered_alphabetically_by_code_point() -> None:
    vocabulary, sequences = build(fields("b", "é", "z a b"), fields(body="œ a"))
    assert vocabulary == ["a", "b", "z", "é", "œ"]
    assert sequences.terms.tolist() == [1, 3, 2, 0, 1, 4, 0]
    assert sequences.indptr.tolist() == [0, 5, 7]
    assert sequences.headings.tolist() == [1, 0]
    assert sequences.bodies.tolist() == [2, 0]
    assert sequences.terms.dtype == np.int32
    assert sequences.indptr.dtype == np.int64


def test_nothing_is_an_empty_sequence() -> None:
    vocabulary, sequences = build()
    assert vocabulary == []
    assert len(sequences) == 0


def test_a_passage_may_have_no_term() -> None:
    vocabulary, sequences = build(fields(), fields(body="a"), fields())
    assert len(sequences) == 3
    assert fields_of(sequences, 0, vocabulary) == ([], [], [], [])
    assert fields_of(sequences, 1, vocabulary) == ([], [], ["a"], [])


@given(st.lists(FIELDS, max_size=5))
def test_equal_passages_give_equal_arrays(passages: list[FieldTerms]) -> None:
    (one, first), (other, second) = build(*passages), build(*passages)
    assert one == other
    for name in ("terms", "indptr", "headings", "bodies", "units", "unit_indptr"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
