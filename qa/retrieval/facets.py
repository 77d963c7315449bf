"""Facets: what questions ask of their subjects, and which texts answer it.

The closed list is in `facets.toml` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, Literal

from qa.analysis.words import Analyser, fold
from qa.models import Language

Form = Literal["sentence", "list", "number", "yes_no", "comparison"]
Kind = Literal["greeting", "thanks", "about", "summary", "quiz", "more"]
"""What is written to a chatbot besides questions on its documents."""

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
_BY_WORD: Final = 0.5
"""What a sentence says that has a word of the facet but none of its turns of phrase."""
_IN_PASSING: Final = 0.6
"""What a heading says that has the facet among other things."""
_SEPARATOR: Final = re.compile(r"[,\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetWording:
    """A facet in one language; the phrases are in the language of `qa.retrieval.phrases`."""

    asks: tuple[str, ...]
    nouns: tuple[str, ...]
    perhaps: tuple[str, ...]
    words: tuple[str, ...]
    """Words, some of them several, by which headings and sentences answer it."""
    says: str
    """A pattern, on folded text, of sentences that answer it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One thing that questions ask of a subject."""

    name: str
    form: Form
    """Of its answer."""
    rubrics: tuple[str, ...]
    """Of teaching sheets that answer it."""
    fr: FacetWording
    en: FacetWording

    def wording(self, language: Language) -> FacetWording:
        """The facet in a language."""
        return self.fr if language == "fr" else self.en


@cache
def facet_table() -> Mapping[str, Any]:
    """The file of facets, as parsed."""
    file = resources.files("qa.retrieval") / "facets.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def facets() -> Mapping[str, Facet]:
    """All facets by name, in the order of the file."""
    return {
        name: Facet(
            name=name,
            form=entry["form"],
            rubrics=tuple(entry["rubrics"]),
            fr=_wording(entry["fr"]),
            en=_wording(entry["en"]),
        )
        for name, entry in facet_table()["facets"].items()
    }


def listed(text: str) -> tuple[str, ...]:
    """The entries of a text that separates them by commas and lines."""
    return tuple(entry for part in _SEPARATOR.split(text) if (entry := " ".join(part.split())))


def said_by(facet: Facet, sentence: str, language: Language) -> float:
    """How much a sentence, an item or a row looks like an answer to a facet, from 0 to 1."""
    if _pattern(facet.name, language).search(fold(sentence)):
        return 1.0
    return _BY_WORD if _has_word(_analyser(language).terms(sentence), facet.name, language) else 0.0


@lru_cache(maxsize=1 << 14)
def said_by_heading(facet: Facet, heading: str, language: Language) -> float:
    """How much a heading announces what answers a facet, from 0 to 1."""
    if _folded_words(heading) in _rubrics(facet.name):
        return 1.0
    terms = _analyser(language).terms(heading)
    found = _has_word(terms, facet.name, language)
    if not found:
        return 0.0
    return 1.0 if found[0] == 0 or 2 * found[1] >= len(terms) else _IN_PASSING


def _wording(entry: Mapping[str, str]) -> FacetWording:
    return FacetWording(
        asks=listed(entry.get("asks", "")),
        nouns=listed(entry.get("nouns", "")),
        perhaps=listed(entry.get("perhaps", "")),
        words=listed(entry["words"]),
        says="|".join(line for line in entry["says"].split("\n") if line),
    )


def _has_word(
    terms: Sequence[str], name: str, language: Language
) -> tuple[int, int] | None:
    """Where the first word of a facet stands among terms, and how many terms it has."""
    by_first = _word_terms(name, language)
    for place, term in enumerate(terms):
        for entry in by_first.get(term, ()):
            if tuple(terms[place : place + len(entry)]) == entry:
                return place, len(entry)
    return None


@cache
def _word_terms(name: str, language: Language) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    analyser = _analyser(language)
    entries = {tuple(analyser.terms(w)) for w in facets()[name].wording(language).words}
    return {
        first: tuple(sorted((e for e in entries if e and e[0] == first), key=len, reverse=True))
        for first in {entry[0] for entry in entries if entry}
    }


@cache
def _pattern(name: str, language: Language) -> re.Pattern[str]:
    return re.compile(facets()[name].wording(language).says)


@cache
def _rubrics(name: str) -> frozenset[str]:
    return frozenset(map(_folded_words, facets()[name].rubrics))


def _folded_words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@cache
def _analyser(language: Language) -> Analyser:
    return Analyser(language)
