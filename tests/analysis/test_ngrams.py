"""Character n-grams: the same numbers as scikit-learn's, and neighbours in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from qa.analysis.ngrams import SIZES, TermNgrams, pack

TERMS = st.text("abcdeiorst019", min_size=1, max_size=9)
VOCABULARIES = st.lists(TERMS, min_size=1, max_size=15, unique=True)
ANY_TERMS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9)


def padded(term: str) -> str:
    return f"#{term}#"


@settings(deadline=None)
@given(VOCABULARIES, TERMS)
def test_cosines_are_those_of_scikit_learn(vocabulary: list[str], word: str) -> None:
    reference = TfidfVectorizer(analyzer="char", ngram_range=(SIZES[0], SIZES[-1]), lowercase=False)
    terms = reference.fit_transform([padded(term) for term in vocabulary])
    expected = (terms @ reference.transform([padded(word)]).T).toarray().ravel()
    cosines = TermNgrams.build(vocabulary).similarity(word)
    np.testing.assert_allclose(cosines, expected, atol=1e-5)


@given(st.lists(ANY_TERMS, min_size=1, max_size=15, unique=True))
def test_every_term_is_its_own_likeness(vocabulary: list[str]) -> None:
    ngrams = TermNgrams.build(vocabulary)
    for number, term in enumerate(vocabulary):
        cosines = ngrams.similarity(term)
        assert cosines.shape == (len(vocabulary),)
        assert cosines[number] == pytest.approx(1, abs=1e-5)
        assert cosines.min() >= 0
        assert cosines.max() <= 1 + 1e-5


@given(VOCABULARIES, TERMS, st.sampled_from([0.1, 0.3, 0.5]), st.integers(0, 5))
def test_neighbours_are_the_most_alike_in_order(
    vocabulary: list[str], word: str, least: float, most: int
) -> None:
    ngrams = TermNgrams.build(vocabulary)
    cosines = ngrams.similarity(word)
    expected = sorted(
        ((number, float(cosine)) for number, cosine in enumerate(cosines) if cosine >= least),
        key=lambda entry: (-entry[1], entry[0]),
    )
    assert ngrams.neighbours(word, least=least, most=most) == expected[:most]


def test_an_empty_vocabulary_has_no_neighbours() -> None:
    ngrams = TermNgrams.build([])
    assert ngrams.similarity("word").shape == (0,)
    assert ngrams.neighbours("word", least=0.0, most=5) == []


def test_nothing_in_common_is_no_likeness() -> None:
    assert TermNgrams.build(["abc"]).neighbours("xyz", least=0.01, most=5) == []


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("vacine", "vaccin"),
        ("antibodie", "antibodi"),
        ("immunotherapie", "immunotherapi"),
        ("inflamation", "inflammat"),
    ],
)
def test_misspelt_and_related_words_find_theirs(word: str, nearest: str) -> None:
    vocabulary = ["antibodi", "antigen", "immunotherapi", "inflammat", "surgeri", "vaccin"]
    ((number, _), *_) = TermNgrams.build(vocabulary).neighbours(word, least=0.3, most=3)
    assert vocabulary[number] == nearest


def test_ngrams_stay_inside_their_term() -> None:
    owners, grams = pack(["ab", "c"])
    alone = [pack([term])[1] for term in ("ab", "c")]
    for number, expected in enumerate(alone):
        assert sorted(grams[owners == number]) == sorted(expected)


@given(st.lists(st.text("abcdé", min_size=1, max_size=8), unique=True, max_size=12), st.data())
def test_many_words_at_once_have_the_same_neighbours(terms: list[str], data: st.DataObject) -> None:
    ngrams = TermNgrams.build(sorted(terms))
    words = data.draw(st.lists(st.sampled_from([*terms, "abc", "xyz"]), max_size=6))
    found = ngrams.neighbours_of(words, least=0.3, most=20)
    assert len(found) == len(words)
    for word, some in zip(words, found, strict=True):
        expected = dict(ngrams.neighbours(word, least=0.3, most=20))
        assert dict(some) == pytest.approx(expected, abs=1e-5)
        assert [cosine for _, cosine in some] == sorted((c for _, c in some), reverse=True)
