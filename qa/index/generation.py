"""What one build of an index gives: arrays with their shapes, and the statistics behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.settings import IndexSettings

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Figures of the whole collection that weights rest on.

    They are frozen: another generation of the index is made where one of them moves, so that all
    weights of a generation are comparable. Lengths are in terms, weighted by their fields.
    """

    documents: int
    passages: int
    terms: int
    """Distinct ones; how many passages have each is in `Lexicon.frequencies`."""
    mean_passage_length: float
    mean_document_length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One build of an index, but for its texts, which are in the catalogue."""

    arrays: Arrays
    statistics: Statistics
    settings: IndexSettings
    fingerprint: str
    """Identifies the documents, the settings and the lexicon that it was made of."""
    encoder: str = ""
    """The name of what made the vectors of its units; empty where it has none."""


class _Shape(NamedTuple):
    """Type of the values and what one stands for, where their number is known."""

    dtype: str
    of: str = ""
    within: str = ""
    """What the values are numbers of."""
    bounds: str = ""
    """The array whose runs begin and end at the values, one value more than there are runs."""


SHAPES: Final = {
    "owners": _Shape("int32", "passages", within="documents"),
    "in_french": _Shape("bool", "passages"),
    "term_text": _Shape("uint8"),
    "term_offsets": _Shape("int64", "terms", bounds="term_text"),
    "term_french": _Shape("float32", "terms"),
    "posting_indptr": _Shape("int64", "terms", bounds="posting_passages"),
    "posting_passages": _Shape("int32", within="passages"),
    "posting_weights": _Shape("float32", "posting_passages"),
    "gram_codes": _Shape("int64"),
    "gram_idf": _Shape("float32", "gram_codes"),
    "gram_indptr": _Shape("int64", "gram_codes", bounds="gram_terms"),
    "gram_terms": _Shape("int32", within="terms"),
    "gram_weights": _Shape("float32", "gram_terms"),
    "sequence_terms": _Shape("int32", within="terms"),
    "sequence_indptr": _Shape("int64", "passages", bounds="sequence_terms"),
    "sequence_headings": _Shape("int32", "passages"),
    "sequence_bodies": _Shape("int32", "passages"),
    "unit_terms": _Shape("int32"),
    "unit_indptr": _Shape("int64", "passages", bounds="unit_terms"),
}
"""By the names under which they are stored."""
_PAIRS: Final = frozenset({"unit_terms"})
"""Arrays of two columns."""


def faults(arrays: Arrays, statistics: Statistics, *, values: bool) -> Iterator[str]:
    """What is wrong with the arrays; without `values`, large ones are not read through."""
    missing = SHAPES.keys() - arrays.keys()
    yield from (f"{name} is missing" for name in sorted(missing))
    if missing:
        return
    counts = {
        "documents": statistics.documents,
        "passages": statistics.passages,
        "terms": statistics.terms,
        **{name: len(array) for name, array in arrays.items() if array.ndim},
    }
    for name, shape in SHAPES.items():
        array = arrays[name]
        if array.dtype != shape.dtype or array.shape[1:] != ((2,) if name in _PAIRS else ()):
            yield f"{name} has values of {array.dtype}, {array.ndim} to a place"
        elif shape.of and len(array) != counts[shape.of] + bool(shape.bounds):
            yield f"{name} has {len(array)} values for {counts[shape.of]} {shape.of}"
        elif shape.bounds and not _bounds(array, counts[shape.bounds]):
            yield f"{name} does not divide {shape.bounds}"
        elif shape.within and values and not _within(array, counts[shape.within]):
            yield f"{name} names {shape.within} that are not there"


def _bounds(array: NDArray[Any], length: int) -> bool:
    return bool(array[0] == 0 and array[-1] == length and (np.diff(array) >= 0).all())


def _within(array: NDArray[Any], count: int) -> bool:
    return not len(array) or bool(array.min() >= 0 and array.max() < count)
