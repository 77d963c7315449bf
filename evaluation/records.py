"""The records that travel through the evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.models import Document, Turn


class Judgement(NamedTuple):
    """One line of qrels: how relevant a document is to a query; 0 is not relevant."""

    query_id: str
    document_id: str
    grade: int


class Retrieved(NamedTuple):
    """One line of a run: a document found for a query."""

    query_id: str
    document_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to a set of documents, with what is known of its answer."""

    id: str
    text: str
    history: tuple[Turn, ...] = ()
    answers: tuple[str, ...] = ()
    answerable: bool | None = None
    """Whether the documents answer it; `None` where the set does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSet:
    """Documents, queries and judgements, as a BEIR folder holds them."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    judgements: tuple[Judgement, ...]
    remarks: tuple[str, ...] = ()
    """What was unusual in the files and how it was taken."""

    @property
    def relevant(self) -> Mapping[str, frozenset[str]]:
        """The documents here of a grade above 0, by query, for every judged query."""
        known = {document.id for document in self.documents}
        found: dict[str, set[str]] = {}
        for judgement in self.judgements:
            documents = found.setdefault(judgement.query_id, set())
            if judgement.grade > 0 and judgement.document_id in known:
                documents.add(judgement.document_id)
        return {query_id: frozenset(documents) for query_id, documents in found.items()}

    @property
    def judged(self) -> frozenset[str]:
        """Identifiers of the queries that have judgements: the ones retrieval is measured on."""
        return frozenset(judgement.query_id for judgement in self.judgements)


class Column(NamedTuple):
    """One measure: a value a question, `None` where it does not apply."""

    measure: str
    values: tuple[float | None, ...]


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; `None` of nothing."""
    return sum(values) / len(values) if values else None
