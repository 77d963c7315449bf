"""A generation on disk as the documents that a cluster keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qa.index.cluster.layout import Kind, filter_fields
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
    return {
        "passages": Part(index.statistics.passages, passages.sources),
        "documents": Part(
            len(ids),
            lambda first, last: (
                document_source(texts.document(ids[n]), int(counts[n])) for n in range(first, last)
            ),
        ),
        "lexicon": Part(
            len(files), lambda first, last: (part_source(*file) for file in files[first:last])
        ),
    }


class _Passages:
    """Reads all of a passage together, of which an index has each kind apart."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._in_french = index.forward.in_french
        self._postings = index.forward.postings
        self._block: tuple[int, NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]] | None
        self._block = None

    def sources(self, first: int, last: int) -> Iterator[dict[str, Any]]:
        """The passages from one number to before another."""
        for begin in range(first, last, _TEXTS):
            numbers = range(begin, min(begin + _TEXTS, last))
            for number, (passage, info) in zip(
                numbers, self._index.catalogue.passages(numbers), strict=True
            ):
                record = self._record(number)
                present = record.weights > 0
                names = map(str, record.terms[present].tolist())
                yield {
                    "f": dict(zip(names, rounded(record.weights[present]).tolist(), strict=True)),
                    "packed": record.packed(),
                    "passage": passage_source(passage),
                    **filter_fields(info),
                }

    def _record(self, number: int) -> Record:
        sequences = self._index.sequences
        begin, end = sequences.indptr[number : number + 2]
        terms, places = np.unique(sequences.terms[begin:end], return_inverse=True)
        having, weights = self._weights(number)
        exact = np.zeros(len(terms), np.float32)
        # A field that counts nothing has terms without a weight.
        exact[np.searchsorted(terms, having)] = weights
        return Record(
            document=int(self._index.owners[number]),
            in_french=bool(self._in_french[number]),
            title=int(sequences.headings[number]),
            body=int(sequences.bodies[number]),
            terms=terms,
            weights=exact,
            units=sequences.units[slice(*sequences.unit_indptr[number : number + 2])],
            sequence=places.astype(np.uint32),
        )

    def _weights(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The terms of a passage, ascending, and their weights."""
        block = self._block
        if block is None or not block[0] <= number < block[0] + len(block[1]) - 1:
            block = self._block = self._turned(number)
        first, begins, terms, weights = block
        span = slice(*begins[number - first : number - first + 2])
        return terms[span], weights[span]

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
