"""From the terms of documents back to the words of questions that would find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qa.analysis.lexicon import Entry
from qa.index.index import Index
from qa.retrieval.translations import entry_weight
from qa.settings import Settings

Weights = Mapping[str, float]
"""By term, what it weighs."""


class Leads:
    """Which words, stemmed, lead to some terms of the vocabulary, and how much they then weigh.

    `terms`: the greatest weight of each term. Words that no document has may lead to them too, and
    are not known here.
    """

    def __init__(self, index: Index, settings: Settings, terms: Mapping[int, float]) -> None:
        self._index = index
        self._settings = settings
        wanted = {index.vocabulary[term]: weight for term, weight in terms.items()}
        for entry in index.catalogue.expansions():
            # An acronym joins the classes of all words that its expansion is told by.
            if entry.target[0] in wanted:
                for word in entry.source:
                    wanted.setdefault(word, wanted[entry.target[0]])
        self._words: dict[str, dict[str, float]] = {word: {word: w} for word, w in wanted.items()}
        self._phrases: dict[str, list[tuple[frozenset[str], dict[str, float]]]] = {}
        for word, weight in wanted.items():
            self._add_look_alikes(index, word, weight)
        for entry in index.catalogue.lexicon():
            if not wanted.keys().isdisjoint(entry.target):
                self._add_entry(entry, wanted)

    def weight(self, word: str) -> float:
        """The most that a word by itself can weigh in a passage with these terms."""
        return sum(self._words.get(word, {}).values())

    def phrases(self, words: frozenset[str]) -> Iterator[tuple[frozenset[str], float]]:
        """The phrases among some words, and the most that each of their words weighs by them."""
        for word in words:
            for phrase, weights in self._phrases.get(word, ()):
                if phrase <= words:
                    yield phrase, sum(weights.values())

    def _add_look_alikes(self, index: Index, word: str, weight: float) -> None:
        for term, cosine in index.ngrams.neighbours(
            word, least=self._settings.neighbour_similarity, most=len(index.vocabulary)
        ):
            _raise(self._words.setdefault(index.vocabulary[term], {}), word, weight * cosine**2)

    def _add_entry(self, entry: Entry, wanted: Weights) -> None:
        known: dict[str, float] = {}
        if len(entry.source) == 1:
            known = self._words.setdefault(entry.source[0], {})
        else:
            self._phrases.setdefault(entry.source[0], []).append((frozenset(entry.source), known))
        for word in entry.target:
            if word in wanted and word not in entry.source:
                share = entry_weight(entry, self._index, self._settings)
                _raise(known, word, wanted[word] * share)


def _raise(weights: dict[str, float], word: str, weight: float) -> None:
    weights[word] = max(weight, weights.get(word, 0.0))
