"""What an index knows of words: spelling, frequency, translations.

Its figures are those of one generation of the index, and move with the next one only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Protocol, Self, overload

import numpy as np
from numpy.typing import NDArray

from qa.analysis.lexicon import Entry
from qa.analysis.ngrams import TermNgrams
from qa.index.vocabulary import Vocabulary
from qa.models import Language

_MOSTLY = 0.9


class Entries(Protocol):
    """The entries that words are expanded by."""

    def entries_from(self, language: Language, terms: Sequence[str]) -> tuple[Entry, ...]:
        """The entries of a language whose source begins with one of these terms, sorted."""

    def expansions(self) -> tuple[Entry, ...]:
        """The entries from several terms to an acronym of one term, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one index."""

    vocabulary: Vocabulary
    ngrams: TermNgrams
    frequencies: NDArray[np.int64]
    """How many passages have each term."""
    french: NDArray[np.float32]
    """By term, the share of its passages that are in French, 0 to 1; the others are in English."""
    french_share: float
    """The share of the terms of all passages that are in French, 0 to 1."""
    passage_count: int
    entries: Entries
    count_of_any: Callable[[Sequence[int]], int]
    """How many passages have at least one of some terms."""

    @classmethod
    def of(
        cls,
        arrays: Mapping[str, NDArray[Any]],
        frequencies: NDArray[np.int64],
        passages: int,
        entries: Entries,
        count_of_any: Callable[[Sequence[int]], int],
    ) -> Self:
        """The lexicon that the arrays of an index hold, of so many passages."""
        vocabulary = Vocabulary(arrays["term_text"], arrays["term_offsets"])
        french = arrays["term_french"]
        return cls(
            vocabulary=vocabulary,
            ngrams=TermNgrams(
                grams=arrays["gram_codes"],
                idf=arrays["gram_idf"],
                indptr=arrays["gram_indptr"],
                terms=arrays["gram_terms"],
                weights=arrays["gram_weights"],
                vocabulary_size=len(vocabulary),
            ),
            frequencies=frequencies,
            french=french,
            french_share=float(french @ frequencies) / max(int(frequencies.sum()), 1),
            passage_count=passages,
            entries=entries,
            count_of_any=count_of_any,
        )

    def number(self, term: str) -> int | None:
        """The number of a term, or `None`."""
        return self.vocabulary.number(term)

    def neighbours(self, term: str, *, least: float, most: int) -> list[tuple[int, float]]:
        """The terms that look most like `term`, itself included: number and cosine."""
        return self.ngrams.neighbours(term, least=least, most=most)

    def neighbours_of(
        self, terms: Sequence[str], *, least: float, most: int
    ) -> list[list[tuple[int, float]]]:
        """The same for many terms at once."""
        return self.ngrams.neighbours_of(terms, least=least, most=most)

    def belongs(self, term: int, language: Language) -> float:
        """How far a term is one of a language, by the passages it stands in, 0 to 1."""
        share = float(self.french[term])
        return share if language == "fr" else 1 - share

    def is_mostly(self, language: Language) -> bool:
        """Whether nearly all that the documents say is in one language."""
        return self.share_of(language) >= _MOSTLY

    def share_of(self, language: Language) -> float:
        """How much of what the documents say is in a language, 0 to 1."""
        return self.french_share if language == "fr" else 1 - self.french_share

    def class_idf(self, terms: Iterable[int]) -> float:
        """The idf of what has any of these terms."""
        some = sorted(terms)
        return self.idf(self.count_of_any(some) if some else 0)

    @overload
    def idf(self, frequency: int) -> float: ...
    @overload
    def idf(self, frequency: NDArray[np.int64]) -> NDArray[np.float64]: ...
    def idf(self, frequency: int | NDArray[np.int64]) -> float | NDArray[np.float64]:
        """The idf of what so many passages have, as in Lucene's BM25: above 0 for what all have."""
        odds = (self.passage_count - frequency + 0.5) / (frequency + 0.5)
        return np.log(1 + odds) if isinstance(odds, np.ndarray) else log(1 + odds)
