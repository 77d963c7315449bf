"""An index, on disk or in memory: all that a question needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexCorruptedError
from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.contracts import FirstPass, Forward, Texts
from qa.index.dense import DenseFirstPass
from qa.index.forward import StoredForward
from qa.index.generation import Generation, Statistics
from qa.index.lexicon import Lexicon
from qa.index.postings import Postings
from qa.index.pruned import first_pass
from qa.index.sequences import TermSequences
from qa.index.unit_vectors import UnitVectors
from qa.settings import IndexSettings


def require_same(directory: Path, generation: Generation, catalogue: Catalogue) -> None:
    """Raise `IndexCorruptedError` where arrays and catalogue are of other documents."""
    statistics = generation.statistics
    here = (catalogue.document_count(), catalogue.passage_count())
    if here != (statistics.documents, statistics.passages):
        found = f"the catalogue has {here[0]} documents and {here[1]} passages"
        expected = f"not {statistics.documents} and {statistics.passages}"
        raise store.damaged(directory, f"{found}, {expected}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """The contracts by which questions are put to documents, wherever these are."""

    catalogue: Texts
    lexicon: Lexicon
    first_pass: FirstPass
    forward: Forward
    statistics: Statistics
    settings: IndexSettings
    """The settings that the index was built with."""
    fingerprint: str
    folder: Path | None = None
    """Where its generation stands; None for one in memory."""
    meaning: UnitVectors | None = None
    """Vectors of the units, where it was made with an encoder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(SearchIndex):
    """An index of this machine: all of it can be read, and another one made of it."""

    catalogue: Catalogue
    forward: StoredForward
    sequences: TermSequences
    owners: NDArray[np.int32]
    """The document number of every passage."""
    in_french: NDArray[np.bool_]
    """Whether each passage is in French."""

    @classmethod
    def open(cls, directory: Path, *, verify: bool = False) -> Index:
        """The index in a folder; see `qa.index.store.open_index` for what it raises."""
        generation = store.current(directory)
        try:
            stored = store.open_index(directory, verify=verify)
            catalogue = Catalogue.open(stored.folder)
            require_same(directory, stored.generation, catalogue)
        except IndexCorruptedError:
            if store.current(directory) == generation:
                raise
            # Another process has swapped in a new generation meanwhile.
            return cls.open(directory, verify=verify)
        return replace(cls.of(stored.generation, catalogue), folder=stored.folder)

    @classmethod
    def of(cls, generation: Generation, catalogue: Catalogue) -> Index:
        """The index that consists of a generation and its texts."""
        arrays = generation.arrays
        owners = arrays["owners"]
        postings = Postings(
            indptr=arrays["posting_indptr"],
            passages=arrays["posting_passages"],
            weights=arrays["posting_weights"],
            passage_count=len(owners),
        )
        sequences = TermSequences(
            terms=arrays["sequence_terms"],
            indptr=arrays["sequence_indptr"],
            headings=arrays["sequence_headings"],
            bodies=arrays["sequence_bodies"],
            units=arrays["unit_terms"],
            unit_indptr=arrays["unit_indptr"],
        )
        lexicon = Lexicon.of(
            arrays,
            np.diff(arrays["posting_indptr"]),
            len(owners),
            catalogue,
            postings.count_of_any,
        )
        return cls(
            catalogue=catalogue,
            lexicon=lexicon,
            first_pass=first_pass(
                DenseFirstPass(postings=postings, catalogue=catalogue, owners=owners)
            ),
            forward=StoredForward(
                catalogue=catalogue,
                postings=postings,
                sequences=sequences,
                owners=owners,
                in_french=arrays["in_french"],
            ),
            sequences=sequences,
            owners=owners,
            in_french=arrays["in_french"],
            statistics=generation.statistics,
            settings=generation.settings,
            fingerprint=generation.fingerprint,
            meaning=UnitVectors.of(arrays, generation.encoder),
        )
