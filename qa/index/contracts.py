"""What is asked of an index: contracts, each of which may have several implementations.

`Lexicon` (`qa.index.lexicon`) is one more: it knows words and not passages, and is always local.
One fixture of the tests runs the same contract over every implementation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qa.index.ragged import run_ends, run_places
from qa.models import Document, DocumentInfo, Filters, Passage

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class Scored(NamedTuple):
    """Passages with their scores, best first, ties by number.

    `passages`: int64, numbers in index order. `scores`: float64, all above 0.
    """

    passages: NDArray[np.int64]
    scores: NDArray[np.float64]


class ScoredDocuments(NamedTuple):
    """Documents by the score of their best passage, best first, ties by number.

    `documents`, `passages`: int64, numbers in index order. `scores`: float64, all above 0.
    """

    documents: NDArray[np.int64]
    passages: NDArray[np.int64]
    scores: NDArray[np.float64]


class FirstPass(Protocol):
    """One sparse dot product of a question with every passage, and the best of it."""

    def count(self, allowed: Filters) -> int:
        """How many passages are of the documents that the filters let through."""

    def best(
        self,
        question: Mapping[int, float],
        most: int,
        *,
        allowed: Filters | None = None,
        base: float = 0.0,
    ) -> Scored:
        """The `most` passages that score best, of those above 0.

        `question`: weight by term number. `base` is what every passage that is `allowed` scores
        before any of its terms is looked at.
        """

    def best_documents(self, questions: csr_array, most: int) -> list[ScoredDocuments]:
        """For each of many questions the `most` documents that score best, each by one passage.

        `questions`: float32 (questions, terms). Scores may be of single precision: among thousands
        of questions nobody looks at a tie.
        """


class Forward(Protocol):
    """From passages to all that is read in them."""

    def read(self, passages: NDArray[np.int64]) -> Candidates:
        """What the index has of these passages, in their order."""


class Texts(Protocol):
    """Documents and their passages as they are cited; numbers are positions in index order."""

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is known of every document, in index order."""

    def document_ids(self) -> tuple[str, ...]:
        """The identifier of every document, in index order."""

    def ids(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """The identifiers of the documents with these numbers, in the given order."""

    def sizes(self) -> tuple[tuple[int, int], ...]:
        """The characters and the passages of every document, in index order."""

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order."""

    def spans(self, numbers: Sequence[int]) -> tuple[tuple[str, int, int], ...]:
        """Document, start and end of the passages with these numbers, in the given order."""

    def has_document(self, document_id: str) -> bool:
        """Whether there is such a document."""

    def has_objective(self, code: str) -> bool:
        """Whether a document is about an objective, or is said to teach it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Some passages as ranking, explaining, answering and coverage see them, and all they see.

    Sequences are term numbers: of the title, of the item and the headings above, then of the text.

    `passages`: int64 (n,), numbers in index order. `documents`: int64 (n,), of which documents.
    `in_french`: bool (n,), else they are in English. `terms`: int32, sequences end to end.
    `begins`: int64 (n+1,), where each sequence begins. `titles`, `bodies`: int64 (n,), where its
    title ends and its text begins, in `terms`. `units`: int64 (units, 2), ranges in `terms`.
    `unit_begins`: int64 (n+1,), where the units of each passage begin in `units`.
    """

    passages: NDArray[np.int64]
    documents: NDArray[np.int64]
    in_french: NDArray[np.bool_]
    terms: NDArray[np.int32]
    begins: NDArray[np.int64]
    titles: NDArray[np.int64]
    bodies: NDArray[np.int64]
    units: NDArray[np.int64]
    unit_begins: NDArray[np.int64]
    weights: Callable[[Sequence[int]], NDArray[np.float64]]
    """The weights of some terms in the passages, float64 (n, terms)."""
    texts: Callable[[Sequence[int]], tuple[tuple[Passage, DocumentInfo], ...]]
    """The passages at some places, each with its document."""

    def __len__(self) -> int:
        return len(self.passages)

    def take(self, places: NDArray[np.int64]) -> Candidates:
        """Those at some places, in that order."""
        lengths = np.diff(self.begins)[places]
        begins = run_ends(lengths)
        moved = begins[:-1] - self.begins[places]
        unit_counts = np.diff(self.unit_begins)[places]
        units = self.units[run_places(self.unit_begins[places], unit_counts)]
        return Candidates(
            passages=self.passages[places],
            documents=self.documents[places],
            in_french=self.in_french[places],
            terms=self.terms[run_places(self.begins[places], lengths)],
            begins=begins,
            titles=self.titles[places] + moved,
            bodies=self.bodies[places] + moved,
            units=units + np.repeat(moved, unit_counts)[:, None],
            unit_begins=run_ends(unit_counts),
            weights=lambda terms: self.weights(terms)[places],
            texts=lambda chosen: self.texts(places[list(chosen)].tolist()),
        )

    @property
    def owners(self) -> NDArray[np.int64]:
        """The place of the passage that each of `terms` is of, int64."""
        return np.repeat(np.arange(len(self)), np.diff(self.begins))
