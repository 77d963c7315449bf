"""Words of one meaning: a table of lay and clinical words that ships with the package."""

from __future__ import annotations

import pytest

from qa.analysis.lexicon import Entry
from qa.analysis.meanings import Phrase, meaning_entries, read_meanings
from qa.models import Language


def says(
    language: Language, source: str, target_language: Language, target: str
) -> tuple[Entry, Entry]:
    one, other = tuple(source.split()), tuple(target.split())
    return (
        Entry(language, one, target_language, other, "meaning"),
        Entry(target_language, other, language, one, "meaning"),
    )


@pytest.mark.parametrize(
    "entries",
    [
        says("en", "heart", "en", "cardiac"),
        says("fr", "coeur", "fr", "cardiaqu"),
        says("en", "heart", "fr", "cardiaqu"),
        says("en", "hair loss", "en", "alopecia"),
        says("fr", "pris sang", "fr", "bilan sanguin"),
        says("en", "high blood pressur", "en", "hypertens"),
    ],
)
def test_words_of_one_meaning_lead_to_each_other(entries: tuple[Entry, Entry]) -> None:
    assert set(entries) <= set(meaning_entries())


def test_the_compiled_table_is_the_one_to_read() -> None:
    read = {(p, q) for phrases in read_meanings() for p in phrases for q in phrases}
    compiled = {
        (Phrase(e.language, e.source), Phrase(e.target_language, e.target))
        for e in meaning_entries()
    }
    assert compiled == {(p, q) for p, q in read if p.terms != q.terms}


def test_a_meaning_has_two_words_or_more_in_a_language() -> None:
    # One word on each side is what the glossary is for.
    for phrases in read_meanings():
        assert len(phrases) > 2 or len({phrase.language for phrase in phrases}) == 1, phrases
