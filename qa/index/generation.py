"""What one build of an index gives: arrays, and the statistics that they were made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
