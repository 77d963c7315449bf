"""Facets: what questions ask of their subjects.

The closed list is in `facets.toml` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from qa.models import LANGUAGES, Language

Form = Literal["sentence", "list", "number", "yes_no", "comparison"]
Kind = Literal["greeting", "thanks", "about", "summary", "quiz", "more"]
"""What is written to a chatbot besides questions on its documents."""

DEFINITION: Final = "definition"
"""The facet whose sentences name their subject first."""
_SEPARATOR: Final = re.compile(r"[,\n]")
_WORD: Final = re.compile(r"[a-z]{2,}")


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
    names: tuple[str, ...]
    """Kinds of names, of `qa.analysis.names`, that its answer has; none where any text may do."""
    rubrics: tuple[str, ...]
    """Of teaching sheets that answer it."""
    fr: FacetWording
    en: FacetWording

    def __hash__(self) -> int:
        # Looked up by, often, and made of long texts.
        return hash(self.name)

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
            names=tuple(entry.get("names", ())),
            rubrics=tuple(entry["rubrics"]),
            fr=_wording(entry["fr"]),
            en=_wording(entry["en"]),
        )
        for name, entry in facet_table()["facets"].items()
    }


@cache
def asking_words(language: Language) -> frozenset[str]:
    """Words, folded, by which only that one of the languages asks."""
    found = {
        known: frozenset(
            word
            for wording in (facet.wording(known) for facet in facets().values())
            for phrase in (
                *listed(facet_table()["framing"][known]),
                *wording.asks,
                *wording.nouns,
                *wording.words,
            )
            for word in _WORD.findall(phrase)
        )
        for known in LANGUAGES
    }
    others = (words for known, words in found.items() if known != language)
    return found[language].difference(*others)


def listed(text: str) -> tuple[str, ...]:
    """The entries of a text that separates them by commas and lines."""
    return tuple(entry for part in _SEPARATOR.split(text) if (entry := " ".join(part.split())))


def _wording(entry: Mapping[str, str]) -> FacetWording:
    return FacetWording(
        asks=listed(entry.get("asks", "")),
        nouns=listed(entry.get("nouns", "")),
        perhaps=listed(entry.get("perhaps", "")),
        words=listed(entry["words"]),
        says="|".join(line for line in entry["says"].split("\n") if line),
    )
