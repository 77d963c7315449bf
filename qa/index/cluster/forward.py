"""From passages to what they say, out of the documents of a cluster."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.index.cluster.records import Records, weights_of
from qa.index.cluster.texts import ClusterTexts
from qa.index.contracts import Candidates
from qa.index.ragged import run_ends
from qa.models import DocumentInfo, Passage


class ClusterForward:
    """Reads passages of one generation; see `qa.index.contracts.Forward`."""

    def __init__(self, records: Records, texts: ClusterTexts) -> None:
        self._records = records
        self._texts = texts

    def read(self, passages: NDArray[np.int64]) -> Candidates:
        """What the index has of these passages, in their order."""
        records = self._records.of(passages.tolist())
        lengths = np.array([len(one.sequence) for one in records], np.int64)
        begins = run_ends(lengths)
        unit_counts = np.array([len(one.units) for one in records], np.int64)

        def weights(terms: Sequence[int]) -> NDArray[np.float64]:
            return weights_of(records, terms)

        def texts(places: Sequence[int]) -> tuple[tuple[Passage, DocumentInfo], ...]:
            return self._texts.passages(
                passages[list(places)].tolist(), [records[place].document for place in places]
            )

        return Candidates(
            passages=passages,
            documents=np.array([one.document for one in records], np.int64),
            in_french=np.array([one.in_french for one in records], np.bool_),
            terms=_joined([one.terms[one.sequence] for one in records], np.int32),
            begins=begins,
            titles=begins[:-1] + np.array([one.title for one in records], np.int64),
            bodies=begins[:-1] + np.array([one.body for one in records], np.int64),
            units=_joined([one.units for one in records], np.int64).reshape(-1, 2)
            + np.repeat(begins[:-1], unit_counts)[:, None],
            unit_begins=run_ends(unit_counts),
            weights=weights,
            texts=texts,
        )


def _joined(arrays: Sequence[NDArray[np.int32]], dtype: type[np.generic]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, dtype), *(array.ravel() for array in arrays)]).astype(dtype)
