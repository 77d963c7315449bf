"""The lists of function words are what their users take them for."""

from __future__ import annotations

import pytest

from qa.analysis.stopwords import FRAMING, STOPWORDS
from qa.analysis.words import fold


def test_all_words_are_folded_and_single() -> None:
    for words in (*STOPWORDS.values(), FRAMING):
        assert words
        assert not [word for word in words if fold(word) != word or not word.isalpha()]


def test_a_word_that_sets_a_task_is_no_function_word() -> None:
    assert not FRAMING & (STOPWORDS["fr"] | STOPWORDS["en"])


@pytest.mark.parametrize(
    "word", "le la les un une des et ou mais dans par pour sur est qui que".split()
)
def test_french_grammar_is_there(word: str) -> None:
    assert word in STOPWORDS["fr"]


@pytest.mark.parametrize("word", "the a an and or but in by for on is who which what".split())
def test_english_grammar_is_there(word: str) -> None:
    assert word in STOPWORDS["en"]


@pytest.mark.parametrize(
    "word",
    "sang sein peau main os foie rein dose mal mort fin blood bone skin hand pain risk".split(),
)
def test_content_is_not_there(word: str) -> None:
    assert word not in STOPWORDS["fr"] | STOPWORDS["en"] | FRAMING
