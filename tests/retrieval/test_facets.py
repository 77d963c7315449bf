"""The file of facets."""

from __future__ import annotations

import re

import pytest

from qa.analysis.words import fold
from qa.models import LANGUAGES
from qa.retrieval.facets import Facet, facets, listed

FORMS = {"sentence", "list", "number", "yes_no", "comparison"}
every_facet = pytest.mark.parametrize("facet", facets().values(), ids=lambda facet: facet.name)


@every_facet
def test_each_facet_is_asked_and_answered_in_both_languages(facet: Facet) -> None:
    assert facet.form in FORMS
    for language in LANGUAGES:
        wording = facet.wording(language)
        assert wording.asks or wording.nouns
        assert wording.words
        assert re.compile(wording.says)


@every_facet
def test_phrases_and_patterns_are_folded(facet: Facet) -> None:
    for language in LANGUAGES:
        wording = facet.wording(language)
        for phrase in (*wording.asks, *wording.nouns, *wording.perhaps):
            assert phrase == fold(phrase)
            assert not set("-'’") & set(phrase), "compounds and elisions are words apart"


def test_a_list_is_separated_by_commas_and_lines() -> None:
    assert listed("a b,c\n d ,\n") == ("a b", "c", "d")


def test_no_pattern_repeats_what_it_repeats() -> None:
    """Nested repetition is what makes the time of a pattern explode."""
    nested = re.compile(r"\([^()]*[+*][^()]*\)[+*]")
    for facet in facets().values():
        for language in LANGUAGES:
            assert not nested.search(facet.wording(language).says)
