"""What the lexicon has for the words of a question: translations, acronyms and expansions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.analysis.lexicon import Entry
from qa.index.lexicon import Lexicon
from qa.models import Language
from qa.retrieval.terms import Member
from qa.settings import RankingSettings

_MOSTLY = 0.9
"""Share of a word's passages in a language from which on it is a word of that language
(.001, 0)."""
_REMEMBERED = 1 << 16
"""First words of entries that are kept with the entries."""


@dataclass(frozen=True, slots=True, eq=False)
class Translation:
    """An entry of the lexicon and the terms of the vocabulary that it leads to.

    Each is made once, so that they are told apart by identity.
    """

    entry: Entry
    members: tuple[Member, ...]


def entry_weight(entry: Entry, lexicon: Lexicon, settings: RankingSettings) -> float:
    """What each term of an entry weighs."""
    if entry.via == "acronym":
        weight = settings.acronym_weight
    elif entry.via == "kind":
        weight = settings.kind_weight
    elif entry.via == "meaning":
        weight = settings.meaning_weight
    elif lexicon.is_mostly(entry.target_language):
        weight = settings.lone_glossary_weight
    else:
        weight = settings.glossary_weight
    return weight / len(entry.target)


class Translator:
    """Looks up words and phrases in the lexicon of one index; remembers what it has met."""

    def __init__(self, lexicon: Lexicon, settings: RankingSettings) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._known: dict[tuple[Language, str], tuple[Translation, ...]] = {}

    def translations(
        self, readings: Sequence[Sequence[str]], languages: Sequence[Language]
    ) -> list[tuple[Translation, ...]]:
        """By word, the translations of all phrases that it is part of.

        `readings`: the terms of the words, as each of `languages` has them, likeliest first. In
        another language than the first one, only words that are mostly of that language are read.
        """
        found: list[list[Translation]] = [[] for _ in readings[0]] if readings else []
        for number, (terms, language) in enumerate(zip(readings, languages, strict=True)):
            for start, translation in self._phrases(terms, language):
                phrase = translation.entry.source
                if number and not all(self._is_of(term, language) for term in phrase):
                    continue
                for place in range(start, start + len(phrase)):
                    if terms[place] not in translation.entry.target:
                        found[place].append(translation)
        return [tuple(sorted(some, key=lambda one: one.entry)) for some in found]

    def learn(self, terms: Sequence[str], language: Language) -> None:
        """Look up many terms at once, ahead of the questions that they are in."""
        self._beginning_with(terms, language)

    def members(self, terms: Sequence[str], language: Language) -> tuple[Member, ...]:
        """What these terms stand for, each by itself; nothing is remembered of them."""
        entries = self._lexicon.entries.entries_from(language, terms)
        return tuple(m for entry in entries if len(entry.source) == 1 for m in self._members(entry))

    def _phrases(
        self, terms: Sequence[str], language: Language
    ) -> Iterator[tuple[int, Translation]]:
        """Where the terms of an entry stand in `terms`."""
        known = self._beginning_with(terms, language)
        for start, term in enumerate(terms):
            for translation in known[language, term]:
                phrase = translation.entry.source
                if len(phrase) == 1 or tuple(terms[start : start + len(phrase)]) == phrase:
                    yield start, translation

    def _beginning_with(
        self, terms: Sequence[str], language: Language
    ) -> dict[tuple[Language, str], tuple[Translation, ...]]:
        """The translations of all entries by their first term, those of `terms` among them."""
        known = self._known
        unknown = [term for term in dict.fromkeys(terms) if (language, term) not in known]
        if len(known) + len(unknown) > _REMEMBERED:
            known, unknown = {}, list(dict.fromkeys(terms))
        found: dict[str, list[Translation]] = {term: [] for term in unknown}
        for entry in self._lexicon.entries.entries_from(language, unknown):
            translation = Translation(entry, tuple(self._members(entry)))
            if translation.members:
                found[entry.source[0]].append(translation)
        known.update({(language, term): tuple(some) for term, some in found.items()})
        self._known = known
        return known

    def _members(self, entry: Entry) -> Iterator[Member]:
        """The terms of an entry; homographs of another language count less."""
        for term in entry.target:
            # What both say in the same word needs no translation.
            number = None if term in entry.source else self._lexicon.number(term)
            if number is not None:
                belongs = self._lexicon.belongs(number, entry.target_language)
                weight = entry_weight(entry, self._lexicon, self._settings) * belongs
                if weight > 0:
                    # Neither half a phrase nor a whole kind is as rare as what it stands for.
                    phrase = max(len(entry.source), len(entry.target)) > 1 or entry.via == "kind"
                    share = 1 / len(entry.target)
                    yield Member(
                        term=number, weight=weight, via=entry.via, share=share, phrase=phrase
                    )

    def _is_of(self, term: str, language: Language) -> bool:
        """Whether the documents have a term, and mostly in this language."""
        number = self._lexicon.number(term)
        return number is not None and self._lexicon.belongs(number, language) > _MOSTLY
