"""Bare text to documents: the blocks keep every word, where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.text_documents import blocks_of, text_document
from qa.passages import split_passages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", [("paragraph", "One line.")]),
        (
            "Lead:\n- first\n- second",
            [("paragraph", "Lead:"), ("item", "first"), ("item", "second")],
        ),
        ("  indented \n\n\nlast", [("paragraph", "indented"), ("paragraph", "last")]),
        ("1. one\n2) two", [("item", "one"), ("item", "two")]),
        ("- - deep", [("item", "deep")]),
        ("-5 degrees", [("paragraph", "-5 degrees")]),
        ("----\n=====\n.", []),
        ("", []),
    ],
)
def test_lines_become_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(b.kind, text[b.start : b.end]) for b in blocks_of(text)] == expected


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_passages_of_any_text_are_where_they_say(text: str) -> None:
    document = text_document("d", "", text)
    for passage in split_passages(document, most_words=20):
        assert document.text[passage.start : passage.end] == passage.text
