"""An index, on disk or in memory: all that a question needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.analysis.ngrams import TermNgrams
from qa.errors import IndexCorruptedError
from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.postings import Postings
from qa.index.sequences import TermSequences
from qa.index.vocabulary import Vocabulary
from qa.models import Language

_MOSTLY = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Passages, their terms, and the views that questions are put to."""

    catalogue: Catalogue
    vocabulary: Vocabulary
    french: NDArray[np.float32]
    """By term, the share of its passages that are in French, 0 to 1; the others are in English."""
    postings: Postings
    ngrams: TermNgrams
    sequences: TermSequences
    owners: NDArray[np.int32]
    """The document number of every passage."""
    fingerprint: str
    settings: Mapping[str, Any]
    """The settings that the index was built with."""
    french_share: float
    """The share of the terms of all passages that are in French, 0 to 1."""

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

    @classmethod
    def open(cls, directory: Path, *, verify: bool = False) -> Index:
        """The index in a folder; see `qa.index.store.open_index` for what it raises."""
        generation = store.current(directory)
        try:
            stored = store.open_index(directory, verify=verify)
            catalogue = Catalogue.open(stored.folder / store.CATALOGUE)
        except IndexCorruptedError:
            if store.current(directory) == generation:
                raise
            # Another process has swapped in a new generation meanwhile.
            return cls.open(directory, verify=verify)
        return cls.from_arrays(stored.arrays, catalogue, stored.fingerprint, stored.settings)

    @classmethod
    def from_arrays(
        cls,
        arrays: store.Arrays,
        catalogue: Catalogue,
        fingerprint: str,
        settings: Mapping[str, Any],
    ) -> Index:
        """The index that consists of these arrays, named as `arrays` names them."""
        vocabulary = Vocabulary(arrays["term_text"], arrays["term_offsets"])
        passage_count = len(arrays["owners"])
        frequency = np.diff(arrays["posting_indptr"])
        french = arrays["term_french"]
        return cls(
            catalogue=catalogue,
            vocabulary=vocabulary,
            french=french,
            french_share=float(french @ frequency) / max(int(frequency.sum()), 1),
            postings=Postings(
                indptr=arrays["posting_indptr"],
                passages=arrays["posting_passages"],
                weights=arrays["posting_weights"],
                passage_count=passage_count,
            ),
            ngrams=TermNgrams(
                grams=arrays["gram_codes"],
                idf=arrays["gram_idf"],
                indptr=arrays["gram_indptr"],
                terms=arrays["gram_terms"],
                weights=arrays["gram_weights"],
                vocabulary_size=len(vocabulary),
            ),
            sequences=TermSequences(
                terms=arrays["sequence_terms"],
                indptr=arrays["sequence_indptr"],
                headings=arrays["sequence_headings"],
                bodies=arrays["sequence_bodies"],
            ),
            owners=arrays["owners"],
            fingerprint=fingerprint,
            settings=settings,
        )
