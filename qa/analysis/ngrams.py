"""Character n-grams of terms: how alike two words look, whatever their language.

Terms are padded at both edges; n-grams have 2 to 5 characters. An n-gram is packed into one
integer, 6 bits a character, so that building and looking up need no strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SIZES = (2, 3, 4, 5)
_BITS = 6
_EDGE = 37
_OTHERS = 38
_OWNER_BITS = 32
"""Of a number that is an n-gram, of 30 bits, and the term that has it."""


def _code_table() -> NDArray[np.int64]:
    """Character code by the low bits of the code point: letters, digits, all else shared out."""
    table = np.arange(1 << 16) % (64 - _OTHERS) + _OTHERS
    table[ord("a") : ord("z") + 1] = np.arange(1, 27)
    table[ord("0") : ord("9") + 1] = np.arange(27, 37)
    table[0] = _EDGE
    return table


_CODES = _code_table()


def pack(terms: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All n-grams of all terms: `(term numbers, packed n-grams)`, int64 arrays of one length."""
    padded = "\0" + "\0\0".join(terms) + "\0"
    points = np.frombuffer(padded.encode("utf-32-le"), dtype=np.uint32)
    characters = _CODES[points & 0xFFFF]
    lengths = np.fromiter((len(term) + 2 for term in terms), np.int64, len(terms))
    owner = np.repeat(np.arange(len(terms)), lengths)
    owners, grams = [], []
    packed = characters.copy()
    for size in range(2, SIZES[-1] + 1):
        packed = (packed[:-1] << _BITS) | characters[size - 1 :]
        inside = owner[: len(packed)] == owner[size - 1 :]
        owners.append(owner[: len(packed)][inside])
        grams.append(packed[inside])
    return np.concatenate(owners), np.concatenate(grams)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermNgrams:
    """TF-IDF of character n-grams over a vocabulary, stored by n-gram.

    `grams`: sorted packed n-grams, int64 (G,). `idf`: float32 (G,). `indptr`: int64 (G+1,).
    `terms`: int32, the terms that have each n-gram. `weights`: float32, l2-normalised by term.
    """

    grams: NDArray[np.int64]
    idf: NDArray[np.float32]
    indptr: NDArray[np.int64]
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    vocabulary_size: int

    @classmethod
    def build(cls, vocabulary: Sequence[str]) -> TermNgrams:
        """The n-gram view of `vocabulary`, whose order numbers the terms."""
        size = len(vocabulary)
        if size == 0:
            return cls(
                grams=np.empty(0, np.int64),
                idf=np.empty(0, np.float32),
                indptr=np.zeros(1, np.int64),
                terms=np.empty(0, np.int32),
                weights=np.empty(0, np.float32),
                vocabulary_size=0,
            )
        owners, grams = pack(vocabulary)
        # Sorted as plain numbers, which is many times faster than by two columns.
        keys = np.sort(grams << _OWNER_BITS | owners)
        first = np.ones(len(keys), bool)
        first[1:] = keys[1:] != keys[:-1]
        starts = np.flatnonzero(first)
        counts = np.diff(np.append(starts, len(keys)))
        owners, grams = keys[starts] & ((1 << _OWNER_BITS) - 1), keys[starts] >> _OWNER_BITS
        unique, begin = np.unique(grams, return_index=True)
        indptr = np.append(begin, len(grams)).astype(np.int64)
        frequency = np.diff(indptr)
        idf = np.log((1 + size) / (1 + frequency)) + 1
        weights = counts * np.repeat(idf, frequency)
        norms = np.sqrt(np.bincount(owners, weights=weights**2, minlength=size))
        return cls(
            grams=unique,
            idf=idf.astype(np.float32),
            indptr=indptr,
            terms=owners.astype(np.int32),
            weights=(weights / norms[owners]).astype(np.float32),
            vocabulary_size=size,
        )

    def similarity(self, word: str) -> NDArray[np.float32]:
        """Cosine of `word` with every term of the vocabulary, float32 (V,)."""
        grams, counts = np.unique(pack([word])[1], return_counts=True)
        places = np.searchsorted(self.grams, grams)
        places = np.minimum(places, max(len(self.grams) - 1, 0))
        known = self.grams[places] == grams if len(self.grams) else np.zeros(len(grams), bool)
        if not known.any():
            return np.zeros(self.vocabulary_size, np.float32)
        places, counts = places[known], counts[known]
        weights = counts * self.idf[places]
        weights /= np.sqrt((weights**2).sum())
        begins, ends = self.indptr[places], self.indptr[places + 1]
        spans = list(map(slice, begins.tolist(), ends.tolist()))
        terms = np.concatenate([self.terms[span] for span in spans])
        parts = np.repeat(weights, ends - begins)
        parts *= np.concatenate([self.weights[span] for span in spans])
        return np.bincount(terms, weights=parts, minlength=self.vocabulary_size).astype(np.float32)

    def neighbours(self, word: str, *, least: float, most: int) -> list[tuple[int, float]]:
        """The `most` terms whose cosine with `word` reaches `least`, best first, ties by number."""
        cosines = self.similarity(word)
        found = np.flatnonzero(cosines >= least)
        best = found[np.lexsort((found, -cosines[found]))][:most]
        return [(int(term), float(cosines[term])) for term in best]

    def neighbours_of(
        self, words: Sequence[str], *, least: float, most: int
    ) -> list[list[tuple[int, float]]]:
        """The same for many words at once, which takes a tenth of the time; in single precision."""
        # SciPy takes a third of a second to import, and one question does without it.
        from scipy.sparse import csr_array

        if not words or self.vocabulary_size == 0:
            return [[] for _ in words]
        shape = (len(self.grams), self.vocabulary_size)
        terms = csr_array((self.weights, self.terms, self.indptr), shape=shape)
        owners, grams = pack(words)
        places = np.minimum(np.searchsorted(self.grams, grams), len(self.grams) - 1)
        known = self.grams[places] == grams
        counts = csr_array(
            (np.ones(known.sum(), np.float32), (owners[known], places[known])),
            shape=(len(words), len(self.grams)),
        )
        counts.sum_duplicates()
        counts.data *= self.idf[counts.indices]
        rows = np.repeat(np.arange(len(words)), np.diff(counts.indptr))
        norms = np.sqrt(np.bincount(rows, counts.data**2, minlength=len(words)))
        counts.data /= norms[rows].astype(np.float32)
        cosines = counts @ terms
        found: list[list[tuple[int, float]]] = []
        for begin, end in pairwise(cosines.indptr.tolist()):
            values, alike = cosines.data[begin:end], cosines.indices[begin:end]
            near = np.flatnonzero(values >= least)
            best = near[np.lexsort((alike[near], -values[near]))][:most]
            found.append(list(zip(alike[best].tolist(), values[best].tolist(), strict=True)))
        return found
