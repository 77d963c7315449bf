"""Quotes are found whatever the white space, and spans are measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.quotes import Searchable, covered, overlap


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("one two three", "two", ["two"]),
        ("one\n two\u00a0 three", "one two three", ["one\n two\u00a0 three"]),
        ("a b a  b", " a\tb ", ["a b", "a  b"]),
        ("  padded", "padded", ["padded"]),
        ("one", "two", []),
        ("one", "  ", []),
        ("", "one", []),
    ],
)
def test_quotes_are_found_where_they_stand(text: str, quote: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in Searchable(text).find(quote)] == expected


@given(st.text(st.sampled_from("ab \n\u00a0é"), max_size=30), st.data())
def test_every_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = text[start:end]
    found = Searchable(text).find(piece)
    assert bool(found) == bool(piece.strip())
    for span in found:
        assert text[span[0] : span[1]].split() == piece.split()


@pytest.mark.parametrize(
    ("first", "second", "expected"), [((0, 4), (2, 9), 2), ((0, 2), (2, 4), 0), ((1, 3), (0, 9), 2)]
)
def test_overlap(first: tuple[int, int], second: tuple[int, int], expected: int) -> None:
    assert overlap(first, second) == overlap(second, first) == expected


_SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (min(p), max(p))), max_size=5
)


@given(_SPANS.filter(bool), _SPANS)
def test_covered_counts_characters_once(
    spans: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    span = spans[0]
    by = tuple(others)
    characters = {place for start, end in by for place in range(start, end)}
    assert covered(span, by) == len(characters & set(range(*span)))
