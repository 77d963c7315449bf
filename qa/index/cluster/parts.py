"""A generation on disk as the documents that a cluster keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qa.index.cluster.layout import NAMES, Kind, feature, filter_fields, properties
from qa.index.cluster.lexicon import part_source, parts_of
from qa.index.cluster.records import Record
from qa.index.cluster.search import rounded
from qa.index.cluster.send import Part
from qa.index.cluster.texts import document_source, passage_source
from qa.index.index import Index

_BLOCK: Final = 200_000
"""Passages whose weights are turned from columns into rows at once."""
_TEXTS: Final = 500
"""Passages whose texts are read at once."""


def parts(index: Index, lexicon: Path) -> Mapping[Kind, Part]:
    """What is sent of an index, and of the files of its lexicon in a folder."""
    texts, ids, files = index.catalogue, index.catalogue.document_ids(), parts_of(lexicon)
    passages, counts = _Passages(index), np.bincount(index.owners, minlength=len(ids))
    terms = len(index.lexicon.vocabulary)
    return {
        "passages": Part(
            index.statistics.passages, passages.sources, properties("passages", terms)
        ),
        "documents": Part(
            len(ids),
            lambda first, last: (
                document_source(texts.document(ids[n]), int(counts[n])) for n in range(first, last)
            ),
            properties("documents", terms),
        ),
        "lexicon": Part(
            len(files),
            lambda first, last: (part_source(*file) for file in files[first:last]),
            properties("lexicon", terms),
        ),
    }


class _Passages:
    """Reads all of a passage together, of which an index has each kind apart."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._terms = len(index.lexicon.vocabulary)
        self._in_french = index.forward.in_french
        self._postings = index.forward.postings
        self._block: tuple[int, NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]] | None
        self._block = None

    def sources(self, first: int, last: int) -> Iterator[dict[str, Any]]:
        """The passages from one number to before another."""
        for begin in range(first, last, _TEXTS):
            numbers = range(begin, min(begin + _TEXTS, last))
            texts = self._index.catalogue.passages(numbers)
            keys, weights, places = self._distinct(numbers)
            features = self._features(keys, weights, len(numbers))
            records = self._records(numbers, keys, weights, places)
            for (passage, info), found, record in zip(texts, features, records, strict=True):
                yield {
                    **found,
                    "packed": record.packed(),
                    "passage": passage_source(passage),
                    **filter_fields(info),
                }

    def _distinct(
        self, numbers: range
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """The distinct terms of some passages, their weights, and which of them each word is.

        A term is told by the place of its passage among these, times all terms, plus its number.
        """
        sequences = self._index.sequences
        begins = sequences.indptr[numbers.start : numbers.stop + 1]
        words = sequences.terms[begins[0] : begins[-1]]
        keys, places = np.unique(self._keys(words, np.diff(begins)), return_inverse=True)
        terms, found, counts = self._weights(numbers)
        weights = np.zeros(len(keys), np.float32)
        # A field that counts nothing has terms without a weight.
        weights[np.searchsorted(keys, self._keys(terms, counts))] = found
        return keys, weights, places

    def _keys(self, terms: NDArray[np.int32], counts: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(counts)) * self._terms, counts) + terms

    def _features(
        self, keys: NDArray[np.int64], weights: NDArray[np.float32], count: int
    ) -> list[dict[str, dict[str, float]]]:
        """By passage the weights of its terms, as the engine reads them."""
        present = keys[weights > 0]
        values = rounded(weights[weights > 0]).tolist()
        rows, terms = np.divmod(present, self._terms)
        names = list(map(str, (terms % NAMES).tolist()))
        fields = terms // NAMES
        changes = np.flatnonzero(np.diff(rows) | np.diff(fields)) + 1
        found: list[dict[str, dict[str, float]]] = [{} for _ in range(count)]
        for begin, end in pairwise([0, *changes.tolist(), len(present)] if values else []):
            field, _ = feature(int(terms[begin]))
            found[rows[begin]][field] = dict(zip(names[begin:end], values[begin:end], strict=True))
        return found

    def _records(
        self,
        numbers: range,
        keys: NDArray[np.int64],
        weights: NDArray[np.float32],
        places: NDArray[np.int64],
    ) -> Iterator[Record]:
        sequences = self._index.sequences
        terms = (keys % self._terms).astype(np.int32)
        begins = np.searchsorted(keys, np.arange(len(numbers) + 1) * self._terms).tolist()
        words = sequences.indptr[numbers.start : numbers.stop + 1]
        words = (words - words[0]).tolist()
        for row, number in enumerate(numbers):
            begin, end = begins[row : row + 2]
            yield Record(
                document=int(self._index.owners[number]),
                in_french=bool(self._in_french[number]),
                title=int(sequences.headings[number]),
                body=int(sequences.bodies[number]),
                terms=terms[begin:end],
                weights=weights[begin:end],
                units=sequences.units[slice(*sequences.unit_indptr[number : number + 2])],
                sequence=(places[words[row] : words[row + 1]] - begin).astype(np.uint32),
            )

    def _weights(
        self, numbers: range
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
        """Of some passages the terms, ascending in each, their weights, and how many each has."""
        block = self._block
        if block is None or numbers.start < block[0] or numbers.stop > block[0] + len(block[1]) - 1:
            block = self._block = self._turned(numbers.start)
        first, begins, terms, weights = block
        begins = begins[numbers.start - first : numbers.stop - first + 1]
        inside = slice(begins[0], begins[-1])
        return terms[inside], weights[inside], np.diff(begins)

    def _turned(
        self, first: int
    ) -> tuple[int, NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
        """The weights of a block of passages in rows: its first one, where each begins, and all."""
        passages, indptr = self._postings.passages, self._postings.indptr
        last = min(first + _BLOCK, self._index.statistics.passages)
        places = np.flatnonzero((passages >= first) & (passages < last))
        rows = passages[places] - first
        terms = (np.searchsorted(indptr, places, side="right") - 1).astype(np.int32)
        order = np.argsort(rows, kind="stable")
        begins = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=last - first))])
        return first, begins, terms[order], self._postings.weights[places[order]]
