"""How rare words are: from counts that ship with the package, by term and language."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.analysis.counting import write_frequencies
from qa.analysis.lexicon import DATA
from qa.analysis.rarity import FREQUENCIES, is_common, rarity
from qa.models import Language

SHIPPED = Path(qa.__file__).parent / "analysis" / DATA
LARGEST = 1 << 20


@pytest.mark.parametrize(
    ("language", "commoner", "rarer"),
    [
        ("en", "the", "work"),
        ("en", "work", "drug"),
        ("en", "exact", "treatment"),
        ("en", "act", "antibodi"),
        ("fr", "different", "traitement"),
        ("fr", "cours", "anticorp"),
    ],
)
def test_words_of_everyday_are_less_rare(language: Language, commoner: str, rarer: str) -> None:
    assert 0 < rarity(commoner, language) < rarity(rarer, language) <= 1


@pytest.mark.parametrize("term", ["trastuzumab", "immunoglobulin", "xyzzy"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_no_list_of_common_words_has_is_rare(term: str, language: Language) -> None:
    assert rarity(term, language) == 1
    assert not is_common(term, language)


def test_a_term_is_as_common_as_its_words_together() -> None:
    # `works`, `worked` and `working` count with `work`, and a word of one language only there.
    assert is_common("work", "en")
    assert not is_common("work", "fr")
    assert not is_common("works", "en")


def test_the_shipped_frequencies_are_those_of_the_counts(tmp_path: Path) -> None:
    write_frequencies(tmp_path)
    for name in FREQUENCIES.values():
        shipped = (SHIPPED / name).read_bytes()
        assert shipped == (tmp_path / name).read_bytes(), "run `make frequencies`"
        assert len(shipped) < LARGEST
