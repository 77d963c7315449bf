"""From passages to what they say, out of the arrays of an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.index.catalogue import Catalogue
from qa.index.contracts import Candidates
from qa.index.postings import Postings
from qa.index.ragged import run_ends, run_places
from qa.index.sequences import TermSequences
from qa.models import DocumentInfo, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredForward:
    """Reads passages of one index; see `qa.index.contracts.Forward`."""

    catalogue: Catalogue
    postings: Postings
    sequences: TermSequences
    owners: NDArray[np.int32]
    """The document number of every passage."""
    in_french: NDArray[np.bool_]

    def read(self, passages: NDArray[np.int64]) -> Candidates:
        """What the index has of these passages, in their order."""
        sequences = self.sequences
        lengths = sequences.indptr[passages + 1] - sequences.indptr[passages]
        begins = run_ends(lengths)
        unit_counts = sequences.unit_indptr[passages + 1] - sequences.unit_indptr[passages]
        unit_places = run_places(sequences.unit_indptr[passages], unit_counts)
        units = sequences.units[unit_places] + np.repeat(begins[:-1], unit_counts)[:, None]

        def weights(terms: Sequence[int]) -> NDArray[np.float64]:
            return self.postings.submatrix(passages, terms)

        def texts(places: Sequence[int]) -> tuple[tuple[Passage, DocumentInfo], ...]:
            return self.catalogue.passages(passages[list(places)].tolist())

        return Candidates(
            passages=passages,
            documents=self.owners[passages].astype(np.int64),
            in_french=self.in_french[passages],
            terms=sequences.terms[run_places(sequences.indptr[passages], lengths)],
            begins=begins,
            titles=begins[:-1] + sequences.headings[passages],
            bodies=begins[:-1] + sequences.bodies[passages],
            units=units,
            unit_begins=run_ends(unit_counts),
            weights=weights,
            texts=texts,
        )
