"""Words of one meaning, within a language and across: what people say and what clinicians write.

A line of the table is one meaning: French words, a tab, English words; commas stand between words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Final, NamedTuple

from qa.analysis.lexicon import Entry, compiled, table_lines, terms_of_entry
from qa.analysis.words import Analyser
from qa.models import LANGUAGES, Language

TABLE: Final = "meanings.txt"


class Phrase(NamedTuple):
    """Terms that say a meaning in one language."""

    language: Language
    terms: tuple[str, ...]


def read_meanings() -> Iterator[frozenset[Phrase]]:
    """The meanings of the table, each by all that says it."""
    analysers = {language: Analyser(language) for language in LANGUAGES}
    for line in table_lines(TABLE):
        yield frozenset(
            Phrase(language, terms)
            for language, words in zip(LANGUAGES, line.split("\t"), strict=True)
            for word in words.split(",")
            if (terms := terms_of_entry(analysers[language], word.strip()))
        )


def meaning_lines() -> Iterator[str]:
    """The meanings, as they are compiled: `fr:term term<TAB>en:term`."""
    for phrases in read_meanings():
        yield "\t".join(sorted(map(phrase_cell, phrases)))


@cache
def meaning_entries() -> tuple[Entry, ...]:
    """From every phrase of a meaning to each other one."""
    meanings = ([phrase_of(cell) for cell in line.split("\t")] for line in compiled("meanings"))
    return tuple(
        Entry(*source, *target, "meaning")
        for phrases in meanings
        for source, target in permutations(phrases, 2)
        if source.terms != target.terms
    )


def phrase_cell(phrase: Phrase) -> str:
    """A phrase as it is compiled: `fr:term term`."""
    return f"{phrase.language}:{' '.join(phrase.terms)}"


def phrase_of(cell: str) -> Phrase:
    """The phrase that was compiled to a cell."""
    language, _, terms = cell.partition(":")
    return Phrase("fr" if language == "fr" else "en", tuple(terms.split(" ")))
